import type { Instant } from '#schema/instant.ts'
import { formatClock, formatTime } from '../language/format.ts'
import { t } from '../language/language.ts'

const DAY_MS = 86_400_000

/** `today at 14:00`, `tomorrow at 9:00`, else the day and the time, in this device's zone. `now`: milliseconds, by the relay's clock. Reactive. */
export function soonWords(at: Instant, now: number): string {
  const days = Math.round((startOfDay(new Date(at)) - startOfDay(new Date(now))) / DAY_MS)
  if (days === 0) return t('soon.today', { time: formatClock(at) })
  return days === 1 ? t('soon.tomorrow', { time: formatClock(at) }) : t('soon.day', { time: formatTime(at) })
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
