import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { ShareRequest } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import { fail } from '#schema/result.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { condition, household } from '#tests/support/household.ts'
import { firstStatus, until } from '#tests/support/test-device.ts'
import {
  accept,
  contactOf,
  exchange,
  givenOf,
  makePerson,
  meet,
  pair,
  passphraseOf,
  receivedOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const DAY_MS = 24 * 3600_000
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

const allergy = (substance: string): EntryFields =>
  ({ kind: 'allergy', substance, clinicalStatus: 'active' }) as EntryFields

async function twoWhoMet() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await ana.session.addEntry({ kind: 'note', title: 'Diary', text: 'private' } as EntryFields)
  return { ana, bea }
}

async function titles(session: Session, id: string): Promise<string[] | undefined> {
  const rows = await session.askShared(id, 'timelineRows', [{}, 0, 100])
  return rows?.map(row => row.title).toSorted()
}

const sees = (session: Session, id: string, expected: readonly string[]) =>
  until(async () => (await titles(session, id))?.join() === expected.join())

test('Ana shares her problems with Bea, who sees them, what comes later too, and nothing else', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session)) !== undefined)
  expect(await receivedOf(bea.session)).toMatchObject({
    shareId: id,
    contactName: 'Ana',
    recordName: 'Ana',
    sections: ['problems'],
    role: 'read',
    state: 'offered',
  })
  expect(await titles(bea.session, id)).toBeUndefined()
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  await ana.session.addEntry(condition('Migraine'))
  await sees(bea.session, id, ['Asthma', 'Migraine'])
  expect(await bea.session.timelineRows({}, 0, 10)).toEqual([])
  expect(await bea.session.askShared(id, 'addEntry', [condition('Forged')])).toEqual({
    ok: false,
    failure: { kind: 'not-allowed' },
  })
  await exchange([bea.session, ana.session], async () => (await givenOf(ana.session))?.lastOpenedAt !== undefined)
})

test('who may see and add adds to the record, also offline, and only to the sections they have', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  bea.setOnline(false)
  expect((await bea.session.askShared(id, 'addEntry', [condition('Seen by Bea')]))?.ok).toBe(true)
  await ana.session.addEntry(condition('Migraine'))
  bea.setOnline(true)
  await sees(bea.session, id, ['Asthma', 'Migraine', 'Seen by Bea'])
  await until(async () => (await ana.session.timelineRows({}, 0, 10)).some(row => row.title === 'Seen by Bea'))
  const allergic = await bea.session.askShared(id, 'addEntry', [allergy('Nuts')])
  expect(allergic).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
})

test('stopped: the relay gives nothing more, and an honest app keeps nothing', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')
  expect(await receivedOf(bea.session)).toMatchObject({ state: 'ended', endedBy: 'stopped' })
  await until(async () => (await titles(bea.session, id)) === undefined)
  expect(await givenOf(ana.session)).toMatchObject({ state: 'ended', endedBy: 'stopped' })
  const sharedRows = (await bea.store.keys('sealed', 'shared/')).length
  expect(sharedRows).toBe(0)
})

test('a share ends by the relay’s clock on the day that was said, whatever the recipient’s clock says', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  ana.setOnline(false)
  bea.clock.offsetMs = -365 * DAY_MS
  clock.offsetMs = DAY_MS
  await exchange([bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')
  expect(await receivedOf(bea.session)).toMatchObject({ endedBy: 'expired' })
  await until(async () => (await titles(bea.session, id)) === undefined)
  ana.setOnline(true)
  await exchange([ana.session], async () => (await givenOf(ana.session))?.state === 'ended')
})

test('paused and taken up again; more time and more sections ask for the passphrase', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  expect((await ana.session.changeShare(id, { isPaused: true })).ok).toBe(true)
  await exchange([ana.session], async () => (await givenOf(ana.session))?.state === 'paused')
  await ana.session.addEntry(condition('While paused'))
  await firstStatus(ana.session, status => status.kind === 'backed-up')
  expect(await ana.session.changeShare(id, { isPaused: false })).toEqual({
    ok: false,
    failure: { kind: 'wrong-passphrase' },
  })
  const passphrase = passphraseOf('Ana')
  expect((await ana.session.changeShare(id, { isPaused: false, passphrase })).ok).toBe(true)
  await sees(bea.session, id, ['Asthma', 'While paused'])

  const more = { sections: ['problems', 'allergies'], until: null, passphrase } as const
  await ana.session.addEntry(allergy('Nuts'))
  expect((await ana.session.changeShare(id, more)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session))?.sections.length === 2)
  await sees(bea.session, id, ['Asthma', 'Nuts', 'While paused'])
  expect((await receivedOf(bea.session))?.until).toBeUndefined()

  expect((await ana.session.changeShare(id, { sections: ['allergies'] })).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session))?.sections.length === 1)
  await sees(bea.session, id, ['Nuts'])
})

test('a pause is told at once to who has the record open, whose app looks for letters no sooner than in a minute by itself', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  // Nobody is waited for any more: Bea's next look is a minute away.
  await bea.session.checkMail()
  expect((await ana.session.changeShare(id, { isPaused: true })).ok).toBe(true)
  await until(async () => (await receivedOf(bea.session))?.isPaused === true, 20_000)
})

test('declined, left, and who may be shared with', async () => {
  const { ana, bea } = await twoWhoMet()
  const declined = await share(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session)) !== undefined)
  expect((await bea.session.answerShare(declined, 'decline')).ok).toBe(true)
  await exchange([bea.session, ana.session], async () => (await givenOf(ana.session))?.state === 'ended')
  expect(await givenOf(ana.session)).toMatchObject({ endedBy: 'declined' })
  expect((await sharesOf(bea.session)).received).toEqual([])

  const left = await share(ana, 'Bea')
  await accept(ana, bea, left)
  await sees(bea.session, left, ['Asthma'])
  expect((await bea.session.answerShare(left, 'decline')).ok).toBe(true)
  await exchange([bea.session, ana.session], async () => (await givenOf(ana.session))?.endedBy === 'left')

  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const request = { contactId, sections: ['problems'], role: 'read', withHistory: true, passphrase: 'wrong' } as const
  const failureOf = async (change: Partial<ShareRequest>) => {
    const answer = await ana.session.share({ ...request, ...change })
    return answer.ok ? undefined : answer.failure.kind
  }
  expect(await failureOf({})).toBe('wrong-passphrase')
  expect(await failureOf({ sections: [] })).toBe('nothing-chosen')
  expect(await failureOf({ until: instant(clock.now() - 60_000) })).toBe('in-the-past')
  expect(await failureOf({ contactId: 'ff'.repeat(16) })).toBe('not-found')
  const allergies = await share(ana, 'Bea', { sections: ['allergies'] })
  await share(ana, 'Bea')
  expect(await failureOf({ sections: ['problems', 'results'] })).toBe('already-shared')
  const passphrase = passphraseOf('Ana')
  const more = await ana.session.changeShare(allergies, { sections: ['allergies', 'problems'], passphrase })
  expect(more).toEqual({ ok: false, failure: { kind: 'already-shared' } })
})

test('what is shared is there again after a restart, offline too', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  const again = await bea.restart()
  again.setOnline(false)
  expect((await again.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(again.session, id, ['Asthma'])
})

test('as it is now: Bea sees no old and no deleted version, and the record goes on for everybody', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const secret = await ana.session.addEntry(condition('HIV positive'))
  const kept = await ana.session.addEntry(condition('Asthma'))
  if (!secret.ok || !kept.ok) throw new Error('Not saved')
  expect((await ana.session.binEntry(secret.value)).ok).toBe(true)
  expect((await ana.session.editEntry(kept.value, condition('Mild asthma'))).ok).toBe(true)
  const id = await share(ana, 'Bea', { withHistory: false, role: 'write' })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Mild asthma'])
  // Ana has what she had, her own bin apart, and both go on in the same log.
  expect((await ana.session.timelineRows({}, 0, 10)).map(row => row.id)).toEqual([kept.value])
  await ana.session.addEntry(condition('Migraine'))
  await sees(bea.session, id, ['Migraine', 'Mild asthma'])
  expect((await bea.session.askShared(id, 'addEntry', [condition('By Bea')]))?.ok).toBe(true)
  await until(async () => (await ana.session.timelineRows({}, 0, 10)).length === 3)
})

test('who shares already moves along when the section begins anew for another, with what they wrote offline', async () => {
  const [ana, bea, cal] = [await person('Ana'), await person('Bea'), await person('Cal')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(ana, cal, ['Ana', 'Cal'])
  const added = await ana.session.addEntry(condition('Asthma'))
  if (!added.ok) throw new Error('Not saved')
  const first = await share(ana, 'Bea', { withHistory: false, role: 'write' })
  await accept(ana, bea, first)
  await sees(bea.session, first, ['Asthma'])
  expect((await ana.session.editEntry(added.value, condition('Mild asthma'))).ok).toBe(true)
  await sees(bea.session, first, ['Mild asthma'])
  bea.setOnline(false)
  expect((await bea.session.askShared(first, 'addEntry', [condition('Written offline')]))?.ok).toBe(true)

  const second = await share(ana, 'Cal', { withHistory: false })
  await exchange([ana.session, cal.session], async () => (await receivedOf(cal.session)) !== undefined)
  await cal.session.answerShare(second, 'accept')
  await sees(cal.session, second, ['Mild asthma'])
  bea.setOnline(true)
  await exchange([bea.session, ana.session], async () => {
    const rows = await cal.session.askShared(second, 'timelineRows', [{}, 0, 10])
    return rows?.length === 2
  })
  await sees(bea.session, first, ['Mild asthma', 'Written offline'])
  await sees(cal.session, second, ['Mild asthma', 'Written offline'])
  await until(async () => (await ana.session.timelineRows({}, 0, 10)).length === 2)
})

test('who had a section with its past is not said to have it any more once it began anew, until it is given once more', async () => {
  const { ana, bea } = await twoWhoMet()
  const cal = await person('Cal')
  await meet(ana, cal, ['Ana', 'Cal'])
  const sections = ['problems', 'allergies'] as const
  const first = await share(ana, 'Bea', { sections, withHistory: true })
  await accept(ana, bea, first)
  const [row] = await ana.session.timelineRows({}, 0, 10)
  expect((await ana.session.editEntry(row!.id, condition('Mild asthma'))).ok).toBe(true)
  const begunAnew = async () => (await sharesOf(ana.session)).given.find(one => one.shareId === first)?.begunAnew
  expect(await begunAnew()).toEqual([])
  await share(ana, 'Cal', { withHistory: false })
  await exchange([ana.session], async () => (await begunAnew())?.join() === 'problems')
  const passphrase = passphraseOf('Ana')
  expect((await ana.session.changeShare(first, { sections: ['allergies'] })).ok).toBe(true)
  expect((await ana.session.changeShare(first, { sections, passphrase })).ok).toBe(true)
  expect(await begunAnew()).toEqual([])
})

test('what Ana’s other device wrote offline reaches the section that began anew meanwhile', async () => {
  const { ana, bea } = await twoWhoMet()
  const tablet = await device()
  await pair(ana, tablet)
  const rows = await ana.session.timelineRows({ kinds: ['condition'] }, 0, 1)
  const asthma = rows[0]!.id
  await until(async () => (await tablet.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length === 1)
  tablet.setOnline(false)
  expect((await ana.session.editEntry(asthma, condition('Mild asthma'))).ok).toBe(true)
  expect((await tablet.session.addEntry(condition('Tablet, offline'))).ok).toBe(true)
  const id = await share(ana, 'Bea', { withHistory: false })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Mild asthma'])
  tablet.setOnline(true)
  await sees(bea.session, id, ['Mild asthma', 'Tablet, offline'])
  for (const { session } of [ana, tablet]) {
    await until(async () => (await session.timelineRows({ kinds: ['condition'] }, 0, 9)).length === 2)
  }
})

test('removing a contact ends what was shared with them', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  expect((await ana.session.removeContact(contactId)).ok).toBe(true)
  expect(await givenOf(ana.session)).toMatchObject({ state: 'ended', endedBy: 'stopped' })
  await exchange([bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')
  await until(async () => (await titles(bea.session, id)) === undefined)
})

test('a section that was taken back and is shared again works as the first time, also after a restart', async () => {
  const { ana, bea } = await twoWhoMet()
  const first = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, first)
  await sees(bea.session, first, ['Asthma'])
  expect((await bea.session.askShared(first, 'addEntry', [condition('First')]))?.ok).toBe(true)
  await until(async () => (await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length === 2)
  expect((await ana.session.stopShare(first)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')

  const second = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, second)
  await sees(bea.session, second, ['Asthma', 'First'])
  expect((await bea.session.askShared(second, 'addEntry', [condition('Second')]))?.ok).toBe(true)
  await until(async () => (await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length === 3)
  const again = await bea.restart()
  again.setOnline(false)
  expect((await again.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(again.session, second, ['Asthma', 'First', 'Second'])
})

test('who only sees is refused every act by their own app too, and has nothing else to call', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  const [row] = (await bea.session.askShared(id, 'timelineRows', [{}, 0, 1]))!
  const ask = bea.session.askShared.bind(bea.session) as (...args: readonly unknown[]) => Promise<unknown>
  const acts: Readonly<Record<string, readonly unknown[]>> = {
    addEntry: [condition('Forged')],
    addEntries: [[condition('Forged')]],
    editEntry: [row!.id, condition('Forged')],
    binEntry: [row!.id],
    restoreEntry: [row!.id],
    chooseConflict: [row!.id, 'name', 'Forged'],
  }
  for (const [name, args] of Object.entries(acts)) {
    expect([name, await ask(id, name, args)]).toEqual([name, { ok: false, failure: { kind: 'not-allowed' } }])
  }
  for (const name of [
    'previewImport',
    'previewImports',
    'undoImport',
    'makePrivate',
    'exportFhir',
    'takeOut',
    'lock',
    'share',
    'removeDevice',
  ]) {
    expect([name, await ask(id, name, [])]).toEqual([name, undefined])
  }
  expect(await ask(id, 'undo', [])).toEqual({ ok: true, value: undefined })
  expect(await titles(ana.session, id)).toBeUndefined()
  expect((await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).map(({ title }) => title)).toEqual(['Asthma'])
})

test('who was removed as a contact while the relay was away hears of the end when it is there again', async () => {
  const { ana, bea } = await twoWhoMet()
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  ana.setOnline(false)
  expect((await ana.session.removeContact(contactId)).ok).toBe(true)
  ana.setOnline(true)
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')
  await until(async () => (await titles(bea.session, id)) === undefined)
})

test('what a device began to share and nobody else can carry on ends when that device is removed, also where its offer arrives', async () => {
  const { ana, bea } = await twoWhoMet()
  const tablet = await device()
  await pair(ana, tablet)
  const request = tablet.link.request.bind(tablet.link)
  const sent: Parameters<typeof request>[0][] = []
  // What it drops into mailboxes is on its way for long.
  tablet.link.request = async asked => {
    if (!asked.path.startsWith('/v1/drop/') || asked.method !== 'POST') return request(asked)
    sent.push(asked)
    return fail('unreachable')
  }
  const contactId = (await contactOf(tablet.session, 'Bea'))!.contactId
  const asked = { contactId, sections: ['problems'], role: 'read', withHistory: true } as const
  expect((await tablet.session.share({ ...asked, passphrase: 'tablet words' })).ok).toBe(true)
  await until(async () => (await givenOf(ana.session))?.state === 'preparing' && sent.length > 0)
  tablet.setOnline(false)
  const lost = (await ana.session.devices()).find(one => !one.isThisOne)
  expect((await ana.session.removeDevice(lost!.deviceId)).ok).toBe(true)
  await until(async () => (await ana.session.devices()).length === 1)
  for (const late of sent) expect((await ana.link.request(late)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await givenOf(ana.session))?.state === 'ended')
  for (let times = 0; times < 3; times++) await bea.session.checkMail()
  expect((await sharesOf(bea.session)).received.filter(one => one.state !== 'ended')).toEqual([])
})
