import { parseAdmissionToken } from '#schema/protocol/http.ts'
import type { PlainKey } from '../../language/language.ts'
import { isTooShort } from '../../parts/passphrase-strength.ts'

/** What is typed while a record is made. */
export interface PersonDraft {
  readonly name: string
  /** As the native date input holds it, or four digits when only the year is known. */
  readonly birth: string
  readonly onlyYear: boolean
  readonly passphrase: string
  /** From the server’s host; may be empty. */
  readonly code: string
}

export type PersonProblems = Partial<Record<'name' | 'birth' | 'passphrase' | 'code', PlainKey>>

const FIRST_YEAR = 1880

/** What keeps the draft from being a record; empty when nothing does. `today` is `2026-11-22` in the person's zone. */
export function problemsOf(draft: PersonDraft, today: string): PersonProblems {
  const birth = birthProblem(draft, today)
  return {
    ...(draft.name.trim() === '' && { name: 'field.needed' as const }),
    ...(birth && { birth }),
    ...(isTooShort(draft.passphrase) && { passphrase: 'pass.tooShort' as const }),
    ...(isWrongCode(draft.code) && { code: 'code.invalid' as const }),
  }
}

const isWrongCode = (code: string) => code.trim() !== '' && parseAdmissionToken(code) === undefined

function birthProblem({ birth, onlyYear }: PersonDraft, today: string): PlainKey | undefined {
  if (birth === '') return 'field.needed'
  const year = Number(birth.slice(0, 4))
  if (onlyYear) {
    const isYear = /^\d{4}$/.test(birth) && year >= FIRST_YEAR && birth <= today.slice(0, 4)
    return isYear ? undefined : 'create.yearWrong'
  }
  const isDate = /^\d{4}-\d\d-\d\d$/.test(birth) && year >= FIRST_YEAR && birth <= today
  return isDate ? undefined : 'create.dateWrong'
}
