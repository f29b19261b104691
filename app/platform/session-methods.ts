import type { Session } from '#app/core/session.ts'

/** Methods whose last argument is a listener and whose answer ends the watching. */
export type WatchMethod = Extract<keyof Session, `watch${string}`>

/** Everything else. */
export type CallMethod = Exclude<keyof Session, WatchMethod>

export function isWatchMethod(name: string): name is WatchMethod {
  return name.startsWith('watch')
}

const READ_METHODS = [
  'kitChallenge',
  'showKit',
  'checkWords',
  'devices',
  'readInvitation',
  'safetyNumber',
  'checkMail',
  'fetchAccess',
  'checkPatients',
  'searchPatients',
  'timelineRows',
  'facets',
  'readings',
  'bin',
  'belongings',
  'erasing',
  'undoable',
  'imports',
  'exportFhir',
  'takeOut',
  'previewImport',
  'backupState',
  'cancelBackup',
  'checkBackupKey',
  'checkBackup',
  'showBackupCode',
  'flush',
  'lock',
] as const satisfies readonly CallMethod[]

/** Safe to ask again of a new owner: they change nothing. */
export const READS: ReadonlySet<string> = new Set(READ_METHODS)

/** Not asked again: nobody knows what became of it. */
export type Command = Exclude<CallMethod, (typeof READ_METHODS)[number]>
