import type {
  BackupKeyCheck,
  BackupProgress,
  BackupReport,
  BackupState,
  KeepCodeFailure,
  MadeBackup,
  MakeBackupFailure,
  OpenBackupFailure,
  RestoreBackup,
  RestoreFailure,
  ShowCodeFailure,
} from '#app/core/backup-session.ts'
import type { Stop } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeOutLinks } from './fake-out-links.ts'
import { Watched } from './fake-watch.ts'

export const FAKE_BACKUP_CODE = '0h4k-9w2m-t7xa-c3pz-6e8y-b5dn-1jrv-qg0s-4f7w-k2m9-xtca-3pz6-e8yb-7d1n'

export const FAKE_REPORT: BackupReport = {
  madeAt: instant(Date.UTC(2026, 10, 20, 9)),
  entries: 1482,
  personName: 'Maria Jansen',
  keptCount: 0,
}

/** Backups in memory: set `backup` and `backupProgress` to act as the worker, a `next…` failure to make the next call fail with it. */
export class FakeBackup extends FakeOutLinks {
  readonly backupProgress = new Watched<BackupProgress>({ kind: 'idle', done: 0 })
  backup: BackupState = { kind: 'ready', entries: 1482 }
  restored: RestoreBackup | undefined
  missing: readonly string[] = []
  readonly checked: { readonly file: Blob; readonly key?: string }[] = []
  nextMakeFailure: MakeBackupFailure | undefined
  nextOpenFailure: OpenBackupFailure | undefined
  nextRestoreFailure: RestoreFailure | undefined
  nextKeepCodeFailure: KeepCodeFailure | undefined
  nextShowCodeFailure: ShowCodeFailure | undefined
  /** Until it is called, what is asked for is being done. */
  finish: (() => void) | undefined

  async backupState(): Promise<BackupState> {
    return this.backup
  }

  async makeBackup({ readme }: { readonly readme: string }): Promise<Result<MadeBackup, MakeBackupFailure>> {
    const failure = this.nextMakeFailure
    this.nextMakeFailure = undefined
    if (failure) return fail(failure)
    this.backup = {
      ...this.backup,
      last: { madeAt: FAKE_REPORT.madeAt, deviceName: 'Phone', entries: this.backup.entries, isLevel: true },
    }
    return ok({ file: new Blob([readme]), report: FAKE_REPORT, missing: this.missing })
  }

  watchBackup(listener: (progress: BackupProgress) => void): Promise<Stop> {
    return this.backupProgress.watch(listener)
  }

  async cancelBackup(): Promise<void> {
    this.finish?.()
  }

  /** The code, and whatever has 24 words. */
  async checkBackupKey(text: string): Promise<BackupKeyCheck> {
    if (text === FAKE_BACKUP_CODE) return { kind: 'ok', what: 'code' }
    const words = text.split(/\s+/).filter(word => word !== '')
    if (words.length === 24) return { kind: 'ok', what: 'words' }
    return words.length > 1 ? { kind: 'count', got: words.length } : { kind: 'code-checksum' }
  }

  async checkBackup(request: {
    readonly file: Blob
    readonly key?: string
  }): Promise<Result<BackupReport, OpenBackupFailure>> {
    this.checked.push(request)
    const failure = this.nextOpenFailure
    this.nextOpenFailure = undefined
    return failure ? fail(failure) : ok(FAKE_REPORT)
  }

  async restoreBackup(request: RestoreBackup): Promise<Result<BackupReport, RestoreFailure>> {
    const failure = this.nextRestoreFailure
    this.nextRestoreFailure = undefined
    if (failure) return fail(failure)
    this.restored = request
    return ok({ ...FAKE_REPORT, relay: 'level' })
  }

  async showBackupCode(): Promise<Result<string, ShowCodeFailure>> {
    const failure = this.nextShowCodeFailure
    this.nextShowCodeFailure = undefined
    return failure ? fail(failure) : ok(FAKE_BACKUP_CODE)
  }

  async keepBackupCode(): Promise<Result<void, KeepCodeFailure>> {
    const failure = this.nextKeepCodeFailure
    this.nextKeepCodeFailure = undefined
    if (failure) return fail(failure)
    this.backup = { ...this.backup, kind: 'ready' }
    return ok(undefined)
  }
}
