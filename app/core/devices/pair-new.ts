import { checkDeviceChain } from '#crypto/certificate.ts'
import { hash, logIdOf } from '#crypto/hash.ts'
import { pairingDigits } from '#crypto/safety-number.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { eightWords } from '#crypto/words.ts'
import { equalBytes } from '#schema/bytes.ts'
import { DeviceId, idBytes } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeGenesis } from '#schema/protocol/genesis.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type AccountRow, deviceKeys, type DeviceSeeds } from '../home/account-row.ts'
import type { AccountDeps } from '../home/create-account.ts'
import type { RelayLink } from '../ports.ts'
import type { PairingFailure, PairingOffer, PairingState, RecoverFailure } from '../session.ts'
import { MAX_DEVICE_NAME_LENGTH, shownName } from '../shown-name.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import type { RelayClient } from '../sync/sync.ts'
import { PAIRING_LIFE_MS, PairingMailbox, pairingFailure } from './pairing-mailbox.ts'
import {
  commitmentTo,
  decodeAnswer,
  encodeOffer,
  openPayload,
  type PairingPayload,
  pairingKeys,
  transcriptOf,
} from './pairing-message.ts'
import { fillHome, type JoinedAccount, joinSections } from './recover.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The new device's side of a pairing. */
export interface NewDevicePairing {
  readonly offer: PairingOffer
  readonly mailbox: PairingMailbox
  /** Waits for the old device; resolves with what it admitted us to. Frames are in the store then; row and header are not. */
  join(
    deps: AccountDeps,
    tell: (state: PairingState) => void,
  ): Promise<Result<JoinedAccount & { readonly isBehind: boolean }, PairingFailure>>
}

export interface PairingDeps extends Omit<AccountDeps, 'localKey'> {
  readonly relay: RelayLink
}

/** Makes this device's keys and posts its offer; fails when the relay can't be reached. */
export async function offerPairing(
  deps: PairingDeps,
  deviceName: string,
): Promise<Result<NewDevicePairing, PairingFailure>> {
  const secret = randomBytes(11)
  const seeds: DeviceSeeds = { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) }
  const { device, kem, holder } = deviceKeys(seeds)
  const client = makeRelayClient(deps.relay, holder, deps.clock)
  const mailbox = new PairingMailbox(client, deps.clock, pairingKeys(secret), 'new')
  const nonce = randomBytes(32)
  const offer = encodeOffer({
    device: DeviceId.of(device.publicKey),
    kemPublicKey: kem.publicKey,
    holderKey: holder.publicKey,
    name: deviceName,
    commitment: commitmentTo(nonce),
  })
  const posted = await mailbox.post('offer', offer)
  if (!posted.ok) return posted
  const words = eightWords(secret)
  return ok({
    offer: {
      qrText: words.join(' '),
      words,
      expiresAt: instant(deps.clock.now() + PAIRING_LIFE_MS),
    },
    mailbox,
    async join(accountDeps, tell) {
      const payload = await receivePayload(mailbox, seeds, offer, nonce, tell)
      if (!payload.ok) return payload
      tell({ kind: 'receiving' })
      return enterAccount(accountDeps, client, seeds, payload.value)
    },
  })
}

async function receivePayload(
  mailbox: PairingMailbox,
  seeds: DeviceSeeds,
  offer: Bytes,
  nonce: Bytes,
  tell: (state: PairingState) => void,
): Promise<Result<PairingPayload, PairingFailure>> {
  const answer = await mailbox.next('answer')
  if (!answer.ok) return answer
  const old = decodeAnswer(answer.value)
  if (!old.ok) return fail({ kind: 'bad-offer' })
  const revealed = await mailbox.post('reveal', nonce)
  if (!revealed.ok) return revealed
  const transcript = transcriptOf(offer, answer.value, nonce)
  tell({
    kind: 'compare',
    digits: pairingDigits(transcript),
    deviceName: shownName(old.value.name, MAX_DEVICE_NAME_LENGTH),
    role: 'new',
  })
  const sealed = await mailbox.next('payload')
  if (!sealed.ok) return sealed
  const { kem, device } = deviceKeys(seeds)
  const payload = openPayload(sealed.value, transcript, old.value.device, kem)
  if (!payload.ok || !isForUs(payload.value, DeviceId.of(device.publicKey))) return fail({ kind: 'bad-offer' })
  return payload
}

/** The chain certifies this device and ends at the principal to whom the home log's GENESIS is bound. */
function isForUs(payload: PairingPayload, device: DeviceId): boolean {
  const chain = checkDeviceChain(payload.chain)
  const genesis = decodeGenesis(payload.homeGenesis)
  if (!chain.ok || !genesis.ok) return false
  const { kind, ownerHash, salt } = genesis.value
  const isBound = kind === 'home' && equalBytes(ownerHash, hash(idBytes(payload.principal), salt))
  return isBound && chain.value.root === payload.principal && chain.value.device === device
}

async function enterAccount(
  deps: AccountDeps,
  client: RelayClient,
  seeds: DeviceSeeds,
  payload: PairingPayload,
): Promise<Result<JoinedAccount & { readonly isBehind: boolean }, PairingFailure>> {
  const { principal, chain, homeGenesis, homeKeys } = payload
  const row: AccountRow = { isSample: false, seeds, principal, chain, homeGenesis, homeKeys }
  const homeId = logIdOf(homeGenesis)
  const frames = await client.allFrames(homeId)
  if (!frames.ok) return fail(pairingFailure(frames.failure))
  const home = await fillHome(deps, row, client, frames.value)
  if (!home.ok) return fail(asPairing(home.failure))
  const heads = new Map(home.value.log.feeds().map(feed => [feed.writer, feed]))
  const isBehind = payload.vectors.some(known => (heads.get(known.writer)?.next ?? 0) < known.next)
  const joined = await joinSections(deps, row, home.value)
  return joined.ok ? ok({ ...joined.value, isBehind }) : fail(asPairing(joined.failure))
}

function asPairing(failure: RecoverFailure): PairingFailure {
  switch (failure.kind) {
    case 'unreachable':
    case 'relay-refused':
    case 'already-there':
    case 'not-stored':
      return failure
    case 'words':
    case 'not-found':
    case 'damaged':
      return { kind: 'relay-refused', reason: failure.kind }
  }
}
