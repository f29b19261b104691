import { dayAfter, isIn, type Period } from './period.ts'

/** One reading, in the unit in which it is shown. A blood pressure has two numbers, all else one. */
export interface Reading {
  /** When, in ms since 1970: where it stands on the axis of time. */
  readonly at: number
  /** FHIR date or dateTime as written where it was taken: day and hour are those of the clock on the wall there. */
  readonly text: string
  readonly values: readonly number[]
}

/** A band for each number of a reading; an end that is left out is open. */
export type Band = readonly { readonly low?: number; readonly high?: number }[]

export interface Statistics {
  readonly count: number
  /** One for each number of a reading; none where there is no reading. */
  readonly mean: readonly number[]
  readonly least: readonly number[]
  readonly greatest: readonly number[]
  /** How many readings lie within the band, with all their numbers; undefined without a band. */
  readonly inBand?: number
  /** Of readings with a time of day before noon, and from noon on. */
  readonly morning: HalfDay
  readonly evening: HalfDay
}

interface HalfDay {
  readonly count: number
  readonly mean: readonly number[]
}

const DAY_LENGTH = '2026-03-04'.length

/** The day by the clock on the wall; undefined where only a month or a year is known. */
export const dayOf = ({ text }: Pick<Reading, 'text'>): string | undefined =>
  text.length >= DAY_LENGTH ? text.slice(0, DAY_LENGTH) : undefined

/** The hour by the clock on the wall, 0–23; undefined where no time of day is known. */
export function hourOf({ text }: Pick<Reading, 'text'>): number | undefined {
  return text.length > DAY_LENGTH ? Number(text.slice(DAY_LENGTH + 1, DAY_LENGTH + 3)) : undefined
}

/** Those whose day is known and lies in the period. */
export function readingsIn(period: Period, readings: readonly Reading[]): readonly Reading[] {
  return readings.filter(reading => {
    const day = dayOf(reading)
    return day !== undefined && isIn(period, day)
  })
}

export function statisticsOf(readings: readonly Reading[], band?: Band): Statistics {
  const half = (isHalf: (hour: number) => boolean): HalfDay => {
    const found = readings.filter(reading => {
      const hour = hourOf(reading)
      return hour !== undefined && isHalf(hour)
    })
    return { count: found.length, mean: meanOf(found) }
  }
  return {
    count: readings.length,
    mean: meanOf(readings),
    least: eachNumber(readings, values => Math.min(...values)),
    greatest: eachNumber(readings, values => Math.max(...values)),
    ...(band === undefined ? {} : { inBand: readings.filter(reading => isInBand(reading, band)).length }),
    morning: half(hour => hour < 12),
    evening: half(hour => hour >= 12),
  }
}

export function isInBand({ values }: Pick<Reading, 'values'>, band: Band): boolean {
  return values.every((value, index) => {
    const { low = -Infinity, high = Infinity } = band[index] ?? {}
    return value >= low && value <= high
  })
}

export const meanOf = (readings: readonly Reading[]) =>
  eachNumber(readings, values => values.reduce((sum, value) => sum + value, 0) / values.length)

function eachNumber(readings: readonly Reading[], reckon: (values: readonly number[]) => number): readonly number[] {
  const [first] = readings
  if (first === undefined) return []
  return first.values.map((_, index) => reckon(readings.flatMap(({ values }) => values[index] ?? [])))
}

/** Of each day with a reading the mean of all readings of that day and the six before it, oldest first. */
export function sevenDayMeans(readings: readonly Reading[]): readonly Reading[] {
  const byDay = new Map<string, Reading[]>()
  for (const reading of readings) {
    const day = dayOf(reading)
    if (day === undefined) continue
    const of = byDay.get(day)
    if (of === undefined) byDay.set(day, [reading])
    else of.push(reading)
  }
  return [...byDay.keys()].toSorted().map(day => {
    const days = Array.from({ length: 7 }, (_, back) => dayAfter(day, -back))
    const window = days.flatMap(each => (each === undefined ? [] : (byDay.get(each) ?? [])))
    return { at: Math.max(...(byDay.get(day) ?? []).map(({ at }) => at)), text: day, values: meanOf(window) }
  })
}
