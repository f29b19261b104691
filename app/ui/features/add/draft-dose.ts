import type { DoseFields, StockFields } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'
import { type Checked, type FieldErrors, isAhead, optional, takenError } from '../../record/entry-draft.ts'

export interface DoseDraft {
  readonly before: DoseFields
  readonly state: DoseFields['state']
  readonly amount: string
  readonly taken: TakenDraft
  readonly reason: string
  readonly note: string
}

export type DoseField = 'amount' | 'date' | 'time'

export function draftOfDose(before: DoseFields): DoseDraft {
  const { state, amount, takenAt, reason = '', note = '' } = before
  return { before, state, amount: String(amount), taken: draftOfTaken(takenAt), reason, note }
}

export function checkDose(draft: DoseDraft, nowMs: number): Checked<DoseField> {
  const takenAt = parseTaken(draft.taken)
  const errors: FieldErrors<DoseField> = takenAt === undefined ? takenError(draft.taken) : {}
  const amount = parseTypedNumber(draft.amount) ?? 0
  if (amount <= 0 || amount > 1000) errors.amount = 'bad-dose'
  if (Object.keys(errors).length > 0 || takenAt === undefined) return { ok: false, errors }
  const { reason: _, note: __, ...kept } = draft.before
  const typed = {
    ...(draft.state === 'skipped' ? optional('reason', draft.reason) : {}),
    ...optional('note', draft.note),
  }
  return {
    ok: true,
    entries: [{ ...kept, state: draft.state, amount, takenAt, ...typed }],
    questions: isAhead(takenAt, nowMs) ? ['in-the-future'] : [],
  }
}

export interface StockDraft {
  readonly before: StockFields
  readonly change: StockFields['change']
  readonly amount: string
  readonly unit: string
  readonly taken: TakenDraft
  readonly note: string
}

export type StockField = 'amount' | 'unit' | 'date' | 'time'

/** `isNew`: no amount is typed yet. */
export function draftOfStock(before: StockFields, isNew = false): StockDraft {
  const { change, amount, unit, happenedAt, note = '' } = before
  return { before, change, amount: isNew ? '' : String(amount), unit, taken: draftOfTaken(happenedAt), note }
}

export function checkStock(draft: StockDraft, nowMs: number): Checked<StockField> {
  const happenedAt = parseTaken(draft.taken)
  const errors: FieldErrors<StockField> = happenedAt === undefined ? takenError(draft.taken) : {}
  const amount = parseTypedNumber(draft.amount)
  const unit = draft.unit.trim()
  if (amount === undefined || amount > 100_000 || (amount === 0 && draft.change !== 'counted')) {
    errors.amount = 'bad-amount'
  }
  if (unit === '' || unit.length > 40) errors.unit = 'bad-unit'
  if (Object.keys(errors).length > 0 || happenedAt === undefined || amount === undefined) return { ok: false, errors }
  const { note: _, ...kept } = draft.before
  return {
    ok: true,
    entries: [{ ...kept, change: draft.change, amount, unit, happenedAt, ...optional('note', draft.note) }],
    questions: isAhead(happenedAt, nowMs) ? ['in-the-future'] : [],
  }
}
