import type { Random } from '#app/core/ports.ts'

/** Chance that repeats itself: the same seed, the same choices (sfc32). */
export interface SeededRandom extends Random {
  /** From 0 up to, not with, 1. */
  next(): number
  /** A whole number from 0 up to, not with, `below`. */
  below(below: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
  fill(bytes: Uint8Array): void
}

export function makeSeededRandom(seed: number): SeededRandom {
  let [a, b, c, d] = [0x9e3779b9, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 1]
  function word(): number {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 16; warmUp++) word()

  const random: SeededRandom = {
    next: () => word() / 2 ** 32,
    below: below => Math.floor((word() / 2 ** 32) * below),
    chance: probability => word() / 2 ** 32 < probability,
    pick(from) {
      const picked = from[random.below(from.length)]
      if (picked === undefined) throw new Error('Cannot pick: there is nothing to pick from')
      return picked
    },
    shuffled(items) {
      const left = [...items]
      for (let last = left.length - 1; last > 0; last--) {
        const other = random.below(last + 1)
        ;[left[last], left[other]] = [left[other]!, left[last]!]
      }
      return left
    },
    fill(bytes) {
      for (let at = 0; at < bytes.length; at += 4) {
        const value = word()
        for (let byte = 0; byte < 4 && at + byte < bytes.length; byte++) bytes[at + byte] = value >>> (8 * byte)
      }
    },
    bytes(count) {
      const bytes = new Uint8Array(count)
      random.fill(bytes)
      return bytes
    },
  }
  return random
}
