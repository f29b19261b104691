import type { Branded } from './brand.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = Branded<number, 'Instant'>

/** Throws on a fraction or on a time that no Date can hold. */
export function instant(epochMs: number): Instant {
  if (!Number.isInteger(epochMs) || Math.abs(epochMs) > 8.64e15)
    throw new RangeError(`Cannot make an instant of ${epochMs}`)
  return epochMs as Instant
}
