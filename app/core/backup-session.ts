import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { NotStored, Stop, WordsCheck } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about the whole record in one sealed file; decision 0020. Files of others are never opened by it. */
export interface BackupSession {
  /** What there is to say before one is made. */
  backupState(): Promise<BackupState>
  /**
   * Everything in one file. Asks for no passphrase: only the recovery kit opens it. `readme`: what stands in it for whoever unpacks it
   * without the app. Progress by `watchBackup`.
   */
  makeBackup(request: { readonly readme: string }): Promise<Result<MadeBackup, MakeBackupFailure>>
  watchBackup(listener: (progress: BackupProgress) => void): Promise<Stop>
  /** Calls off what `watchBackup` tells of. */
  cancelBackup(): Promise<void>
  /** Whether the 24 words or the backup code were typed rightly, as far as that can be seen without a file. */
  checkBackupKey(text: string): Promise<BackupKeyCheck>
  /** Reads all of a file and changes nothing. Without `key`: with the code that this device keeps. */
  checkBackup(request: { readonly file: Blob; readonly key?: string }): Promise<Result<BackupReport, OpenBackupFailure>>
  /** Where there is no record: makes it from the file, with this as a new device. Nothing of it is there before all is. */
  restoreBackup(request: RestoreBackup): Promise<Result<BackupReport, RestoreFailure>>
  /** The code on the kit's sheet. Asks for the passphrase. */
  showBackupCode(passphrase: string): Promise<Result<string, ShowCodeFailure>>
  /** For a device that never had the words: keeps the code that follows from them. Asks for the passphrase. */
  keepBackupCode(request: {
    readonly words: string
    readonly passphrase: string
  }): Promise<Result<void, KeepCodeFailure>>
}

export interface BackupState {
  /** `no-code`: this device never had the words; `keepBackupCode` first. `not-here`: a sample, or locked. */
  readonly kind: 'ready' | 'no-code' | 'not-here'
  /** By any of this person's devices. */
  readonly last?: {
    readonly madeAt: Instant
    readonly deviceName: string
    readonly entries: number
    /** The record says today what it said then. */
    readonly isLevel: boolean
  }
  readonly entries: number
}

export interface MadeBackup {
  readonly file: Blob
  readonly report: BackupReport
  /** Names of records that this person keeps and that have not come to this device yet: they are not in it. */
  readonly missing: readonly string[]
}

export interface BackupReport {
  readonly madeAt: Instant
  readonly entries: number
  readonly personName: string
  /** Records kept for others that are in it. */
  readonly keptCount: number
  /** After a restore: what the relay had to say. */
  readonly relay?: RelayWord
}

/**
 * `level`: it knows this device now. `unreachable`: later. `unknown`: it has none of the record and gets it again. `gone`: the record was
 * deleted there. `refused`: its keys have changed since; the 24 words help.
 */
export type RelayWord = 'level' | 'unreachable' | 'unknown' | 'gone' | 'refused'

export interface BackupProgress {
  readonly kind: 'idle' | 'making' | 'checking' | 'restoring'
  /** 0–1. */
  readonly done: number
}

export type BackupKeyCheck =
  | { readonly kind: 'ok'; readonly what: 'words' | 'code' }
  | Exclude<WordsCheck, { readonly kind: 'ok' }>
  | { readonly kind: 'code-length'; readonly got: number; readonly wanted: number }
  /** Signs that stand in no code. */
  | { readonly kind: 'code-letters'; readonly wrong: readonly string[] }
  | { readonly kind: 'code-checksum' }

export type MakeBackupFailure =
  | { readonly kind: 'no-code' }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'cancelled' }
  | NotStored

export type OpenBackupFailure =
  | { readonly kind: 'key'; readonly check: BackupKeyCheck }
  | { readonly kind: 'no-code' }
  | { readonly kind: 'not-a-backup' }
  /** These words or this code open other backups, or the file's first lines are damaged. */
  | { readonly kind: 'wrong-key' }
  /** Changed, or cut off. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer' }
  /** The browser cannot read the file any more. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'cancelled' }

export interface RestoreBackup {
  readonly file: Blob
  /** The 24 words or the backup code. */
  readonly key: string
  /** Opens the record on this device from now on. */
  readonly passphrase: string
  readonly deviceName: string
}

export type RestoreFailure =
  | OpenBackupFailure
  | { readonly kind: 'already-there' }
  /** The device that made it came itself from the code of a backup, seven times over: only idSign certifies another one. */
  | { readonly kind: 'words-needed' }
  | NotStored

export type ShowCodeFailure = { readonly kind: 'no-code' } | FreshUnlockFailure
export type KeepCodeFailure =
  | { readonly kind: 'words'; readonly check: WordsCheck }
  /** Right words, of another record. */
  | { readonly kind: 'other-record' }
  | FreshUnlockFailure
  | NotStored
