import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import type { ImportedSeries } from '../imported-resource.ts'
import { fhirText, type FhirObject } from '../cda/fhir-json.ts'
import type { FoundResource } from '../find-resources.ts'
import { stableUuid } from '../own-entries.ts'
import { PRESSURE, pressureResource, type PressurePart } from './blood-pressures.ts'
import type { HealthData } from './health-data.ts'
import { readingResource, weekResource } from './health-resources.ts'
import { dateOfDay } from './health-time.ts'
import { healthType, shortName } from './health-types.ts'
import type { LeftOut } from './left-out.ts'
import { characteristics, patientResource } from './person.ts'
import { type HealthReading, Series } from './series.ts'

/** What workouts are chosen by, all together. */
const WORKOUTS = 'Workout'

/** Something to be brought in: under which address, in which group of the preview. */
interface Made {
  readonly key: string
  readonly resource: FhirObject
  readonly group?: string
  readonly place: string
  /** Of a thing that no later export says otherwise. */
  readonly isFixed?: true
}

/** Every entry an export becomes, one after the other. What can't come in is counted in `left`. */
export function* entriesOf(data: HealthData, left: LeftOut): Generator<FoundResource> {
  for (const made of allOf(data, left)) {
    const uuid = stableUuid(`apple health ${made.key}`)
    const { resourceType, ...rest } = made.resource
    const text = fhirText({ resourceType, id: uuid, ...rest })
    if (text === undefined) continue
    yield {
      text,
      fullUrl: `urn:uuid:${uuid}`,
      place: made.place,
      ...(made.group === undefined ? {} : { group: made.group }),
      ...(made.isFixed === undefined ? {} : { contentKey: toHex(hash(utf8(made.key)).subarray(0, 16)) }),
    }
  }
}

function* allOf(data: HealthData, left: LeftOut): Generator<Made> {
  const subject = yield* personOf(data)
  yield* pressuresOf(data, subject)
  for (const workout of data.workouts) {
    const { at, until, source, day } = workout.span
    const key = `workout ${workout.activity} ${source} ${at} ${until}`
    const place = `${shortName(workout.activity)}, ${dateOfDay(day)}`
    yield { key, resource: workout.resource(subject), group: WORKOUTS, place, isFixed: true }
  }
  const today = todayOf(data)
  for (const series of data.series()) yield* seriesOf(series, { today, subject, left })
}

/** Whom the rest is about; the phone's owner also where the file says nothing of them. */
function* personOf({ me }: HealthData): Generator<Made, string> {
  const resource = patientResource(me)
  const key = `person ${fhirText(resource)}`
  const subject = `urn:uuid:${stableUuid(`apple health ${key}`)}`
  yield { key, resource, place: 'Me' }
  for (const each of characteristics(me, subject)) yield { ...each, key: `${subject} ${each.key}`, place: 'Me' }
  return subject
}

function* pressuresOf({ pressures }: HealthData, subject: string): Generator<Made> {
  const { pairs, alone } = pressures.finish()
  for (const pair of pairs) {
    const { at, until, source, day } = pair.systolic
    const key = `pressure ${source} ${at} ${until} ${pair.systolic.value} ${pair.diastolic.value}`
    const resource = pressureResource(pair, subject)
    yield { key, resource, group: PRESSURE, place: `BloodPressure, ${dateOfDay(day)}`, isFixed: true }
  }
  for (const part of alone) yield { ...readingOf(lonely(part), part, subject), group: PRESSURE }
}

const lonely = ({ type, source, unit }: PressurePart) => new Series({ type: healthType(type), source, unit })

function readingOf(series: Series, reading: HealthReading, subject: string): Made {
  const { type, source, unit } = series.names
  const { at, until, value, day } = reading
  return {
    key: `reading ${type.id} ${source} ${unit.unit} ${at} ${until} ${value}`,
    resource: readingResource(series, reading, subject),
    group: type.id,
    place: `${shortName(type.id)}, ${dateOfDay(day)}`,
    isFixed: true,
  }
}

interface Making {
  readonly today: number
  readonly subject: string
  readonly left: LeftOut
}

function* seriesOf(series: Series, { today, subject, left }: Making): Generator<Made> {
  const { type, source, unit, variant } = series.names
  if (series.duplicates > 0) left.count('twice', shortName(type.id), series.duplicates)
  for (const reading of series.readings) yield readingOf(series, reading, subject)
  const { over, waiting } = series.weeks(today)
  if (waiting > 0) left.count('this-week', shortName(type.id), waiting)
  for (const week of over) {
    const key = `week ${variant ?? type.id} ${source} ${unit.unit} ${week.monday}`
    const place = `${shortName(type.id)}, ${dateOfDay(week.monday)}`
    yield { key, resource: weekResource(series, week, subject), group: type.id, place }
  }
}

/** An export without its date ends with its latest day, which may not be over. */
function todayOf(data: HealthData): number {
  return data.today ?? Math.max(...data.series().map(({ lastDay }) => lastDay))
}

/** What the person chooses from, the most frequent first. */
export function seriesIn(data: HealthData): readonly ImportedSeries[] {
  const met = data.series().filter(({ count }) => count > 0)
  const spans = met.map(series => ({
    type: series.names.type,
    readings: series.count,
    isByWeek: series.isByWeek,
    first: series.firstDay,
    last: series.lastDay,
  }))
  const single = (id: string, name: string, days: readonly number[]) =>
    days.length === 0
      ? []
      : [{ type: { ...healthType(id), name, isBasic: true }, readings: days.length, isByWeek: false, ...edgesOf(days) }]
  const all = [
    ...spans,
    ...single(PRESSURE, 'Blood pressure', data.pressures.days()),
    ...single(
      WORKOUTS,
      'Workouts',
      data.workouts.map(({ span }) => span.day),
    ),
  ]
  return [...Map.groupBy(all, ({ type }) => type.id)]
    .map(([key, parts]) => {
      const [{ type }] = parts as [(typeof parts)[number]]
      return {
        key,
        name: type.name,
        readings: parts.reduce((total, { readings }) => total + readings, 0),
        isByWeek: parts.some(({ isByWeek }) => isByWeek),
        from: dateOfDay(parts.reduce((day, { first }) => Math.min(day, first), Number.POSITIVE_INFINITY)),
        to: dateOfDay(parts.reduce((day, { last }) => Math.max(day, last), Number.NEGATIVE_INFINITY)),
        isBasic: type.isBasic,
      }
    })
    .sort((a, b) => b.readings - a.readings)
}

function edgesOf(days: readonly number[]) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const day of days) {
    if (day < first) first = day
    if (day > last) last = day
  }
  return { first, last }
}
