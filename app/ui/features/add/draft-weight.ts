import type { WeightFields } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'
import { kgFromPounds, poundsFromKg, type Units } from '../../record/units.ts'
import {
  type Checked,
  type FieldErrors,
  isAhead,
  optional,
  type Question,
  takenError,
} from '../../record/entry-draft.ts'

export interface WeightDraft {
  /** In the reader's unit: kg, or pounds. */
  readonly weight: string
  readonly taken: TakenDraft
  readonly note: string
  /** What the draft came from, so that a weight nobody touched keeps its exact kilograms. */
  readonly before?: { readonly weight: string; readonly weightKg: number }
}

export type WeightField = 'weight' | 'date' | 'time'

export function draftOfWeight(fields: WeightFields, units: Units): WeightDraft {
  const { weightKg, takenAt, note = '' } = fields
  const weight = String(units === 'imperial' ? Math.round(poundsFromKg(weightKg) * 10) / 10 : weightKg)
  return { weight, taken: draftOfTaken(takenAt), note, before: { weight, weightKg } }
}

/** `latestKg` is the last weight known: a fifth more or less is asked about. */
export function checkWeight(
  draft: WeightDraft,
  units: Units,
  nowMs: number,
  latestKg: number | undefined,
): Checked<WeightField> {
  const takenAt = parseTaken(draft.taken)
  const errors: FieldErrors<WeightField> = takenAt === undefined ? takenError(draft.taken) : {}
  const weightKg = kgOf(draft, units)
  if (draft.weight.trim() === '') errors.weight = 'required'
  else if (weightKg === undefined) errors.weight = 'not-a-number'
  else if (weightKg <= 0 || weightKg > 700) errors.weight = 'out-of-range'
  if (Object.keys(errors).length > 0 || takenAt === undefined || weightKg === undefined) return { ok: false, errors }
  const questions: Question[] = []
  if (isUnusual(weightKg, latestKg)) questions.push('weight-unusual')
  if (isAhead(takenAt, nowMs)) questions.push('in-the-future')
  return { ok: true, entries: [{ kind: 'weight', takenAt, weightKg, ...optional('note', draft.note) }], questions }
}

function kgOf({ weight, before }: WeightDraft, units: Units): number | undefined {
  if (before?.weight === weight) return before.weightKg
  const typed = parseTypedNumber(weight)
  if (typed === undefined) return undefined
  return units === 'imperial' ? kgFromPounds(typed) : typed
}

function isUnusual(weightKg: number, latestKg: number | undefined): boolean {
  if (latestKg !== undefined) return Math.abs(weightKg - latestKg) > latestKg / 5
  return weightKg < 2 || weightKg > 300
}
