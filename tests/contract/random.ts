import { describe, expect, test } from 'vitest'
import type { Random } from '#app/core/ports.ts'

/** What every Random promises. Each implementation's test calls it. */
export function describeRandom(name: string, make: () => Random): void {
  describe(`${name} as a Random`, () => {
    test.each([0, 1, 16, 33, 4096])('bytes(%i) answers so many, in memory of their own', count => {
      const random = make()
      const first = random.bytes(count)
      expect(first).toHaveLength(count)
      const kept = first.slice()
      random.bytes(count).fill(0)
      expect(first).toEqual(kept)
    })

    test('bytes() does not repeat itself and uses every value', () => {
      const random = make()
      expect(random.bytes(32)).not.toEqual(random.bytes(32))
      expect(new Set(random.bytes(16_384)).size).toBe(256)
    })
  })
}
