import { beforeAll, expect, test } from 'vitest'
import { backupSecretWrite, readBackupSecret } from '#app/core/vault/backup-secret-row.ts'
import { keepFromKit } from '#app/core/vault/keep-from-kit.ts'
import { makeVaultKey, vaultKeys, wipeVaultKeys } from '#app/core/vault/vault-key.ts'
import { kitWrite } from '#app/core/vault/vault-store.ts'
import { backupSecretOf } from '#crypto/backup-secret.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'

beforeAll(readyCrypto)

async function withKit() {
  const [store, root, vaultKey] = [makeMemoryStore(), randomBytes(32), makeVaultKey()]
  const keys = vaultKeys(vaultKey)
  await store.commit([kitWrite(keys.kit, root)])
  return { store, root, vaultKey, keys }
}

test('keepFromKit() keeps what backups are sealed with, also where the vault is locked meanwhile', async () => {
  const { store, root, vaultKey, keys } = await withKit()
  const keeping = keepFromKit(store, keys)
  wipeVaultKeys(keys)
  await keeping
  expect(await readBackupSecret(store, vaultKeys(vaultKey).kit)).toEqual(ok(backupSecretOf(root)))
})

test('keepFromKit() leaves what is there, and has nothing to keep once the kit is confirmed', async () => {
  const { store, keys } = await withKit()
  const secret = backupSecretOf(randomBytes(32))
  await store.commit([backupSecretWrite(keys.kit, secret)])
  await keepFromKit(store, keys)
  expect(await readBackupSecret(store, keys.kit)).toEqual(ok(secret))
  const confirmed = makeMemoryStore()
  await keepFromKit(confirmed, keys)
  expect(await readBackupSecret(confirmed, keys.kit)).toEqual(fail('no-code'))
})
