import { type Instant, instant } from './instant.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** Minutes east of UTC in `zone` (an IANA name) at `ms` since 1970. */
export function offsetAt(ms: number, zone: string): number {
  const parts = formatIn(zone).formatToParts(ms)
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'])
  return Math.round((wall - Math.floor(ms / MINUTE_MS) * MINUTE_MS) / MINUTE_MS)
}

/**
 * Minutes east of UTC where the clocks of `zone` show `wall` (`2026-03-29T02:30`). A time that a clock skipped is taken as the clock
 * before it went; of a time that comes twice the first is meant.
 */
export function offsetOfWall(wall: string, zone: string): number {
  const ms = Date.parse(`${wall}Z`)
  const [before, after] = [offsetAt(ms - DAY_MS, zone), offsetAt(ms + DAY_MS, zone)]
  return [before, after].find(offset => offsetAt(ms - offset * MINUTE_MS, zone) === offset) ?? before
}

/** When the clocks of `zone` show `wall` (`2026-03-29T02:30`). */
export function instantOfWall(wall: string, zone: string): Instant {
  return instant(Date.parse(`${wall}Z`) - offsetOfWall(wall, zone) * MINUTE_MS)
}

/** What the clocks of `zone` show at `at`: `2026-03-29T03:30`. */
export function wallAt(at: Instant, zone: string): string {
  return new Date(at + offsetAt(at, zone) * MINUTE_MS).toISOString().slice(0, 16)
}
