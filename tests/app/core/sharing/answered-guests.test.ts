import { beforeAll, expect, test, vi } from 'vitest'
import { contactIdOf, openCard } from '#app/core/sharing/contact-card.ts'
import {
  INVITATION_BYTES,
  invitationKeys,
  openInvitationItem,
  sealInvitationItem,
} from '#app/core/sharing/invitation.ts'
import { openLetter } from '#app/core/sharing/letter.ts'
import { dropToken } from '#app/core/sharing/own-card.ts'
import {
  type OwnInvitation,
  putAnswers,
  putContact,
  putContactRemoved,
  putInvitation,
} from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { hash } from '#crypto/hash.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { type ContactId, InvitationId, MailboxId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

type Person = ReturnType<typeof makePerson>

/** Bea, who invited somebody; `forContact`: to meet them again. */
async function inviter(forContact?: Person) {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Bea')
  const secret = randomBytes(INVITATION_BYTES)
  const known = forContact && { id: contactIdOf(forContact.principal), card: forContact.card() }
  await office.change(doc => {
    if (known !== undefined) putContact(doc, known.id, { ...known, bytes: forContact!.cardBytes(), at: clock.now() })
    const again: { forContact?: ContactId } = known === undefined ? {} : { forContact: known.id }
    putInvitation(doc, {
      id: InvitationId.of(randomBytes(InvitationId.size)),
      secret,
      createdAt: clock.now(),
      ...again,
    })
  })
  const { toInviter, channel } = invitationKeys(secret)
  const drop = (item: Uint8Array<ArrayBuffer>) =>
    account.client.drop(MailboxId.of(hash(toInviter.publicKey)), dropToken(toInviter), item)
  /** The guest’s app answers; what it dropped. */
  const answer = async (guest: Person) => {
    const item = sealInvitationItem(channel, { kind: 'card', card: guest.cardBytes(), endsAt: instant(0) })
    await drop(item)
    return item
  }
  const homeFrames = async () => (await store.keys('frames', account.logs.home.log.id)).length
  /** What lies in the guest’s mailbox. */
  const told = async (guest: Person) => {
    const items = await account.client.take(guest.box)
    if (!items.ok) return [items.failure.kind]
    return items.value.map(({ item }) => {
      const letter = openLetter(item, guest.principal, [guest.shareKem])
      return letter.ok ? letter.value.kind : letter.failure
    })
  }
  return { account, office, drop, answer, told, homeFrames, end }
}

test('who is let in, and removed by another device before they are told, is told that the invitation is used', async () => {
  const { account, office, answer, told, end } = await inviter()
  const ana = makePerson()
  await answer(ana)
  const settle = account.settle.bind(account)
  account.settle = async () => {
    account.settle = settle
    await office.change(doc => putContactRemoved(doc, contactIdOf(ana.principal), instant(1)))
    return settle()
  }
  expect(await office.round()).toEqual(ok(undefined))
  expect(await told(ana)).toEqual([])
  expect(await office.round()).toEqual(ok(undefined))
  expect(await office.round()).toEqual(ok(undefined))
  expect(await told(ana)).toEqual(['invitation-closed'])
  await end()
})

test('who came back with other keys, and answers once more before this person decides, is not told that the invitation is used', async () => {
  const [ana, again] = [makePerson(), makePerson()]
  const { office, answer, told, end } = await inviter(ana)
  for (let time = 0; time < 2; time++) {
    await answer(again)
    expect(await office.round()).toEqual(ok(undefined))
  }
  expect((await office.book()).contacts[0]?.changedCard?.card.idSign).toBe(again.principal)
  expect(await told(again)).toEqual([])
  await end()
})

test('an invitation that is taken once more is answered once more', async () => {
  const { account, office, end } = await inviter()
  const [ana, via] = [makePerson(), randomBytes(INVITATION_BYTES)]
  const lying = async () => {
    const items = await account.client.take(invitationKeys(via).toInviter)
    return items.ok ? items.value.length : items
  }
  await office.change(doc => {
    putContact(doc, contactIdOf(ana.principal), { card: ana.card(), bytes: ana.cardBytes(), at: instant(1), via })
  })
  for (let time = 0; time < 2; time++) expect(await office.round()).toEqual(ok(undefined))
  expect(await lying()).toBe(1)
  office.takenAgain(via)
  await office.round()
  expect(await lying()).toBe(2)
  await end()
})

test('an invitation is answered once more by a newer card: a device that was removed may have read the welcome', async () => {
  const { account, clock, store, keys, end } = await startAccount()
  let name = 'Bea'
  const time = new RelayClock(account.client, clock, store, keys.local)
  const office = new PostOffice(account, clock, time, () => name)
  const [ana, via] = [makePerson(), randomBytes(INVITATION_BYTES)]
  const { toInviter, channel } = invitationKeys(via)
  const numbers = async () => {
    const items = await account.client.take(toInviter)
    if (!items.ok) return items
    return items.value.map(({ item }) => {
      const opened = openInvitationItem(channel, item)
      const card = opened?.kind === 'card' ? openCard(opened.card) : undefined
      return card?.ok === true ? card.value.number : undefined
    })
  }
  await office.change(doc => {
    putContact(doc, contactIdOf(ana.principal), { card: ana.card(), bytes: ana.cardBytes(), at: instant(1), via })
  })
  for (let round = 0; round < 2; round++) expect(await office.round()).toEqual(ok(undefined))
  expect(await numbers()).toEqual([1])
  name = 'Beatrice'
  for (let round = 0; round < 2; round++) expect(await office.round()).toEqual(ok(undefined))
  expect(await numbers()).toEqual([1, 2])
  await end()
})

test('who takes an invitation once more is met again, also by the same card: they may have thrown away unread what they were offered', async () => {
  const { office, answer, end } = await inviter()
  const nothing = async () => ok(undefined)
  const [ana, again] = [makePerson(), vi.fn<(contact: ContactId) => ReturnType<typeof nothing>>(nothing)]
  office.employ({ take: nothing, round: nothing, metAgain: again })
  for (const times of [0, 1]) {
    await answer(ana)
    expect(await office.round()).toEqual(ok(undefined))
    expect(again).toHaveBeenCalledTimes(times)
  }
  expect(again).toHaveBeenCalledWith(contactIdOf(ana.principal))
  await end()
})

test('an answer that a relay puts back again and again, once who sent it was told, has nothing done and nothing written', async () => {
  const { office, drop, answer, told, homeFrames, end } = await inviter()
  const nothing = async () => ok(undefined)
  const [ana, again] = [makePerson(), vi.fn<(contact: ContactId) => ReturnType<typeof nothing>>(nothing)]
  office.employ({ take: nothing, round: nothing, metAgain: again })
  const answers = [await answer(ana), await answer(ana)]
  expect(await office.round()).toEqual(ok(undefined))
  expect(again).toHaveBeenCalledTimes(1)
  const [frames, letters] = [await homeFrames(), await told(ana)]
  for (let time = 0; time < 5; time++) {
    for (const item of answers) await drop(item)
    expect(await office.round()).toEqual(ok(undefined))
  }
  expect(again).toHaveBeenCalledTimes(1)
  expect([await homeFrames(), await told(ana)]).toEqual([frames, letters])
  await end()
})

test('whoever knows an invitation’s secret and answers without end has no more dealt with than four mailboxes hold', async () => {
  const { office, answer, homeFrames, end } = await inviter()
  const ana = makePerson()
  await answer(ana)
  expect(await office.round()).toEqual(ok(undefined))
  const [{ id }] = (await office.book()).invitations as [OwnInvitation]
  const marksOf = (count: number) => Array.from({ length: count }, () => toHex(randomBytes(16)))
  await office.change(doc => putAnswers(doc, id, marksOf(254)))
  const before = await homeFrames()
  await answer(ana)
  expect(await office.round()).toEqual(ok(undefined))
  const last = await homeFrames()
  expect(last).toBeGreaterThan(before)
  await answer(ana)
  expect(await office.round()).toEqual(ok(undefined))
  expect(await homeFrames()).toBe(last)
  await end()
})
