import type { Instant } from '../instant.ts'
import { isObject } from '../record/fhir/json.ts'
import { parseWhen } from '../record/when.ts'

/** So many charts go along with one message at most. */
export const MAX_CHARTS = 3
/** Of one chart; of more the newest go along. */
export const MAX_CHART_ROWS = 400
/** Two numbers are drawn of a blood pressure, one of all else. */
const MAX_LINES = 2
/** Of each of its words. */
export const MAX_CHART_CHARS = 300

/**
 * A chart as its sender saw it, which goes along with a message: its values, to be drawn and read as a table by whoever gets it
 * (decision 58). Words and units are the sender's.
 */
export interface ChartSnapshot {
  readonly title: string
  /** Of every number, as it is written; empty where it has none. */
  readonly unit: string
  /** What its lines are called. */
  readonly lines: readonly string[]
  /** The days that were looked at, `2026-03-04`, both included; an end that is left out was open. */
  readonly from?: string
  readonly to?: string
  /** In words, where the band behind is a goal and not the range that each value came with. */
  readonly goal?: string
  /** Oldest first. */
  readonly rows: readonly ChartRow[]
  /** How many rows there were, where not all go along. */
  readonly rowCount?: number
}

export interface ChartRow {
  /** FHIR date or dateTime, and where that stands on the axis of time. */
  readonly when: string
  readonly at: Instant
  /** One for each line. */
  readonly values: readonly number[]
  /** Each value is only a bound: what was measured lies below it, or above. */
  readonly bound?: 'below' | 'above'
  /** What is behind each value; an end that is left out is open. */
  readonly ranges?: readonly ChartRange[]
}

export interface ChartRange {
  readonly low?: number
  readonly high?: number
}

/** Of somebody else's app: undefined where any of it is no chart, or it is too much. */
export function parseCharts(json: unknown): readonly ChartSnapshot[] | undefined {
  if (!Array.isArray(json) || json.length > MAX_CHARTS) return undefined
  const charts = json.flatMap(one => parseChart(one) ?? [])
  return charts.length === json.length ? charts : undefined
}

function parseChart(json: unknown): ChartSnapshot | undefined {
  if (!isObject(json)) return undefined
  const { title, unit, lines, from, to, goal, rows, rowCount } = json
  if (!isWords(title) || !isWords(unit) || !Array.isArray(lines) || !Array.isArray(rows)) return undefined
  if (lines.length < 1 || lines.length > MAX_LINES || !lines.every(isWords)) return undefined
  if (rows.length < 1 || rows.length > MAX_CHART_ROWS) return undefined
  const read = rows.flatMap((row: unknown) => parseRow(row, lines.length) ?? [])
  if (read.length !== rows.length) return undefined
  return {
    title: title.toWellFormed(),
    unit: unit.toWellFormed(),
    lines: lines.map(line => line.toWellFormed()),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...(isWords(goal) && { goal: goal.toWellFormed() }),
    rows: read.toSorted((a, b) => a.at - b.at),
    ...(isCount(rowCount) && rowCount > rows.length && { rowCount }),
  }
}

function parseRow(json: unknown, lineCount: number): ChartRow | undefined {
  if (!isObject(json)) return undefined
  const { when, values, bound, ranges } = json
  const parsed = typeof when === 'string' ? parseWhen(when) : undefined
  if (parsed?.ok !== true || !isNumbers(values) || values.length !== lineCount) return undefined
  const behind = Array.isArray(ranges) ? ranges.slice(0, lineCount).map(parseRange) : undefined
  return {
    when: parsed.value.text,
    at: parsed.value.sortAt,
    values,
    ...((bound === 'below' || bound === 'above') && { bound }),
    ...(behind !== undefined && { ranges: behind }),
  }
}

function parseRange(json: unknown): ChartRange {
  const { low, high } = isObject(json) ? json : {}
  return { ...(isFinite(low) && { low }), ...(isFinite(high) && { high }) }
}

const isWords = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_CHART_CHARS
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isFinite)
