import { describe, expect, test, vi } from 'vitest'
import type { Clock } from '#app/core/ports.ts'

/** `pass` lets at least so much time go by for the clock. */
export interface ClockUnderTest {
  readonly clock: Clock
  readonly pass: (durationMs: number) => Promise<void>
}

/** What every Clock promises. Each implementation's test calls it. */
export function describeClock(name: string, make: () => ClockUnderTest): void {
  describe(`${name} as a Clock`, () => {
    test('now() is whole milliseconds since 1970, and the zone is one that Intl knows', () => {
      const { clock } = make()
      expect(Number.isSafeInteger(clock.now())).toBe(true)
      expect(clock.now()).toBeGreaterThan(Date.UTC(2020))
      expect(() => new Intl.DateTimeFormat('en', { timeZone: clock.zone() })).not.toThrow()
    })

    test('monotonicMs() only grows, by what went by', async () => {
      const { clock, pass } = make()
      const before = clock.monotonicMs()
      expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before)
      await pass(30)
      expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(29)
    })

    test('after() runs once, later, never before its time, the shorter delay first', async () => {
      const { clock, pass } = make()
      const begun = clock.monotonicMs()
      const ran: [string, number][] = []
      clock.after(40, () => ran.push(['long', clock.monotonicMs() - begun]))
      clock.after(10, () => ran.push(['short', clock.monotonicMs() - begun]))
      clock.after(0, () => ran.push(['none', clock.monotonicMs() - begun]))
      expect(ran).toEqual([])
      await pass(150)
      expect(ran.map(([which]) => which)).toEqual(['none', 'short', 'long'])
      expect(ran[2]?.[1]).toBeGreaterThanOrEqual(39)
    })

    test('what after() answers cancels it, and may be called again and too late', async () => {
      const { clock, pass } = make()
      const [never, once] = [vi.fn<() => void>(), vi.fn<() => void>()]
      const cancel = clock.after(10, never)
      const late = clock.after(10, once)
      cancel()
      cancel()
      await pass(80)
      late()
      expect(never).not.toHaveBeenCalled()
      expect(once).toHaveBeenCalledTimes(1)
    })
  })
}
