import fc from 'fast-check'
import { crc32 as zlibCrc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { crc32 } from '#app/core/exchange/zip/crc32.ts'
import { readZip } from '#app/core/exchange/zip/read-zip.ts'
import { unpackEntry, UnpackStop } from '#app/core/exchange/zip/unpack-entry.ts'
import { concat } from '#schema/bytes.ts'
import { zipOf } from '#tests/support/apple-health.ts'

const LIMIT = { maxBytes: 1_000_000 }

/** Each entry's name and text, or why not. */
async function contentOf(file: Blob): Promise<readonly string[] | string> {
  const listed = await readZip(file)
  if (!listed.ok) return listed.failure
  const texts: string[] = []
  for (const entry of listed.value) {
    try {
      const pieces: Uint8Array[] = []
      for await (const piece of unpackEntry(file, entry, LIMIT)) pieces.push(piece)
      texts.push(`${entry.name}=${new TextDecoder().decode(concat(...pieces))}`)
    } catch (error) {
      if (!(error instanceof UnpackStop)) throw error
      texts.push(`${entry.name}!${error.why}`)
    }
  }
  return texts
}

const changed = async (file: Blob, change: (bytes: Uint8Array<ArrayBuffer>, view: DataView) => void) => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  change(bytes, new DataView(bytes.buffer))
  return new Blob([bytes])
}

test('crc32() agrees with zlib, in one piece or several', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes))
    }),
  )
})

test('readZip() and unpackEntry() give back any files, deflated or stored, with ZIP64 or without', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
          text: fc.string({ maxLength: 3000 }),
          isStored: fc.boolean(),
        }),
        { maxLength: 5 },
      ),
      fc.boolean(),
      async (files, wide) => {
        expect(await contentOf(zipOf(files, wide))).toEqual(
          files.map(({ name, text }) => `${name}=${text}`.toWellFormed()),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('an archive that is cut off anywhere, or changed anywhere, never throws and never passes for whole', async () => {
  const bytes = new Uint8Array(
    await zipOf([{ name: 'a.xml', text: 'some words, some words, some words' }]).arrayBuffer(),
  )
  for (let end = 0; end < bytes.length; end++)
    expect(await contentOf(new Blob([bytes.subarray(0, end)]))).toBe('damaged')
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const answer = await contentOf(await changed(new Blob([bytes]), copy => void (copy[at]! ^= flip)))
      if (typeof answer === 'string' || answer[0]?.includes('!')) return
      // What changed is a name, or a field nobody reads.
      expect(answer.every(each => each.endsWith('=some words, some words, some words'))).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('unpackEntry() refuses what needs a password, is packed otherwise, or says less than it holds', async () => {
  const file = zipOf([{ name: 'a', text: 'x'.repeat(100_000) }])
  const at = (view: DataView) => view.getUint32(view.byteLength - 6, true)
  expect(await contentOf(await changed(file, (_, view) => view.setUint16(at(view) + 8, 1, true)))).toEqual(['a!locked'])
  expect(await contentOf(await changed(file, (_, view) => view.setUint16(at(view) + 10, 12, true)))).toEqual([
    'a!method',
  ])
  // A bomb that claims to be small stops as soon as it is more than it claims.
  expect(await contentOf(await changed(file, (_, view) => view.setUint32(at(view) + 24, 10, true)))).toEqual([
    'a!damaged',
  ])
  expect(await contentOf(zipOf([{ name: 'a', text: 'x'.repeat(1_000_001) }]))).toEqual(['a!bomb'])
  expect(await contentOf(await changed(file, (_, view) => view.setUint16(view.byteLength - 12, 60_000, true)))).toBe(
    'damaged',
  )
})

test('readZip() refuses a directory beyond any record before it is read', async () => {
  const end = new Uint8Array(22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint32(12, 40_000_000, true)
  expect(await readZip(new Blob([end]))).toEqual({ ok: false, failure: 'too-large' })
})
