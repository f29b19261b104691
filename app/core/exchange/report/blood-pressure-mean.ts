import { fhirDateTime } from '#schema/record/when.ts'
import type { EntrySummary } from '#schema/record/entry.ts'

const DAY_MS = 86_400_000

/** The mean of the blood pressures of some days (LOINC 96607-7), to a tenth of a mmHg. */
export interface PressureMean {
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
  readonly count: number
  /** FHIR dateTimes of the first and the last reading. */
  readonly from: string
  readonly to: string
}

/** Of the last reading and those of the `days` before it; undefined with fewer than two, or when the days are not known. */
export function pressureMean(readings: readonly EntrySummary[], days: number): PressureMean | undefined {
  const timed = readings.flatMap(({ value, when }) =>
    value?.type === 'blood-pressure' && when !== undefined && when.text.length >= '2026-03-04'.length
      ? [{ value, when }]
      : [],
  )
  timed.sort((a, b) => a.when.sortAt - b.when.sortAt)
  const last = timed.at(-1)
  if (last === undefined) return undefined
  const recent = timed.filter(({ when }) => when.sortAt > last.when.sortAt - days * DAY_MS)
  const [first] = recent
  if (first === undefined || recent.length < 2) return undefined
  const mean = (part: 'systolicMmHg' | 'diastolicMmHg') =>
    Math.round((recent.reduce((sum, { value }) => sum + value[part], 0) / recent.length) * 10) / 10
  return {
    systolicMmHg: mean('systolicMmHg'),
    diastolicMmHg: mean('diastolicMmHg'),
    count: recent.length,
    from: fhirDateTime(first.when.text),
    to: fhirDateTime(last.when.text),
  }
}
