const DAY_MS = 86_400_000
/** From full term, which is what the curves begin with. */
const TERM_WEEKS = 40
/** Until here a preterm child's age is counted from the day it was due. */
const CORRECTED_DAYS = 731
const DAY = /^\d{4}-\d\d-\d\d/

/** Whole days of the calendar from birth to a FHIR date or dateTime; undefined where one of the two is not known to the day. */
export function ageInDays(birthDate: string, day: string): number | undefined {
  const [born, then] = [DAY.exec(birthDate)?.[0], DAY.exec(day)?.[0]]
  if (born === undefined || then === undefined) return undefined
  const days = (Date.parse(`${then}T00:00:00Z`) - Date.parse(`${born}T00:00:00Z`)) / DAY_MS
  return Number.isNaN(days) ? undefined : days
}

/**
 * The age to be compared at: of a child born after `bornAtWeeks` whole weeks, fewer than 37, so many days less as it came before 40 weeks,
 * until two years. Below zero before the day it was due.
 */
export function comparedAge(ageDays: number, bornAtWeeks: number | undefined): number {
  const isCorrected = bornAtWeeks !== undefined && bornAtWeeks < 37 && ageDays < CORRECTED_DAYS
  return isCorrected ? ageDays - (TERM_WEEKS - bornAtWeeks) * 7 : ageDays
}

export interface Age {
  readonly years: number
  readonly months: number
  readonly days: number
}

/** By the calendar, as people say it: a year is over on the birthday. Both to the day; undefined before birth. */
export function calendarAge(birthDate: string, day: string): Age | undefined {
  const total = ageInDays(birthDate, day)
  if (total === undefined || total < 0) return undefined
  const [born, then] = [new Date(`${birthDate.slice(0, 10)}T00:00:00Z`), new Date(`${day.slice(0, 10)}T00:00:00Z`)]
  const whole = (then.getUTCFullYear() - born.getUTCFullYear()) * 12 + then.getUTCMonth() - born.getUTCMonth()
  const months = then.getUTCDate() < born.getUTCDate() ? whole - 1 : whole
  const start = new Date(born)
  start.setUTCMonth(born.getUTCMonth() + months)
  const days = Math.max(0, Math.round((then.getTime() - start.getTime()) / DAY_MS))
  return { years: Math.floor(months / 12), months: months % 12, days }
}
