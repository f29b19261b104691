import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { followLink } from '#app/core/exchange/link/follow-link.ts'
import { readLink } from '#app/core/exchange/link/read-link.ts'
import { readManifest } from '#app/core/exchange/link/read-manifest.ts'
import { readImportFile, readImportFiles } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { answerOf, linkOf } from '#tests/support/make-link.ts'

const ROOT = join(process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data'), 'shl')
const isThere = existsSync(ROOT)
const textOf = (name: string) => readFileSync(join(ROOT, name), 'utf8')
const NOW = instant(Date.UTC(2026, 10, 26))
const linkFrom = (name: string) => linkOf(parseObject(textOf(name)))

beforeAll(readyCrypto)

describe.skipIf(!isThere)('SMART Health Links of the specification', () => {
  test('the published link opens the published file to the published bytes, and it is read', async () => {
    const asked = { link: textOf('IPS_IG-bundle-01-shl.txt'), recipient: 'Kim' }
    const first = await followLink({ ...asked, fetched: [] }, NOW)
    expect(first).toMatchObject({ value: { requests: [{ host: 'raw.githubusercontent.com' }] } })
    const fetched = [[answerOf(textOf('IPS_IG-bundle-01-enc.txt'))]]
    const followed = await followLink({ ...asked, fetched }, NOW)
    if (!followed.ok || followed.value.kind !== 'files') throw new Error(JSON.stringify(followed))
    const { files, info } = followed.value
    expect(info).toEqual({
      host: 'raw.githubusercontent.com',
      label: 'Demo SHL for IPS_IG-bundle-01',
      needsPasscode: false,
      isLongTerm: true,
    })
    expect(files.map(file => ('bytes' in file ? Buffer.from(file.bytes).toString() : file.reason))).toEqual([
      textOf('IPS_IG-bundle-01.json'),
    ])
    const read = await readImportFiles(files, 'link')
    const plain = await readImportFile(readFileSync(join(ROOT, 'IPS_IG-bundle-01.json')), 'link')
    expect(read).toEqual(plain)
    expect(read.ok && read.value.resources).toHaveLength(20)
  })

  test.each([
    // "exp" is a string.
    ['shl-payload-1.json', { ok: false, failure: 'unreadable' }],
    ['shl-payload-2.json', { ok: true }],
    // Over since January 2024; and their addresses are not https.
    ['shlink-payload.txt', { ok: false, failure: 'expired' }],
    ['shlink-payload-direct.txt', { ok: false, failure: 'expired' }],
  ])('%s', (name, answer) => {
    expect(readLink(linkFrom(name), NOW)).toMatchObject(answer)
  })

  test.each(['shlink-link.txt', 'shlink-link-direct.txt', 'shlink-link-with-viewer.txt'])('%s', name => {
    expect(readLink(textOf(name), NOW)).toEqual({ ok: false, failure: 'expired' })
    expect(readLink(textOf(name), instant(Date.UTC(2023, 0, 1)))).toEqual({ ok: false, failure: 'insecure' })
  })

  test('lists of files, by location and embedded', () => {
    expect(readManifest(textOf('shl-manifest-1.json'))?.map(file => file.kind)).toEqual([
      'located',
      'embedded',
      'located',
    ])
    expect(readManifest(textOf('shlink-manifest.txt'))).toEqual([
      { kind: 'unusable', why: 'unreachable' },
      { kind: 'unusable', why: 'unreachable' },
    ])
    expect(readManifest(textOf('shlink-manifest-file.txt'))).toBeUndefined()
  })
})
