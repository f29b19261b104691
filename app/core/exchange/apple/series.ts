import type { HealthType } from './health-types.ts'
import type { HealthUnit } from './health-units.ts'
import { dayOf, mondayOf } from './health-time.ts'

/** One record of the file, when it is kept by itself. */
export interface HealthReading {
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  readonly until: number
  /** Minutes east of UTC that the file writes `at` in. */
  readonly zone: number
  readonly day: number
  /** In the series' unit; of an event its value's identifier. */
  readonly value: number | string
  /** The number's digits as they stand in the file. */
  readonly written: string
  readonly device?: string
  readonly metadata: readonly (readonly [key: string, value: string])[]
}

export interface DayValues {
  count: number
  sum: number
  least: number
  greatest: number
}

/** The days of one week that have readings, by days since 1970. */
export interface HealthWeek {
  readonly monday: number
  readonly days: ReadonlyMap<number, DayValues>
}

/** More on one day, or in all, are gathered by the week. */
const MAX_A_DAY = 24
const MAX_READINGS = 5000

/** What names a series: two of them are never mixed. */
export interface SeriesNames {
  readonly type: HealthType
  readonly source: string
  readonly unit: HealthUnit
  /** Of an event gathered by its length: which value of it (`HKCategoryValueSleepAnalysisAsleepREM`). */
  readonly variant?: string
}

/**
 * All readings of one kind from one source in one unit: one by one while they are few, else a few numbers a day. A day of which the
 * record has readings one by one goes on so: gathered as well, they would count twice.
 */
export class Series {
  readonly names: SeriesNames
  readonly #readings: HealthReading[] = []
  #days: Map<number, DayValues> | undefined
  readonly #standing: readonly number[]
  /** Days since 1970 of `#standing`, by the clock that the file is written with. */
  #single: ReadonlySet<number> = new Set()
  readonly #aDay = new Map<number, number>()
  #lastAt = Number.NaN
  #lastUntil = Number.NaN
  #lastValue = Number.NaN
  /** Readings met, those said twice included. */
  count = 0
  duplicates = 0
  /** Days since 1970; of no reading at first. */
  firstDay = Number.POSITIVE_INFINITY
  lastDay = Number.NEGATIVE_INFINITY

  /** `standing`: when the readings were taken that the record has one by one; ms since 1970. */
  constructor(names: SeriesNames, standing: readonly number[] = []) {
    this.names = names
    this.#standing = standing
    if (names.type.gathering !== 'each') this.#days = new Map()
  }

  /** What comes in one by one. */
  get readings(): readonly HealthReading[] {
    return this.#readings
  }

  get isByWeek(): boolean {
    return this.#days !== undefined
  }

  /** Of this day a few numbers are all that is kept. */
  isGathered(day: number): boolean {
    return this.#days !== undefined && !this.#single.has(day)
  }

  /** How much of memory's bounds it takes. */
  get held(): number {
    return this.#readings.length + (this.#days?.size ?? 0)
  }

  #see(day: number): void {
    this.count += 1
    if (day < this.firstDay) this.firstDay = day
    if (day > this.lastDay) this.lastDay = day
  }

  addReading(reading: HealthReading): void {
    if (this.isGathered(reading.day)) return this.addNumber(reading.at, reading.until, reading.day, numberOf(reading))
    this.#see(reading.day)
    this.#readings.push(reading)
    if (this.#days !== undefined) return
    const aDay = (this.#aDay.get(reading.day) ?? 0) + 1
    this.#aDay.set(reading.day, aDay)
    if (aDay > MAX_A_DAY || this.#readings.length > MAX_READINGS) this.#gather(reading.zone)
  }

  #gather(zone: number): void {
    this.#single = new Set(this.#standing.map(at => dayOf(at, zone)))
    this.#days = new Map()
    this.#aDay.clear()
    const readings = this.#readings.splice(0)
    this.count -= readings.length
    for (const reading of readings) this.addReading(reading)
  }

  /** A number that is gathered by the day at once. The very same span with the same number right after is one. */
  addNumber(at: number, until: number, day: number, value: number): void {
    this.#see(day)
    if (at === this.#lastAt && until === this.#lastUntil && value === this.#lastValue) {
      this.duplicates += 1
      return
    }
    this.#lastAt = at
    this.#lastUntil = until
    this.#lastValue = value
    this.#put(day, value)
  }

  /** A stretch of time in hours: what of it the one before has covered is not counted again. */
  addStretch(at: number, until: number, day: number): void {
    this.#see(day)
    const covered = this.#lastUntil > at && at >= this.#lastAt ? Math.min(until, this.#lastUntil) : at
    if (covered === until && until > at) this.duplicates += 1
    this.#lastAt = at
    this.#lastUntil = Math.max(until, covered)
    this.#put(day, (until - covered) / 3_600_000)
  }

  #put(day: number, value: number): void {
    const days = (this.#days ??= new Map())
    const values = days.get(day)
    if (values === undefined) {
      days.set(day, { count: 1, sum: value, least: value, greatest: value })
      return
    }
    values.count += 1
    values.sum += value
    if (value < values.least) values.least = value
    if (value > values.greatest) values.greatest = value
  }

  /** Weeks that are over before `today`, the earliest first; and how many readings wait for the end of theirs. */
  weeks(today: number): { readonly over: readonly HealthWeek[]; readonly waiting: number } {
    const byMonday = new Map<number, Map<number, DayValues>>()
    let waiting = 0
    for (const [day, values] of [...(this.#days ?? [])].sort(([a], [b]) => a - b)) {
      const monday = mondayOf(day)
      if (monday + 7 > today) {
        waiting += values.count
        continue
      }
      const days = byMonday.get(monday) ?? new Map<number, DayValues>()
      byMonday.set(monday, days.set(day, values))
    }
    return { over: [...byMonday].map(([monday, days]) => ({ monday, days })), waiting }
  }

  /** Whether a day's numbers are added up. Events without a length are counted. */
  get isSum(): boolean {
    return this.names.type.gathering === 'sum' || isEvent(this.names.type.id)
  }
}

const isEvent = (id: string) => id.startsWith('HKCategory')
/** An event among too many counts once. */
const numberOf = ({ value }: HealthReading) => (typeof value === 'number' ? value : 1)
