import { rootKeys } from '#crypto/keys.ts'
import { wipe } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { BackupReport, OpenBackupFailure, RestoreFailure } from '../backup-session.ts'
import type { JoinedAccount } from '../devices/recover.ts'
import { type AccountRow, accountWrite, deviceKeys } from '../home/account-row.ts'
import { keptVaultKey } from '../kept/new-kept.ts'
import { keptPorts } from '../kept/open-kept.ts'
import type { Ports } from '../ports.ts'
import { type VaultKeys, vaultKeys, wipeVaultKeys } from '../vault/vault-key.ts'
import type { Manifest } from './backup-format.ts'
import type { BackupKey } from './backup-key.ts'
import type { Watch } from './backup-task.ts'
import { isBound, joinRestored } from './join-restored.ts'
import { readBackup } from './read-backup.ts'
import { RestoredRows } from './restore-rows.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Keeps nothing of what it is given. */
const NOWHERE = { commit: async () => ok(undefined) }

/** The drill: everything is read, and nothing stays. */
export async function checkBackupFile(
  file: Blob,
  code: string,
  task: Watch,
): Promise<Result<BackupReport, OpenBackupFailure>> {
  const rows = new RestoredRows(() => NOWHERE)
  const read = await readBackup<OpenBackupFailure>(file, code, task, async (member, bytes) => {
    const taken = await rows.take(member, bytes)
    // Nowhere is never full.
    return taken.ok ? taken : fail({ kind: 'damaged' })
  })
  if (!read.ok) return read
  const row = rows.own
  if (row === undefined || !isBound({ row, root: undefined })) return fail({ kind: 'damaged' })
  return ok(reportOf(read.value, rows))
}

/** Fills an empty store with all but the account row and the header. The logs of the answer are open; `maker` is the device that made the backup. */
export async function restoreFile(
  ports: Ports,
  { vaultKey, keys }: { readonly vaultKey: Bytes; readonly keys: VaultKeys },
  request: { readonly file: Blob; readonly key: BackupKey; readonly deviceName: string },
  task: Watch,
): Promise<Result<JoinedAccount & { readonly report: BackupReport; readonly maker: AccountRow }, RestoreFailure>> {
  const { file, key, deviceName } = request
  const rows = new RestoredRows(id => (id === undefined ? ports : keptPorts(ports, id)).store)
  const read = await readBackup<RestoreFailure>(file, key.code, task, (member, bytes) => rows.take(member, bytes))
  if (!read.ok) return read
  const rest = await rows.flush()
  const kept = rest.ok ? await storeKeptRows(ports, vaultKey, rows) : rest
  if (!kept.ok) return fail({ kind: 'not-stored', why: kept.failure })
  const row = rows.own
  if (row === undefined) return fail({ kind: 'damaged' })
  const { entries, state, madeAt } = read.value
  const note = { by: DeviceId.of(deviceKeys(row.seeds).device.publicKey), madeAt, entries, state }
  const root = key.root && rootKeys(key.root)
  const joined = await joinRestored({ ...ports, localKey: keys.local }, { row, root, note }, deviceName)
  for (const one of root === undefined ? [] : [root.idSign, root.idKem, root.homeOwner]) wipe(one.secretKey)
  if (!joined.ok) return joined
  return ok({ ...joined.value, maker: row, report: { ...reportOf(read.value, rows), relay: joined.value.relay } })
}

/** With the keys by which each was open: this person's devices share what they act with there. */
async function storeKeptRows(ports: Ports, vaultKey: Bytes, rows: RestoredRows): ReturnType<Ports['store']['commit']> {
  for (const [id, row] of rows.kept) {
    const keptKey = keptVaultKey({ vaultKey }, id)
    const keys = vaultKeys(keptKey)
    const stored = await keptPorts(ports, id).store.commit([accountWrite(keys.account, row)])
    wipe(keptKey)
    wipeVaultKeys(keys)
    if (!stored.ok) return stored
  }
  return ok(undefined)
}

function reportOf({ madeAt, entries, person }: Manifest, rows: RestoredRows): BackupReport {
  return { madeAt, entries, personName: person, keptCount: rows.kept.size }
}
