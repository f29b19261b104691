import { fail, ok, type Result } from '#schema/result.ts'

const MARK = 0x80
const SMALL_STEPS = [512, 1024, 2048, 4096] as const

/** Appends 80 00… up to the next of 512, 1024, 2048, 4096 bytes, from there by Padmé (at most 12 % more). */
export function pad(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(paddedLength(plain.length))
  padded.set(plain)
  padded[plain.length] = MARK
  return padded
}

/** What `pad` was given. Anything that `pad` would not have made is `bad-padding`. */
export function unpad(padded: Uint8Array): Result<Uint8Array<ArrayBuffer>, 'bad-padding'> {
  let end = padded.length - 1
  while (end >= 0 && padded[end] === 0) end--
  if (end < 0 || padded[end] !== MARK || paddedLength(end) !== padded.length) return fail('bad-padding')
  return ok(padded.slice(0, end))
}

/** The length `pad` gives to `plainBytes` bytes. */
export function paddedLength(plainBytes: number): number {
  const needed = plainBytes + 1
  const step = SMALL_STEPS.find(size => needed <= size)
  if (step !== undefined) return step
  const exponent = Math.floor(Math.log2(needed))
  const kept = Math.floor(Math.log2(exponent)) + 1
  const grain = 2 ** (exponent - kept)
  return Math.ceil(needed / grain) * grain
}
