import { beforeAll, expect, test } from 'vitest'
import { contactIdOf, openCard, signCard } from '#app/core/sharing/contact-card.ts'
import { decodeGrant, encodeGrant, grantKeys } from '#app/core/sharing/grant.ts'
import { invitationKeys, openInvitationItem } from '#app/core/sharing/invitation.ts'
import { openLetter, sealLetter } from '#app/core/sharing/letter.ts'
import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import {
  encodeShareAnswer,
  encodeShareEnded,
  encodeShareKept,
  encodeShareOpened,
} from '#app/core/sharing/share-letters.ts'
import { makeDeviceCert } from '#crypto/certificate.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { safetyNumber } from '#crypto/safety-number.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, KeyId, PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import * as sharing from '../crypto/second-sharing.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './sharing.json' with { type: 'json' }

/** Section 7 of docs/protocol.md: the second implementation makes each vector again, and ours gives or opens the same bytes. */

const { bytesOf, hexOf } = second
const seeds = Object.fromEntries(Object.entries(vectors.input).map(([name, hex]) => [name, bytesOf(hex)])) as Record<
  keyof typeof vectors.input,
  Uint8Array<ArrayBuffer>
>
const SHARE = ShareId.of(seeds.shareId)

beforeAll(readyCrypto)

/** Both sides' inputs for a card. */
function cardInput() {
  const [kem, idKem, shareKem] = [seeds.kemSeed, seeds.idKemSeed, seeds.shareKemSeed].map(
    seed => kemKeyFromSeed(seed).publicKey,
  ) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]
  const token = dropToken(mailboxKey(seeds.shareKemSeed))
  const { idSignSeed, deviceSeed, otherDevice, keptDevice } = seeds
  const devices = { removed: [otherDevice], kept: [keptDevice] }
  return { idSignSeed, deviceSeed, kem, idKem, shareKem, dropToken: token, name: 'Zoë 王', number: 7, ...devices }
}

function chainOf({ kem }: ReturnType<typeof cardInput>) {
  const device = DeviceId.of(signingKeyFromSeed(seeds.deviceSeed).publicKey)
  const about = { device, kemPublicKey: kem, isAdmin: true, issuedAt: instant(3) }
  return [makeDeviceCert(about, signingKeyFromSeed(seeds.idSignSeed))]
}

const idSign = () => PrincipalId.of(signingKeyFromSeed(seeds.idSignSeed).publicKey)

test('invitation keys', () => {
  const again = sharing.invitationKeys(seeds.invitationSecret)
  const ours = invitationKeys(seeds.invitationSecret)
  expect(hexOf(again.toInviter)).toBe(vectors.invitation.toInviter)
  expect(hexOf(again.toGuest)).toBe(vectors.invitation.toGuest)
  expect(hexOf(again.channel)).toBe(vectors.invitation.channel)
  expect(hexOf(ours.toInviter.publicKey)).toBe(vectors.invitation.toInviter)
  expect(hexOf(ours.toGuest.publicKey)).toBe(vectors.invitation.toGuest)
  expect(hexOf(ours.channel)).toBe(vectors.invitation.channel)
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

test('contact card and contact id', () => {
  const input = cardInput()
  const again = sharing.contactCard(input)
  expect(hexOf(second.hash(again))).toBe(vectors.cardHash)
  const { idKem, shareKem, dropToken: token, name, number } = input
  const devices = { removed: [DeviceId.of(seeds.otherDevice)], kept: [DeviceId.of(seeds.keptDevice)] }
  const about = { idSign: idSign(), idKem, shareKem, dropToken: token, relay: '', name, number, ...devices }
  const ours = signCard({ ...about, chain: chainOf(input) }, signingKeyFromSeed(seeds.deviceSeed))
  expect(hexOf(ours)).toBe(hexOf(again))
  expect(openCard(new Uint8Array(again)).ok).toBe(true)
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

test('grant letter and grant keys', () => {
  const keyId = second.keyIdOf(seeds.epochSecret)
  const [genesis, capability] = [bytesOf(vectors.genesis), bytesOf(vectors.capability)]
  const { grantSeed: seed, epochSecret: secret, shareId } = seeds
  const about = { shareId, version: 2, until: 9, recordName: 'Zoë 王', seed, section: 'problems', genesis }
  expect(hexOf(sharing.grant({ ...about, keyId, secret, capability }))).toBe(vectors.grant)
  const epochs = [{ keyId: KeyId.of(keyId), secret }]
  const ours = {
    shareId: SHARE,
    version: 2,
    part: 0,
    parts: 1,
    role: 'write',
    until: instant(9),
    isPaused: false,
    recordName: 'Zoë 王',
    seed,
    logs: [{ section: 'problems', genesis, epochs, capability }],
  } as const
  expect(hexOf(encodeGrant(ours))).toBe(vectors.grant)
  expect(decodeGrant(bytesOf(vectors.grant))).toEqual(ok(ours))
  const again = sharing.grantKeys(seed)
  expect([again.voucher, again.holder].map(hexOf)).toEqual([vectors.grantKeys.voucher, vectors.grantKeys.holder])
  const { voucher, holder } = grantKeys(seed)
  expect([voucher.publicKey, holder.publicKey].map(hexOf)).toEqual([hexOf(again.voucher), hexOf(again.holder)])
})

test('what is said of a share', () => {
  const { shareId } = seeds
  const sections = ['problems', 'results'] as const
  const again = {
    ended: sharing.shareEnded(shareId, 4, true),
    answer: sharing.shareAnswer(shareId, 2),
    opened: sharing.shareOpened(shareId, 5, 6, sections),
    kept: sharing.shareKept(shareId, 7, sections, 3, 'for my mother'),
  }
  const ours = {
    ended: encodeShareEnded({ shareId: SHARE, version: 4, endedBy: 'expired' }),
    answer: encodeShareAnswer({ shareId: SHARE, answer: 'left' }),
    opened: encodeShareOpened({ shareId: SHARE, from: instant(5), to: instant(6), sections }),
    kept: encodeShareKept({ shareId: SHARE, at: instant(7), sections, reason: 'other', note: 'for my mother' }),
  }
  for (const name of ['ended', 'answer', 'opened', 'kept'] as const) {
    expect(hexOf(again[name])).toBe(vectors.letters[name])
    expect(hexOf(ours[name])).toBe(vectors.letters[name])
  }
})

test('a person’s mailbox, and the safety number of two', () => {
  expect(hexOf(sharing.mailboxKey(seeds.shareKemSeed))).toBe(vectors.mailbox)
  expect(hexOf(mailboxKey(seeds.shareKemSeed).publicKey)).toBe(vectors.mailbox)
  const [one, other] = [seeds.idSignSeed, seeds.readerSeed].map(seed => signingKeyFromSeed(seed).publicKey)
  expect(sharing.safetyDigits(one!, other!)).toBe(vectors.safetyDigits)
  expect(sharing.safetyDigits(other!, one!)).toBe(vectors.safetyDigits)
  expect(safetyNumber(one!, other!).digits).toBe(vectors.safetyDigits)
})
