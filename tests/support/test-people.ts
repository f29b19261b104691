import { expect } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import type { GivenShare, ReceivedShare, ShareRequest, Shares } from '#app/core/share-session.ts'
import { backedUp } from './household.ts'
import { firstPairing, type TestDevice, until } from './test-device.ts'

/** Somebody with a record of their own that is backed up. */
export const passphraseOf = (personName: string) => `${personName} likes quiet herons`

export async function makePerson(device: () => Promise<TestDevice>, personName: string): Promise<TestDevice> {
  const phone = await device()
  const passphrase = passphraseOf(personName)
  const created = await phone.session.createRecord({ personName, birthDate: '1961', passphrase, deviceName: 'phone' })
  if (!created.ok) throw new Error(created.failure.kind)
  await backedUp(phone.session)
  return phone
}

export async function peopleOf(session: Session): Promise<People> {
  const told = Promise.withResolvers<People>()
  const stop = await session.watchPeople(told.resolve)
  stop()
  return told.promise
}

export async function contactOf(session: Session, name: string): Promise<Contact | undefined> {
  return (await peopleOf(session)).contacts.find(one => one.name === name)
}

/** Rounds on both sides until `isTrue`. */
export async function exchange(
  sessions: readonly Session[],
  isTrue: () => Promise<boolean>,
  timeoutMs?: number,
): Promise<void> {
  await until(async () => {
    for (const session of sessions) await session.checkMail()
    return isTrue()
  }, timeoutMs)
}

export const knows = async (session: Session, name: string) => (await contactOf(session, name))?.state === 'known'

export async function meet(inviter: TestDevice, guest: TestDevice, names: readonly [string, string]): Promise<void> {
  const invited = await inviter.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect((await guest.session.acceptInvitation(invited.value.words.join(' '))).ok).toBe(true)
  await exchange(
    [inviter.session, guest.session],
    async () => (await knows(inviter.session, names[1])) && knows(guest.session, names[0]),
  )
}

export async function sharesOf(session: Session): Promise<Shares> {
  const told = Promise.withResolvers<Shares>()
  const stop = await session.watchShares(told.resolve)
  stop()
  return told.promise
}

/** `young` becomes another device of the same person. */
export async function pair(old: TestDevice, young: TestDevice, passphrase = passphraseOf('Ana')): Promise<void> {
  const offer = await young.session.startPairing({ passphrase: 'tablet words', deviceName: 'tablet' })
  if (!offer.ok) throw new Error(offer.failure.kind)
  expect((await old.session.answerPairing(offer.value.words.join(' '))).ok).toBe(true)
  await firstPairing(old.session, state => state.kind === 'compare')
  expect((await old.session.confirmPairing(true, passphrase)).ok).toBe(true)
  await firstPairing(young.session, state => state.kind === 'done')
}

/** `from`, who is called Ana, shares her problems, unless told otherwise. */
export async function share(from: TestDevice, to: string, request: Partial<ShareRequest> = {}): Promise<string> {
  const contact = await contactOf(from.session, to)
  const shared = await from.session.share({
    contactId: contact!.contactId,
    sections: ['problems'],
    role: 'read',
    withHistory: true,
    passphrase: passphraseOf('Ana'),
    ...request,
  })
  if (!shared.ok) throw new Error(shared.failure.kind)
  return shared.value.shareId
}

export const givenOf = async (session: Session): Promise<GivenShare | undefined> => (await sharesOf(session)).given[0]
export const receivedOf = async (session: Session): Promise<ReceivedShare | undefined> =>
  (await sharesOf(session)).received[0]

/** The offer arrives, is accepted, and the giver hears of it. */
export async function accept(giver: TestDevice, recipient: TestDevice, id: string): Promise<void> {
  await exchange([giver.session, recipient.session], async () =>
    (await sharesOf(recipient.session)).received.some(one => one.shareId === id),
  )
  expect((await recipient.session.answerShare(id, 'accept')).ok).toBe(true)
  await exchange([recipient.session, giver.session], async () =>
    (await sharesOf(giver.session)).given.some(one => one.shareId === id && one.state === 'accepted'),
  )
}

/** The number that is shown now. */
export async function compare(session: Session, contactId: string, passphrase?: string) {
  return session.markCompared(contactId, (await session.safetyNumber(contactId))!.digits, passphrase)
}
