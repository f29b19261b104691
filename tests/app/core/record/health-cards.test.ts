import { beforeAll, expect, test } from 'vitest'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { answerOf, linkOf, sealJwe } from '#tests/support/make-link.ts'
import { DIRECTORY, directoryOf, fileOf, TestIssuer } from '#tests/support/make-card.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const ASTHMA = { resourceType: 'Condition', id: 'a', code: { text: 'Asthma' } }

let clinic: TestIssuer
beforeAll(async () => {
  clinic = await TestIssuer.at('https://clinic.example/cards')
})

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

const cardFile = async (more?: object) => new Blob([fileOf(await clinic.card(more))])
const keyFile = (text = clinic.keySet()) => new Blob([text])

async function bringIn(device: RecordDevice, file: Blob) {
  const preview = value(await device.record.previewImport(file, 'card.smart-health-card'))
  return { preview, ...value(await device.record.commitImport(preview.importId)) }
}

async function detailOf({ record }: RecordDevice, id: EntryId): Promise<EntryDetail | undefined> {
  let found: EntryDetail | undefined
  const stop = await record.watchEntry(id, entry => {
    found = entry
  })
  stop()
  return found
}

test('what was found of a card stays with its entries, with the day it was looked at', async () => {
  const device = await (await makeWorld()).device()
  value(await device.record.keepIssuerFile(keyFile(), clinic.address))
  const { preview, added } = await bringIn(device, await cardFile())
  const found = { issuer: clinic.address, signature: 'trusted', time: 'valid', revocation: 'not-checked' }
  expect(preview.cards).toEqual([expect.objectContaining(found)])
  expect(added).toBe(3)
  for (const isCrash of [false, true]) {
    await device.reopen({ isCrash })
    const rows = await device.record.timelineRows({}, 0, 10)
    for (const { id } of rows) expect((await detailOf(device, id))?.card).toEqual(preview.cards[0])
  }
})

test('an issuer’s keys count once they are kept, and no longer once they are forgotten', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const signature = async () => value(await record.previewImport(await cardFile(), 'card')).cards[0]?.signature
  expect(await signature()).toBe('no-key')
  const info = { issuer: clinic.address, keyCount: 1 }
  expect(await record.keepIssuerFile(keyFile(), `${clinic.address}/.well-known/jwks.json`)).toEqual({
    ok: true,
    value: info,
  })
  expect(await record.cardIssuers()).toEqual([info])
  expect(await signature()).toBe('trusted')
  value(await record.forgetCardIssuer(clinic.address))
  expect(await record.cardIssuers()).toEqual([])
  expect(await signature()).toBe('no-key')
})

test('an issuer’s list of cards taken back is kept with its key, and only then', async () => {
  const { record } = await (await makeWorld()).device()
  const list = keyFile(JSON.stringify({ kid: clinic.key.id, method: 'rid', ctr: 1, rids: ['a', 'b'] }))
  expect(await record.keepIssuerFile(list)).toEqual({ ok: false, failure: { kind: 'unknown-key' } })
  value(await record.keepIssuerFile(keyFile(), clinic.address))
  expect(value(await record.keepIssuerFile(list))).toEqual({ issuer: clinic.address, keyCount: 1, revokedCount: 2 })
})

test('a directory’s issuers count once it is kept, and all no longer once it is forgotten', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const directory = (more?: object) => new Blob([directoryOf([{ issuer: clinic, name: 'The clinic' }], more)])
  const signature = async () => value(await record.previewImport(await cardFile(), 'card')).cards[0]?.signature
  expect(await signature()).toBe('no-key')
  const info = value(await record.keepDirectory(directory()))
  expect(info).toMatchObject({ source: DIRECTORY, issuerCount: 1, keyCount: 1 })
  const { preview } = await bringIn(device, await cardFile())
  expect(preview.cards).toMatchObject([{ signature: 'listed', directory: { source: DIRECTORY, name: 'The clinic' } }])
  const later = value(await record.keepDirectory(directory({ time: '2026-11-01T00:00:00Z' })))
  expect(await record.cardDirectories()).toEqual([later])
  value(await record.forgetDirectory(DIRECTORY))
  expect(await record.cardDirectories()).toEqual([])
  expect(await signature()).toBe('no-key')
  await device.reopen()
  const [row] = await record.timelineRows({}, 0, 1)
  expect((await detailOf(device, row!.id))?.card).toEqual(preview.cards[0])
})

test('a directory is not kept as the keys of one issuer, and one without keys not at all', async () => {
  const { record } = await (await makeWorld()).device()
  const directory = new Blob([directoryOf([{ issuer: clinic }])])
  const refused = { ok: false, failure: { kind: 'directory' } }
  expect(await record.keepIssuerFile(directory, clinic.address)).toEqual(refused)
  expect(await record.keepDirectory(new Blob([directoryOf([])]))).toEqual({ ok: false, failure: { kind: 'no-keys' } })
})

test.each([
  ['bad-address', 'http://clinic.example'],
  ['bad-address', 'https://clinic.example/?a'],
  ['bad-address', 'the clinic'],
  ['bad-address', ''],
])('keys are kept for an address as cards have it: %s for %j', async (kind, address) => {
  const { record } = await (await makeWorld()).device()
  expect(await record.keepIssuerFile(keyFile(), address)).toEqual({ ok: false, failure: { kind } })
})

test.each([
  ['nothing', '{}'],
  ['another kind of key', '{"keys":[{"kty":"RSA","kid":"a"}]}'],
  ['a private key', () => clinic.keySet().replace('"kty"', '"d":"abc","kty"')],
  ['a key under another one’s name', () => clinic.keySet().replace(clinic.key.id, 'a'.repeat(43))],
])('a file without a key that can check cards is refused: %s', async (_, text) => {
  const { record } = await (await makeWorld()).device()
  const file = keyFile(typeof text === 'string' ? text : text())
  expect(await record.keepIssuerFile(file, clinic.address)).toEqual({ ok: false, failure: { kind: 'no-keys' } })
})

test('what a link leads to comes in as one file, called by its label, each part judged; and only once', async () => {
  const { record } = await (await makeWorld()).device()
  value(await record.keepIssuerFile(keyFile(), clinic.address))
  const link = linkOf({ label: 'For school' })
  expect(await record.readLink(link)).toMatchObject({ ok: true, value: { host: 'files.example' } })
  const asked = { link, recipient: 'Kim' }
  const first = value(await record.previewLink({ ...asked, fetched: [] }))
  expect(first).toMatchObject({ kind: 'fetch', requests: [{ host: 'files.example' }] })
  const files = [
    { contentType: 'application/smart-health-card', embedded: await sealJwe(fileOf(await clinic.card())) },
    { contentType: 'application/fhir+json', embedded: await sealJwe(JSON.stringify(ASTHMA)) },
    { contentType: 'application/fhir+json', embedded: await sealJwe('nothing') },
    { contentType: 'application/smart-api-access', embedded: '' },
  ]
  const fetched = [[answerOf({ files })]]
  const step = value(await record.previewLink({ ...asked, fetched }))
  if (step.kind !== 'preview') throw new Error('There is more to fetch')
  expect(step.preview).toMatchObject({
    fileName: 'For school',
    newCount: 4,
    cards: [{ signature: 'trusted' }],
    unusable: [
      { reason: 'not-understood', examples: ['file 3'] },
      { reason: 'link-access', examples: ['file 4'] },
    ],
  })
  expect(value(await record.commitImport(step.preview.importId))).toEqual({ added: 4 })
  const again = value(await record.previewLink({ ...asked, fetched }))
  expect(again).toMatchObject({ preview: { newCount: 0, alreadyThereCount: 4 } })
})

test('a link for long-term use is kept once it is in, is looked at again by its import alone, and can be forgotten', async () => {
  const { record } = await (await makeWorld()).device()
  const link = linkOf({ label: 'Care', flag: 'L' })
  const fileOfList = async (...texts: readonly string[]) => ({
    files: await Promise.all(
      texts.map(async text => ({ contentType: 'application/fhir+json', embedded: await sealJwe(text) })),
    ),
  })
  const look = async (from: string, ...texts: readonly string[]) => {
    const fetched = [[answerOf(await fileOfList(...texts))]]
    const step = value(await record.previewLink({ link: from, recipient: 'Kim', fetched }))
    if (step.kind !== 'preview') throw new Error('There is more to fetch')
    return step.preview
  }
  const asthma = JSON.stringify(ASTHMA)
  const first = await look(link, asthma)
  expect(first.keepsLink).toBe(true)
  expect(JSON.stringify(first)).not.toContain('shlink')
  expect((await record.imports())[0]?.link).toBeUndefined()
  value(await record.commitImport(first.importId))
  expect(await record.imports()).toMatchObject([
    { importId: first.importId, link: { host: 'files.example', isOver: false } },
  ])
  expect(JSON.stringify(await record.imports())).not.toContain('shlink')

  const again = `kept:${first.importId}`
  expect(value(await record.readLink(again))).toMatchObject({ host: 'files.example', label: 'Care', isLongTerm: true })
  expect(await record.previewLink({ link: again, recipient: 'Kim', fetched: [] })).toMatchObject({
    value: { kind: 'fetch', requests: [{ host: 'files.example' }] },
  })
  expect(await look(again, asthma)).toMatchObject({ newCount: 0, alreadyThereCount: 1 })
  const more = await look(again, asthma, '{"resourceType":"Condition","id":"b","code":{"text":"Hay fever"}}')
  expect(more).toMatchObject({ newCount: 1, alreadyThereCount: 1 })
  value(await record.commitImport(more.importId))
  // It stands with the last import from it alone.
  expect((await record.imports()).filter(each => each.link !== undefined).map(each => each.importId)).toEqual([
    more.importId,
  ])
  value(await record.forgetLink(more.importId))
  expect((await record.imports()).some(each => each.link !== undefined)).toBe(false)
  expect(await record.readLink(`kept:${more.importId}`)).toEqual({
    ok: false,
    failure: { kind: 'link', why: 'unreadable' },
  })
})

test('a link that is not for long-term use is not kept', async () => {
  const { record } = await (await makeWorld()).device()
  const files = [{ contentType: 'application/fhir+json', embedded: await sealJwe(JSON.stringify(ASTHMA)) }]
  const step = value(await record.previewLink({ link: linkOf({}), recipient: 'Kim', fetched: [[answerOf({ files })]] }))
  if (step.kind !== 'preview') throw new Error('There is more to fetch')
  expect(step.preview.keepsLink).toBeUndefined()
  value(await record.commitImport(step.preview.importId))
  expect((await record.imports())[0]?.link).toBeUndefined()
})

test('a link that leads to nothing that can be read says why', async () => {
  const { record } = await (await makeWorld()).device()
  const fetched = [[answerOf(await sealJwe('<html>no</html>'))]]
  const answer = await record.previewLink({ link: linkOf({ flag: 'U' }), recipient: 'Kim', fetched })
  expect(answer).toEqual({ ok: false, failure: { kind: 'not-supported', what: 'xml' } })
})
