import type { RecoverFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Undefined for what is said elsewhere: wrong words beside the words, `already-there` by a question. */
export function recoverFailureWords(failure: RecoverFailure): string | undefined {
  switch (failure.kind) {
    case 'words':
    case 'already-there':
      return undefined
    case 'not-found':
      return t('recover.notFound')
    case 'unreachable':
      return t('recover.unreachable')
    case 'relay-refused':
      return t('recover.refused', { reason: failure.reason })
    case 'damaged':
      return t('recover.damaged')
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
  }
}
