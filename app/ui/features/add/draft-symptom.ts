import type { SymptomFields } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'
import { type Checked, type FieldErrors, isAhead, optional, takenError } from '../../record/entry-draft.ts'

export interface SymptomDraft {
  readonly name: string
  readonly severity: string
  readonly triggers: string
  readonly relief: string
  readonly taken: TakenDraft
  readonly note: string
}

export type SymptomField = 'name' | 'severity' | 'date' | 'time'

export function draftOfSymptom(fields: SymptomFields): SymptomDraft {
  const { name, severity, triggers = '', relief = '', takenAt, note = '' } = fields
  return { name, severity: String(severity), triggers, relief, taken: draftOfTaken(takenAt), note }
}

export function checkSymptom(draft: SymptomDraft, nowMs: number): Checked<SymptomField> {
  const takenAt = parseTaken(draft.taken)
  const errors: FieldErrors<SymptomField> = takenAt === undefined ? takenError(draft.taken) : {}
  const severity = parseTypedNumber(draft.severity)
  const name = draft.name.trim()
  if (name === '') errors.name = 'required'
  if (draft.severity.trim() === '') errors.severity = 'required'
  else if (severity === undefined || severity > 10)
    errors.severity = severity === undefined ? 'not-a-number' : 'out-of-range'
  if (Object.keys(errors).length > 0 || takenAt === undefined || severity === undefined) return { ok: false, errors }
  const entry: SymptomFields = {
    kind: 'symptom',
    name,
    severity,
    takenAt,
    ...optional('triggers', draft.triggers),
    ...optional('relief', draft.relief),
    ...optional('note', draft.note),
  }
  return { ok: true, entries: [entry], questions: isAhead(takenAt, nowMs) ? ['in-the-future'] : [] }
}
