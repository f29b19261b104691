import type { LinkFailure } from '#app/core/link-session.ts'
import { t } from '../language/language.ts'

/** Why a health link did not open, as a sentence that says what to do. */
export function linkFailureWords({ why, triesLeft }: LinkFailure): string {
  if (why !== 'passcode' || triesLeft === undefined) return t(`link.failed.${why}`)
  return triesLeft === 0 ? t('link.failed.passcode.none') : t('link.failed.passcode.left', { count: triesLeft })
}
