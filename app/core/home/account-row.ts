import { type KemKey, kemKeyFromSeed, type SigningKey, signingKeyFromSeed } from '#crypto/keys.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { idBytes, KeyId, PrincipalId } from '#schema/ids.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { DeviceIdentity, EpochKey } from '../log/sealed-log.ts'
import type { StoreWrite } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What this device alone knows, and what it needs to open the home log. Everything else is in the keyring. */
export interface AccountRow {
  readonly isSample: boolean
  readonly seeds: DeviceSeeds
  readonly principal: PrincipalId
  readonly chain: readonly DeviceCert[]
  readonly homeGenesis: Bytes
  readonly homeKeys: readonly EpochKey[]
}

/** The 32-byte seeds of a device's keys: Ed25519, X-Wing, and the Ed25519 key it proves to the relay. */
export interface DeviceSeeds {
  readonly device: Bytes
  readonly kem: Bytes
  readonly holder: Bytes
}

export const ACCOUNT_ROW_KEY = 'account'
const CONTEXT = 'account row'
const VERSION = 1

export function accountWrite(accountKey: Bytes, row: AccountRow): StoreWrite {
  return { table: 'sealed', key: ACCOUNT_ROW_KEY, value: sealSecret(accountKey, CONTEXT, encodeAccountRow(row)) }
}

/** `damaged` when it is missing, does not open, or does not decode. */
export function openAccountRow(accountKey: Bytes, sealed: Bytes | undefined): Result<AccountRow, 'damaged'> {
  const opened = sealed === undefined ? fail('damaged') : openSecret(accountKey, CONTEXT, sealed)
  return opened.ok ? decodeAccountRow(opened.value) : fail('damaged')
}

export function deviceKeys(seeds: DeviceSeeds): { device: SigningKey; kem: KemKey; holder: SigningKey } {
  return {
    device: signingKeyFromSeed(seeds.device),
    kem: kemKeyFromSeed(seeds.kem),
    holder: signingKeyFromSeed(seeds.holder),
  }
}

export function identityOf(row: Pick<AccountRow, 'seeds' | 'principal' | 'chain'>): DeviceIdentity {
  const { device, kem } = deviceKeys(row.seeds)
  return { principal: row.principal, device, kem, chain: row.chain }
}

/** In the clear: for what is sealed otherwise. */
export function encodeAccountRow(row: AccountRow): Bytes {
  return new ByteWriter()
    .u8(VERSION)
    .bool(row.isSample)
    .bytes(row.seeds.device)
    .bytes(row.seeds.kem)
    .bytes(row.seeds.holder)
    .bytes(idBytes(row.principal))
    .list(row.chain, writeDeviceCert)
    .bytes(row.homeGenesis)
    .list(row.homeKeys, (writer, key) => writer.bytes(idBytes(key.keyId)).bytes(key.secret))
    .done()
}

export function decodeAccountRow(bytes: Uint8Array): Result<AccountRow, 'damaged'> {
  const decoded = decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      isSample: reader.bool(),
      seeds: { device: reader.bytes(32), kem: reader.bytes(32), holder: reader.bytes(32) },
      principal: PrincipalId.read(reader),
      chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
      homeGenesis: reader.bytes(GENESIS_BYTES),
      homeKeys: reader.list(0xffff, r => ({ keyId: KeyId.read(r), secret: r.bytes(32) })),
    }
  })
  return decoded.ok ? ok(decoded.value) : fail('damaged')
}
