import { TYPED_MEASURES, type TypedMeasure } from '#schema/codes/measures.ts'
import type { GoalFields } from '#schema/record/entry.ts'
import { ownMeasure, type TrackedMeasure } from '#schema/record/tracked.ts'
import { type DateDraft, draftOfDate } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'
import type { ReaderUnits } from '../../record/units.ts'
import { type Checked, checkPeriod, type FieldErrors, optional } from '../../record/entry-draft.ts'
import { usualUnit } from './draft-measure.ts'

export type GoalMeasure = 'blood-pressure' | 'weight' | 'bmi' | 'glucose-sensor' | TypedMeasure | 'own'

export const GOAL_MEASURES: readonly GoalMeasure[] = [
  'blood-pressure',
  'weight',
  'bmi',
  ...TYPED_MEASURES,
  'glucose-sensor',
  'own',
]

type Bound = 'low' | 'high' | 'secondLow' | 'secondHigh'

export interface GoalDraft extends Readonly<Record<Bound, string>> {
  readonly measure: GoalMeasure
  readonly name: string
  readonly unit: string
  readonly status: GoalFields['status']
  readonly since: DateDraft
  readonly until: DateDraft
  readonly note: string
}

export type GoalField = Bound | 'name' | 'since' | 'until'

export function goalUnit(measure: GoalMeasure, settings: ReaderUnits): string {
  if (measure === 'blood-pressure') return 'mm[Hg]'
  if (measure === 'weight') return settings.units === 'imperial' ? '[lb_av]' : 'kg'
  return usualUnit(measure, settings)
}

export function draftOfGoal(fields: GoalFields): GoalDraft {
  const { measure, name = '', unit = '', status, since, until, note = '' } = fields
  const text = (bound: Bound) => (fields[bound] === undefined ? '' : String(fields[bound]))
  const bounds = { low: text('low'), high: text('high'), secondLow: text('secondLow'), secondHigh: text('secondHigh') }
  const known = GOAL_MEASURES.find(each => each === measure) ?? 'own'
  return { measure: known, name, unit, ...bounds, status, since: draftOfDate(since), until: draftOfDate(until), note }
}

export function checkGoal(draft: GoalDraft): Checked<GoalField> {
  const { dates, errors: dateErrors } = checkPeriod(draft.since, draft.until)
  const errors: FieldErrors<GoalField> = dateErrors
  const bounds = boundsOf(draft, errors)
  if (Object.keys(bounds).length === 0 && errors.low === undefined && errors.high === undefined)
    errors.low = 'low-or-high'
  const name = draft.name.trim()
  if (draft.measure === 'own' && name === '') errors.name = 'required'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const measure: TrackedMeasure = draft.measure === 'own' ? ownMeasure(name) : draft.measure
  const entry: GoalFields = {
    kind: 'goal',
    measure,
    ...(draft.measure === 'own' ? { name } : {}),
    ...optional('unit', draft.unit),
    ...bounds,
    status: draft.status,
    ...dates,
    ...optional('note', draft.note),
  }
  return { ok: true, entries: [entry], questions: [] }
}

function boundsOf(draft: GoalDraft, errors: FieldErrors<GoalField>): Partial<Record<Bound, number>> {
  const names: readonly Bound[] =
    draft.measure === 'blood-pressure' ? ['low', 'high', 'secondLow', 'secondHigh'] : ['low', 'high']
  const bounds: Partial<Record<Bound, number>> = {}
  for (const name of names) {
    const value = parseTypedNumber(draft[name])
    if (value !== undefined) bounds[name] = value
    else if (draft[name].trim() !== '') errors[name] = 'not-a-number'
  }
  if (isCrossed(bounds.low, bounds.high)) errors.high = 'low-above-high'
  if (isCrossed(bounds.secondLow, bounds.secondHigh)) errors.secondHigh = 'low-above-high'
  return bounds
}

const isCrossed = (low: number | undefined, high: number | undefined) =>
  low !== undefined && high !== undefined && low > high
