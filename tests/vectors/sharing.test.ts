import { beforeAll, expect, test } from 'vitest'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { invitationKeys, openInvitationItem } from '#app/core/sharing/invitation.ts'
import { openLetter, sealLetter } from '#app/core/sharing/letter.ts'
import { mailboxKey } from '#app/core/sharing/own-card.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { safetyNumber } from '#crypto/safety-number.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { PrincipalId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import * as sharing from '../crypto/second-sharing.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './sharing.json' with { type: 'json' }
import { cardInput, chainOf, idSign, seeds } from './sharing-input.ts'

/** Section 7 of docs/protocol.md: the second implementation makes each vector again, and ours gives or opens the same bytes. */

const { bytesOf, hexOf } = second

beforeAll(readyCrypto)

test('invitation keys', () => {
  const again = sharing.invitationKeys(seeds.invitationSecret)
  const ours = invitationKeys(seeds.invitationSecret)
  expect(hexOf(again.toInviter)).toBe(vectors.invitation.toInviter)
  expect(hexOf(again.toGuest)).toBe(vectors.invitation.toGuest)
  expect(hexOf(again.channel)).toBe(vectors.invitation.channel)
  expect(hexOf(ours.toInviter.publicKey)).toBe(vectors.invitation.toInviter)
  expect(hexOf(ours.toGuest.publicKey)).toBe(vectors.invitation.toGuest)
  expect(hexOf(ours.channel)).toBe(vectors.invitation.channel)
  expect([again.mark, ours.mark].map(hexOf)).toEqual([vectors.invitation.mark, vectors.invitation.mark])
})

test('items in an invitation’s mailboxes', () => {
  const channel = bytesOf(vectors.invitation.channel)
  const card = second.textBytes('a card')
  const item = sharing.cardItem(channel, seeds.nonce, 5, card)
  const closed = sharing.closedItem(channel, seeds.nonce, 1)
  expect([item, closed].map(hexOf)).toEqual([vectors.invitation.cardItem, vectors.invitation.closedItem])
  expect(openInvitationItem(channel, bytesOf(vectors.invitation.cardItem))).toEqual({ kind: 'card', card, endsAt: 5 })
  expect(openInvitationItem(channel, bytesOf(vectors.invitation.closedItem))).toEqual({
    kind: 'closed',
    reason: 'withdrawn',
  })
})

test('contact id', () => {
  expect(hexOf(sharing.contactId(signingKeyFromSeed(seeds.idSignSeed).publicKey))).toBe(vectors.contactId)
  expect(contactIdOf(idSign())).toBe(vectors.contactId)
})

test('letter', () => {
  const input = cardInput()
  const to = signingKeyFromSeed(seeds.readerSeed).publicKey
  const body = second.textBytes('a body')
  const plain = sharing.letterPlain(input, to, 3, body)
  const fixed = { kemSeed: bytesOf(vectors.letter.kemSeed), nonce: seeds.nonce }
  const sealed = second.sealTo(input.shareKem, 'wk/1/letter', plain, fixed)
  expect(hexOf(second.hash(sealed))).toBe(vectors.letter.hash)
  const letter = { to: PrincipalId.of(to), from: idSign(), chain: chainOf(input), kind: 'share-ended', body } as const
  const kem = kemKeyFromSeed(seeds.shareKemSeed)
  expect(openLetter(sealed, letter.to, [kem])).toEqual(ok(letter))
  const ours = sealLetter(letter, signingKeyFromSeed(seeds.deviceSeed), input.shareKem)
  expect(hexOf(second.openFrom(seeds.shareKemSeed, 'wk/1/letter', ours))).toBe(hexOf(plain))
})

test('grant keys', () => {
  const again = sharing.grantKeys(seeds.grantSeed)
  expect([again.voucher, again.holder].map(hexOf)).toEqual([vectors.grantKeys.voucher, vectors.grantKeys.holder])
  const { voucher, holder } = grantKeys(seeds.grantSeed)
  expect([voucher.publicKey, holder.publicKey].map(hexOf)).toEqual([hexOf(again.voucher), hexOf(again.holder)])
})

test('a person’s mailbox, and the safety number of two', () => {
  expect(hexOf(sharing.mailboxKey(seeds.shareKemSeed))).toBe(vectors.mailbox)
  expect(hexOf(mailboxKey(seeds.shareKemSeed).publicKey)).toBe(vectors.mailbox)
  const [one, other] = [seeds.idSignSeed, seeds.readerSeed].map(seed => signingKeyFromSeed(seed).publicKey)
  expect(sharing.safetyDigits(one!, other!)).toBe(vectors.safetyDigits)
  expect(sharing.safetyDigits(other!, one!)).toBe(vectors.safetyDigits)
  expect(safetyNumber(one!, other!).digits).toBe(vectors.safetyDigits)
})
