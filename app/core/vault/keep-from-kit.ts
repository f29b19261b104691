import { backupSecretOf } from '#crypto/backup-secret.ts'
import { wipe } from '#crypto/sodium.ts'
import type { ByteStore } from '../ports.ts'
import { backupSecretWrite, readBackupSecret } from './backup-secret-row.ts'
import type { VaultKeys } from './vault-key.ts'
import { readKit } from './vault-store.ts'

/** A vault from before there were backups, whose kit is not confirmed yet, gets what they are sealed with. */
export async function keepFromKit(store: ByteStore, keys: VaultKeys): Promise<void> {
  // A lock wipes the vault's own meanwhile.
  const key = keys.kit.slice()
  const root = await readKit(store, key)
  if (root.ok) {
    const isThere = (await readBackupSecret(store, key)).ok
    if (!isThere) await store.commit([backupSecretWrite(key, backupSecretOf(root.value))])
    wipe(root.value)
  }
  wipe(key)
}
