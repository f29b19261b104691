import { backupCodeOf, backupSecretOf } from '#crypto/backup-secret.ts'
import { wipe } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type {
  BackupKeyCheck,
  BackupReport,
  BackupSession,
  BackupState,
  KeepCodeFailure,
  MadeBackup,
  MakeBackupFailure,
  OpenBackupFailure,
  RestoreBackup,
  RestoreFailure,
  ShowCodeFailure,
} from '../backup-session.ts'
import { cleanDeviceName } from '../devices/person-devices.ts'
import { homeLogOf } from '../home/create-account.ts'
import { fromBackupWrite } from '../home/from-backup.ts'
import type { KeptDesk } from '../kept/kept-desk.ts'
import { keptPorts } from '../kept/open-kept.ts'
import type { ByteStore, Ports } from '../ports.ts'
import { backupSecretWrite, readBackupSecret } from '../vault/backup-secret-row.ts'
import { freshUnlock } from '../vault/fresh-unlock.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import type { BackupSource } from './archive.ts'
import { readBackupKey } from './backup-key.ts'
import { BackupTask, type Watch } from './backup-task.ts'
import { lastBackup, noteBackup } from './backups-document.ts'
import { stateOf } from './record-state.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface BackupDeps {
  readonly ports: Ports
  readonly slot: VaultSlot
  readonly vault: VaultDesk
  readonly kept: Pick<KeptDesk, 'openRecords'>
}

/** Backups of one's own record: made, checked, brought back. It is loaded when it is first asked for, and what reads and writes files later still. */
export class BackupDesk {
  readonly task = new BackupTask()
  readonly #deps: BackupDeps

  constructor(deps: BackupDeps) {
    this.#deps = deps
    deps.slot.onOpen(() => () => this.task.cancel())
  }

  async state(): Promise<BackupState> {
    const vault = this.#deps.slot.open
    if (vault === undefined || vault.account.row.isSample) return { kind: 'not-here', entries: 0 }
    const { account } = vault
    const secret = await this.#secret(vault)
    const last = await lastBackup(account.logs.home)
    const entries = await countEntries(vault)
    const kind = secret.ok ? 'ready' : 'no-code'
    if (last === undefined) return { kind, entries }
    const { madeAt, by } = last
    const deviceName = account.keyring.devices.find(device => device.deviceId === by)?.name ?? ''
    const isLevel = last.state === stateOf(account.sectionLogs())
    return { kind, entries, last: { madeAt, deviceName, entries: last.entries, isLevel } }
  }

  async make(readme: string): Promise<Result<MadeBackup, MakeBackupFailure>> {
    const vault = this.#deps.slot.open
    if (vault === undefined || vault.account.row.isSample) return fail({ kind: 'not-here' })
    const secret = await this.#secret(vault)
    if (!secret.ok) return fail({ kind: 'no-code' })
    return this.task.run('making', async task => {
      try {
        return await this.#make(vault, secret.value, readme, task)
      } catch (cause) {
        // A lock closes the logs under what is being read.
        if (this.#deps.slot.open !== vault) return fail({ kind: 'cancelled' })
        throw cause
      }
    })
  }

  checkKey(text: string): BackupKeyCheck {
    const key = readBackupKey(text)
    if (!key.ok) return key.failure
    wipe(key.value.secret)
    if (key.value.root !== undefined) wipe(key.value.root)
    return { kind: 'ok', what: key.value.root === undefined ? 'code' : 'words' }
  }

  async check({
    file,
    key,
  }: Parameters<BackupSession['checkBackup']>[0]): Promise<Result<BackupReport, OpenBackupFailure>> {
    const code = key === undefined ? await this.#ownCode() : codeOf(key)
    if (!code.ok) return code
    return this.task.run('checking', async task => {
      const { checkBackupFile } = await import('./restore.ts')
      return checkBackupFile(file, code.value, task)
    })
  }

  async restore({
    file,
    key: typed,
    passphrase,
    deviceName,
  }: RestoreBackup): Promise<Result<BackupReport, RestoreFailure>> {
    const key = readBackupKey(typed)
    if (!key.ok) return fail({ kind: 'key', check: key.failure })
    const { ports, vault } = this.#deps
    const request = { file, key: key.value, deviceName: cleanDeviceName(deviceName) }
    const restored = await this.task.run('restoring', async task => {
      const { restoreFile } = await import('./restore.ts')
      return vault.restoreWith(passphrase, async (vaultKey, keys) => {
        const filled = await restoreFile(ports, { vaultKey, keys }, request, task)
        if (!filled.ok) return filled
        const maker = fromBackupWrite(keys.account, filled.value.maker.seeds.kem)
        const also = [backupSecretWrite(keys.kit, key.value.secret), maker]
        const stored = await ports.store.commit(also)
        return stored.ok ? filled : fail({ kind: 'not-stored' as const, why: stored.failure })
      })
    })
    wipe(key.value.secret)
    if (key.value.root !== undefined) wipe(key.value.root)
    return restored.ok ? ok(restored.value.report) : restored
  }

  async showCode(passphrase: string): Promise<Result<string, ShowCodeFailure>> {
    const unlocked = await freshUnlock(this.#deps.vault, passphrase)
    if (!unlocked.ok) return unlocked
    return this.#ownCode()
  }

  async keepCode({
    words,
    passphrase,
  }: Parameters<BackupSession['keepBackupCode']>[0]): Promise<Result<void, KeepCodeFailure>> {
    const root = rootOfWords(words)
    if (!root.ok) return fail({ kind: 'words', check: root.failure })
    const unlocked = await freshUnlock(this.#deps.vault, passphrase)
    const vault = this.#deps.slot.open
    const isOurs = vault !== undefined && homeLogOf(root.value) === vault.account.logs.home.log.id
    const stored = unlocked.ok && vault !== undefined && isOurs ? await this.#keep(vault, root.value) : ok(undefined)
    wipe(root.value)
    if (!unlocked.ok) return unlocked
    if (vault === undefined) return fail({ kind: 'locked' })
    if (!isOurs) return fail({ kind: 'other-record' })
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  async #make(
    vault: OpenVault,
    secret: Bytes,
    readme: string,
    task: Watch,
  ): Promise<Result<MadeBackup, MakeBackupFailure>> {
    const { account, about } = vault
    await vault.record.idle()
    const flushed = await account.flush()
    if (!flushed.ok) return fail({ kind: 'not-stored', why: flushed.failure })
    const madeAt = this.#deps.ports.clock.now()
    const [entries, state] = [await countEntries(vault), stateOf(account.sectionLogs())]
    const { makeBackupFile } = await import('./make-backup.ts')
    const { sources, missing, release } = await this.#sources(vault)
    const content = { readme, person: about.person.name, entries, state, madeAt, sources }
    const made = await makeBackupFile(content, backupCodeOf(secret), task).finally(release)
    wipe(secret)
    if (!made.ok) return fail({ kind: made.failure })
    const noted = await noteBackup(account.logs.home, { by: account.deviceId, madeAt, entries, state })
    if (!noted.ok) return fail({ kind: 'not-stored', why: noted.failure })
    const report = { madeAt, entries, personName: about.person.name, keptCount: sources.length - 1 }
    return ok({ file: made.value, report, missing })
  }

  /**
   * One's own record and those that one keeps. What others share is theirs: its keys are in one's own home log, its content is not.
   * No log goes before `release` is called.
   */
  async #sources(
    vault: OpenVault,
  ): Promise<{ sources: BackupSource[]; missing: readonly string[]; release: () => void }> {
    const { ports, kept } = this.#deps
    const { open, missing } = await kept.openRecords()
    const keptOnes = open.map(one => ({ ...sourceOf(one.vault, keptPorts(ports, one.id).store), keptId: one.id }))
    const ends = [vault, ...open.map(one => one.vault)].map(({ account }) => account.inUse.use(account.sectionLogs()))
    return { sources: [sourceOf(vault, ports.store), ...keptOnes], missing, release: () => ends.forEach(end => end()) }
  }

  #secret(vault: OpenVault): Promise<Result<Bytes, 'no-code'>> {
    return readBackupSecret(this.#deps.ports.store, vault.keys.kit)
  }

  async #ownCode(): Promise<Result<string, { readonly kind: 'no-code' }>> {
    const vault = this.#deps.slot.open
    const secret = vault === undefined ? fail('no-code') : await this.#secret(vault)
    return secret.ok ? ok(backupCodeOf(secret.value)) : fail({ kind: 'no-code' })
  }

  #keep(vault: OpenVault, root: Bytes): ReturnType<ByteStore['commit']> {
    return this.#deps.ports.store.commit([backupSecretWrite(vault.keys.kit, backupSecretOf(root))])
  }
}

function codeOf(key: string): Result<string, OpenBackupFailure> {
  const read = readBackupKey(key)
  return read.ok ? ok(read.value.code) : fail({ kind: 'key', check: read.failure })
}

function sourceOf({ account, record }: OpenVault, store: ByteStore): BackupSource {
  const logs = [...account.sectionLogs(), account.logs.home.log]
  return { store, row: () => account.row, logs, exportFhir: () => record.exportFhir() }
}

async function countEntries({ record }: OpenVault): Promise<number> {
  const { kinds } = await record.facets()
  return kinds.reduce((sum, { count }) => sum + count, 0)
}
