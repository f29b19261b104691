import type { BackupKeyCheck, OpenBackupFailure, RestoreFailure } from '#app/core/backup-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Undefined for what is said beside the field: a key that was mistyped. */
export function backupFailureWords(failure: OpenBackupFailure | RestoreFailure): string | undefined {
  if (failure.kind === 'key') return undefined
  if (failure.kind === 'not-stored') return t(STORE_MESSAGES[failure.why])
  return t(`backup.failed.${failure.kind}`)
}

/** Undefined when nothing is wrong, as far as it can be told. */
export function keyErrorWords(check: BackupKeyCheck | undefined): string | undefined {
  switch (check?.kind) {
    case undefined:
    case 'ok':
      return undefined
    case 'count':
      return check.got === 0 ? t('backup.key.empty') : t('recover.tooFew', { count: check.got })
    case 'unknown':
      return check.wrong.map(each => t('recover.wrongWord', { position: each.position })).join(' ')
    case 'checksum':
      return t('recover.checksum')
    case 'code-length':
      return check.got === 0 ? t('backup.key.empty') : t('backup.key.length', check)
    case 'code-letters':
      return t('backup.key.letters', { letters: formatList(check.wrong) })
    case 'code-checksum':
      return t('backup.key.checksum')
  }
}
