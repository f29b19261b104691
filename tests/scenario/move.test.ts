import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ThreadDetail, ThreadPlace } from '#app/core/message-session.ts'
import type { OtherRelays } from '#app/core/ports.ts'
import type { MoveState, StartMoveFailure } from '#app/core/relay-session.ts'
import type { Session } from '#app/core/session.ts'
import { SILENT_LINK } from '#app/core/sync/silent-link.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { makeVapidKey, openVapidKey } from '#sync-server/push/vapid.ts'
import { ANA, backedUp, condition, household, shows, titles } from '#tests/support/household.ts'
import { type LoopLink, type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { guardiansIn, keepFor, keptBackedUp, keptOf, keptShows, openKept } from '#tests/support/test-kept.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, contactOf, exchange, makePerson, meet, pair, passphraseOf, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const OLD = parseRelayOrigin('https://old.example')!
const NEW = parseRelayOrigin('https://new.example')!
const SPARE = parseRelayOrigin('https://spare.example')!
const CLOSED = parseRelayOrigin('https://closed.example')!
const TOKEN = 'for the whole family'
const MANY = { perSecond: 1000, burst: 10_000 }
const DAY_MS = 24 * 3600_000

const relays = new Map<RelayOrigin, LoopRelay>()
/** Every way to each relay, to cut them all at once. */
const ways = new Map<RelayOrigin, LoopLink[]>()
const burnt = new Set<RelayOrigin>()

// Before the household, so that they stop after its devices.
afterEach(async () => {
  // What has just come there is still told to devices that want to be woken.
  await new Promise(resolve => setTimeout(resolve, 100))
  for (const relay of relays.values()) await relay.stop()
  relays.clear()
  burnt.clear()
  ways.clear()
})

const { clock, device } = household()

beforeEach(async () => {
  for (const origin of [OLD, NEW, SPARE, CLOSED]) {
    const hashes = origin === CLOSED ? [createHash('sha256').update(TOKEN).digest('hex')] : []
    const push = { hosts: ['push.example'], key: openVapidKey(makeVapidKey()), post: async () => 'sent' as const }
    const options = { now: () => clock.now(), limits: { requests: MANY }, admissionHashes: new Set(hashes), push }
    relays.set(origin, await startLoopRelay(options))
    ways.set(origin, [])
  }
})

async function at(own: RelayOrigin): Promise<TestDevice> {
  const to = (origin: RelayOrigin) => {
    const link = relays.get(origin)?.link()
    if (link !== undefined) ways.get(origin)!.push(link)
    if (burnt.has(origin)) link?.setReachable(false)
    return link ?? SILENT_LINK
  }
  const others: OtherRelays = { own, to }
  const made = await device({ relay: relays.get(own)!, relays: others })
  ways.get(own)!.push(made.link)
  return made
}

function setReachable(origin: RelayOrigin, isReachable: boolean): void {
  for (const way of ways.get(origin)!) way.setReachable(isReachable)
}

/** For whoever comes later, too. */
function burnDown(origin: RelayOrigin): void {
  setReachable(origin, false)
  burnt.add(origin)
}

async function moveOf(session: Session): Promise<MoveState | undefined> {
  const told = Promise.withResolvers<MoveState | undefined>()
  const stop = await session.watchMove(told.resolve)
  stop()
  return told.promise
}

const hasMoved = (session: Session) => until(async () => (await moveOf(session))?.kind === 'moved')
const NEW_DEVICE = { passphrase: 'tablet words', deviceName: 'tablet' }

async function phoneWithRecord() {
  const phone = await at(OLD)
  const created = await phone.session.createRecord({ ...ANA, passphrase: passphraseOf('Ana') })
  if (!created.ok) throw new Error(created.failure.kind)
  await phone.session.addEntry(condition('Cough'))
  await backedUp(phone.session)
  return { phone, words: created.value.words.join(' ') }
}

const startMove = ({ session }: TestDevice, more: { address?: string; token?: string; links?: 'end' | 'wait' } = {}) =>
  session.startMove({ address: NEW, passphrase: passphraseOf('Ana'), ...more })

async function sharedTitles(session: Session, id: string): Promise<string> {
  const asked = await session.askShared(id, 'timelineRows', [{}, 0, 100])
  return (asked ?? [])
    .map(row => row.title)
    .toSorted()
    .join()
}

const PICTURE = new Blob([new Uint8Array(300_000).fill(7)], { type: 'application/dicom' })

async function saidIn(session: Session, place: ThreadPlace): Promise<readonly string[]> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return (await told.promise)?.messages.map(({ text }) => text) ?? []
}

test('Ana moves by one tap; her other device follows, Ben at the old relay goes on reading and writing, and after the time nothing of hers is left there', async () => {
  const { phone, words } = await phoneWithRecord()
  const ben = await makePerson(() => at(OLD), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  const id = await share(phone, 'Ben', { role: 'write' })
  await accept(phone, ben, id)
  const tablet = await at(OLD)
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  expect(await startMove(phone)).toEqual({ ok: true, value: undefined })
  await hasMoved(phone.session)
  await hasMoved(tablet.session)
  expect(await moveOf(tablet.session)).toMatchObject({ origin: NEW, before: OLD })
  const hers = relays.get(NEW)!.logs()
  expect(hers.length).toBeGreaterThan(20)

  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  await shows(tablet.session, ['Asthma', 'Cough'])
  await tablet.session.addEntry(condition('Fever'))
  await shows(phone.session, ['Asthma', 'Cough', 'Fever'])
  const both = [phone.session, ben.session]
  await exchange(both, async () => (await sharedTitles(ben.session, id)) === 'Asthma,Cough,Fever')
  expect((await contactOf(ben.session, 'Ana'))?.relay).toBe(NEW)
  await ben.session.askShared(id, 'addEntry', [condition('From Ben')])
  await exchange(both, async () => (await titles(phone.session)).includes('From Ben'))

  // The old relay is lost to her: nothing is missed, and it gets nothing more.
  clock.offsetMs += 31 * DAY_MS
  await phone.session.addEntry(condition('Later'))
  await until(async () => {
    await phone.session.addEntry(condition('Later still'))
    await new Promise(resolve => setTimeout(resolve, 9000))
    return (await moveOf(phone.session)) === undefined
  }, 100_000)
  for (const logId of hers) await expect(relays.get(OLD)!.inject(logId, new Uint8Array(32))).rejects.toThrow('gone')
  const other = await at(OLD)
  expect(await other.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ failure: { kind: 'not-found' } })
  const fresh = await at(NEW)
  expect(await fresh.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await until(async () => (await titles(fresh.session)).includes('From Ben'))
})

test('what Ben shares with her stays where it is, and what they write to each other goes on, with a file that her devices never opened', async () => {
  const { phone, words } = await phoneWithRecord()
  const ben = await makePerson(() => at(OLD), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  await ben.session.addEntry(condition('Gout'))
  const shared = await share(ben, 'Ana', { passphrase: passphraseOf('Ben') })
  await accept(ben, phone, shared)
  const contactId = (await contactOf(phone.session, 'Ben'))!.contactId
  const about = { subject: 'Knee', about: 'family', text: 'Hello', key: 'begun' } as const
  const begun = await phone.session.beginThread({ contactIds: [contactId], ...about })
  if (!begun.ok) throw new Error(begun.failure.kind)
  const place = begun.value
  const both = [phone.session, ben.session]
  await exchange(both, async () => (await saidIn(ben.session, place)).length === 1)
  const held = await ben.session.holdFile(FileId.of(crypto.getRandomValues(new Uint8Array(16))), PICTURE, 'scan.dcm')
  if (!held.ok) throw new Error(held.failure.kind)
  const { id } = held.value
  expect((await ben.session.sendMessage(place, { text: 'Look', key: 'sent', files: [id] })).ok).toBe(true)
  await exchange(both, async () => (await saidIn(phone.session, place)).length === 2)

  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await ben.session.addEntry(condition('Flu'))
  await exchange(both, async () => (await sharedTitles(phone.session, shared)) === 'Flu,Gout')
  expect((await ben.session.sendMessage(place, { text: 'Still there?', key: 'again' })).ok).toBe(true)
  await exchange(both, async () => (await saidIn(phone.session, place)).includes('Still there?'))
  expect((await phone.session.sendMessage(place, { text: 'I moved', key: 'moved' })).ok).toBe(true)
  await exchange(both, async () => (await saidIn(ben.session, place)).includes('I moved'))

  setReachable(OLD, false)
  const fresh = await at(NEW)
  expect(await fresh.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await until(async () => (await saidIn(fresh.session, place)).includes('Still there?'))
  await until(async () => {
    const file = await fresh.session.openFile(place.conversationId, id)
    return file.ok && file.value.size === PICTURE.size
  })
})

test('who manages her record follows her; a record that she keeps for her child stays where it is', async () => {
  const { phone } = await phoneWithRecord()
  const ben = await makePerson(() => at(OLD), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  const { keptId: child } = await keepFor(phone.session, 'Tim')
  await phone.session.askKept(child, 'addEntry', [condition('Hay fever')])
  await keptBackedUp(phone.session, child)
  const contactId = (await contactOf(phone.session, 'Ben'))!.contactId
  const until = instant(clock.now() + 200 * DAY_MS)
  expect((await phone.session.addGuardian({ contactId, until, passphrase: passphraseOf('Ana') })).ok).toBe(true)
  const both = [phone.session, ben.session]
  await exchange(both, async () => (await keptOf(ben.session)).offers.length === 1)
  const { keptId } = (await keptOf(ben.session)).offers[0]!
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Ana')
  await keptShows(ben.session, keptId, ['Cough'])
  await exchange(both, async () => (await guardiansIn(phone.session))[0]?.state === 'active')

  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await phone.session.addEntry(condition('Asthma'))
  await keptShows(ben.session, keptId, ['Asthma', 'Cough'])
  await phone.session.askKept(child, 'addEntry', [condition('Measles')])
  await keptBackedUp(phone.session, child)
  // What is left at the one before goes now; only what she keeps for her child stays there.
  expect((await phone.session.removeMirror(true)).ok).toBe(true)
  await ben.session.askKept(keptId, 'addEntry', [condition('From Ben')])
  await keptBackedUp(ben.session, keptId)
  await shows(phone.session, ['Asthma', 'Cough', 'From Ben'])
  const again = await ben.restart()
  expect((await again.session.unlock(passphraseOf('Ben'))).ok).toBe(true)
  await keptShows(again.session, keptId, ['Asthma', 'Cough', 'From Ben'])
  const later = await phone.restart()
  expect((await later.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await keptShows(later.session, child, ['Hay fever', 'Measles'])
  await later.session.askKept(child, 'addEntry', [condition('Mumps')])
  await keptBackedUp(later.session, child)
})

test('she moves once more, to a relay that takes her by a code; who knew her at the first one finds her', async () => {
  const { phone } = await phoneWithRecord()
  const ben = await makePerson(() => at(OLD), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await exchange([phone.session, ben.session], async () => (await contactOf(ben.session, 'Ana'))?.relay === NEW)
  expect((await phone.session.removeMirror(true)).ok).toBe(true)
  await until(async () => (await moveOf(phone.session)) === undefined)
  expect(await startMove(phone, { address: CLOSED, token: TOKEN })).toMatchObject({ ok: true })
  await until(async () => (await moveOf(phone.session))?.kind === 'moved')
  await exchange([phone.session, ben.session], async () => (await contactOf(ben.session, 'Ana'))?.relay === CLOSED)
  const id = await share(ben, 'Ana', { passphrase: passphraseOf('Ben') })
  await accept(ben, phone, id)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
})

test('should the new relay burn down soon after, her words at the one before bring everything back, and she is there again, with the phone that was running', async () => {
  const { phone, words } = await phoneWithRecord()
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await backedUp(phone.session)
  burnDown(NEW)
  const tablet = await at(OLD)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await shows(tablet.session, ['Cough'])
  await tablet.session.addEntry(condition('Fever'))
  await backedUp(tablet.session)
  // The one that was running all the time finds it out by what it copies.
  await phone.session.addEntry(condition('Asthma'))
  await until(async () => (await titles(phone.session)).includes('Fever'))
  await shows(tablet.session, ['Asthma', 'Cough', 'Fever'])
})

test('a backup from after the move comes back where it moved to, or, should that be lost, where it is restored', async () => {
  const { phone } = await phoneWithRecord()
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await backedUp(phone.session)
  const shown = await phone.session.showBackupCode(passphraseOf('Ana'))
  const made = await phone.session.makeBackup({ readme: 'words' })
  if (!shown.ok || !made.ok) throw new Error('no backup')
  const request = { file: made.value.file, key: shown.value, ...NEW_DEVICE }
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  const other = await at(SPARE)
  expect(await other.session.restoreBackup(request)).toMatchObject({ ok: true })
  await shows(other.session, ['Asthma', 'Cough'])
  for (const origin of [OLD, NEW]) burnDown(origin)
  const last = await at(SPARE)
  expect(await last.session.restoreBackup(request)).toMatchObject({ ok: true })
  await shows(last.session, ['Cough'])
  await last.session.addEntry(condition('Fever'))
  await backedUp(last.session)
})

async function isTold({ session }: TestDevice): Promise<boolean> {
  const told = Promise.withResolvers<boolean>()
  const stop = await session.watchPush(({ isOn }) => told.resolve(isOn))
  stop()
  return told.promise
}

test('being told ends with the move and is turned on anew; deleting everything leaves nothing at either relay', async () => {
  const { phone, words } = await phoneWithRecord()
  const before = await phone.session.pushKey()
  const endpoint = 'https://push.example/phone'
  expect(await phone.session.turnOnPush({ endpoint })).toEqual({ kind: 'on' })
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  await until(async () => !(await isTold(phone)))
  expect(await phone.session.pushKey()).not.toEqual(before)
  expect(await phone.session.turnOnPush({ endpoint })).toEqual({ kind: 'on' })
  const again = await phone.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await until(() => isTold(again))
  expect(await again.session.deleteEverywhere(passphraseOf('Ana'))).toMatchObject({ ok: true })
  for (const origin of [OLD, NEW]) {
    const other = await at(origin)
    expect(await other.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ failure: { kind: 'not-found' } })
  }
})

test('as long as her own relay is away, the one before is not emptied, whatever the time', async () => {
  const { phone } = await phoneWithRecord()
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  const hers = relays.get(NEW)!.logs()
  setReachable(NEW, false)
  clock.offsetMs += 40 * DAY_MS
  await phone.session.addEntry(condition('Asthma'))
  await new Promise(resolve => setTimeout(resolve, 12_000))
  expect((await moveOf(phone.session))?.kind).toBe('moved')
  for (const logId of hers) await relays.get(OLD)!.inject(logId, new Uint8Array(32))
  await relays.get(NEW)!.loseEverything()
  setReachable(NEW, true)
  await phone.session.addEntry(condition('Fever'))
  await until(async () => {
    await new Promise(resolve => setTimeout(resolve, 500))
    return (await moveOf(phone.session)) === undefined
  })
  await backedUp(phone.session)
  expect(relays.get(NEW)!.logs().length).toBe(hers.length)
})

test('what keeps her from moving is said, and nothing has changed', async () => {
  const { phone } = await phoneWithRecord()
  const failure = async (more: Parameters<typeof startMove>[1]): Promise<StartMoveFailure | undefined> => {
    const started = await startMove(phone, more)
    return started.ok ? undefined : started.failure
  }
  expect(await failure({ address: OLD })).toEqual({ kind: 'own' })
  expect(await failure({ address: 'https://nobody.example' })).toEqual({ kind: 'unreachable' })
  expect(await failure({ address: CLOSED })).toEqual({ kind: 'needs-token' })
  expect((await phone.session.addMirror({ address: CLOSED, token: TOKEN, passphrase: passphraseOf('Ana') })).ok).toBe(
    true,
  )
  expect(await failure({})).toEqual({ kind: 'has-second' })
  expect(await moveOf(phone.session)).toBeUndefined()
  // To the second one she may.
  expect(await failure({ address: CLOSED, token: TOKEN })).toBeUndefined()
  await hasMoved(phone.session)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  expect(await failure({})).toEqual({ kind: 'still-moving' })
})

test('a new relay that goes away in the middle only delays it', async () => {
  const { phone } = await phoneWithRecord()
  expect(await startMove(phone)).toMatchObject({ ok: true })
  setReachable(NEW, false)
  await new Promise(resolve => setTimeout(resolve, 300))
  setReachable(NEW, true)
  await phone.session.addEntry(condition('Asthma'))
  await hasMoved(phone.session)
  expect(await phone.session.cancelMove()).toMatchObject({ failure: { kind: 'too-late' } })
  await shows(phone.session, ['Asthma', 'Cough'])
  await backedUp(phone.session)
})

test('killed at any moment, the next process goes on to the end', async () => {
  let { phone } = await phoneWithRecord()
  expect(await startMove(phone)).toMatchObject({ ok: true })
  for (let each = 0; each < 6; each++) {
    await new Promise(resolve => setTimeout(resolve, 40 * each))
    phone = await phone.restart()
    expect((await phone.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  }
  await hasMoved(phone.session)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  setReachable(OLD, false)
  await shows(phone.session, ['Asthma', 'Cough'])
})

test('links that are out are asked about: the move waits for them and may be called off, or ends them', async () => {
  const { phone } = await phoneWithRecord()
  const made = await phone.session.makeOutLink({
    label: 'For the doctor',
    origin: OLD,
    sections: ['problems'],
    files: [],
    expiresAt: instant(clock.now() + 3 * DAY_MS),
    isLiving: false,
    noneKnown: [],
    words: outWords(),
    passphrase: passphraseOf('Ana'),
  })
  expect(made).toMatchObject({ ok: true })
  expect(await startMove(phone)).toEqual({ ok: false, failure: { kind: 'links', count: 1 } })
  expect(await startMove(phone, { links: 'wait' })).toMatchObject({ ok: true })
  await until(async () => (await moveOf(phone.session))?.kind === 'waits-for-links')
  // Until it has gone over she may call it off.
  expect(await phone.session.cancelMove()).toMatchObject({ ok: true })
  await until(async () => (await moveOf(phone.session)) === undefined)
  expect(await startMove(phone, { links: 'end' })).toMatchObject({ ok: true })
  await hasMoved(phone.session)
})

test('who comes to the old address with her words is led on; letters that come there are read', async () => {
  const { phone, words } = await phoneWithRecord()
  const ben = await makePerson(() => at(OLD), 'Ben')
  const invited = await phone.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect(await startMove(phone)).toMatchObject({ ok: true })
  await hasMoved(phone.session)
  const link = `${OLD}/meet#${invited.value.code}`
  expect((await ben.session.acceptInvitation(link)).ok).toBe(true)
  await exchange([phone.session, ben.session], async () => (await contactOf(phone.session, 'Ben'))?.state === 'known')
  await exchange([phone.session, ben.session], async () => (await contactOf(ben.session, 'Ana'))?.relay === NEW)
  const tablet = await at(OLD)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await hasMoved(tablet.session)
  await phone.session.addEntry(condition('Asthma'))
  await shows(tablet.session, ['Asthma', 'Cough'])
})
