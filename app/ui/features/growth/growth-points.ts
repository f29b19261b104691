import { ageInDays, comparedAge } from '#schema/growth/age.ts'
import type { GrowthMeasure, GrowthStandard, Sex } from '#schema/growth/kinds.ts'
import { type Placed, placeOf } from '#schema/growth/reference.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'

/** A measurement that was taken on a known day. */
export interface Measured {
  /** FHIR date or dateTime. */
  readonly text: string
  readonly at: number
  /** In kg, cm or kg/m². */
  readonly value: number
  /** Absent where it was reckoned from two. */
  readonly id?: EntryId
}

/** One point of a child's curve. */
export interface GrowthPoint extends Measured {
  readonly ageDays: number
  /** The age at which it is compared: a preterm child's corrected one. */
  readonly comparedDays: number
  /** Undefined outside of the ages of the standard. */
  readonly place?: Placed
}

export interface Child {
  readonly sex: Sex
  readonly birthDate: string
  readonly bornAtWeeks?: number
}

const DAY_LENGTH = '2026-03-04'.length

const PER_UNIT: Readonly<Record<GrowthMeasure, Readonly<Record<string, number>>>> = {
  weight: { kg: 1, g: 0.001, '[lb_av]': 0.45359237, '[oz_av]': 0.028349523125, '[stone_av]': 6.35029318 },
  height: { cm: 1, m: 100, mm: 0.1, '[in_i]': 2.54, '[ft_i]': 30.48 },
  'head-circumference': { cm: 1, m: 100, mm: 0.1, '[in_i]': 2.54 },
  bmi: { 'kg/m2': 1 },
}

/** The values whose day and unit are certain, oldest first, and how many others there are. */
export function measuredOf(
  measure: GrowthMeasure,
  entries: readonly EntrySummary[],
): { readonly measured: readonly Measured[]; readonly leftOut: number } {
  const measured = entries.flatMap(({ id, when, value }): readonly Measured[] => {
    if (when === undefined || when.text.length < DAY_LENGTH || value?.type !== 'quantity') return []
    const { quantity } = value
    const factor = quantity.isUcum && quantity.comparator === undefined ? PER_UNIT[measure][quantity.unit] : undefined
    if (factor === undefined || !(quantity.value > 0)) return []
    return [{ id, text: when.text, at: when.sortAt, value: quantity.value * factor }]
  })
  return { measured: measured.toSorted((a, b) => a.at - b.at), leftOut: entries.length - measured.length }
}

/** BMI of each day on which both were measured, by the last of that day. */
export function bmiOf(weights: readonly Measured[], heights: readonly Measured[]): readonly Measured[] {
  const byDay = (list: readonly Measured[]) => new Map(list.map(each => [each.text.slice(0, DAY_LENGTH), each]))
  const tall = byDay(heights)
  return [...byDay(weights)].flatMap(([day, { at, value }]) => {
    const height = tall.get(day)
    return height === undefined ? [] : [{ text: day, at, value: value / (height.value / 100) ** 2 }]
  })
}

/** On their days that have a BMI of their own, those; on the others the reckoned ones. */
export function withReckoned(own: readonly Measured[], reckoned: readonly Measured[]): readonly Measured[] {
  const days = new Set(own.map(({ text }) => text.slice(0, DAY_LENGTH)))
  return [...own, ...reckoned.filter(({ text }) => !days.has(text))].toSorted((a, b) => a.at - b.at)
}

/** Each at its age, with its place on the standard's curves; what lies before birth is left out. */
export function pointsOf(
  measured: readonly Measured[],
  child: Child,
  standard: GrowthStandard,
  measure: GrowthMeasure,
): readonly GrowthPoint[] {
  return measured.flatMap(each => {
    const ageDays = ageInDays(child.birthDate, each.text)
    if (ageDays === undefined || ageDays < 0) return []
    const comparedDays = comparedAge(ageDays, child.bornAtWeeks)
    const place = placeOf(standard, measure, child.sex, comparedDays, each.value)
    return [{ ...each, ageDays, comparedDays, ...(place === undefined ? {} : { place }) }]
  })
}
