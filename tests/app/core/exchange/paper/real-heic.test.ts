import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cleanHeic } from '#app/core/exchange/paper/clean-heic.ts'
import { paperTypeOf } from '#app/core/exchange/paper/paper-type.ts'
import { HEIC_LATITUDE, HEIC_SECRETS, photoToPack } from '#tests/support/heic-source.ts'
import { realHeic } from '#tests/support/real-heic.ts'

const saidIn = (bytes: Uint8Array) => [
  ...HEIC_SECRETS.filter(secret => Buffer.from(bytes).includes(secret)),
  ...(Buffer.from(bytes).includes(Buffer.from(HEIC_LATITUDE)) ? ['a place'] : []),
]
const ALL = [...HEIC_SECRETS, 'a place']

test('cleanHeic() takes place, maker and XMP out of a real photo, and nothing of the picture', () => {
  const photo = realHeic()
  expect([paperTypeOf(photo), saidIn(photo)]).toEqual(['image/heic', ALL])
  const clean = cleanHeic(photo)!
  expect([paperTypeOf(clean), saidIn(clean), clean.length]).toEqual(['image/heic', [], photo.length])
  expect(cleanHeic(clean)).toEqual(clean)
})

/** Debian's libheif-examples. */
function hasTools(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v heif-enc && command -v heif-convert'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.runIf(hasTools())('a photo packed here and now loses what it says, and is drawn as before, pixel by pixel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heic-'))
  const at = (name: string) => join(folder, name)
  const drawn = (name: string, bytes: Uint8Array) => {
    writeFileSync(at(`${name}.heic`), bytes)
    execFileSync('heif-convert', [at(`${name}.heic`), at(`${name}.y4m`)], { stdio: 'ignore' })
    return readFileSync(at(`${name}.y4m`))
  }
  try {
    writeFileSync(at('photo.png'), photoToPack())
    for (const options of [['-q', '50', '-t', '32'], ['-q', '90'], ['-L']]) {
      execFileSync('heif-enc', [...options, '-o', at('photo.heic'), at('photo.png')], { stdio: 'ignore' })
      const photo = new Uint8Array(readFileSync(at('photo.heic')))
      expect(saidIn(photo)).toEqual(ALL)
      const clean = cleanHeic(photo)!
      expect(saidIn(clean)).toEqual([])
      expect(drawn('clean', clean)).toEqual(drawn('photo', photo))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
