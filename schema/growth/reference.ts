import { CDC_TABLES } from './cdc.ts'
import type { GrowthMeasure, GrowthStandard, Sex } from './kinds.ts'
import { type Lms, percentileOf, restrictedZScoreOf, valueAt, zScoreOf } from './lms.ts'
import { WHO_TABLES } from './who.ts'

/** A curve that charts draw: so many in a hundred of that age lie below it, which is at `z`. */
export interface Curve {
  readonly percentile: number
  readonly z: number
}

const curves = (pairs: readonly (readonly [percentile: number, z: number])[]): readonly Curve[] =>
  pairs.map(([percentile, z]) => ({ percentile, z }))

/** Those that each standard's own charts draw. */
export const CURVES: Readonly<Record<GrowthStandard, readonly Curve[]>> = {
  who: curves([
    [3, -1.880794],
    [15, -1.036433],
    [50, 0],
    [85, 1.036433],
    [97, 1.880794],
  ]),
  cdc: curves([
    [5, -1.644854],
    [10, -1.281552],
    [25, -0.67449],
    [50, 0],
    [75, 0.67449],
    [90, 1.281552],
    [95, 1.644854],
  ]),
}

interface Row extends Lms {
  readonly days: number
}

type Pieces = readonly (readonly Row[])[]
type Tables = Readonly<Partial<Record<GrowthMeasure, Readonly<Record<Sex, Pieces>>>>>

function rowsOf(text: string): readonly Row[] {
  return text.split(';').map(row => {
    const [days = 0, l = 0, m = 0, s = 0] = row.split(' ').map(Number)
    return { days, l, m, s }
  })
}

function tablesOf(texts: Readonly<Partial<Record<GrowthMeasure, Readonly<Record<Sex, readonly string[]>>>>>): Tables {
  const parsed = Object.entries(texts).map(([measure, { female, male }]) => [
    measure,
    { female: female.map(rowsOf), male: male.map(rowsOf) },
  ])
  return Object.fromEntries(parsed) as Tables
}

const TABLES: Readonly<Record<GrowthStandard, Tables>> = { who: tablesOf(WHO_TABLES), cdc: tablesOf(CDC_TABLES) }

/** Of head circumference CDC's chart begins at birth; its others, and the choice between the two standards, turn at two years. */
const TWO_YEARS = 730.5
const firstDay = (standard: GrowthStandard, measure: GrowthMeasure) =>
  standard === 'cdc' && measure !== 'head-circumference' ? TWO_YEARS : 0

const piecesOf = (standard: GrowthStandard, measure: GrowthMeasure, sex: Sex): Pieces =>
  TABLES[standard][measure]?.[sex] ?? []

/** The ages in days for which the standard has the measure, both included; undefined where it has it for none. */
export function agesOf(
  standard: GrowthStandard,
  measure: GrowthMeasure,
): { readonly from: number; readonly to: number } | undefined {
  const last = piecesOf(standard, measure, 'female').at(-1)?.at(-1)
  return last && { from: firstDay(standard, measure), to: last.days }
}

/** How the measure is spread at this age in days; undefined outside of the ages of the standard. */
export function spreadAt(standard: GrowthStandard, measure: GrowthMeasure, sex: Sex, ageDays: number): Lms | undefined {
  if (!(ageDays >= firstDay(standard, measure))) return undefined
  // Lengths lying down end the day before heights standing begin; what lies between two days is of the younger one.
  const piece = piecesOf(standard, measure, sex).findLast(([first]) => first !== undefined && first.days <= ageDays)
  const after = piece?.findIndex(({ days }) => days >= ageDays) ?? -1
  const upper = piece?.[after]
  const lower = piece?.[Math.max(0, after - 1)]
  if (lower === undefined || upper === undefined) return lastDayOf(piece, ageDays)
  const part = upper.days > lower.days ? (ageDays - lower.days) / (upper.days - lower.days) : 0
  const mix = (from: number, to: number) => from + part * (to - from)
  return { l: mix(lower.l, upper.l), m: mix(lower.m, upper.m), s: mix(lower.s, upper.s) }
}

/** Behind the last row of a piece by less than a day: that row. */
function lastDayOf(piece: readonly Row[] | undefined, ageDays: number): Lms | undefined {
  const last = piece?.at(-1)
  return last !== undefined && ageDays - last.days < 1 ? last : undefined
}

export interface Placed {
  readonly z: number
  /** 0–100. */
  readonly percentile: number
}

/** Where a value stands among children of that age and sex; undefined outside of the ages of the standard, and for no possible value. */
export function placeOf(
  standard: GrowthStandard,
  measure: GrowthMeasure,
  sex: Sex,
  ageDays: number,
  value: number,
): Placed | undefined {
  const lms = spreadAt(standard, measure, sex, ageDays)
  if (lms === undefined) return undefined
  const isRestricted = standard === 'who' && (measure === 'weight' || measure === 'bmi')
  const z = isRestricted ? restrictedZScoreOf(lms, value) : zScoreOf(lms, value)
  return Number.isNaN(z) ? undefined : { z, percentile: percentileOf(z) }
}

/** The curve at this age; undefined outside of the ages of the standard. */
export function curveAt(
  standard: GrowthStandard,
  measure: GrowthMeasure,
  sex: Sex,
  ageDays: number,
  z: number,
): number | undefined {
  const lms = spreadAt(standard, measure, sex, ageDays)
  return lms && valueAt(lms, z)
}
