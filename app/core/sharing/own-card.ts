import { deriveKey, hash } from '#crypto/hash.ts'
import { type SigningKey, sign, signingKeyFromSeed } from '#crypto/keys.ts'
import { equalBytes, utf8 } from '#schema/bytes.ts'
import type { DeviceId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { DROP_LABEL, encodeDropToken, encodeDropTokenBody } from '#schema/protocol/proof.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import type { Keyring } from '../home/keyring.ts'
import { shownName } from '../shown-name.ts'
import { MAX_CARD_NUMBER, signCard } from './contact-card.ts'
import type { PeopleBook } from './people-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The mailbox changes with the shareKem: whoever lost one must not read or empty the other. */
export function mailboxKey(shareKemSeed: Bytes): SigningKey {
  return signingKeyFromSeed(deriveKey(shareKemSeed, 'mailbox'))
}

/** Lets its holder drop into the mailbox of `readKey`; our clock may be wrong by years, so it has no end of its own. */
export function dropToken(readKey: SigningKey): Bytes {
  const body = { readKey: readKey.publicKey, notAfter: NEVER }
  return encodeDropToken({ ...body, signature: sign(readKey, DROP_LABEL, encodeDropTokenBody(body)) })
}

/** What our card is to say from now on, when it has to say something else than it does. */
export function dueCard(
  own: PeopleBook['own'],
  keyring: Keyring,
  name: string,
  here: { readonly relay: string; readonly hasMoved: boolean },
): PeopleBook['own'] | undefined {
  const shareKem = keyring.shareKem.publicKey
  const devices = markOfDevices(keyring)
  // The first one stays: devices of one person may reach one relay by different names. Of a move all know the same name.
  const relay = own.relay === '' || here.hasMoved ? here.relay : own.relay
  const isSame =
    own.name === name && own.relay === relay && equalBytes(own.devices, devices) && equalBytes(own.shareKem, shareKem)
  const number = Math.min(own.number + 1, MAX_CARD_NUMBER)
  return isSame ? undefined : { number, name, shareKem, devices, relay }
}

/** Signed by this device. */
export function makeOwnCard(account: Account, own: PeopleBook['own']): Bytes {
  const { keyring, row } = account
  const card = {
    idSign: keyring.principal,
    idKem: keyring.recoveryKemKey,
    shareKem: keyring.shareKem.publicKey,
    dropToken: dropToken(mailboxKey(keyring.shareKem.secretKey)),
    relay: own.relay,
    name: shownName(own.name),
    number: own.number,
    removed: removedIn(keyring),
    kept: keptIn(keyring),
    chain: row.chain,
  }
  return signCard(card, deviceKeys(row.seeds).device)
}

/** Whatever a card says of devices, as one hash. */
function markOfDevices(keyring: Keyring): Bytes {
  const [removed, kept] = [removedIn(keyring), keptIn(keyring)]
  return hash(utf8(`${removed.length} ${[...removed, ...kept].join(' ')}`))
}

/** Staying devices that a removed one vouched for, on the way to idSign. */
function keptIn({ devices }: Keyring): DeviceId[] {
  const removed = new Set(devices.flatMap(device => (device.removedAt === undefined ? [] : [device.deviceId])))
  return devices
    .filter(({ removedAt, chain }) => removedAt === undefined && chain.some(cert => removed.has(cert.device)))
    .map(device => device.deviceId)
    .toSorted()
}

function removedIn(keyring: Keyring): DeviceId[] {
  return keyring.devices
    .filter(device => device.removedAt !== undefined)
    .toSorted((a, b) => a.removedAt! - b.removedAt!)
    .map(device => device.deviceId)
}
