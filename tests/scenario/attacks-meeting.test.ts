import { expect, test, vi } from 'vitest'
import { type ContactCard, MAX_CARD_BYTES, MAX_CARD_NUMBER } from '#app/core/sharing/contact-card.ts'
import { sealInvitationItem } from '#app/core/sharing/invitation.ts'
import { sealLetter } from '#app/core/sharing/letter.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { equalBytes } from '#schema/bytes.ts'
import { DeviceId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeDropItems, encodeDropItems } from '#schema/protocol/http.ts'
import { DROP_LABEL, encodeDropToken, encodeDropTokenBody } from '#schema/protocol/proof.ts'
import { sign } from '#crypto/keys.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { makeRogue, type Rogue } from '#tests/support/rogue.ts'
import type { TestDevice } from '#tests/support/test-device.ts'
import {
  contactOf,
  exchange,
  knows,
  makePerson,
  meet,
  passphraseOf,
  peopleOf,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

type Bytes = Uint8Array<ArrayBuffer>

/** What people say to real sessions who run something else than this app. Named after the lines of docs/threat-model.md. */
const MANY = { perSecond: 10_000, burst: 100_000 }
const { relay, device } = household({ newDrops: MANY })
const person = (name: string) => makePerson(device, name)

async function inviteOf({ session }: TestDevice): Promise<string> {
  const invited = await session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  return invited.value.code
}

/** Eve, whom Ana has met. Answers Ana's card too. */
async function anaWhoMetEve(
  change: Partial<ContactCard> = {},
): Promise<{ ana: TestDevice; eve: Rogue; card: ContactCard }> {
  const [ana, eve] = [await person('Ana'), makeRogue(relay())]
  const code = await inviteOf(ana)
  const card = await eve.inviterOf(code)
  expect((await eve.answer(code, eve.cardBytes({ name: 'Eve', ...change }))).ok).toBe(true)
  await exchange([ana.session], () => knows(ana.session, 'Eve'))
  return { ana, eve, card }
}

/** A card's drop token that no relay takes any more. */
function spentToken(): Uint8Array<ArrayBuffer> {
  const key = makeSigningKey()
  const body = { readKey: key.publicKey, notAfter: instant(1) }
  return encodeDropToken({ ...body, signature: sign(key, DROP_LABEL, encodeDropTokenBody(body)) })
}

async function shareWith(ana: TestDevice, name: string): Promise<void> {
  const contact = await contactOf(ana.session, name)
  const shared = await ana.session.share({
    contactId: contact!.contactId,
    sections: ['problems'],
    role: 'read',
    withHistory: true,
    passphrase: passphraseOf('Ana'),
  })
  expect(shared.ok).toBe(true)
}

/** From now on this device gets, before what lies in any of its mailboxes, what `slip` answers, and whatever lay in anybody's before. */
function slipInto({ link }: TestDevice, seen: Bytes[], slip: () => readonly Bytes[]): void {
  const request = link.request.bind(link)
  link.request = async asked => {
    const answer = await request(asked)
    const isLook = asked.method === 'GET' && asked.path.includes('/drop/')
    const items = isLook && answer.ok ? decodeDropItems(answer.value.body) : undefined
    if (!answer.ok || !items?.ok) return answer
    const slipped = [...slip(), ...seen].map((bytes, index) => ({
      itemId: 1_000_000 + index,
      droppedAt: instant(0),
      bytes,
    }))
    for (const { bytes } of items.value) if (!seen.some(one => equalBytes(one, bytes))) seen.push(bytes)
    return { ok: true, value: { ...answer.value, body: encodeDropItems([...slipped, ...items.value]) } }
  }
}

test('a tampered, truncated or oversized invitation is passed over, and the true answer after it counts', async () => {
  const [ana, bea, eve] = [await person('Ana'), await person('Bea'), makeRogue(relay())]
  const code = await inviteOf(ana)
  const good = eve.cardBytes()
  const tampered = good.slice()
  tampered[200]! ^= 1
  await eve.litter(code, randomBytes(500))
  await eve.answer(code, tampered)
  await eve.answer(code, good.slice(0, -1))
  await eve.answer(code, new Uint8Array(MAX_CARD_BYTES + 1))
  expect(await eve.litter(code, randomBytes(17 * 1024))).toMatchObject({ failure: { code: 'too-large' } })
  expect((await bea.session.acceptInvitation(code)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await knows(ana.session, 'Bea')) && knows(bea.session, 'Ana'))
  expect((await peopleOf(ana.session)).contacts).toHaveLength(1)
})

test('a replayed invitation answer meets nobody twice and reopens nothing', async () => {
  const [ana, eve] = [await person('Ana'), makeRogue(relay())]
  const code = await inviteOf(ana)
  for (let times = 0; times < 3; times++) await eve.answer(code)
  await exchange([ana.session], () => knows(ana.session, 'Ana'))
  await eve.answer(code)
  await ana.session.checkMail()
  expect((await peopleOf(ana.session)).contacts).toHaveLength(1)
  expect((await peopleOf(ana.session)).invitations).toEqual([])
})

test('an invitation answer replayed in every round has nothing offered anew, and no log grows by it', async () => {
  const ana = await person('Ana')
  const seen: Bytes[] = []
  slipInto(ana, seen, () => [])
  const eve = makeRogue(relay())
  const code = await inviteOf(ana)
  await eve.answer(code)
  await exchange([ana.session], () => knows(ana.session, 'Ana'))
  await shareWith(ana, 'Ana')
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'offered')
  await backedUp(ana.session)
  const state = async () => ({ frames: ana.disk.rows('frames').size, letters: (await eve.letters()).length })
  const before = await state()
  for (let round = 0; round < 5; round++) await ana.session.checkMail()
  await backedUp(ana.session)
  expect(seen.length).toBeGreaterThan(0)
  expect(await state()).toEqual(before)
  // With a new one they say that they may have thrown away unread what they were offered.
  await eve.answer(code)
  await ana.session.checkMail()
  expect((await state()).letters).toBeGreaterThan(before.letters)
})

test('a wrong-person invitation: who answers in a contact’s place gets nothing, and the contact stays who they were', async () => {
  const [ana, bea, eve] = [await person('Ana'), await person('Bea'), makeRogue(relay())]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const before = await ana.session.safetyNumber(contactId)
  const again = await ana.session.invite(contactId)
  if (!again.ok) throw new Error(again.failure.kind)
  await eve.answer(again.value.code, eve.cardBytes({ name: 'Bea' }))
  await exchange([ana.session], async () => (await contactOf(ana.session, 'Bea'))?.state === 'changed')
  const request = { contactId, sections: ['problems'], role: 'read', withHistory: true } as const
  const shared = await ana.session.share({ ...request, passphrase: passphraseOf('Ana') })
  expect(shared).toEqual({ ok: false, failure: { kind: 'contact-not-ready' } })
  expect((await ana.session.decideChangedKeys(contactId, 'keep')).ok).toBe(true)
  expect(await ana.session.safetyNumber(contactId)).toEqual(before)
  await shareWith(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  expect(await eve.letters()).toEqual([])
})

test('a relay that substitutes cards, or passes letters on to others, has nobody met in another’s place', async () => {
  const [ana, bea, eve] = [await person('Ana'), await person('Bea'), makeRogue(relay())]
  const cards: ContactCard[] = []
  for (const each of [ana, bea]) {
    const code = await inviteOf(each)
    cards.push(await eve.inviterOf(code))
    await eve.answer(code, eve.cardBytes({ name: 'Eve' }))
    await exchange([each.session], () => knows(each.session, 'Eve'))
  }
  const [anas, beas] = cards as [ContactCard, ContactCard]
  /** As if by the one, to the other, but for the keys. */
  const forged = (from: ContactCard, to: ContactCard) => {
    const body = eve.cardBytes({ name: from.name, number: MAX_CARD_NUMBER })
    const letter = { to: to.idSign, from: from.idSign, chain: eve.chain, kind: 'card', body } as const
    const item = { kind: 'card', card: body, endsAt: instant(0) } as const
    return [body, sealInvitationItem(randomBytes(32), item), sealLetter(letter, eve.device, to.shareKem)]
  }
  const seen: Bytes[] = []
  slipInto(ana, seen, () => forged(beas, anas))
  slipInto(bea, seen, () => forged(anas, beas))
  await meet(ana, bea, ['Ana', 'Bea'])
  const number = async ({ session }: TestDevice, name: string) =>
    session.safetyNumber((await contactOf(session, name))!.contactId)
  expect(await number(ana, 'Bea')).toEqual(await number(bea, 'Ana'))
  await shareWith(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  for (let times = 0; times < 3; times++) for (const { session } of [ana, bea]) await session.checkMail()
  expect((await peopleOf(ana.session)).contacts.map(({ name, state }) => [name, state])).toEqual([
    ['Bea', 'known'],
    ['Eve', 'known'],
  ])
  expect(await number(ana, 'Bea')).toEqual(await number(bea, 'Ana'))
  expect((await eve.letters()).filter(({ kind }) => kind === 'grant')).toEqual([])
  expect(seen.length).toBeGreaterThan(4)
})

test('an invitation answered by thousands takes one, and stops nothing else', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const code = await inviteOf(ana)
  ana.setOnline(false)
  const crowd = makeRogue(relay())
  let [taken, full] = [0, 0]
  for (let times = 0; times < 2000; times++) {
    // One true card after another, each with a mailbox that takes no answer.
    const item = times < 70 ? makeRogue(relay()).cardBytes({ dropToken: spentToken() }) : randomBytes(100)
    const dropped = times < 70 ? await crowd.answer(code, item) : await crowd.litter(code, item)
    if (dropped.ok) taken += 1
    else if (dropped.failure.kind === 'refused' && dropped.failure.code === 'quota') full += 1
  }
  expect([taken, full]).toEqual([64, 1936])
  await shareWith(ana, 'Bea')
  ana.setOnline(true)
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  expect((await peopleOf(ana.session)).contacts).toHaveLength(2)
})

test('a contact’s mailbox that takes nothing keeps no letter from others, and no share from ending', async () => {
  const { ana, eve } = await anaWhoMetEve({ dropToken: spentToken() })
  const bea = await person('Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await shareWith(ana, 'Eve')
  await shareWith(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  const eves = (await sharesOf(ana.session)).given.find(one => one.contactName === 'Eve')
  expect((await ana.session.stopShare(eves!.shareId)).ok).toBe(true)
  await ana.session.checkMail()
  const beas = (await sharesOf(ana.session)).given.find(one => one.contactName === 'Bea')
  expect((await ana.session.stopShare(beas!.shareId)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received[0]?.state === 'ended')
  expect(await eve.letters()).toEqual([])
})

test('a flooded mailbox is emptied by the next round, and letters go on', async () => {
  const { ana, eve, card } = await anaWhoMetEve()
  ana.setOnline(false)
  let dropped = await eve.drop(card, randomBytes(16 * 1024))
  while (dropped.ok) dropped = await eve.drop(card, randomBytes(16 * 1024))
  expect(dropped.failure).toMatchObject({ code: 'quota' })
  ana.setOnline(true)
  await ana.session.checkMail()
  await eve.write(card, 'card', eve.cardBytes({ name: 'Eve', number: 5 }))
  await ana.session.checkMail()
  expect(await knows(ana.session, 'Eve')).toBe(true)
})

test('a letter of a later version, or of a kind nobody knows, changes nothing and stops nothing', async () => {
  const { ana, eve, card } = await anaWhoMetEve()
  await eve.drop(card, eve.sealRaw(card, { version: 2 }))
  await eve.drop(card, eve.sealRaw(card, { kind: 250 }))
  await eve.write(card, 'grant', Uint8Array.of(9, 9, 9))
  await eve.write(card, 'share-ended', randomBytes(3))
  await ana.session.checkMail()
  expect(await sharesOf(ana.session)).toEqual({ given: [], received: [] })
  expect(await knows(ana.session, 'Eve')).toBe(true)
})

test('an old card through a new invitation, or a stolen device’s, takes the place of no newer one', async () => {
  const stolen = makeSigningKey()
  const { ana, eve, card } = await anaWhoMetEve()
  const stolenChain = [eve.certify(stolen, eve.device), ...eve.chain]
  const removal = { name: 'Eve', number: 3, removed: [DeviceId.of(stolen.publicKey)] }
  await eve.write(card, 'card', eve.cardBytes(removal))
  await ana.session.checkMail()
  const code = await inviteOf(ana)
  const thiefs = { name: 'Eve', number: MAX_CARD_NUMBER, chain: stolenChain, dropToken: spentToken() }
  await eve.answer(code, eve.cardBytes(thiefs, stolen))
  await ana.session.checkMail()
  // It did not even use up the invitation.
  expect((await peopleOf(ana.session)).invitations).toHaveLength(1)
  await eve.answer(code, eve.cardBytes({ name: 'Eve', number: 1, dropToken: spentToken() }))
  await exchange([ana.session], async () => (await peopleOf(ana.session)).invitations.length === 0)
  const before = (await eve.letters()).length
  await shareWith(ana, 'Eve')
  await ana.session.checkMail()
  expect((await eve.letters()).length).toBeGreaterThan(before)
})

test('names that lie are shown as one plain line: of a card, before and after meeting', async () => {
  const { ana } = await anaWhoMetEve({ name: 'Eve' })
  const liar = makeRogue(relay())
  const code = await inviteOf(ana)
  await liar.answer(code, liar.cardBytes({ name: 'Bea\u202E\n\u0000(compared)' }))
  await exchange([ana.session], async () => (await peopleOf(ana.session)).contacts.length === 2)
  expect((await peopleOf(ana.session)).contacts.map(one => one.name)).toEqual(['Bea (compared)', 'Eve'])
})

test('who calls themself by a very long name can be met and shared with all the same', async () => {
  const [ana, bea] = [await person('Ana'), await person('王'.repeat(400))]
  await meet(bea, ana, ['王'.repeat(100), 'Ana'])
  expect(await knows(ana.session, '王'.repeat(100))).toBe(true)
})
