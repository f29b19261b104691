import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ByteStore, StoreWrite } from '../ports.ts'
import { decodeVaultHeader, encodeVaultHeader, HEADER_KEY, type VaultHeader } from './vault-header.ts'

type Bytes = Uint8Array<ArrayBuffer>

const KIT_KEY = 'kit'
const KIT_CONTEXT = 'recovery secret'

export type StoredHeader =
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'there'; readonly header: VaultHeader }

/** The header is written last when a vault is made, so that without one nothing counts. */
export async function readHeader(store: ByteStore): Promise<StoredHeader> {
  const bytes = await store.get('vault', HEADER_KEY)
  if (bytes === undefined) return { kind: 'empty' }
  const header = decodeVaultHeader(bytes)
  return header.ok ? { kind: 'there', header: header.value } : { kind: 'damaged' }
}

export function headerWrite(header: VaultHeader): StoreWrite {
  return { table: 'vault', key: HEADER_KEY, value: encodeVaultHeader(header) }
}

/** Keeps R on this device until the kit is confirmed. */
export function kitWrite(kitKey: Bytes, rootSecret: Bytes): StoreWrite {
  return { table: 'sealed', key: KIT_KEY, value: sealSecret(kitKey, KIT_CONTEXT, rootSecret) }
}

export const KIT_REMOVAL: StoreWrite = { table: 'sealed', key: KIT_KEY, remove: true }

/** `no-kit` once it was confirmed, and on devices that did not create the record. */
export async function readKit(store: ByteStore, kitKey: Bytes): Promise<Result<Bytes, 'no-kit'>> {
  const sealed = await store.get('sealed', KIT_KEY)
  const opened = sealed && openSecret(kitKey, KIT_CONTEXT, sealed)
  return opened?.ok && opened.value.length === 32 ? ok(opened.value) : fail('no-kit')
}
