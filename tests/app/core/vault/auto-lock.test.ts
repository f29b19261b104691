import { expect, test } from 'vitest'
import type { Clock } from '#app/core/ports.ts'
import { AutoLock } from '#app/core/vault/auto-lock.ts'
import { instant } from '#schema/instant.ts'

function handClock(): Clock & { pass(ms: number): void } {
  let nowMs = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => instant(nowMs),
    monotonicMs: () => nowMs,
    zone: () => 'UTC',
    after(delayMs, run) {
      const timer = { at: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(one => one !== timer)
      }
    },
    pass(ms) {
      nowMs += ms
      const due = timers.filter(timer => timer.at <= nowMs)
      timers = timers.filter(timer => timer.at > nowMs)
      for (const timer of due) timer.run()
    },
  }
}

test('AutoLock locks once the screen was left alone, and a touch puts it off', () => {
  const clock = handClock()
  let locked = 0
  const autoLock = new AutoLock(clock, 10, () => locked++)
  clock.pass(9 * 60_000)
  autoLock.touch()
  clock.pass(9 * 60_000)
  expect(locked).toBe(0)
  clock.pass(60_000)
  expect(locked).toBe(1)
})

test('AutoLock follows a shorter setting at once, and is silent after stop', () => {
  const clock = handClock()
  let locked = 0
  const autoLock = new AutoLock(clock, 10, () => locked++)
  clock.pass(3 * 60_000)
  autoLock.setMinutes(2)
  expect(locked).toBe(1)
  const other = new AutoLock(clock, 1, () => locked++)
  other.stop()
  clock.pass(10 * 60_000)
  expect(locked).toBe(1)
})
