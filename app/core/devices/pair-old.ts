import { isKemPublicKey } from '#crypto/keys.ts'
import { makeDeviceCert } from '#crypto/certificate.ts'
import { pairingDigits } from '#crypto/safety-number.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { secretOfEightWords, type WordsFailure } from '#crypto/words.ts'
import { equalBytes } from '#schema/bytes.ts'
import { DeviceId } from '#schema/ids.ts'
import { MAX_CERT_CHAIN } from '#schema/protocol/certificate.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type AccountRow, deviceKeys } from '../home/account-row.ts'
import type { KnownDevice } from '../home/keyring.ts'
import { registerDevice } from '../home/registration.ts'
import type { Clock } from '../ports.ts'
import type { PairingFailure } from '../session.ts'
import { MAX_DEVICE_NAME_LENGTH, shownName } from '../shown-name.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { enrolDevice, type EnrolDeps } from './enrol-device.ts'
import { PairingMailbox, pairingFailure } from './pairing-mailbox.ts'
import {
  commitmentTo,
  decodeOffer,
  encodeAnswer,
  MAX_VECTORS,
  type PairingOfferMessage,
  pairingKeys,
  sealPayload,
  transcriptOf,
} from './pairing-message.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The new device posts its offer before it shows the words: if it isn't there after these tries, the words are wrong. */
const OFFER_TRIES = 5

export interface OldPairingDeps extends EnrolDeps {
  readonly client: RelayClient
  readonly clock: Clock
  row(): AccountRow
  settle(): Promise<Result<void, RelayFailure>>
}

/** The old device's side of a pairing, once both know the digits. */
export interface OldDevicePairing {
  readonly digits: string
  readonly deviceName: string
  /** Both people saw the same digits: certifies the new device and sends it what it needs. */
  admit(): Promise<Result<void, PairingFailure>>
}

/** An offer that can be looked for. */
export interface ReadOffer {
  readonly mailbox: PairingMailbox
  meet(): Promise<Result<OldDevicePairing, PairingFailure>>
}

/** `offer` is the QR's text or the eight words. */
export function readOffer(deps: OldPairingDeps, offer: string): Result<ReadOffer, WordsFailure> {
  const secret = secretOfEightWords(offer)
  if (!secret.ok) return secret
  const mailbox = new PairingMailbox(deps.client, deps.clock, pairingKeys(secret.value), 'old')
  return ok({ mailbox, meet: () => meet(deps, mailbox) })
}

async function meet(deps: OldPairingDeps, mailbox: PairingMailbox): Promise<Result<OldDevicePairing, PairingFailure>> {
  const offer = await mailbox.next('offer', OFFER_TRIES)
  if (!offer.ok) return offer
  const theirs = decodeOffer(offer.value)
  if (!theirs.ok || !isKemPublicKey(theirs.value.kemPublicKey)) return fail({ kind: 'bad-offer' })
  const row = deps.row()
  const { device } = deviceKeys(row.seeds)
  const me = DeviceId.of(device.publicKey)
  const keyring = await deps.home.keyring()
  const name = keyring?.devices.find(one => one.deviceId === me)?.name ?? ''
  const answer = encodeAnswer({ device: me, name, nonce: randomBytes(32) })
  const posted = await mailbox.post('answer', answer)
  if (!posted.ok) return posted
  const nonce = await mailbox.next('reveal')
  if (!nonce.ok) return nonce
  if (!equalBytes(commitmentTo(nonce.value), theirs.value.commitment)) return fail({ kind: 'digits-differ' })
  const transcript = transcriptOf(offer.value, answer, nonce.value)
  return ok({
    digits: pairingDigits(transcript),
    deviceName: shownName(theirs.value.name, MAX_DEVICE_NAME_LENGTH),
    admit: () => admit(deps, mailbox, theirs.value, transcript),
  })
}

async function admit(
  deps: OldPairingDeps,
  mailbox: PairingMailbox,
  theirs: PairingOfferMessage,
  transcript: Bytes,
): Promise<Result<void, PairingFailure>> {
  const keys = deviceKeys(deps.row().seeds)
  if (deps.row().chain.length >= MAX_CERT_CHAIN) return fail({ kind: 'relay-refused', reason: 'chain-too-long' })
  const addedAt = deps.clock.now()
  const cert = makeDeviceCert(
    { device: theirs.device, kemPublicKey: theirs.kemPublicKey, isAdmin: true, issuedAt: addedAt },
    keys.device,
  )
  const { device: deviceId, kemPublicKey, holderKey } = theirs
  const device: KnownDevice = {
    deviceId,
    name: shownName(theirs.name, MAX_DEVICE_NAME_LENGTH),
    chain: [cert, ...deps.row().chain],
    kemPublicKey,
    holderKey,
    addedAt,
  }
  const stored = await enrolDevice(deps, device)
  if (!stored.ok) return fail({ kind: 'not-stored', why: stored.failure })
  const settled = await deps.settle()
  if (!settled.ok) return fail(pairingFailure(settled.failure))
  const keyring = await deps.home.keyring()
  const homeKeys = keyring?.logs.find(log => log.section === 'home')
  if (keyring === undefined || homeKeys === undefined)
    throw new Error('Cannot admit a device: the keyring does not name the home log')
  const registered = await registerDevice(deps.client, homeKeys, device.holderKey, keyring)
  if (!registered.ok) return fail(pairingFailure(registered.failure))
  const row = deps.row()
  const payload = {
    principal: row.principal,
    chain: device.chain,
    homeGenesis: row.homeGenesis,
    homeKeys: row.homeKeys,
    vectors: deps.home.log.feeds().slice(0, MAX_VECTORS),
  }
  return mailbox.post('payload', sealPayload(payload, transcript, keys.device, device.kemPublicKey))
}
