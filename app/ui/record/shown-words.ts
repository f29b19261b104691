import type { ShownWords } from '#app/core/session.ts'
import { ABSENCES } from '#schema/codes/absence.ts'
import { ENTRY_KINDS } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'

/** What rows without a title are called here, so that they are found by it. */
export function shownWords(): ShownWords {
  return {
    kinds: Object.fromEntries(ENTRY_KINDS.map(kind => [kind, t(`kind.${kind}`)])),
    absences: Object.fromEntries(ABSENCES.map(absence => [absence, t(`absence.${absence}`)])),
  }
}
