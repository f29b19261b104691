import { beforeAll, expect, test } from 'vitest'
import { BackupDesk } from '#app/core/backup/backup-desk.ts'
import { backupSecretWrite } from '#app/core/vault/backup-secret-row.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import type { VaultDesk } from '#app/core/vault/vault-desk.ts'
import { backupSecretOf } from '#crypto/backup-secret.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { fail } from '#schema/result.ts'
import { openInto, startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('make() answers that it was called off where a lock closes the record under it', async () => {
  const started = await startAccount()
  const { store, keys, relay } = started
  await store.commit([backupSecretWrite(keys.kit, backupSecretOf(randomBytes(32)))])
  const slot = new VaultSlot()
  const { ports } = await openInto(slot, started)
  const kept = { openRecords: async () => ({ open: [], missing: [] }) }
  const desk = new BackupDesk({ ports, slot, vault: {} as VaultDesk, kept })
  const making = desk.make('')
  await slot.close()
  expect(await making).toEqual(fail({ kind: 'cancelled' }))
  await relay.stop()
})
