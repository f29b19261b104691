import { expect, test, vi } from 'vitest'
import { ACCOUNT_ROW_KEY, openAccountRow } from '#app/core/home/account-row.ts'
import { makeEpochKey } from '#app/core/home/create-account.ts'
import { putEpoch } from '#app/core/home/keyring-document.ts'
import { openLogs } from '#app/core/home/open-account.ts'
import type { Session } from '#app/core/session.ts'
import { unwrapWithPassphrase, vaultKeys } from '#app/core/vault/vault-key.ts'
import { readHeader } from '#app/core/vault/vault-store.ts'
import { instant } from '#schema/instant.ts'
import { fail } from '#schema/result.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
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
} from '#tests/support/test-people.ts'
import { testRandom } from '#tests/support/test-clock.ts'
import { firstStatus, type TestDevice, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 60_000 })

const DAY_MS = 24 * 3600_000
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

async function shownTo(session: Session, id: string): Promise<string[] | undefined> {
  const rows = await session.askShared(id, 'timelineRows', [{}, 0, 100])
  return rows?.map(row => row.title).toSorted()
}

const sees = (session: Session, id: string, expected: readonly string[]) =>
  until(async () => (await shownTo(session, id))?.join() === expected.join())

/** Ana with a phone and a tablet, and Bea, whom she met. */
async function anaTwiceAndBea() {
  const [phone, bea] = [await person('Ana'), await person('Bea')]
  await meet(phone, bea, ['Ana', 'Bea'])
  const tablet = await device()
  await pair(phone, tablet)
  await until(async () => (await contactOf(tablet.session, 'Bea')) !== undefined)
  return { phone, tablet, bea }
}

test('what the tablet accepts from somebody whom the phone has removed meanwhile is left, and the giver hears of it', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  await bea.session.addEntry(condition('Asthma'))
  phone.setOnline(false)
  expect((await phone.session.removeContact((await contactOf(phone.session, 'Bea'))!.contactId)).ok).toBe(true)
  const id = await share(bea, 'Ana', { passphrase: passphraseOf('Bea') })
  await exchange([bea.session, tablet.session], async () => (await receivedOf(tablet.session)) !== undefined)
  expect((await tablet.session.answerShare(id, 'accept')).ok).toBe(true)
  await exchange([tablet.session, bea.session], async () => (await givenOf(bea.session))?.state === 'accepted')
  phone.setOnline(true)
  await exchange([phone.session, tablet.session, bea.session], async () => {
    return (await givenOf(bea.session))?.state === 'ended'
  })
  expect(await givenOf(bea.session)).toMatchObject({ endedBy: 'left' })
  for (const { session } of [phone, tablet]) await until(async () => (await receivedOf(session)) === undefined)
})

test('more time for a share that ran out and whose giver was removed since is given to nobody: they hear that it was left', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const id = await share(ana, 'Bea', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, bea, id)
  ana.setOnline(false)
  expect((await ana.session.changeShare(id, { until: null, passphrase: passphraseOf('Ana') })).ok).toBe(true)
  clock.offsetMs = DAY_MS
  await exchange([bea.session], async () => (await receivedOf(bea.session))?.state === 'ended')
  const contact = await contactOf(bea.session, 'Ana')
  expect((await bea.session.removeContact(contact!.contactId)).ok).toBe(true)
  ana.setOnline(true)
  await exchange([bea.session, ana.session], async () => (await givenOf(ana.session))?.state === 'ended')
  expect(await givenOf(ana.session)).toMatchObject({ endedBy: 'left' })
})

test('who has a section goes on seeing it after its owner removed a device', async () => {
  const { phone, bea } = await anaTwiceAndBea()
  await phone.session.addEntry(condition('Asthma'))
  const id = await share(phone, 'Bea')
  await accept(phone, bea, id)
  await sees(bea.session, id, ['Asthma'])
  const tablet = (await phone.session.devices()).find(one => !one.isThisOne)
  expect((await phone.session.removeDevice(tablet!.deviceId)).ok).toBe(true)
  await firstStatus(phone.session, ({ problems }) => problems.some(({ kind }) => kind === 'rotating'))
  await firstStatus(phone.session, ({ problems }) => problems.length === 0)
  await phone.session.addEntry(condition('Migraine'))
  await exchange([phone.session, bea.session], async () => (await shownTo(bea.session, id))?.length === 2)
})

/** Writes an EPOCH of the problems that is sealed to nobody else, as a device does that knows of no share. */
async function rotateUnawares({ store, clock }: TestDevice, passphrase: string): Promise<void> {
  const header = await readHeader(store)
  const unwrapped = header.kind === 'there' ? unwrapWithPassphrase(header.header, passphrase) : undefined
  if (!unwrapped?.ok) throw new Error('Cannot open the vault')
  const keys = vaultKeys(unwrapped.value)
  const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  const deps = { store, clock, random: testRandom, localKey: keys.local }
  const logs = row.ok ? await openLogs(deps, row.value) : row
  if (!logs.ok) throw new Error('Cannot open the logs')
  const { home, sections } = logs.value
  const [log, key] = [sections.get('problems')!, makeEpochKey()]
  await home.changeKeyring(doc => putEpoch(doc, log.id, key))
  expect((await log.writeEpoch(key, [], [])).ok).toBe(true)
}

test('who has a section is told the key of an EPOCH that passed over them', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  await backedUp(ana.session)
  await ana.session.lock()
  await rotateUnawares(ana, passphraseOf('Ana'))
  expect((await ana.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await ana.session.addEntry(condition('Migraine'))
  await exchange([ana.session, bea.session], async () => (await shownTo(bea.session, id))?.length === 2)
})

/** Logs of others that lie on a device. */
const logsOfOthers = ({ disk }: TestDevice) =>
  [...disk.rows('sealed').keys()].flatMap(key => (key.startsWith('share-log/') ? key.slice('share-log/'.length) : []))

test('a section that was taken back is deleted on a device that hears of it after the other one had let it go', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  const id = await share(bea, 'Ana', { passphrase: passphraseOf('Bea'), sections: ['problems', 'allergies'] })
  await accept(bea, phone, id)
  await until(() => logsOfOthers(phone).length === 2 && logsOfOthers(tablet).length === 2)
  await backedUp(tablet.session)
  await tablet.session.lock()
  expect((await bea.session.changeShare(id, { sections: ['problems'], passphrase: passphraseOf('Bea') })).ok).toBe(true)
  await exchange([bea.session, phone.session], async () => logsOfOthers(phone).length === 1)
  await until(async () => (await receivedOf(phone.session))?.sections.join() === 'problems')
  await backedUp(phone.session)
  await phone.session.checkMail()
  await backedUp(phone.session)
  expect((await tablet.session.unlock('tablet words')).ok).toBe(true)
  await until(() => logsOfOthers(tablet).length === 1)
  const left = new Set(logsOfOthers(tablet))
  const [own] = logsOfOthers(phone)
  expect(left).toEqual(new Set([own]))
  const frames = (of: TestDevice) => new Set([...of.disk.rows('frames').keys()].map(key => key.split('/')[0]))
  await until(() => [...frames(tablet)].every(logId => frames(phone).has(logId)))
})

/** A proxy lets no socket through, until the answer is called: letters go out, and its own log does not. */
function cutStream(phone: TestDevice): () => void {
  const openStream = phone.link.openStream.bind(phone.link)
  const come = (how: typeof openStream) => {
    phone.setOnline(false)
    phone.link.openStream = how
    phone.setOnline(true)
  }
  come(handlers => {
    setTimeout(() => handlers.closed())
    return { send: () => undefined, bufferedBytes: 0, close: () => undefined }
  })
  return () => come(openStream)
}

test('who was told of a section that another device began anew meanwhile is told where it goes on', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  const request = phone.link.request.bind(phone.link)
  const letters = vi.spyOn(phone.link, 'request').mockImplementation(async asked => {
    return asked.method === 'POST' && asked.path.startsWith('/v1/drop/') ? fail('unreachable') : request(asked)
  })
  const id = await share(phone, 'Bea')
  await until(async () => (await givenOf(tablet.session))?.state === 'preparing')
  await phone.session.checkMail()
  await backedUp(phone.session)
  await backedUp(tablet.session)
  const comeBack = cutStream(phone)
  expect((await tablet.session.eraseHistory(['problems'], 'tablet words')).ok).toBe(true)
  await tablet.session.checkMail()
  await backedUp(tablet.session)
  letters.mockRestore()
  await exchange([phone.session], async () => (await givenOf(phone.session))?.state === 'offered')
  comeBack()
  await backedUp(phone.session)
  await accept(phone, bea, id)
  await tablet.session.addEntry(condition('Migraine'))
  await exchange([phone.session, tablet.session, bea.session], async () => {
    return (await shownTo(bea.session, id))?.join() === 'Asthma,Migraine'
  })
})

async function removeOther({ session }: TestDevice): Promise<void> {
  const lost = (await session.devices()).find(one => !one.isThisOne)
  expect((await session.removeDevice(lost!.deviceId)).ok).toBe(true)
  await until(async () => (await session.devices()).length === 1)
}

test('what only a phone accepted that its owner had removed is an offer for both, until the device that stays answers', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  const id = await share(bea, 'Ana', { passphrase: passphraseOf('Bea') })
  await exchange([bea.session, tablet.session], async () => (await receivedOf(tablet.session)) !== undefined)
  await until(async () => (await receivedOf(phone.session)) !== undefined)
  await backedUp(tablet.session)
  cutStream(phone)
  expect((await phone.session.answerShare(id, 'accept')).ok).toBe(true)
  await exchange([phone.session, bea.session], async () => (await givenOf(bea.session))?.state === 'accepted')
  await removeOther(tablet)
  await exchange([tablet.session, bea.session], async () => (await givenOf(bea.session))?.state === 'offered')
  expect((await receivedOf(tablet.session))?.state).toBe('offered')
  await accept(bea, tablet, id)
})

test('what only a phone declined that its owner had removed is over on the device that stays, too', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  await backedUp(phone.session)
  const id = await share(bea, 'Ana', { passphrase: passphraseOf('Bea') })
  await exchange([bea.session, tablet.session], async () => (await receivedOf(tablet.session)) !== undefined)
  await until(async () => (await receivedOf(phone.session)) !== undefined)
  await backedUp(tablet.session)
  cutStream(phone)
  expect((await phone.session.answerShare(id, 'decline')).ok).toBe(true)
  await exchange([phone.session, bea.session], async () => (await givenOf(bea.session))?.endedBy === 'declined')
  await removeOther(tablet)
  await exchange([tablet.session, bea.session], async () => (await receivedOf(tablet.session))?.state === 'ended')
})
