import type { FileFailure } from '#app/core/file-session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

const PLAIN = {
  locked: 'messageFile.failed.locked',
  'not-found': 'messageFile.failed.not-found',
  cancelled: 'messageFile.failed.cancelled',
  unreachable: 'messageFile.failed.unreachable',
  'not-all-there': 'messageFile.failed.not-all-there',
  damaged: 'messageFile.failed.damaged',
} as const satisfies Partial<Record<FileFailure['kind'], PlainKey>>

export function fileFailureWords(failure: FileFailure, name: string): string {
  if (failure.kind === 'not-stored') return t(STORE_MESSAGES[failure.why])
  if (failure.kind === 'file-too-large') return t('messageFile.failed.file-too-large', { name, max: failure.maxMb })
  if (failure.kind === 'file-empty' || failure.kind === 'file-gone' || failure.kind === 'file-not-clean') {
    return t(`messageFile.failed.${failure.kind}`, { name })
  }
  return t(PLAIN[failure.kind])
}
