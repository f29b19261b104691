import type { Instant } from '#schema/instant.ts'
import { listText, numberFormat } from './intl.ts'
import { language } from './language.ts'

/** A number the reader's way, at most `maxDigits` behind the point (3 unless told). Reactive. */
export function formatNumber(value: number, maxDigits = 3): string {
  return numberFormat(language(), { maximumFractionDigits: maxDigits }).format(value)
}

/** `4 March 2026` in the reader's language and this device's zone. Reactive. */
export function formatDay(at: Instant | Date): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(at)
}

/** Day and time of day. Reactive. */
export function formatTime(at: Instant | Date): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

/** Time of day alone, for what happened today. Reactive. */
export function formatClock(at: Instant | Date): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(at)
}

/** `today`, `yesterday`, `3 days ago`; past a month the day itself. Reactive. */
export function formatDaysAgo(at: Instant, now: Instant): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000)
  if (days < -30 || days > 0) return formatDay(at)
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day')
}

function startOfDay(at: number): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

const DURATIONS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A length of time in its largest unit: `3 hours`, `12 days`, `2 years`. Reactive. */
export function formatDuration(ms: number): string {
  const [unit, size] = DURATIONS.find(([, each]) => ms >= each) ?? (['second', 1000] as const)
  const value = Math.max(1, Math.round(ms / size))
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** `Problems, Medicines and Visits`; names of another script stay whole. Reactive. */
export function formatList(items: readonly string[]): string {
  return listText(language(), items)
}
