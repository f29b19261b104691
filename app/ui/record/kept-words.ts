import type { KeptReason } from '#app/core/follow-session.ts'
import { t } from '../language/language.ts'

/** Why somebody keeps a copy: what they chose, and what they wrote to it. */
export function keptReasonWords(kept: { readonly reason: KeptReason; readonly note: string }): string {
  const { reason, note } = kept
  if (reason === 'other') return note
  return note === '' ? t(`copy.reason.${reason}`) : t('copy.reason.noted', { reason: t(`copy.reason.${reason}`), note })
}
