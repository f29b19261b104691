import { codeOf } from '#schema/codes/measures.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding, EntrySummary, GoalTarget, Quantity } from '#schema/record/entry.ts'
import { isMeasureName } from '#schema/record/measure.ts'
import { type TrackedMeasure, trackedOf } from '#schema/record/tracked.ts'
import { formatNumber } from '../language/format.ts'
import { t } from '../language/language.ts'
import { formatUnit } from './format-value.ts'
import { inLabUnits, inUnits, type ReaderUnits } from './units.ts'

/** What is followed, in plain words; an own measure by the name it was last given. Reactive, like all here. */
export function trackedName(measure: TrackedMeasure, ownName?: string): string {
  if (measure === 'blood-pressure' || measure === 'weight') return t(`kind.${measure}`)
  return isMeasureName(measure) ? t(`measure.${measure}`) : (ownName ?? measure.slice('own:'.length))
}

/** Of an entry that is a value of our table: the measure, whatever words its source has for it. */
export function tableName(entry: EntrySummary): string | undefined {
  const measure = trackedOf(entry)
  return measure === undefined || measure.startsWith('own:') ? undefined : trackedName(measure)
}

export function codesOfMeasure(measure: string, unit: string): readonly Coding[] {
  const loinc = isMeasureName(measure) ? codeOf(measure, unit).loinc : undefined
  return loinc === undefined ? [] : [{ system: SYSTEMS.loinc, code: loinc }]
}

/** In the units that the reader chose. */
export function shownQuantity(quantity: Quantity, codes: readonly Coding[], reader: ReaderUnits): Quantity {
  return inUnits(inLabUnits(quantity, codes, reader.labUnits), reader.units)
}

/** One end of a goal, as a quantity in the reader's units. */
export function boundOf({ measure, unit }: GoalTarget, value: number, reader: ReaderUnits): Quantity {
  const quantity = { value, unit, isUcum: !measure.startsWith('own:') }
  return shownQuantity(quantity, codesOfMeasure(measure, unit), reader)
}

/** `70 to 180 mg/dL`; of a blood pressure `at most 130 / at most 80 mmHg`. */
export function bandWords(target: GoalTarget, reader: ReaderUnits): string {
  const { low, high, secondLow, secondHigh } = target
  const bounds = [low, high, secondLow, secondHigh].map(value =>
    value === undefined ? undefined : boundOf(target, value, reader),
  )
  const span = (from: Quantity | undefined, to: Quantity | undefined) => {
    const [least, most] = [from, to].map(bound => (bound === undefined ? '' : formatNumber(bound.value, 1)))
    if (from !== undefined && to !== undefined) return t('goal.between', { low: least ?? '', high: most ?? '' })
    if (from !== undefined) return t('goal.atLeast', { low: least ?? '' })
    return to === undefined ? '' : t('goal.atMost', { high: most ?? '' })
  }
  const spans = [span(bounds[0], bounds[1]), span(bounds[2], bounds[3])].filter(part => part !== '')
  const unit = bounds.find(bound => bound !== undefined)
  return `${spans.join(' / ')} ${unit?.isUcum ? formatUnit(unit.unit) : (unit?.unit ?? '')}`.trim()
}

/** What a goal is for. Its description ends with the band, so an own measure is called by what it stands under. */
export function goalName({ target }: Pick<EntrySummary, 'target'>): string {
  return target === undefined ? t('kind.goal') : trackedName(target.measure)
}

/** The address of a measure's page; `measureIn` reads it. */
export function trackPath(measure: TrackedMeasure): string {
  if (!measure.startsWith('own:')) return `/track/${measure}`
  return `/track/own?${new URLSearchParams({ name: measure.slice('own:'.length) }).toString()}`
}
