import { BloodPressures, DIASTOLIC, PRESSURE, type PressurePart, SYSTOLIC } from './blood-pressures.ts'
import { deviceWords } from './health-resources.ts'
import { HealthTime } from './health-time.ts'
import { healthType, isLasting, shortName, SLEEP, STAND_HOUR, wordsOf } from './health-types.ts'
import { healthNumber, type HealthUnit, healthUnit } from './health-units.ts'
import { keptText } from './kept-text.ts'
import type { LeftOut } from './left-out.ts'
import type { Tag, TagVisitor } from './scan-health-data.ts'
import { type HealthReading, Series } from './series.ts'
import { Workout } from './workouts.ts'

/** Readings and days held at once; a life with five devices has some 100,000. */
const MAX_HELD = 400_000
/** A series takes memory of its own. */
const SERIES_COST = 20
const HELD_CHECK = 4096
const MAX_METADATA = 20
/** Of one blood pressure: two. */
const MAX_PARTS = 10
const HOURS: HealthUnit = { unit: 'h', isUcum: true, factor: 1 }
const TIMES: HealthUnit = { unit: '{count}', isUcum: true, factor: 1 }

/** When the readings of a kind from a source were taken that the record has one by one; ms since 1970. */
export type Standing = (type: string, source: string) => readonly number[]

type Metadata = [key: string, value: string][]
type Takes = (metadata: Metadata) => void

/** Gathers what an export's tags say, in bounded memory, as they go by. */
export class HealthData implements TagVisitor {
  root = ''
  /** As written: HealthKit's characteristics of the person. */
  readonly me = new Map<string, string>()
  readonly pressures = new BloodPressures()
  readonly workouts: Workout[] = []
  /** The day the export was made, in days since 1970; the latest day of all where it does not say. */
  today: number | undefined
  isTooMuch = false
  /** Workouts' ways over the map. */
  routes = 0
  readonly #left: LeftOut
  readonly #standing: Standing
  readonly #series = new Map<string, Series>()
  readonly #start = new HealthTime()
  readonly #end = new HealthTime()
  #last: Series | undefined
  #lastNames: readonly [type: string, source: string, unit: string, variant: string] = ['', '', '', '']
  #records = 0
  /** What the element of depth 1 that is open becomes once it closes, and what was noted in it. */
  #takes: Takes | undefined
  #metadata: Metadata = []
  #parts: PressurePart[] | undefined
  #workout: Workout | undefined

  constructor(left: LeftOut, standing: Standing) {
    this.#left = left
    this.#standing = standing
  }

  series(): readonly Series[] {
    return [...this.#series.values()]
  }

  open(tag: Tag, depth: number): void {
    if (depth === 0) this.root = tag.name
    else if (depth === 1) this.#openTop(tag)
    else if (tag.name === 'MetadataEntry') this.#note(tag)
    else if (depth === 2) this.#openInner(tag)
  }

  close(_: string, depth: number): void {
    if (depth !== 1) return
    this.#takes?.(this.#metadata)
    this.#takes = undefined
    this.#parts = undefined
    this.#workout = undefined
    if (this.#metadata.length > 0) this.#metadata = []
  }

  #openTop(tag: Tag): void {
    switch (tag.name) {
      case 'Record':
        return this.#record(tag)
      case 'Correlation':
        return this.#correlation(tag)
      case 'Workout':
        return this.#openWorkout(tag)
      case 'Me':
        return this.#readMe(tag)
      case 'ExportDate':
        if (this.#start.read(tag.get('value'))) this.today = this.#start.day()
        return
      case 'ActivitySummary':
        return this.#left.count('rings')
      case 'ClinicalRecord':
        return this.#left.count('clinical')
      default:
        this.#left.count('kind', wordsOf(tag.name))
    }
  }

  #openInner(tag: Tag): void {
    if (tag.name === 'WorkoutRoute') this.routes += 1
    if (this.#workout !== undefined) this.#workout.add(tag)
    else if (tag.name === 'Record' && this.#parts !== undefined) {
      const part = this.#pressurePart(tag)
      if (part !== undefined && this.#parts.length < MAX_PARTS) this.#parts.push(part)
    }
  }

  #note(tag: Tag): void {
    if (this.#takes === undefined || this.#metadata.length >= MAX_METADATA) return
    const [key, value] = [tag.get('key'), tag.get('value')]
    if (key !== undefined && value !== undefined) this.#metadata.push([keptText(key, 200), keptText(value)])
  }

  #readMe(tag: Tag): void {
    for (let index = 0; index < tag.count; index++) {
      this.me.set(keptText(tag.names[index] ?? ''), keptText(tag.values[index] ?? '', 200))
    }
  }

  /** Reads the moments of a tag; false, and counted, where it has none. */
  #times(tag: Tag, type: string): boolean {
    if (!this.#start.read(tag.get('startDate'))) {
      this.#left.count('no-date', shortName(type))
      return false
    }
    if (!this.#end.read(tag.get('endDate')) || this.#end.at < this.#start.at) {
      this.#end.at = this.#start.at
      this.#end.zone = this.#start.zone
    }
    return true
  }

  #record(tag: Tag): void {
    if (++this.#records % HELD_CHECK === 0) this.checkHeld()
    const type = tag.get('type') ?? ''
    if (type === SYSTOLIC || type === DIASTOLIC) return this.#loosePressure(tag)
    if (!this.#times(tag, type)) return
    if (type.startsWith('HKCategory')) return this.#event(tag, type)
    const series = this.#seriesOf(tag, type, tag.get('unit') ?? '')
    const written = tag.get('value')
    const value = healthNumber(written, series.names.unit)
    if (!Number.isFinite(value)) return this.#left.count('no-value', shortName(type))
    if (series.isGathered(this.#start.day())) series.addNumber(this.#start.at, this.#end.at, this.#start.day(), value)
    else this.#keep(series, tag, value, written ?? '')
  }

  #event(tag: Tag, type: string): void {
    const value = tag.get('value') ?? ''
    const [start, end] = [this.#start, this.#end]
    if (isLasting(type)) {
      const variant = type === SLEEP ? value : ''
      return this.#seriesOf(tag, type, 'hours', variant).addStretch(
        start.at,
        end.at,
        start.day(type === SLEEP ? -12 : 0),
      )
    }
    if (type === STAND_HOUR)
      return this.#seriesOf(tag, type, 'times', value).addNumber(start.at, end.at, start.day(), 1)
    const series = this.#seriesOf(tag, type, 'times')
    if (series.isGathered(start.day())) series.addNumber(start.at, end.at, start.day(), 1)
    else this.#keep(series, tag, keptText(value), '')
  }

  #keep(series: Series, tag: Tag, value: number | string, written: string): void {
    const reading = { ...this.#reading(tag, written), value }
    this.#takes = metadata => series.addReading({ ...reading, metadata })
  }

  #reading(tag: Tag, written: string): Omit<HealthReading, 'value' | 'metadata'> {
    const device = deviceWords(tag.get('device'))
    const { at, zone } = this.#start
    const span = { at, until: this.#end.at, zone, day: this.#start.day() }
    return { ...span, written: keptText(written), ...(device === undefined ? {} : { device: keptText(device) }) }
  }

  #seriesOf(tag: Tag, type: string, unit: string, variant = ''): Series {
    const source = tag.get('sourceName') ?? ''
    const [lastType, lastSource, lastUnit, lastVariant] = this.#lastNames
    if (
      this.#last !== undefined &&
      type === lastType &&
      source === lastSource &&
      unit === lastUnit &&
      variant === lastVariant
    ) {
      return this.#last
    }
    const key = [type, source, unit, variant].join('\n')
    const known = this.#series.get(key)
    const series = known ?? this.#newSeries(keptText(type), keptText(source), keptText(unit), keptText(variant))
    if (known === undefined) this.#series.set(key, series)
    this.#last = series
    this.#lastNames = [type, source, unit, variant]
    return series
  }

  #newSeries(type: string, source: string, unit: string, variant: string): Series {
    const ofEvent = unit === 'hours' ? HOURS : TIMES
    const names = {
      type: healthType(type),
      source,
      unit: type.startsWith('HKCategory') ? ofEvent : healthUnit(type, unit),
      ...(variant === '' ? {} : { variant }),
    }
    return new Series(names, this.#standing(type, source))
  }

  /** Notes when more is held than any person's life has. */
  checkHeld(): void {
    let held = this.pressures.held + this.workouts.length + this.#series.size * SERIES_COST
    for (const series of this.#series.values()) held += series.held
    if (held > MAX_HELD) this.isTooMuch = true
  }

  #loosePressure(tag: Tag): void {
    const part = this.#pressurePart(tag)
    if (part === undefined) return
    const { metadata: _, ...rest } = part
    this.#takes = metadata => this.pressures.addLoose({ ...rest, metadata })
  }

  #pressurePart(tag: Tag): PressurePart | undefined {
    const type = tag.get('type')
    if (type !== SYSTOLIC && type !== DIASTOLIC) return undefined
    if (!this.#times(tag, type)) return undefined
    const unit = healthUnit(type, keptText(tag.get('unit') ?? ''))
    const written = tag.get('value') ?? ''
    const value = healthNumber(written, unit)
    if (!Number.isFinite(value)) {
      this.#left.count('no-value', shortName(type))
      return undefined
    }
    const source = keptText(tag.get('sourceName') ?? '')
    return { ...this.#reading(tag, written), type, source, unit, value, metadata: [] }
  }

  #correlation(tag: Tag): void {
    if (tag.get('type') !== PRESSURE) return this.#left.count('group', shortName(tag.get('type') ?? ''))
    const parts: PressurePart[] = []
    this.#parts = parts
    this.#takes = metadata => this.pressures.addTogether(parts, metadata)
  }

  #openWorkout(tag: Tag): void {
    if (!this.#times(tag, 'Workout')) return
    const { at, zone } = this.#start
    const span = { at, until: this.#end.at, zone, day: this.#start.day() }
    const device = deviceWords(tag.get('device'))
    const source = keptText(tag.get('sourceName') ?? '')
    const workout = new Workout(tag, { ...span, source, ...(device === undefined ? {} : { device: keptText(device) }) })
    this.#workout = workout
    this.#takes = metadata => {
      workout.metadata = metadata
      this.workouts.push(workout)
    }
  }
}
