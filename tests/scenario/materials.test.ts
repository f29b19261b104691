import { expect, test, vi } from 'vitest'
import type { AccessLog } from '#app/core/follow-session.ts'
import type { KeptMaterial } from '#app/core/material-session.ts'
import type { Session } from '#app/core/session.ts'
import { FileId } from '#schema/ids.ts'
import { condition, household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { accept, contactOf, exchange, makePerson, meet, pair, passphraseOf, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function materialsOf(session: Session): Promise<readonly KeptMaterial[]> {
  const told = Promise.withResolvers<readonly KeptMaterial[]>()
  const stop = await session.watchMaterials(told.resolve)
  stop()
  return told.promise
}

async function accessOf(session: Session): Promise<AccessLog> {
  const told = Promise.withResolvers<AccessLog>()
  const stop = await session.watchAccess(told.resolve)
  stop()
  return told.promise
}

const FILE = FileId.parse('cd'.repeat(FileId.size))!
const OTHER = FileId.parse('ef'.repeat(FileId.size))!
const leaflet = (words: string) => new Blob([`%PDF-1.4 ${words}`], { type: 'application/pdf' })
const hold = async (session: Session, id: FileId, words: string) =>
  expect(await session.holdFile(id, leaflet(words), `${words}.pdf`)).toMatchObject({ ok: true })
const textOf = async (session: Session, id: FileId) => {
  const opened = await session.openMaterialFile(id)
  return opened.ok ? opened.value.text() : opened.failure.kind
}
const DONE = { ok: true, value: undefined }
const KNEE = { id: 'ab'.repeat(16), title: 'Knee', text: 'Bend it.' }

test('what is kept for use again is on all devices with its file, is changed and deleted', async () => {
  const bea = await person('Bea')
  const laptop = await device()
  await pair(bea, laptop, passphraseOf('Bea'))
  expect(await bea.session.keepMaterial({ ...KNEE, fileIds: [FILE] })).toMatchObject({ ok: false })
  await hold(bea.session, FILE, 'knee')
  expect(await bea.session.keepMaterial({ ...KNEE, fileIds: [FILE] })).toEqual(DONE)
  await until(async () => (await materialsOf(laptop.session)).length === 1)
  expect(await materialsOf(laptop.session)).toEqual([
    { ...KNEE, files: [{ id: FILE, name: 'knee.pdf', type: 'application/pdf', bytes: 13, hasPreview: false }] },
  ])
  await until(async () => (await textOf(laptop.session, FILE)) === '%PDF-1.4 knee')
  // Another picture comes, the first stays.
  await hold(laptop.session, OTHER, 'back')
  const changed = { ...KNEE, title: 'Knees', fileIds: [OTHER, FILE] }
  expect(await laptop.session.keepMaterial(changed)).toEqual(DONE)
  await until(async () => (await materialsOf(bea.session))[0]?.title === 'Knees')
  expect((await materialsOf(bea.session))[0]?.files.map(({ name }) => name)).toEqual(['back.pdf', 'knee.pdf'])
  await until(async () => (await textOf(bea.session, OTHER)) === '%PDF-1.4 back')
  const again = await bea.restart()
  await again.session.unlock(passphraseOf('Bea'))
  expect(await textOf(again.session, FILE)).toBe('%PDF-1.4 knee')
  expect(await again.session.removeMaterial(KNEE.id)).toEqual(DONE)
  await until(async () => (await materialsOf(laptop.session)).length === 0)
  expect(await textOf(laptop.session, FILE)).toBe('not-found')
})

test('what is none is not kept: two contents at once, a script for an address, an id that is a path', async () => {
  const bea = await person('Bea')
  for (const wrong of [
    { title: ' ' },
    { topic: 'gout' },
    { text: 'x'.repeat(8193) },
    { id: '../x' },
    { text: undefined, address: 'javascript:alert(1)' },
  ]) {
    const { text, ...rest } = { ...KNEE, ...wrong }
    const material = { ...rest, ...(text !== undefined && { text }), fileIds: [] }
    expect(await bea.session.keepMaterial(material)).toMatchObject({ failure: { kind: 'invalid' } })
  }
  expect(await materialsOf(bea.session)).toEqual([])
})

test('patients are found by a condition in the problems that they share, and see in their log that it was looked for', async () => {
  const lee = await person('Dr Lee')
  const [ana, cleo] = [await person('Ana'), await person('Cleo')]
  for (const [patient, name] of [
    [ana, 'Ana'],
    [cleo, 'Cleo'],
  ] as const)
    await meet(patient, lee, [name, 'Dr Lee'])
  await ana.session.addEntry(condition('Asthma'))
  await ana.session.addEntry(condition('Migraine'))
  const problems = await share(ana, 'Dr Lee', { sections: ['problems'] })
  await accept(ana, lee, problems)
  await accept(cleo, lee, await share(cleo, 'Dr Lee', { sections: ['medicines'], passphrase: passphraseOf('Cleo') }))
  const find = (text: string, snomed: readonly string[] = []) =>
    lee.session.findByCondition({ text, snomed, icd10: [] })
  await until(async () => (await find('asthma')).patients.length === 1)
  const contactId = (await contactOf(lee.session, 'Ana'))!.contactId
  expect(await find('asthma')).toMatchObject({
    patients: [{ shareId: problems, contactId, recordName: 'Ana', total: 1, entries: [{ title: 'Asthma' }] }],
    notHere: 0,
    notShared: 1,
  })
  // Nothing else of hers was on the screen.
  const looks = async () => (await accessOf(ana.session)).lines.filter(({ what }) => what.act === 'looked')
  await exchange([lee.session, ana.session], async () => (await looks()).length > 0)
  expect((await looks())[0]).toMatchObject({ who: { name: 'Dr Lee' }, sections: ['problems'] })
  expect((await find('gout')).patients).toEqual([])
  expect(await find(' ')).toEqual({ patients: [], notHere: 0, notShared: 0 })
})
