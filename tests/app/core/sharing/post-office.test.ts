import { beforeAll, expect, test } from 'vitest'
import { putShareKem } from '#app/core/home/keyring-document.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { INVITATION_BYTES, invitationKeys, sealInvitationItem } from '#app/core/sharing/invitation.ts'
import { encodeClosed, type Letter, type LetterKind, openLetter, sealLetter } from '#app/core/sharing/letter.ts'
import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import {
  closeInvitation,
  putContact,
  putContactRemoved,
  putInvitation,
  putTold,
} from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { encodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import { hash } from '#crypto/hash.ts'
import { makeKemKey, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { type ContactId, InvitationId, MailboxId, type PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

/** Ana's device, which knows Bea, and an answer of hers in the mailbox. */
async function answerInMailbox() {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const bea = makePerson()
  const { principal, shareKem } = account.keyring
  const box = mailboxKey(shareKem.secretKey)
  const putContactOf = (person: ReturnType<typeof makePerson>) =>
    office.change(doc => {
      const [card, bytes] = [person.card(), person.cardBytes()]
      putContact(doc, contactIdOf(person.principal), { card, bytes, at: clock.now() })
    })
  const write = async (kind: LetterKind, body: Letter['body'], person = bea) => {
    const letter = { to: principal, from: person.principal, chain: person.chain, kind, body }
    const sealed = sealLetter(letter, person.device, shareKem.publicKey)
    await account.client.drop(MailboxId.of(hash(box.publicKey)), dropToken(box), sealed)
  }
  const answer = (person = bea) => {
    const body = encodeShareAnswer({ shareId: ShareId.of(randomBytes(ShareId.size)), answer: 'accepted' })
    return write('share-answer', body, person)
  }
  await putContactOf(bea)
  await answer()
  const lying = async () => {
    const items = await account.client.take(box)
    return items.ok ? items.value.length : items
  }
  return { account, office, bea, putContactOf, write, answer, lying, end }
}

test('a letter that came too early lies there until it can be read', async () => {
  const { office, lying, end } = await answerInMailbox()
  let isEarly = true
  office.employ({ round: async () => ok(undefined), take: async () => ok(isEarly ? 'early' : undefined) })
  await office.round()
  expect(await lying()).toBe(1)
  isEarly = false
  await office.round()
  expect(await lying()).toBe(0)
  await end()
})

test('somebody’s flood of letters that come too early is thrown away but for four, and nobody else’s letter with it', async () => {
  const { office, bea, putContactOf, answer, lying, end } = await answerInMailbox()
  const cem = makePerson()
  await putContactOf(cem)
  for (let more = 0; more < 9; more++) await answer()
  await answer(cem)
  const read: PrincipalId[] = []
  office.employ({
    round: async () => ok(undefined),
    take: async ({ from }) => {
      read.push(from)
      return ok('early')
    },
  })
  await office.round()
  expect(await lying()).toBe(5)
  read.length = 0
  await office.round()
  expect(read.filter(from => from === bea.principal)).toHaveLength(4)
  expect(read.filter(from => from === cem.principal)).toHaveLength(1)
  await end()
})

test('a letter is read only once all that another device of ours told the relay before is here', async () => {
  const { account, office, lying, end } = await answerInMailbox()
  const happened: string[] = []
  const level = account.levelHome.bind(account)
  account.levelHome = async () => {
    const answer = await level()
    happened.push('level')
    return answer
  }
  office.employ({
    round: async () => ok(undefined),
    take: async ({ kind }) => {
      happened.push(kind)
      return ok(undefined)
    },
  })
  await office.round()
  expect(happened).toEqual(['level', 'share-answer'])
  expect(await lying()).toBe(0)
  // Nobody asks for nothing.
  await office.round()
  expect(happened).toHaveLength(2)
  await end()
})

test('a letter that might be about what is not here yet stays in the mailbox', async () => {
  const { account, office, lying, end } = await answerInMailbox()
  const level = account.levelHome.bind(account)
  account.levelHome = async () => fail({ kind: 'unreachable' })
  expect(await office.round()).toEqual(fail({ kind: 'unreachable' }))
  expect(await lying()).toBe(1)
  account.levelHome = level
  await office.round()
  expect(await lying()).toBe(0)
  await end()
})

test('who answers an invitation once more, and has another card since, is written to by that one', async () => {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const bea = makePerson()
  const id = InvitationId.of(randomBytes(InvitationId.size))
  const secret = randomBytes(INVITATION_BYTES)
  const contact = contactIdOf(bea.principal)
  await office.change(doc => {
    putInvitation(doc, { id, secret, createdAt: clock.now() })
    closeInvitation(doc, id, 'used', bea.principal)
    putContact(doc, contact, { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() })
    putTold(doc, contact, 5)
  })
  // Another device of hers: of the one whose card came first it has removed, she cannot read what is written to that.
  const tablet = makeSigningKey()
  const chain = [bea.certify(tablet, bea.idSign)]
  const [first] = bea.chain
  const newer = { chain, removed: [first!.device], shareKem: makeKemKey().publicKey, number: 1 }
  const { toInviter, channel } = invitationKeys(secret)
  const answer = async (card: Uint8Array<ArrayBuffer>) => {
    const item = sealInvitationItem(channel, { kind: 'card', card, endsAt: instant(0) })
    await account.client.drop(MailboxId.of(hash(toInviter.publicKey)), dropToken(toInviter), item)
    await office.round()
    return (await office.book()).contacts[0]!
  }
  const met: ContactId[] = []
  office.employ({
    round: async () => ok(undefined),
    take: async () => ok(undefined),
    metAgain: async one => ok(void met.push(one)),
  })
  const asBefore = await answer(bea.cardBytes())
  expect(asBefore.card.removed).toEqual([])
  expect(met).toEqual([contact])
  const known = await answer(bea.cardBytes(newer, tablet))
  expect(known.card.shareKem).toEqual(newer.shareKem)
  expect(met).toEqual([contact, contact])
  // A thief’s, with the highest number there is.
  const afterTheft = await answer(bea.cardBytes({ number: 99 }))
  expect(afterTheft.card.shareKem).toEqual(newer.shareKem)
  expect(met).toEqual([contact, contact])
  await end()
})

test('who used an invitation, was removed since and takes it once more is told that it is used, and waits for nobody', async () => {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Bea')
  const ana = makePerson()
  const id = InvitationId.of(randomBytes(InvitationId.size))
  const secret = randomBytes(INVITATION_BYTES)
  const contact = contactIdOf(ana.principal)
  await office.change(doc => {
    putInvitation(doc, { id, secret, createdAt: clock.now() })
    closeInvitation(doc, id, 'used', ana.principal)
    putContact(doc, contact, { card: ana.card(), bytes: ana.cardBytes(), at: clock.now() })
    putContactRemoved(doc, contact, instant(1))
  })
  const { toInviter, channel, mark } = invitationKeys(secret)
  const item = sealInvitationItem(channel, { kind: 'card', card: ana.cardBytes(), endsAt: instant(0) })
  await account.client.drop(MailboxId.of(hash(toInviter.publicKey)), dropToken(toInviter), item)
  for (let round = 0; round < 2; round++) expect(await office.round()).toEqual(ok(undefined))
  const { contacts, invitations } = await office.book()
  expect([contacts, invitations[0]?.closed]).toEqual([[], 'used'])
  const items = await account.client.take(ana.box)
  const letters = items.ok ? items.value.map(one => openLetter(one.item, ana.principal, [ana.shareKem])) : []
  const body = encodeClosed({ reason: 'used', mark })
  expect(letters).toMatchObject([{ ok: true, value: { kind: 'invitation-closed', body } }])
  await end()
})

test('somebody known who takes what was made to meet somebody else again is welcome, and not taken for them', async () => {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const [bea, cal] = [makePerson(), makePerson()]
  const id = InvitationId.of(randomBytes(InvitationId.size))
  const secret = randomBytes(INVITATION_BYTES)
  const [beaId, calId] = [contactIdOf(bea.principal), contactIdOf(cal.principal)]
  await office.ownCard()
  const { number } = (await office.book()).own
  await office.change(doc => {
    putContact(doc, beaId, { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() })
    putContact(doc, calId, { card: cal.card(), bytes: cal.cardBytes(), at: clock.now() })
    putTold(doc, beaId, number)
    putTold(doc, calId, number)
    putInvitation(doc, { id, secret, createdAt: clock.now(), forContact: calId })
  })
  const { toInviter, channel } = invitationKeys(secret)
  const item = sealInvitationItem(channel, { kind: 'card', card: bea.cardBytes(), endsAt: instant(0) })
  await account.client.drop(MailboxId.of(hash(toInviter.publicKey)), dropToken(toInviter), item)
  await office.round()
  const { contacts, invitations } = await office.book()
  expect(contacts.find(one => one.id === calId)?.changedCard).toBeUndefined()
  expect(invitations[0]?.closed).toBe('used')
  // She waits for an answer, and gets one; he waits for none.
  expect(await account.client.take(bea.box)).toMatchObject({ ok: true, value: [{}] })
  expect(await account.client.take(cal.box)).toEqual(ok([]))
  await end()
})

test('the mailbox before the last change is looked into also by a clock that is a year ahead', async () => {
  const { account, clock, store, keys, end } = await startAccount()
  const ahead = { ...clock, now: () => instant(clock.now() + 365 * 24 * 3600_000) }
  const office = new PostOffice(account, ahead, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const bea = makePerson()
  await office.change(doc => {
    putContact(doc, contactIdOf(bea.principal), { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() })
  })
  const { principal, shareKem } = account.keyring
  await account.logs.home.changeKeyring(doc => putShareKem(doc, clock.now(), randomBytes(32)))
  await account.refreshed()
  const box = mailboxKey(shareKem.secretKey)
  const letter = { to: principal, from: bea.principal, chain: bea.chain, kind: 'share-answer' } as const
  const sealed = sealLetter({ ...letter, body: randomBytes(17) }, bea.device, shareKem.publicKey)
  await account.client.drop(MailboxId.of(hash(box.publicKey)), dropToken(box), sealed)
  const kinds: string[] = []
  office.employ({ round: async () => ok(undefined), take: async ({ kind }) => ok(void kinds.push(kind)) })
  await office.round()
  expect(kinds).toEqual(['share-answer'])
  await end()
})

test('of who was removed as a contact a newer card is read and nothing else: what is over is to be told to the devices that they have now', async () => {
  const { account, office, bea, write, lying, end } = await answerInMailbox()
  const id = contactIdOf(bea.principal)
  await office.change(doc => putContactRemoved(doc, id, instant(1)))
  const happened: string[] = []
  const note = async (what: string) => ok(void happened.push(what))
  office.employ({
    round: async () => ok(undefined),
    take: ({ kind }) => note(`took ${kind}`),
    metAgain: contact => note(`met ${contact}`),
  })
  await write('card', bea.cardBytes({ number: 2 }))
  await write('card', bea.cardBytes())
  expect(await office.round()).toEqual(ok(undefined))
  const { contacts, removed } = await office.book()
  expect(contacts).toEqual([])
  expect(removed).toMatchObject([{ id, card: { number: 2 } }])
  expect([happened, await lying()]).toEqual([[`met ${id}`], 0])
  expect(await account.client.take(bea.box)).toEqual(ok([]))
  await end()
})

test('an invitation is answered once more where the welcome was read before what another device wrote that took it too', async () => {
  const { account, office, bea, write, end } = await answerInMailbox()
  const via = randomBytes(INVITATION_BYTES)
  const take = () =>
    office.change(doc => {
      const [card, bytes] = [bea.card(), bea.cardBytes()]
      putContact(doc, contactIdOf(bea.principal), { card, bytes, at: instant(1), via })
    })
  const answers = async () => {
    const items = await account.client.take(invitationKeys(via).toInviter)
    return items.ok ? items.value.length : items
  }
  await take()
  await office.round()
  expect(await answers()).toBe(1)
  await write('card', bea.cardBytes())
  await office.round()
  expect((await office.book()).contacts[0]?.via).toBeUndefined()
  await take()
  await office.round()
  expect(await answers()).toBe(2)
  await end()
})

test('who tells the card that is known once more is met again, once a letter; an older one says nothing', async () => {
  const { account, office, bea, write, end } = await answerInMailbox()
  const met: ContactId[] = []
  office.employ({
    round: async () => ok(undefined),
    take: async () => ok(undefined),
    metAgain: async one => ok(void met.push(one)),
  })
  const box = mailboxKey(account.keyring.shareKem.secretKey)
  await write('card', bea.cardBytes({ number: 2 }))
  await office.round()
  met.length = 0
  await write('card', bea.cardBytes())
  await office.round()
  expect(met).toEqual([])
  await write('card', bea.cardBytes({ number: 2 }))
  const items = await account.client.take(box)
  const letter = items.ok ? items.value[0]! : undefined
  await office.round()
  expect(met).toEqual([contactIdOf(bea.principal)])
  // The relay brings it back.
  await account.client.drop(MailboxId.of(hash(box.publicKey)), dropToken(box), letter!.item)
  await office.round()
  expect(met).toHaveLength(1)
  await write('card', bea.cardBytes({ number: 2 }))
  await office.round()
  expect(met).toHaveLength(2)
  for (let more = 0; more < 40; more++) await write('card', bea.cardBytes({ number: 2 }))
  await office.round()
  expect(met).toHaveLength(16)
  await end()
})
