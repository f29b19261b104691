import * as A from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import {
  decodeGuardianAnswer,
  decodeGuardianEnded,
  decodeGuardianOffer,
  encodeGuardianAnswer,
  encodeGuardianEnded,
  encodeGuardianOffer,
  type GuardianOffer,
} from '#app/core/kept/guardian-letter.ts'
import { type HandOverDocument, putPlan } from '#app/core/kept/hand-over-document.ts'
import { putKept } from '#app/core/kept/kept-changes.ts'
import type { KeptDocument } from '#app/core/kept/kept-document.ts'
import { openCard, signCard } from '#app/core/sharing/contact-card.ts'
import { encodeEnded } from '#app/core/sharing/ended-capabilities.ts'
import { putCapability, putShare, renewShare } from '#app/core/sharing/given-changes.ts'
import type { GivenDocument } from '#app/core/sharing/given-document.ts'
import { decodeGrant, encodeGrant, grantKeys } from '#app/core/sharing/grant.ts'
import { invitationKeys } from '#app/core/sharing/invitation.ts'
import { decodeClosed, encodeClosed, LETTER_KINDS, type LetterKind } from '#app/core/sharing/letter.ts'
import { type LooksDocument, putKept as putKeptCopy, putLook } from '#app/core/sharing/looks-document.ts'
import { dropToken } from '#app/core/sharing/own-card.ts'
import { markOfKem } from '#app/core/sharing/renewal.ts'
import {
  decodeShareAnswer,
  decodeShareEnded,
  decodeShareKept,
  decodeShareOpened,
  encodeShareAnswer,
  encodeShareEnded,
  encodeShareKept,
  encodeShareOpened,
} from '#app/core/sharing/share-letters.ts'
import { decodeLateFrames, encodeLateFrames } from '#app/core/sharing/unsent-frames.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, ContactId, DeviceId, KeyId, LogId, PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeCapability, NEVER } from '#schema/protocol/capability.ts'
import { encodeAccess, encodeCapabilities, encodeDropItems } from '#schema/protocol/http.ts'
import { ok } from '#schema/result.ts'
import * as records from '../crypto/second-records.ts'
import * as sharing from '../crypto/second-sharing.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './sharing.json' with { type: 'json' }
import { cardInput, chainOf, idSign, seeds } from './sharing-input.ts'

type Bytes = Uint8Array

/** Section 7 of docs/protocol.md: every letter, and every layout in a document or at the relay that sharing added, made twice. */

const { bytesOf, hexOf } = second
const SHARE = ShareId.of(seeds.shareId)
const LOG = LogId.of(seeds.logId)
const NAME = 'Zoë 王'
const SECTIONS = ['problems', 'results'] as const

beforeAll(readyCrypto)

/** One thing as the second implementation makes it, as ours does, and whether ours reads it back. */
interface Made {
  readonly again: Bytes
  readonly ours: Bytes
  readonly isRead: boolean
}

/** Of what is long the vector has the hash alone. */
const noted = (bytes: Bytes) => hexOf(bytes.length > 1000 ? second.hash(bytes) : bytes)

function made(again: Bytes, ours: Bytes, reads: (bytes: Uint8Array<ArrayBuffer>) => unknown, value?: unknown): Made {
  const read = reads(new Uint8Array(again))
  return { again, ours, isRead: value === undefined ? read === true : isSame(read, value) }
}

function isSame(read: unknown, value: unknown): boolean {
  expect(read).toEqual(value)
  return true
}

const keyId = () => second.keyIdOf(seeds.epochSecret)
const device = () => signingKeyFromSeed(seeds.deviceSeed)
const deviceId = () => DeviceId.of(device().publicKey)
const epochs = () => [{ keyId: KeyId.of(keyId()), secret: seeds.epochSecret }]
const deviceSeeds = { device: seeds.deviceSeed, kem: seeds.kemSeed, holder: seeds.holderSeed }

const TERM = { name: NAME, role: 1, until: 11, sections: SECTIONS, guardian: seeds.guardianKey }
const ourTerm = () => ({
  guardian: PrincipalId.of(seeds.guardianKey),
  name: NAME,
  role: 'write' as const,
  until: instant(11),
  sections: SECTIONS,
})

function card(): Made {
  const input = cardInput()
  const { idKem, shareKem, dropToken: token, name, number } = input
  const devices = { removed: [DeviceId.of(seeds.otherDevice)], kept: [DeviceId.of(seeds.keptDevice)] }
  const about = { idSign: idSign(), idKem, shareKem, dropToken: token, relay: '', name, number, ...devices }
  const ours = signCard({ ...about, chain: chainOf(input) }, device())
  return made(sharing.contactCard(input), ours, bytes => openCard(bytes).ok)
}

function grant(): Made {
  const [genesis, capability] = [bytesOf(vectors.genesis), bytesOf(vectors.capability)]
  const { grantSeed: seed, epochSecret: secret, shareId } = seeds
  const about = { shareId, version: 2, until: 9, recordName: NAME, seed, section: 'problems', genesis }
  const ours = {
    shareId: SHARE,
    version: 2,
    part: 0,
    parts: 1,
    role: 'write',
    until: instant(9),
    isPaused: false,
    recordName: NAME,
    seed,
    logs: [{ section: 'problems', genesis, epochs: epochs(), capability }],
  } as const
  return made(sharing.grant({ ...about, keyId: keyId(), secret, capability }), encodeGrant(ours), decodeGrant, ok(ours))
}

function guardian(): Made {
  const { idSignSeed, epochSecret: secret } = seeds
  const genesis = records.genesis(seeds)
  const about = { until: 9, name: NAME, birthDate: '2010-04-05' }
  const ours: GuardianOffer = {
    seeds: deviceSeeds,
    principal: idSign(),
    chain: chainOf({ kem: kemKeyFromSeed(seeds.kemSeed).publicKey }),
    homeGenesis: new Uint8Array(genesis),
    homeKeys: epochs(),
    purpose: 'hand-over',
    ...about,
    until: instant(9),
    terms: [ourTerm()],
  }
  const again = sharing.guardian({ ...seeds, idSignSeed, genesis, keyId: keyId(), secret, ...about, term: TERM })
  return made(again, encodeGuardianOffer(ours), decodeGuardianOffer, ok(ours))
}

function answers() {
  const { shareId, deviceSeed, logId, lateFrame, otherLateFrame } = seeds
  const { invitationSecret } = seeds
  const closed = { reason: 'withdrawn', mark: invitationKeys(invitationSecret).mark } as const
  const ended = { shareId: SHARE, version: 4, endedBy: 'expired' } as const
  const answer = { shareId: SHARE, answer: 'left', offeredBy: deviceId() } as const
  const opened = { shareId: SHARE, from: instant(5), to: instant(6), sections: SECTIONS }
  const about = { shareId: SHARE, at: instant(7), sections: SECTIONS, reason: 'other', note: 'for my mother' } as const
  const kept = { ...about, what: 'copy' } as const
  const printed = { ...about, what: 'print' } as const
  const guardianAnswer = { device: deviceId(), answer: 'declined' } as const
  const late = { shareId: SHARE, logId: LOG, frames: [lateFrame, otherLateFrame] }
  const keptAgain = sharing.shareKept(shareId, 7, SECTIONS, 3, 'for my mother')
  const printedAgain = sharing.shareKept(shareId, 7, SECTIONS, 3, 'for my mother', 1)
  return {
    'invitation-closed': made(
      sharing.invitationClosed(1, invitationSecret),
      encodeClosed(closed),
      decodeClosed,
      closed,
    ),
    'share-ended': made(sharing.shareEnded(shareId, 4, true), encodeShareEnded(ended), decodeShareEnded, ended),
    'share-answer': made(
      sharing.shareAnswer(shareId, 2, deviceSeed),
      encodeShareAnswer(answer),
      decodeShareAnswer,
      answer,
    ),
    'share-opened': made(
      sharing.shareOpened(shareId, 5, 6, SECTIONS),
      encodeShareOpened(opened),
      decodeShareOpened,
      opened,
    ),
    'share-kept': made(keptAgain, encodeShareKept(kept), decodeShareKept, kept),
    'share-kept, printed': made(printedAgain, encodeShareKept(printed), decodeShareKept, printed),
    'guardian-answer': made(
      sharing.guardianAnswer(deviceSeed, 1),
      encodeGuardianAnswer(guardianAnswer),
      decodeGuardianAnswer,
      guardianAnswer,
    ),
    'late-frames': made(
      sharing.lateFrames(shareId, logId, late.frames),
      encodeLateFrames(late),
      decodeLateFrames,
      late,
    ),
    'guardian-ended': made(
      sharing.guardianEnded(deviceSeed),
      encodeGuardianEnded(deviceId()),
      decodeGuardianEnded,
      deviceId(),
    ),
  }
}

const lettersMade = (): Record<LetterKind, Made> => ({
  card: card(),
  grant: grant(),
  guardian: guardian(),
  ...answers(),
})

test('a share-answer whose writer has not noted who offered the share names nobody', () => {
  const answer = { shareId: SHARE, answer: 'accepted' } as const
  expect(hexOf(encodeShareAnswer(answer))).toBe(hexOf(sharing.shareAnswer(seeds.shareId, 0)))
  expect(decodeShareAnswer(encodeShareAnswer(answer))).toEqual(answer)
})

test('there is a vector of every kind of letter', () => {
  // After a comma: another form of that kind.
  expect(Object.keys(vectors.letters).filter(name => !name.includes(','))).toEqual(LETTER_KINDS)
})

test.each(LETTER_KINDS)('the body of a letter: %s', kind => {
  const { again, ours, isRead } = lettersMade()[kind]
  expect(noted(again)).toBe(vectors.letters[kind])
  expect(hexOf(ours)).toBe(hexOf(again))
  expect(isRead).toBe(true)
})

/** What putting something into a document writes under a name. */
function bytesIn<Doc>(edit: (doc: Doc) => void, find: (doc: Doc) => Bytes | undefined): Bytes {
  return find(A.change(A.init<Doc>(), edit)) ?? new Uint8Array(0)
}

function shareOf(edit: (doc: GivenDocument) => void, find: (share: GivenDocument[string]) => Bytes | undefined): Bytes {
  const { principal, holder } = grantKeys(seeds.grantSeed)
  const share = {
    id: SHARE,
    contact: ContactId.of(seeds.logId),
    role: 'read',
    until: NEVER,
    withHistory: true,
    createdAt: instant(1),
    principal,
    holderKey: holder.publicKey,
    kemMark: new Uint8Array(32),
    by: deviceId(),
    sections: ['problems'],
    since: new Map(),
  } as const
  const putBoth = (doc: GivenDocument) => {
    putShare(doc, share)
    edit(doc)
  }
  return bytesIn(putBoth, doc => find(doc[SHARE]!))
}

function guardianDevice(): Bytes {
  const record = {
    id: LOG,
    name: NAME,
    birthDate: '',
    relation: 'child',
    purpose: 'guardian',
    addedAt: instant(1),
    principal: idSign(),
    homeGenesis: new Uint8Array(82),
    homeKeys: [],
    device: {
      deviceId: deviceId(),
      seeds: deviceSeeds,
      chain: chainOf({ kem: kemKeyFromSeed(seeds.kemSeed).publicKey }),
      madeAt: instant(12),
      after: ['one', 'two'],
      isEnrolled: true,
    },
  } as const
  return bytesIn<KeptDocument>(
    doc => putKept(doc, record),
    doc => doc[LOG]!.devices[deviceId()],
  )
}

const planOf = () => ({ at: instant(1), person: idSign(), name: NAME, terms: [ourTerm()] })

function receipts(doc: LooksDocument): void {
  putLook(doc, deviceId(), { shareId: SHARE, from: instant(5), to: instant(6), sections: SECTIONS })
  const note = 'for my mother'
  putKeptCopy(doc, deviceId(), {
    shareId: SHARE,
    at: instant(7),
    what: 'copy',
    sections: SECTIONS,
    reason: 'other',
    note,
  })
}

const documentsMade = (): Record<keyof typeof vectors.documents, readonly [again: Bytes, ours: Bytes]> => {
  const { logId, shareId, capabilityId, grantSeed, shareKemSeed } = seeds
  const { principal, holder } = grantKeys(grantSeed)
  const id = CapabilityId.of(capabilityId)
  const capability = { logId: LOG, id, notAfter: instant(8), principal }
  const kemMark = markOfKem(kemKeyFromSeed(shareKemSeed).publicKey)
  const renewed = { principal, holderKey: holder.publicKey, kemMark }
  const look = sharing.shareOpened(shareId, 5, 6, SECTIONS)
  const kept = sharing.shareKept(shareId, 7, SECTIONS, 3, 'for my mother')
  return {
    'guardian device': [sharing.guardianDevice(seeds, 12, ['one', 'two']), guardianDevice()],
    terms: [
      sharing.terms([TERM]),
      bytesIn<HandOverDocument>(
        doc => putPlan(doc, planOf()),
        doc => doc['plan']?.terms,
      ),
    ],
    'capability of a share': [
      sharing.givenCapability(logId, 8, sharing.grantKeys(grantSeed).voucher),
      shareOf(
        doc => putCapability(doc, SHARE, capability),
        share => share.capabilities[id],
      ),
    ],
    'capability that was ended': [
      sharing.endedCapability(logId, 8, sharing.grantKeys(grantSeed).voucher),
      encodeEnded({ ...capability, endedAt: instant(8) }),
    ],
    'renewed grant': [
      sharing.renewedGrant(grantSeed, second.kemPublicKeyOf(shareKemSeed), 13),
      shareOf(
        doc => renewShare(doc, SHARE, { ...renewed, maker: deviceId() }, instant(13)),
        share => share.renewed,
      ),
    ],
    'receipts of a day': [
      sharing.receipts([look], [kept]),
      bytesIn<LooksDocument>(receipts, doc => doc[`1970-01-01/${deviceId()}`]),
    ],
  }
}

test.each(Object.keys(vectors.documents) as (keyof typeof vectors.documents)[])('in a document: %s', name => {
  const [again, ours] = documentsMade()[name]
  expect(hexOf(again)).toBe(vectors.documents[name])
  expect(hexOf(ours)).toBe(hexOf(again))
})

const relayMade = (): Record<keyof typeof vectors.relay, readonly [again: Bytes, ours: Bytes]> => {
  const { readerSeed, capabilityId, lateFrame: item } = seeds
  const capability = decodeCapability(bytesOf(vectors.capability))
  if (!capability.ok) throw new Error(capability.failure)
  const line = { minute: instant(60_000), capabilityId: CapabilityId.of(capabilityId), right: 1, count: 2, bytes: 300 }
  return {
    'drop token': [sharing.dropToken(readerSeed, NEVER), dropToken(signingKeyFromSeed(readerSeed))],
    'drop items': [sharing.dropItem(4, 5, item), encodeDropItems([{ itemId: 4, droppedAt: instant(5), bytes: item }])],
    'access log': [sharing.access(60_000, capabilityId, 2, 300), encodeAccess([line])],
    capabilities: [sharing.capabilities([bytesOf(vectors.capability)]), encodeCapabilities([capability.value])],
  }
}

test.each(Object.keys(vectors.relay) as (keyof typeof vectors.relay)[])('at the relay: %s', name => {
  const [again, ours] = relayMade()[name]
  expect(hexOf(again)).toBe(vectors.relay[name])
  expect(hexOf(ours)).toBe(hexOf(again))
})
