import type { BloodPressureFields } from '#schema/record/entry.ts'
import type { Question } from '../../record/entry-draft.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { checkBloodPressure, parseReadingText, type BloodPressureDraft } from '../../record/pressure-draft.ts'
import { parseClock } from '../../record/typed-clock.ts'

/** A blood pressure on one line, and what is folded away below it. */
export interface QuickDraft {
  readonly line: string
  /** A time of day of today; empty for now. */
  readonly time: string
  readonly arm: BloodPressureDraft['arm']
  readonly posture: BloodPressureDraft['posture']
  readonly medicine: BloodPressureDraft['medicine']
  readonly note: string
}

export const NO_QUICK: QuickDraft = { line: '', time: '', arm: '', posture: '', medicine: '', note: '' }

export type QuickError = 'empty' | 'not-a-reading' | 'out-of-range' | 'bad-time'

export type CheckedQuick =
  | { readonly ok: true; readonly fields: BloodPressureFields; readonly questions: readonly Question[] }
  | { readonly ok: false; readonly error: QuickError }

/** `128/82 61`, `128 82 61`, `128/82`: now, or at the time of day that was typed. */
export function checkQuick(draft: QuickDraft, now: Date): CheckedQuick {
  const { line, time, ...about } = draft
  const reading = parseReadingText(line)
  if (reading === undefined) return { ok: false, error: line.trim() === '' ? 'empty' : 'not-a-reading' }
  const clock = time.trim() === '' ? localDateTime(now).time : parseClock(time)
  if (clock === undefined) return { ok: false, error: 'bad-time' }
  const taken = { date: localDateTime(now).date, time: clock }
  const checked = checkBloodPressure({ readings: [reading], taken, ...about }, now.getTime())
  if (!checked.ok) return { ok: false, error: 'out-of-range' }
  const [fields] = checked.entries
  if (fields?.kind !== 'blood-pressure') throw new TypeError('Cannot save a reading: the form made another entry')
  return { ok: true, fields, questions: checked.questions }
}
