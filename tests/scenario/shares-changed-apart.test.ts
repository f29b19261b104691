import { expect, test, vi } from 'vitest'
import type { ShareRequest } from '#app/core/share-session.ts'
import type { Session } from '#app/core/session.ts'
import { fail } from '#schema/result.ts'
import { backedUp, condition, household, shows } from '#tests/support/household.ts'
import { type Loot, lootOf, readableWith } from '#tests/support/removed-reader.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import {
  accept,
  contactOf,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device, relay } = household()
const TABLET = 'tablet words'

const medicine = (name: string) => ({ kind: 'medicine', name, status: 'taking' }) as const
const stateOf = async ({ session }: TestDevice, id: string) =>
  (await sharesOf(session)).given.find(one => one.shareId === id)?.state

async function write({ session }: TestDevice, text: string): Promise<void> {
  for (const fields of [condition(text), medicine(text)]) expect((await session.addEntry(fields)).ok).toBe(true)
  await backedUp(session)
}

/** Ana shares some sections with Bea from her phone; then her tablet is cut off. */
async function sharedThenApart(sections: ShareRequest['sections']) {
  const [phone, bea, cal] = [
    await makePerson(device, 'Ana'),
    await makePerson(device, 'Bea'),
    await makePerson(device, 'Cal'),
  ]
  await meet(phone, bea, ['Ana', 'Bea'])
  await meet(phone, cal, ['Ana', 'Cal'])
  const tablet = await device()
  await pair(phone, tablet)
  await write(phone, 'Before')
  const id = await share(phone, 'Bea', { sections })
  await accept(phone, bea, id)
  await until(async () => (await stateOf(tablet, id)) === 'accepted')
  await until(async () => (await contactOf(tablet.session, 'Cal')) !== undefined)
  tablet.setOnline(false)
  return { phone, tablet, bea, cal, id, before: await lootOf(bea) }
}

const changed = (session: Session, id: string, sections: ShareRequest['sections']) =>
  session.changeShare(id, { sections, passphrase: TABLET })

/** With what her app had before it was over, too. */
async function readsOnlyBefore(bea: TestDevice, before: Loot): Promise<void> {
  const now = await lootOf(bea)
  const all = { secrets: [...before.secrets, ...now.secrets], kems: [...before.kems, ...now.kems] }
  const texts = await readableWith(all, relay())
  const isRead = (what: string) => texts.some(text => text.includes(what))
  expect([isRead('Before'), isRead('Afterwards')]).toEqual([true, false])
}

test.each([
  ['widened', ['problems', 'medicines']],
  ['narrowed', ['medicines']],
] as const)('a share that the phone stopped is over, though the tablet %s it meanwhile', async (_, sections) => {
  const { phone, tablet, bea, id, before } = await sharedThenApart([
    'problems',
    ...(sections.length === 1 ? sections : []),
  ])
  expect((await changed(tablet.session, id, sections)).ok).toBe(true)
  await tablet.session.checkMail()
  expect((await phone.session.stopShare(id)).ok).toBe(true)
  await exchange([phone.session, bea.session], async () => (await stateOf(phone, id)) === 'ended', 60_000)
  tablet.setOnline(true)
  await exchange(
    [tablet.session, phone.session, bea.session],
    async () => (await stateOf(tablet, id)) === 'ended',
    60_000,
  )
  for (const each of [phone, tablet]) await write(each, 'Afterwards')
  await exchange([phone.session, tablet.session, bea.session], async () => (await stateOf(phone, id)) === 'ended')
  await readsOnlyBefore(bea, before)
  expect((await sharesOf(bea.session)).received.every(({ state }) => state === 'ended')).toBe(true)
})

test('who lost a section on the phone reads nothing of it, though the tablet gave it to somebody else meanwhile', async () => {
  const { phone, tablet, bea, cal, id, before } = await sharedThenApart(['problems'])
  const other = await share(tablet, 'Cal', { passphrase: TABLET })
  await tablet.session.checkMail()
  expect((await phone.session.stopShare(id)).ok).toBe(true)
  await exchange([phone.session, bea.session], async () => (await stateOf(phone, id)) === 'ended', 60_000)
  tablet.setOnline(true)
  await accept(tablet, cal, other)
  await exchange([tablet.session, phone.session], async () => (await stateOf(tablet, id)) === 'ended', 60_000)
  for (const each of [phone, tablet]) await write(each, 'Afterwards')
  const sees = async () => {
    const rows = await cal.session.askShared(other, 'timelineRows', [{}, 0, 9])
    return rows?.filter(row => row.title === 'Afterwards').length === 2
  }
  await exchange([phone.session, tablet.session, cal.session], sees, 60_000)
  await readsOnlyBefore(bea, before)
})

test('who is given a section by a device to which it is only on its way gets what is so now, and nothing that went before', async () => {
  const [phone, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(phone, bea, ['Ana', 'Bea'])
  expect((await phone.session.addEntry(condition('Overwritten'))).ok).toBe(true)
  const tablet = await device()
  await pair(phone, tablet)
  await until(async () => (await contactOf(tablet.session, 'Bea')) !== undefined)
  await shows(tablet.session, ['Overwritten'])
  const [entry] = await tablet.session.timelineRows({}, 0, 9)
  expect((await tablet.session.editEntry(entry!.id, condition('Before'))).ok).toBe(true)
  await backedUp(tablet.session)
  await shows(phone.session, ['Before'])
  // The relay has no room for another log of the phone's, and takes what its home log says.
  const request = phone.link.request.bind(phone.link)
  const full = vi.spyOn(phone.link, 'request').mockImplementation(async asked => {
    return asked.method === 'POST' && asked.path === '/v1/logs' ? fail('unreachable') : request(asked)
  })
  expect((await phone.session.eraseHistory(['problems'], passphraseOf('Ana'))).ok).toBe(true)
  await shows(tablet.session, [])
  const id = await share(tablet, 'Bea', { withHistory: false, passphrase: TABLET })
  full.mockRestore()
  const everybody = [phone.session, tablet.session, bea.session]
  await exchange(everybody, async () => (await sharesOf(bea.session)).received.length === 1, 60_000)
  await accept(tablet, bea, id)
  await exchange(everybody, async () => {
    const rows = await bea.session.askShared(id, 'timelineRows', [{}, 0, 9])
    return rows?.[0]?.title === 'Before'
  })
  const texts = await readableWith(await lootOf(bea), relay())
  expect(texts.filter(text => text.includes('Overwritten'))).toEqual([])
})
