import { expect, test, vi } from 'vitest'
import { LETTER_KINDS, type LetterKind } from '#app/core/sharing/letter.ts'
import { toHex } from '#schema/bytes.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { LeakSearch, type Secret } from '#tests/browser/leak-search.ts'
import { condition, household } from '#tests/support/household.ts'
import type { LoopLink } from '#tests/support/loop-link.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { guardiansIn, keepFor, keptOf, keptShows, openKept } from '#tests/support/test-kept.ts'
import {
  accept,
  compare,
  contactOf,
  exchange,
  knows,
  makePerson,
  meet,
  passphraseOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 240_000 })

const written = vi.hoisted(() => new Set<string>())
vi.mock('#app/core/sharing/letter.ts', async original => {
  const real = await original<typeof import('#app/core/sharing/letter.ts')>()
  const sealLetter: typeof real.sealLetter = (letter, ...to) => {
    written.add(letter.kind satisfies LetterKind)
    return real.sealLetter(letter, ...to)
  }
  return { ...real, sealLetter }
})

const DAY_MS = 24 * 3600_000
const SLOW_MS = 90_000
const { clock, device } = household()

/** Says in whose place it stands, and nothing else looks like it. */
const canary = (place: string) => `${place} ${toHex(randomBytes(6))} quokka`
const NAMES = { ana: canary('Ana'), bea: canary('Bea'), cal: canary('Cal') }
const WORDS = {
  entry: canary('asthma'),
  hidden: canary('positive'),
  late: canary('bruise'),
  contact: canary('sister'),
  note: canary('for the court'),
  kept: canary('Tim'),
  keptEntry: canary('measles'),
  subject: canary('knee'),
  message: canary('swollen'),
  fileName: canary('scan of my knee'),
  file: canary('what the radiologist saw'),
  answer: canary('bend it'),
  medicine: canary('salbutamol'),
  wish: canary('two inhalers'),
}
/** What sections and the shards of logs are called; a shorter one could stand in a path by itself, or in noise. */
const LABELS = [
  ...SECTIONS.filter(section => section.length > 6),
  'keyring',
  'received',
  'guardians',
  'hand-over',
  'rebased',
  'members',
  'private',
  'entries/',
  'conversation',
  'journal/',
  'answer-times',
]

const secrets = (): Secret[] =>
  [...Object.values(NAMES), ...Object.values(WORDS), ...LABELS, ...Object.values(NAMES).map(passphraseOf)].map(
    text => ({
      name: text,
      bytes: Buffer.from(text),
    }),
  )

/** All that goes over these links from now on, either way. */
function heard(links: readonly LoopLink[]): Buffer[] {
  const parts: Buffer[] = []
  const keep = (bytes: string | Uint8Array | undefined) => void (bytes && parts.push(Buffer.from(bytes)))
  for (const link of links) {
    const [request, openStream] = [link.request.bind(link), link.openStream.bind(link)]
    link.request = async asked => {
      keep(`${asked.method} ${asked.path} ${JSON.stringify(asked.headers)}`)
      keep(asked.body)
      const answer = await request(asked)
      if (answer.ok) keep(answer.value.body)
      return answer
    }
    link.openStream = handlers => {
      const message = (bytes: Uint8Array<ArrayBuffer>) => {
        keep(bytes)
        handlers.message(bytes)
      }
      const stream = openStream({ ...handlers, message })
      const send = (bytes: Uint8Array<ArrayBuffer>) => {
        keep(bytes)
        stream.send(bytes)
      }
      return { ...stream, send }
    }
  }
  return parts
}

async function add({ session }: TestDevice, name: string): Promise<EntryId> {
  const added = await session.addEntry(condition(name))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function contactIdOf({ session }: TestDevice, name: string): Promise<string> {
  return (await contactOf(session, name))!.contactId
}

/** Of two who answer one invitation at once, the second is told why not. */
async function refuse(ana: TestDevice, first: TestDevice, second: TestDevice): Promise<void> {
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  ana.setOnline(false)
  for (const { session } of [first, second]) expect((await session.acceptInvitation(invited.value.code)).ok).toBe(true)
  ana.setOnline(true)
  await exchange(
    [ana.session, first.session, second.session],
    async () =>
      (await knows(first.session, NAMES.ana)) && (await contactOf(second.session, NAMES.ana))?.state === 'refused',
  )
}

/** A thread that is answered, and a request. */
async function converse(ana: TestDevice, bea: TestDevice): Promise<void> {
  const contactId = await contactIdOf(ana, WORDS.contact)
  const about = { contactIds: [contactId], about: 'my-care', subject: WORDS.subject } as const
  const id = FileId.of(randomBytes(FileId.size))
  const held = await ana.session.holdFile(id, new Blob([WORDS.file]), `${WORDS.fileName}.txt`)
  if (!held.ok) throw new Error(held.failure.kind)
  const begun = await ana.session.beginThread({ ...about, text: WORDS.message, key: 'first', files: [id] })
  if (!begun.ok) throw new Error(begun.failure.kind)
  const answer = { text: WORDS.answer, key: 'second' }
  await exchange([ana.session, bea.session], async () => (await bea.session.sendMessage(begun.value, answer)).ok)
  const { conversationId } = begun.value
  await until(async () => (await bea.session.openFile(conversationId, id)).ok)
  const medicine = await ana.session.addEntry({ kind: 'medicine', name: WORDS.medicine, status: 'taking' })
  if (!medicine.ok) throw new Error(medicine.failure.kind)
  const data = { medicineId: medicine.value, medicineName: WORDS.medicine, wish: WORDS.wish }
  const asked = await ana.session.openRequest({ kind: 'refill', contactId, key: 'third', data })
  if (!asked.ok) throw new Error(asked.failure.kind)
  await until(async () => (await bea.session.takeStep(asked.value, { kind: 'see', data: {} })).ok)
  const found = async (text: string) => (await ana.session.searchMessages(text)).length
  await until(async () => (await found(WORDS.answer)) === 1)
}

/** A share that is looked at, of which a copy is kept, an entry made private and one written too late. */
async function shareAndStop(ana: TestDevice, bea: TestDevice): Promise<void> {
  await add(ana, WORDS.entry)
  const hidden = await add(ana, WORDS.hidden)
  const passphrase = passphraseOf(NAMES.ana)
  const id = await share(ana, WORDS.contact, { role: 'write', passphrase })
  await accept(ana, bea, id)
  const seen = async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 9]))?.map(row => row.title) ?? []
  await until(async () => (await seen()).length === 2)
  const copied = await bea.session.keepCopy(id, { sections: ['problems'], reason: 'other', note: WORDS.note })
  expect(copied.ok).toBe(true)
  expect((await ana.session.makePrivate([hidden])).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await seen()).join() === WORDS.entry)
  bea.setOnline(false)
  expect((await bea.session.askShared(id, 'addEntry', [condition(WORDS.late)]))?.ok).toBe(true)
  expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'ended')
  bea.setOnline(true)
  await exchange([bea.session, ana.session], async () => written.has('late-frames'))
}

/** A kept record that two look after, and that is to be handed over on a day, by what was agreed. */
async function keepAndPlan(ana: TestDevice, bea: TestDevice): Promise<void> {
  const { keptId } = await keepFor(ana.session, WORDS.kept)
  await ana.session.askKept(keptId, 'addEntry', [condition(WORDS.keptEntry)])
  const [contactId, passphrase] = [await contactIdOf(ana, WORDS.contact), passphraseOf(NAMES.ana)]
  await compare(ana.session, contactId)
  const added = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase }])
  expect(added?.answer.ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await keptOf(bea.session)).offers.length === 1)
  expect((await bea.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(bea.session, WORDS.kept)
  await keptShows(bea.session, keptId, [WORDS.keptEntry])
  await exchange([bea.session, ana.session], async () =>
    (await guardiansIn(ana.session, keptId)).every(one => one.state === 'active'),
  )
  const terms = (await guardiansIn(ana.session, keptId)).map(({ deviceId }) => {
    return { deviceId, sections: ['problems'], role: 'read' } as const
  })
  const plan = { contactId, at: instant(clock.now() + 30 * DAY_MS), terms, passphrase }
  expect((await ana.session.askKept(keptId, 'planHandOver', [plan]))?.answer.ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphrase]))?.answer.ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await guardiansIn(ana.session, keptId)).length === 3, SLOW_MS)
}

/** A record into which somebody was let who is out again before they answer. */
async function letInAndOut(ana: TestDevice, bea: TestDevice): Promise<void> {
  const { keptId } = await keepFor(ana.session, WORDS.kept)
  const [contactId, passphrase] = [await contactIdOf(ana, WORDS.contact), passphraseOf(NAMES.ana)]
  const added = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase }])
  expect(added?.answer.ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await keptOf(bea.session)).offers.length === 1)
  const other = (await guardiansIn(ana.session, keptId)).find(one => !one.isThisOne)!
  const removed = await ana.session.askKept(keptId, 'removeDevice', [other.deviceId])
  expect(removed?.answer.ok).toBe(true)
  await exchange([ana.session, bea.session], async () => written.has('guardian-ended'))
}

test('of every letter that people’s apps write, no name, title, label or word comes to the relay', async () => {
  const people: TestDevice[] = []
  for (const name of Object.values(NAMES)) people.push(await makePerson(device, name))
  const [ana, bea, cal] = people as [TestDevice, TestDevice, TestDevice]
  const parts = heard(people.map(({ link }) => link))
  // Their streams are open: what is said there is heard from the next one on.
  for (const each of people) each.setOnline(false)
  for (const each of people) each.setOnline(true)
  await meet(ana, bea, [NAMES.ana, NAMES.bea])
  await refuse(ana, bea, cal)
  expect((await ana.session.renameContact(await contactIdOf(ana, NAMES.bea), WORDS.contact)).ok).toBe(true)
  await converse(ana, bea)
  await shareAndStop(ana, bea)
  await keepAndPlan(ana, bea)
  await letInAndOut(ana, bea)
  expect([...written].toSorted()).toEqual([...LETTER_KINDS].toSorted())

  const search = new LeakSearch(secrets())
  const found = () => parts.flatMap((part, index) => search.inBytes(`part ${index}`, part))
  expect(found()).toEqual([])
  expect(parts.reduce((sum, part) => sum + part.length, 0)).toBeGreaterThan(200_000)
  for (const text of [WORDS.contact, 'guardians', NAMES.cal, WORDS.message]) {
    parts.push(Buffer.from(`{"name":"${text}"}`))
    expect(found().some(find => find.includes(text))).toBe(true)
    parts.pop()
  }
})
