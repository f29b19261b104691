import { makeGenesis } from '#app/core/log/create-log.ts'
import type { DeviceIdentity, EpochKey } from '#app/core/log/sealed-log.ts'
import { makeDeviceCert } from '#crypto/certificate.ts'
import { makeEpochSecret } from '#crypto/epoch.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { makeKemKey, makeSigningKey, rootKeys, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { DeviceId, type LogId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** One person's keys, one log of theirs, and what their keyring says of it; the keyring itself is not simulated here. */
export class Family {
  readonly idSign: SigningKey
  readonly genesis: Bytes
  readonly logId: LogId
  /** Oldest first. */
  readonly epochs: EpochKey[] = [makeEpoch()]
  /** Oldest first; the number is the index. */
  readonly owners: SigningKey[] = [makeSigningKey()]
  /** By number, which of them the relay took. */
  readonly taken = new Map([[0, this.owners[0]!]])
  /** Capabilities of those who were removed. */
  readonly ended = new Set<string>()
  readonly holders = new Map<DeviceId, SigningKey>()

  constructor() {
    this.idSign = rootKeys(randomBytes(32)).idSign
    const { bytes, logId } = makeGenesis('section', this.owners[0]!, randomBytes(16), this.idSign.publicKey)
    this.genesis = bytes
    this.logId = logId
  }

  newDevice(): DeviceIdentity {
    const identity = identityUnder(this.idSign)
    this.holders.set(DeviceId.of(identity.device.publicKey), makeSigningKey())
    return identity
  }

  /** Somebody else, who came by the keys. */
  stranger(): DeviceIdentity {
    return identityUnder(rootKeys(randomBytes(32)).idSign)
  }

  newEpoch(): EpochKey {
    const key = makeEpoch()
    this.epochs.push(key)
    return key
  }
}

function makeEpoch(): EpochKey {
  const secret = makeEpochSecret()
  return { keyId: keyIdOf(secret), secret }
}

function identityUnder(idSign: SigningKey): DeviceIdentity {
  const device = makeSigningKey()
  const kem = makeKemKey()
  const id = DeviceId.of(device.publicKey)
  const about = { device: id, kemPublicKey: kem.publicKey, isAdmin: true, issuedAt: instant(1_700_000_000_000) }
  return { principal: PrincipalId.of(idSign.publicKey), device, kem, chain: [makeDeviceCert(about, idSign)] }
}
