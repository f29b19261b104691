import { expect, test } from 'vitest'
import { base64OfBytes, bytesOfBase64 } from '#app/core/exchange/base64.ts'

const bytesOf = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 7919) % 256)

test.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000])('base64OfBytes() says %i bytes as Node does', count => {
  const bytes = bytesOf(count)
  expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  expect(bytesOfBase64(base64OfBytes(bytes))).toEqual(bytes)
})
