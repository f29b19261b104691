import { type KemKey, kemKeyFromSeed } from '#crypto/keys.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import type { ByteStore, StoreWrite } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

const KEY = 'from-backup'

/**
 * Marks a device that was made from a backup, with the X-Wing seed of the device that made the file: home epochs that came after it were
 * sealed to that one, and the first that is sealed to this one may be long in coming.
 */
export function fromBackupWrite(accountKey: Bytes, makerKemSeed: Bytes): StoreWrite {
  return { table: 'sealed', key: KEY, value: sealSecret(accountKey, KEY, makerKemSeed) }
}

export async function isFromBackup(store: ByteStore): Promise<boolean> {
  return (await store.get('sealed', KEY)) !== undefined
}

/** Undefined on a device that was not made from a backup. */
export async function readMakerKem(store: ByteStore, accountKey: Bytes): Promise<KemKey | undefined> {
  const sealed = await store.get('sealed', KEY)
  const opened = sealed && openSecret(accountKey, KEY, sealed)
  return opened?.ok && opened.value.length === 32 ? kemKeyFromSeed(opened.value) : undefined
}
