import * as Automerge from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import {
  closeInvitation,
  type PeopleDocument,
  putAnswers,
  putCompared,
  putContact,
  putContactRemoved,
  putInvitation,
  readPeople,
} from '#app/core/sharing/people-document.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { InvitationId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

function met(person: ReturnType<typeof makePerson>) {
  return { card: person.card(), bytes: person.cardBytes(), at: instant(7) }
}

test('an empty document has nobody in it; what two devices add at once unites', () => {
  expect(readPeople({})).toMatchObject({ own: { number: 0 }, contacts: [], invitations: [] })
  const [ana, bea] = [makePerson(), makePerson()]
  const base = Automerge.init<PeopleDocument>()
  const phone = Automerge.change(Automerge.clone(base), doc => putContact(doc, contactIdOf(ana.principal), met(ana)))
  const tablet = Automerge.change(Automerge.clone(base), doc => {
    putContact(doc, contactIdOf(bea.principal), met(bea))
    const id = InvitationId.of(randomBytes(8))
    putInvitation(doc, { id, secret: randomBytes(11), createdAt: instant(1) })
  })
  const book = readPeople(Automerge.merge(phone, tablet))
  expect(book.contacts.map(one => one.card.idSign).toSorted()).toEqual([ana.principal, bea.principal].toSorted())
  expect(book.invitations).toHaveLength(1)
})

test('the first closing of an invitation counts; a removed contact stays removed until met anew', () => {
  const ana = makePerson()
  const [contact, id] = [contactIdOf(ana.principal), InvitationId.of(randomBytes(8))]
  let doc = Automerge.change(Automerge.init<PeopleDocument>(), draft => {
    putInvitation(draft, { id, secret: randomBytes(11), createdAt: instant(1) })
    closeInvitation(draft, id, 'used', ana.principal)
    closeInvitation(draft, id, 'withdrawn')
    putContact(draft, contact, met(ana))
    putCompared(draft, contact, { key: ana.principal, at: instant(9) })
  })
  expect(readPeople(doc).invitations).toMatchObject([{ closed: 'used', usedBy: ana.principal }])
  expect(readPeople(doc).contacts).toMatchObject([{ compared: { key: ana.principal, at: 9 } }])
  doc = Automerge.change(doc, draft => putContactRemoved(draft, contact, instant(10)))
  expect(readPeople(doc).contacts).toEqual([])
  doc = Automerge.change(doc, draft => putContact(draft, contact, met(ana)))
  expect(readPeople(doc).contacts[0]?.compared).toBeUndefined()
})

test('marks of answers that two devices dealt with at once unite', () => {
  const id = InvitationId.of(randomBytes(8))
  const base = Automerge.change(Automerge.init<PeopleDocument>(), doc =>
    putInvitation(doc, { id, secret: randomBytes(11), createdAt: instant(1) }),
  )
  const [phone, tablet] = ['a', 'b'].map(mark =>
    Automerge.change(Automerge.clone(base), doc => putAnswers(doc, id, [mark])),
  ) as [Automerge.Doc<PeopleDocument>, Automerge.Doc<PeopleDocument>]
  expect(readPeople(Automerge.merge(phone, tablet)).invitations[0]?.answers).toEqual(new Set(['a', 'b']))
})
