import { beforeAll, expect, test } from 'vitest'
import { decodeClosed, encodeClosed, type Letter, openLetter, sealLetter } from '#app/core/sharing/letter.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { invitationKeys } from '#app/core/sharing/invitation.ts'
import { type PeopleDocument, putContact, readPeople } from '#app/core/sharing/people-document.ts'
import { changeBy } from '#app/core/sharing/take-letter.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

test('a letter opens for whom it was written, with the shareKem before too, and for nobody else', () => {
  const [ana, bea, eve] = [makePerson(), makePerson(), makePerson()]
  const letter = {
    to: bea.principal,
    from: ana.principal,
    chain: ana.chain,
    kind: 'card',
    body: ana.cardBytes(),
  } as const
  const sealed = sealLetter(letter, ana.device, bea.shareKem.publicKey)
  expect(openLetter(sealed, bea.principal, [eve.shareKem, bea.shareKem])).toEqual({ ok: true, value: letter })
  expect(openLetter(sealed, bea.principal, [eve.shareKem]).ok).toBe(false)
  // Passed on by whoever could open it: written to somebody else.
  const passedOn = sealLetter(letter, ana.device, eve.shareKem.publicKey)
  expect(openLetter(passedOn, eve.principal, [eve.shareKem]).ok).toBe(false)
})

test('nobody writes in another’s name, and damage is refused', () => {
  const [ana, bea, eve] = [makePerson(), makePerson(), makePerson()]
  const body = new Uint8Array(5)
  const forged = { to: bea.principal, from: ana.principal, chain: eve.chain, kind: 'card', body } as const
  const kems = [bea.shareKem]
  expect(openLetter(sealLetter(forged, eve.device, bea.shareKem.publicKey), bea.principal, kems).ok).toBe(false)
  const badlySigned = { ...forged, chain: ana.chain }
  expect(openLetter(sealLetter(badlySigned, eve.device, bea.shareKem.publicKey), bea.principal, kems).ok).toBe(false)
  const good = sealLetter(badlySigned, ana.device, bea.shareKem.publicKey)
  for (let at = 0; at < good.length; at += 29) {
    const damaged = good.slice()
    damaged[at]! ^= 4
    expect(openLetter(damaged, bea.principal, kems).ok).toBe(false)
    expect(openLetter(good.slice(0, at), bea.principal, kems).ok).toBe(false)
  }
})

const closedOf = (secret: Uint8Array<ArrayBuffer>) =>
  encodeClosed({ reason: 'used', mark: invitationKeys(secret).mark })

test('an old card changes nothing but ends the waiting; a refusal says why', () => {
  const [ana, bea] = [makePerson(), makePerson()]
  const letter = { to: bea.principal, from: ana.principal, kind: 'card' } as const
  const contact = {
    id: 'c' as never,
    name: 'Ana',
    card: ana.card({ number: 2 }),
    cardBytes: new Uint8Array(),
    addedAt: instant(1),
    toldNumber: 1,
    cardsHeard: new Set<string>(),
  }
  const old = { ...letter, chain: ana.chain, body: ana.cardBytes({ number: 1 }) }
  expect(changeBy(old, contact)).toBeUndefined()
  expect(changeBy(old, { ...contact, via: new Uint8Array(11) })).toBeTypeOf('function')
  // Sent once more by the relay it is no word about an invitation that they refused since.
  const refused = { ...contact, refusal: 'used' } as const
  expect(changeBy(old, refused)).toBeUndefined()
  expect(changeBy({ ...old, body: ana.cardBytes({ number: 2 }) }, refused)).toBeUndefined()
  expect(changeBy({ ...old, body: ana.cardBytes({ number: 3 }) }, refused)).toBeTypeOf('function')
  const via = new Uint8Array(11)
  const refusal = { ...old, kind: 'invitation-closed', body: closedOf(via) } as const
  expect(changeBy(refusal, contact)).toBeUndefined()
  expect(changeBy(refusal, { ...contact, via })).toBeTypeOf('function')
  expect(decodeClosed(closedOf(via).map((byte, at) => (at === 0 ? 7 : byte)))).toBeUndefined()
  expect(decodeClosed(closedOf(via).subarray(1))).toBeUndefined()
})

/** Ana, whose invitation was taken, as her guest knows her. */
function waitingFor(ana: ReturnType<typeof makePerson>, via: Uint8Array<ArrayBuffer>) {
  const doc: PeopleDocument = {}
  putContact(doc, contactIdOf(ana.principal), { card: ana.card(), bytes: ana.cardBytes(), at: instant(1), via })
  const contact = () => readPeople(doc).contacts[0]!
  const take = (body: Letter['body'], isGuest = false) => {
    const about = { to: ana.principal, from: ana.principal, chain: ana.chain, kind: 'invitation-closed' } as const
    changeBy({ ...about, body }, contact(), isGuest)?.(doc)
    return contact()
  }
  return { take }
}

test('a replayed refusal of an invitation says nothing of a later one, whose guest goes on waiting', () => {
  const [first, later] = [Uint8Array.from({ length: 11 }, () => 1), Uint8Array.from({ length: 11 }, () => 2)]
  const { take } = waitingFor(makePerson(), later)
  expect(take(closedOf(first))).toMatchObject({ via: later })
  expect(take(closedOf(first)).refusal).toBeUndefined()
  expect(take(closedOf(later)).refusal).toBe('used')
})

test('a refusal of whoever took our invitation meanwhile ends the waiting alone', () => {
  const via = new Uint8Array(11)
  const known = waitingFor(makePerson(), via).take(closedOf(via), true)
  expect(known.refusal).toBeUndefined()
  expect(known.via).toBeUndefined()
})
