import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ByteStore, StoreWrite } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

const KEY = 'backup-secret'
const CONTEXT = 'backup secret'

/**
 * Keeps what backups are sealed with: it follows from R, which does not stay here (decision 0020). On this device alone; no other one
 * gets it but from the words, or from the code.
 */
export function backupSecretWrite(kitKey: Bytes, secret: Bytes): StoreWrite {
  return { table: 'sealed', key: KEY, value: sealSecret(kitKey, CONTEXT, secret) }
}

/** `no-code` on a device that never had the words. */
export async function readBackupSecret(store: ByteStore, kitKey: Bytes): Promise<Result<Bytes, 'no-code'>> {
  const sealed = await store.get('sealed', KEY)
  const opened = sealed && openSecret(kitKey, CONTEXT, sealed)
  return opened?.ok && opened.value.length === 32 ? ok(opened.value) : fail('no-code')
}
