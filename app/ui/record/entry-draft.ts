import type { EntryFields } from '#schema/record/entry.ts'
import { type DateDraft, parseDateDraft, type TakenDraft } from './fhir-date.ts'

/** What keeps a field from being saved. */
export type FieldError =
  | 'required'
  | 'not-a-number'
  | 'out-of-range'
  | 'bad-date'
  | 'bad-time'
  | 'ends-before-it-begins'
  | 'low-or-high'
  | 'low-above-high'
  | 'bad-times'
  | 'bad-days'
  | 'bad-everyDays'
  | 'bad-hours'
  | 'bad-gap'
  | 'bad-most'
  | 'bad-dose'
  | 'bad-amount'
  | 'no-first-day'
  | 'bad-last-day'
  | 'overlap'
  | 'bad-unit'
  | 'bad-every'
  | 'bad-minutes'
  | 'whole-number'
  | 'normal-crossed'
  | 'death-before-onset'

/** What is odd but may be true: asked once, never in the way of the truth. */
export type Question =
  | 'pressure-unusual'
  | 'pressure-swapped'
  | 'pulse-unusual'
  | 'weight-unusual'
  | 'measure-unusual'
  | 'in-the-future'

export type FieldErrors<Field extends string> = Partial<Record<Field, FieldError>>

/** What a draft comes to: entries to save, with questions to ask first, or the fields that are wrong. */
export type Checked<Field extends string> =
  | { readonly ok: true; readonly entries: readonly EntryFields[]; readonly questions: readonly Question[] }
  | { readonly ok: false; readonly errors: FieldErrors<Field> }

/** A text as it is saved: trimmed, absent when empty. */
export function optional<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  const trimmed = text.trim()
  const field: Partial<Record<Name, string>> = {}
  if (trimmed !== '') field[name] = trimmed
  return field
}

/** Five minutes ahead is a clock that is a little wrong, not a question. */
const AHEAD_MS = 5 * 60_000

export function isAhead(dateTime: string, nowMs: number): boolean {
  return new Date(dateTime).getTime() > nowMs + AHEAD_MS
}

export function takenError(taken: TakenDraft): FieldErrors<'date' | 'time'> {
  if (taken.date === '') return { date: 'required' }
  return /^\d\d:\d\d$/.test(taken.time) ? { date: 'bad-date' } : { time: 'bad-time' }
}

/** When something began and ended, each as exactly as it is known. */
export function checkPeriod(since: DateDraft, until: DateDraft) {
  const [from, to] = [parseDateDraft(since), parseDateDraft(until)]
  const errors: FieldErrors<'since' | 'until'> = {}
  if (!from.ok) errors.since = 'bad-date'
  if (!to.ok) errors.until = 'bad-date'
  if (isBefore(to.text, from.text)) errors.until = 'ends-before-it-begins'
  return {
    errors,
    dates: {
      ...(from.text !== undefined && { since: from.text }),
      ...(to.text !== undefined && { until: to.text }),
    },
  }
}

/** Only as far as both are known: 2021 does not end before 2021-03 begins. */
function isBefore(until: string | undefined, since: string | undefined): boolean {
  if (until === undefined || since === undefined) return false
  const known = Math.min(until.length, since.length)
  return until.slice(0, known) < since.slice(0, known)
}
