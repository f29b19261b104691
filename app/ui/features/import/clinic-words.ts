import type { ClinicFailure } from '#app/core/clinic-session.ts'
import type { ImportFailure } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { importFailureWords } from './failure-words.ts'

/** Why something with a clinic did not work, as a sentence that says what to do. */
export function clinicFailureWords(failure: ClinicFailure | ImportFailure | SaveFailure): string {
  return failure.kind === 'clinic' ? t(`clinic.why.${failure.why}`) : importFailureWords(failure)
}
