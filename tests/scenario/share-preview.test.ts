import { expect, test, vi } from 'vitest'
import { asGiven } from '#app/ui/features/people/preview-session.ts'
import type { EntryDetail, EntryFields, EntryId } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { condition, household } from '#tests/support/household.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { firstEntry, type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, makePerson, meet, pair, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 180_000 })

const { device } = household()

const NOTE: EntryFields = {
  kind: 'note',
  title: 'A night',
  text: 'First line\nSecond line\n\nAfter a gap',
  writtenAt: '2026-05-01T08:10:00Z',
}
const MEDICINE: EntryFields = { kind: 'medicine', name: 'Salbutamol', status: 'taking' }
const BUNDLE = new Blob([
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'urn:uuid:1',
        resource: { resourceType: 'Condition', id: 'c', code: { text: 'Gout' }, recorder: { display: 'Dr Who' } },
      },
    ],
  }),
])

async function done<Value>(act: Promise<{ ok: true; value: Value } | { ok: false; failure: unknown }>): Promise<Value> {
  const answer = await act
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}

/** Something of every kind that a page of an entry shows otherwise for others. */
async function fill({ session }: TestDevice): Promise<void> {
  const asthma = await done(session.addEntry(condition('Asthma')))
  await done(session.editEntry(asthma, condition('Mild asthma')))
  await done(session.addEntry(NOTE))
  const salbutamol = await done(session.addEntry(MEDICINE))
  const hidden = await done(session.addEntry(condition('Depression')))
  await done(session.binEntry(await done(session.addEntry(condition('Cold')))))
  for (const about of [asthma, salbutamol, hidden]) {
    const files = [{ file: new Blob([fakePdf(600, about.length + about.charCodeAt(3))]), name: 'letter.pdf' }]
    await done(session.addPaper({ files, title: `Letter ${about}`, about, keepAsIs: false, isPrivate: false }))
  }
  await done(session.makePrivate([hidden]))
  await done(session.commitImport((await done(session.previewImport(BUNDLE, 'clinic.json'))).importId))
}

async function seen(bea: TestDevice, shareId: string, id: EntryId): Promise<EntryDetail | undefined> {
  const told = Promise.withResolvers<EntryDetail | undefined>()
  const stop = await bea.session.watchShared(shareId, 'watchEntry', [id], told.resolve as (told: never) => void)
  const entry = await told.promise
  stop()
  return entry
}

/** As the window draws it: which logs the rows came from, and by which devices, nobody sees. */
const drawn = (entry: EntryDetail | undefined) => entry && JSON.parse(JSON.stringify(entry))

test.each([
  ['as it is now', false],
  ['with everything from before', true],
])('an entry in the preview is what the recipient has of it, %s', async (_, withHistory) => {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await pair(ana, await device())
  await fill(ana)
  const sections = SECTIONS.filter(section => section !== 'medicines')
  const shareId = await share(ana, 'Bea', { sections, withHistory })
  await accept(ana, bea, shareId)
  const own = await ana.session.timelineRows({}, 0, 100)
  expect(own.map(row => row.title)).toEqual(expect.arrayContaining(['Mild asthma', 'Salbutamol', 'Gout', 'A night']))
  const theirs = async () => (await bea.session.askShared(shareId, 'timelineRows', [{}, 0, 100])) ?? []
  // All but the medicine with its letter, and what is private.
  await until(async () => (await theirs()).length === own.length - 3, 60_000)
  const compared: string[] = []
  for (const { id, title } of own) {
    const entry = await firstEntry(ana.session, id, () => true)
    const preview = entry && asGiven(entry, { sections, recordName: 'Ana' })
    expect([title, drawn(preview)]).toEqual([title, drawn(await seen(bea, shareId, id))])
    if (preview !== undefined) compared.push(title)
  }
  expect(compared).toHaveLength(own.length - 3)
  expect(compared).not.toContain('Depression')
})
