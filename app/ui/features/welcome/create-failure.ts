import type { CreateFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

export function createFailureWords(failure: CreateFailure): string {
  return failure.kind === 'not-stored' ? t(STORE_MESSAGES[failure.why]) : t('recover.alreadyThere')
}
