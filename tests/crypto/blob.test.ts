import { beforeAll, describe, expect, test } from 'vitest'
import { openBlob, sealBlob, type SealedBlob } from '#crypto/blob.ts'
import { blobIdOf } from '#crypto/hash.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { concat } from '#schema/bytes.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip, logOf } from './places.ts'

const NOT_OPENED = fail('not-opened')
const LOG = logOf(1)
const CHUNK = 64 * 1024 + 16

/** The same key and id over other bytes: as if the relay could also forge the id. */
const over = (blob: SealedBlob, ciphertext: Uint8Array<ArrayBuffer>): SealedBlob => ({
  key: blob.key,
  ciphertext,
  blobId: blobIdOf(ciphertext),
})

beforeAll(readyCrypto)

test.each([0, 1, 511, 65_535, 65_536, 65_537, 131_071, 131_072, 300_000])(
  'a blob of %i bytes opens again',
  async bytes => {
    const plain = Uint8Array.from({ length: bytes }, (_, at) => at % 253)
    const opened = await openBlob(await sealBlob(plain, LOG), LOG)
    expect(opened.ok && Buffer.compare(opened.value, plain)).toBe(0)
  },
)

test('sealBlob() uses a key of its own each time and hides the exact length', async () => {
  const [one, other] = await Promise.all([sealBlob(filled(100_000, 1), LOG), sealBlob(filled(100_010, 1), LOG)])
  expect(one.key).not.toEqual(other.key)
  expect(one.ciphertext.length).toBe(other.ciphertext.length)
})

describe.each([
  ['small', 1000],
  ['large', 200_000],
])('a %s blob does not open', (_, size) => {
  const sealed = () => sealBlob(filled(size, 7), LOG)

  test('in another log', async () => {
    expect(await openBlob(await sealed(), logOf(2))).toEqual(NOT_OPENED)
  })

  test('with another key, a short key or under another id', async () => {
    const blob = await sealed()
    expect(await openBlob({ ...blob, key: filled(32, 1) }, LOG)).toEqual(NOT_OPENED)
    expect(await openBlob({ ...blob, key: filled(31, 1) }, LOG)).toEqual(NOT_OPENED)
    expect(await openBlob({ ...blob, blobId: blobIdOf(filled(1, 1)) }, LOG)).toEqual(NOT_OPENED)
  })

  test('with a bit changed in header, body or tag', async () => {
    const blob = await sealed()
    const last = blob.ciphertext.length * 8 - 1
    for (const bit of [0, 17, 24, 25, 31, 33, 159, 160, 4000, last])
      expect(await openBlob(over(blob, flip(blob.ciphertext, bit)), LOG), `bit ${bit}`).toEqual(NOT_OPENED)
  })

  test('cut short or with something after it', async () => {
    const blob = await sealed()
    for (const length of [0, 3, 19, 20, 30, 36, blob.ciphertext.length - 1])
      expect(await openBlob(over(blob, blob.ciphertext.slice(0, length)), LOG), `${length}`).toEqual(NOT_OPENED)
    expect(await openBlob(over(blob, concat(blob.ciphertext, filled(20, 0))), LOG)).toEqual(NOT_OPENED)
  })
})

describe('chunks of a large blob', () => {
  const split = ({ ciphertext }: SealedBlob) => ({
    header: ciphertext.slice(0, 20),
    chunks: Array.from({ length: Math.ceil((ciphertext.length - 20) / CHUNK) }, (_, at) =>
      ciphertext.slice(20 + at * CHUNK, 20 + (at + 1) * CHUNK),
    ),
  })

  test('cannot be dropped, swapped or repeated', async () => {
    const blob = await sealBlob(filled(200_000, 7), LOG)
    const { header, chunks } = split(blob)
    expect(chunks.length).toBe(4)
    const orders = [[0, 1, 2], [1, 2, 3], [1, 0, 2, 3], [0, 0, 2, 3], [0, 1, 1, 2, 3], [3]]
    for (const order of orders) {
      const changed = concat(header, ...order.map(at => chunks[at]!))
      expect(await openBlob(over(blob, changed), LOG), `${order.join()}`).toEqual(NOT_OPENED)
    }
    expect(await openBlob(over(blob, concat(header, ...chunks)), LOG)).toEqual(ok(filled(200_000, 7)))
  })
})
