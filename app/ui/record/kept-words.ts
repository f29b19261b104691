import type { KeptReason } from '#app/core/follow-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { t } from '../language/language.ts'

/** Something of a record that is kept for somebody is on this device, to be looked at. */
export function isKeptHere(record: KeptRecord | undefined): boolean {
  return record !== undefined && !['fetching', 'not-served', 'withdrawn'].includes(record.state)
}

/** What it is to this person. */
export function keptAbout({ relation, purpose }: KeptRecord): string {
  if (relation === 'practice') return t('switch.practice')
  return t(purpose === 'manager' ? 'switch.managed' : 'switch.kept')
}

/** Why somebody keeps a copy: what they chose, and what they wrote to it. */
export function keptReasonWords(kept: { readonly reason: KeptReason; readonly note: string }): string {
  const { reason, note } = kept
  if (reason === 'other') return note
  return note === '' ? t(`copy.reason.${reason}`) : t('copy.reason.noted', { reason: t(`copy.reason.${reason}`), note })
}
