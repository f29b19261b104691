import { type MeasureName, type MeasureUnit, type TypedMeasure, unitOf, unitsOf } from '#schema/codes/measures.ts'
import type { MealContext, MeasureFields } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { asciiDigits, parseTypedNumber } from '../../record/typed-number.ts'
import type { ReaderUnits } from '../../record/units.ts'
import {
  type Checked,
  type FieldErrors,
  isAhead,
  optional,
  type Question,
  takenError,
} from '../../record/entry-draft.ts'

export interface MeasureDraft {
  readonly measure: TypedMeasure | 'own'
  readonly value: string
  /** UCUM; of an own measure in the person's words. */
  readonly unit: string
  /** Of an own measure. */
  readonly name: string
  readonly context: MealContext | ''
  readonly taken: TakenDraft
  readonly note: string
}

export type MeasureField = 'name' | 'value' | 'date' | 'time'

const IMPERIAL: ReadonlySet<string> = new Set(['[degF]', '[in_i]'])

/** The unit a person is likely to type a measure in. */
export function usualUnit(measure: MeasureName | 'own', { units, labUnits }: ReaderUnits): string {
  if (measure === 'own') return ''
  const isGlucose = measure === 'glucose' || measure === 'glucose-sensor'
  if (isGlucose && labUnits !== 'reported') return labUnits === 'mass' ? 'mg/dL' : 'mmol/L'
  const all = unitsOf(measure).map(({ code }) => code)
  if (isGlucose) return units === 'imperial' ? 'mg/dL' : 'mmol/L'
  return all.find(code => IMPERIAL.has(code) === (units === 'imperial')) ?? all[0] ?? ''
}

export function draftOfMeasure(fields: MeasureFields): MeasureDraft {
  const { measure, value, unit = '', name = '', context = '', takenAt, note = '' } = fields
  return { measure, value: String(value), unit, name, context, taken: draftOfTaken(takenAt), note }
}

/** What the draft's unit allows; undefined for an own measure. */
export function limitsOf({ measure, unit }: Pick<MeasureDraft, 'measure' | 'unit'>): MeasureUnit | undefined {
  return measure === 'own' ? undefined : unitOf(measure, unit)
}

export function checkMeasure(draft: MeasureDraft, nowMs: number): Checked<MeasureField> {
  const takenAt = parseTaken(draft.taken)
  const errors: FieldErrors<MeasureField> = takenAt === undefined ? takenError(draft.taken) : {}
  const value = amountOf(draft)
  const limits = limitsOf(draft)
  if (draft.value.trim() === '') errors.value = 'required'
  else if (value === undefined) errors.value = 'not-a-number'
  else if (limits !== undefined && !isWithin(value, limits.possible)) errors.value = 'out-of-range'
  if (draft.measure === 'own' && draft.name.trim() === '') errors.name = 'required'
  if (Object.keys(errors).length > 0 || takenAt === undefined || value === undefined) return { ok: false, errors }
  const questions: Question[] = []
  if (limits !== undefined && !isWithin(value, limits.usual)) questions.push('measure-unusual')
  if (isAhead(takenAt, nowMs)) questions.push('in-the-future')
  const entry: MeasureFields = {
    kind: 'measure',
    measure: draft.measure,
    takenAt,
    value,
    ...(draft.measure === 'own' ? optional('name', draft.name) : {}),
    ...optional('unit', draft.unit),
    ...(draft.measure === 'glucose' && draft.context !== '' ? { context: draft.context } : {}),
    ...optional('note', draft.note),
  }
  return { ok: true, entries: [entry], questions }
}

const isWithin = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to

/** Hours and minutes as a clock writes them are hours. */
function amountOf({ measure, value }: MeasureDraft): number | undefined {
  const clock = measure === 'sleep' ? /^(\d{1,2}):([0-5]\d)$/.exec(asciiDigits(value).trim()) : null
  if (clock === null) return parseTypedNumber(value)
  return Number((Number(clock[1]) + Number(clock[2]) / 60).toFixed(4))
}
