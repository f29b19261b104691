import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanHeic } from '#app/core/exchange/paper/clean-heic.ts'
import { cleanJpeg } from '#app/core/exchange/paper/clean-jpeg.ts'
import { cleanPng } from '#app/core/exchange/paper/clean-png.ts'
import { cleanWebp } from '#app/core/exchange/paper/clean-webp.ts'
import { orientationTiff } from '#app/core/exchange/paper/clean-jpeg.ts'
import { paperTypeOf } from '#app/core/exchange/paper/paper-type.ts'
import { fakePdf, phoneHeic, phoneJpeg, phonePng, plainJpeg, plainPng, SECRETS } from '#tests/support/photos.ts'

const letters = (bytes: Uint8Array | undefined) => new TextDecoder('latin1').decode(bytes)
const secretsIn = (bytes: Uint8Array | undefined) => SECRETS.filter(secret => letters(bytes).includes(secret))

test('cleanJpeg() leaves the picture alone and takes out all that the camera wrote', () => {
  expect(secretsIn(phoneJpeg())).toEqual(SECRETS)
  expect(cleanJpeg(phoneJpeg(1))).toEqual(plainJpeg())
  expect(cleanJpeg(plainJpeg())).toEqual(plainJpeg())
})

test('cleanJpeg() keeps how the picture is to be turned, and nothing else of Exif', () => {
  const turned = cleanJpeg(phoneJpeg(6))
  expect(secretsIn(turned)).toEqual([])
  expect(letters(turned).match(/Exif/g)).toHaveLength(1)
  // Cleaned once more it reads its own word.
  expect(cleanJpeg(turned!)).toEqual(turned)
  expect(cleanJpeg(phoneJpeg(8))).not.toEqual(turned)
  expect(cleanJpeg(phoneJpeg(9))).toEqual(plainJpeg())
})

test('cleanPng() keeps only what draws', () => {
  expect(cleanPng(phonePng())).toEqual(plainPng())
})

test('cleanHeic() overwrites Exif, XMP and all that draws nothing, and moves nothing', () => {
  const seen = ['LATITUDE-52.5163', 'PhoneOfMaria', 'xmp-said-so', 'comment-said-so', 'film-after-it']
  expect(secretsIn(phoneHeic())).toEqual(seen)
  expect(cleanHeic(phoneHeic())).toEqual(phoneHeic(false))
})

test('cleanHeic() refuses a film beside the picture and a list of extents that takes no bytes', () => {
  const film = new Uint8Array([...phoneHeic(), 0, 0, 0, 8, ...new TextEncoder().encode('moov')])
  expect(cleanHeic(film)).toBeUndefined()
})

test('a photo that ends too early is never taken for clean', () => {
  const whole = [
    [plainJpeg(), cleanJpeg],
    [plainPng(), cleanPng],
    [phoneHeic(), cleanHeic],
  ] as const
  for (const [bytes, clean] of whole) {
    for (let length = 12; length < bytes.length; length++) {
      // A HEIC may end between two boxes: then it is clean.
      expect(secretsIn(clean(bytes.slice(0, length)))).toEqual([])
    }
  }
  expect(cleanJpeg(plainJpeg().slice(0, -2))).toBeUndefined()
  expect(cleanPng(plainPng().slice(0, -1))).toBeUndefined()
})

test('no bytes make the cleaners throw, take long or grow', () => {
  const starts = [plainJpeg(), phoneJpeg(), phonePng(), phoneHeic()]
  const damaged = fc
    .tuple(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }))
    .map(([bytes, changes]) => {
      const copy = new Uint8Array(bytes)
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value
      return copy
    })
  const growth = (bytes: Uint8Array) =>
    Math.max(...[cleanJpeg, cleanPng, cleanHeic].map(clean => (clean(bytes)?.length ?? 0) - bytes.length))
  // How a picture is turned may be written anew: a head of 36 bytes.
  const holds = fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), bytes => growth(bytes) <= 36)
  expect(fc.check(holds, { numRuns: 2000 }).failed).toBe(false)
})

test('paperTypeOf() tells by content', () => {
  const types = [fakePdf(20), phoneJpeg(), phonePng(), phoneHeic(), new TextEncoder().encode('<svg onload="x">')]
  expect(types.map(paperTypeOf)).toEqual(['application/pdf', 'image/jpeg', 'image/png', 'image/heic', undefined])
  expect(paperTypeOf(new Uint8Array())).toBeUndefined()
})

function webp(flags: number, ...chunks: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const parts = [['VP8X', new Uint8Array([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])] as const, ...chunks].flatMap(
    ([type, body]) => [
      Buffer.from(type, 'latin1'),
      Buffer.from(new Uint32Array([body.length]).buffer),
      body,
      new Uint8Array(body.length % 2),
    ],
  )
  const all = Buffer.concat([Buffer.from('WEBP'), ...parts])
  return new Uint8Array(Buffer.concat([Buffer.from('RIFF'), Buffer.from(new Uint32Array([all.length]).buffer), all]))
}
const picture = ['VP8 ', new Uint8Array([1, 2, 3])] as const
const exif = (orientation: number, more = '') =>
  ['EXIF', new Uint8Array(Buffer.concat([orientationTiff(orientation), Buffer.from(more)]))] as const
const xmp = ['XMP ', new Uint8Array(Buffer.from('xmp-said-so'))] as const

test('cleanWebp() keeps only what draws and how it is to be turned, and tells of no more', () => {
  const phone = webp(0x1c, picture, exif(1, 'PhoneOfMaria'), xmp)
  expect(secretsIn(phone)).toEqual(expect.arrayContaining(['PhoneOfMaria', 'xmp-said-so']))
  expect(cleanWebp(phone)).toEqual(webp(0x10, picture))
  expect(cleanWebp(webp(0x0c, picture, exif(6, 'PhoneOfMaria'), xmp))).toEqual(webp(0x08, picture, exif(6)))
  expect(cleanWebp(new Uint8Array([...webp(0, picture), 1, 2]))).toEqual(webp(0, picture))
  expect(paperTypeOf(phone)).toBe('image/webp')
  for (let length = 0; length < phone.length; length++) expect(cleanWebp(phone.slice(0, length))).toBeUndefined()
})

test('cleanWebp() takes any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 80 }), (bytes, at) => {
      const odd = webp(0x0c, picture, exif(6), xmp)
      odd.set(bytes.subarray(0, Math.max(0, odd.length - at)), Math.min(at, odd.length))
      expect(cleanWebp(odd)?.length ?? 0).toBeLessThanOrEqual(odd.length + 8)
      expect(cleanWebp(bytes)?.length ?? 0).toBeLessThanOrEqual(bytes.length + 8)
    }),
  )
})
