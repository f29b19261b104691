import { namedIn } from '#schema/named-in.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { dateTimeText } from '#schema/record/when.ts'
import { instant } from '#schema/instant.ts'
import { type Fhir, type FhirObject, WrittenNumber, writtenNumber } from '../cda/fhir-json.ts'
import { dateOfDay } from './health-time.ts'
import { GLUCOSE_LOINC, type HealthType, shortName, wordsOf } from './health-types.ts'
import { type HealthUnit, writtenHealthNumber } from './health-units.ts'
import type { DayValues, HealthReading, HealthWeek, Series } from './series.ts'

/** HealthKit's identifiers, as HL7's and others' mappings name them. */
/** https://hl7.org/fhir/R4/codesystem-observation-statistics.html */
const STATISTICS = 'http://terminology.hl7.org/CodeSystem/observation-statistics'
const DAY_MS = 86_400_000

export const appleCoding = (code: string): Fhir => ({ system: SYSTEMS.appleHealth, code })
const loincCoding = (code: string, display: string): Fhir => ({ system: SYSTEMS.loinc, code, display })

const CATEGORIES = {
  'vital-signs': 'Vital Signs',
  activity: 'Activity',
  laboratory: 'Laboratory',
  survey: 'Survey',
} as const

export function categoryOf(category: HealthType['category']): Fhir {
  return [{ coding: [{ system: SYSTEMS.observationCategory, code: category, display: CATEGORIES[category] }] }]
}

/** A FHIR dateTime in the zone the file writes it in. */
export const momentText = (at: number, zone: number) => dateTimeText(instant(at), zone)

export function timeOf({ at, until, zone }: Pick<HealthReading, 'at' | 'until' | 'zone'>): FhirObject {
  const start = momentText(at, zone)
  return until > at ? { effectivePeriod: { start, end: momentText(until, zone) } } : { effectiveDateTime: start }
}

export function quantity(value: WrittenNumber | number | undefined, { unit, isUcum }: HealthUnit): Fhir {
  if (value === undefined) return undefined
  const digits = typeof value === 'number' ? writtenNumber(String(value)) : value
  if (digits === undefined) return undefined
  if (unit === '') return { value: digits }
  return isUcum ? { value: digits, unit, system: SYSTEMS.ucum, code: unit } : { value: digits, unit }
}

/** Which app or device put it into Apple Health, and what it was measured with. */
export function madeBy(source: string, device?: string): FhirObject {
  return { performer: [{ display: source }], device: device === undefined ? undefined : { display: device } }
}

/** `<<HKDevice: 0x2…>, name:Apple Watch, manufacturer:Apple Inc., …>`, whose number is another in each export. */
export function deviceWords(written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  const part = (name: string) => new RegExp(`\\b${name}:([^,>]+(?:,\\d+)?)`).exec(written)?.[1]?.trim()
  const words = [part('name'), part('manufacturer'), part('hardware')].filter(word => word !== undefined)
  const text = words.length > 0 ? words.join(', ') : written.replace(/<{1,2}[^>]*>,?/g, '').replace(/>$/, '')
  return text.trim() === '' ? undefined : text.trim().slice(0, 200)
}

/** What the source noted beside a reading, in its own words. */
export function notesOf(metadata: HealthReading['metadata']): Fhir {
  return metadata.length === 0 ? undefined : [{ text: metadata.map(([key, value]) => `${key}: ${value}`).join('\n') }]
}

/** https://developer.apple.com/documentation/healthkit/hkbloodglucosemealtime */
const MEALS: Readonly<Record<string, string>> = { 1: 'before a meal', 2: 'after a meal' }

function mealOf(metadata: HealthReading['metadata']): Fhir {
  const meal = namedIn(MEALS, metadata.find(([key]) => key === 'HKBloodGlucoseMealTime')?.[1])
  return meal === undefined ? undefined : [{ code: { text: 'Meal' }, valueString: meal }]
}

function codesOf({ id, loinc }: HealthType, { unit }: HealthUnit): Fhir {
  const glucose = id === 'HKQuantityTypeIdentifierBloodGlucose' ? namedIn(GLUCOSE_LOINC, unit) : undefined
  const known = glucose === undefined ? loinc : [glucose]
  return [...known.map(([code, display]) => loincCoding(code, display)), appleCoding(id)]
}

/** One reading as a FHIR Observation, without its id. */
export function readingResource({ names }: Series, reading: HealthReading, subject: string): FhirObject {
  const { type, unit, source } = names
  const value =
    typeof reading.value === 'number'
      ? { valueQuantity: quantity(writtenHealthNumber(reading.written, unit), unit) }
      : { valueCodeableConcept: eventValue(type.id, reading.value) }
  return {
    resourceType: 'Observation',
    status: 'final',
    category: categoryOf(type.category),
    code: { coding: codesOf(type, unit), text: type.name },
    subject: { reference: subject },
    ...timeOf(reading),
    ...madeBy(source, reading.device),
    ...value,
    note: notesOf(reading.metadata),
    component: mealOf(reading.metadata),
  }
}

/** `HKCategoryValueSeverityModerate` of a symptom is "Moderate"; that an event has no value is no value. */
function eventValue(type: string, value: string): Fhir {
  if (value === '' || value === 'HKCategoryValueNotApplicable') return undefined
  const words = shortName(value)
    .replace(/^(?:Severity|Presence)/, '')
    .replace(shortName(type), '')
  return { coding: [appleCoding(value)], text: wordsOf(words === '' ? shortName(value) : words) }
}

const statistic = (code: string, text: string): Fhir => ({ coding: [{ system: STATISTICS, code }], text })
/** Six digits: no mean is known better. */
const rounded = (value: number) => new WrittenNumber(plainDigits(Number(value.toPrecision(6))))
/** FHIR's decimals in SampledData know no exponent. */
const plainDigits = (value: number) => (Math.abs(value) < 1e-6 ? '0' : String(value))

const METHODS = {
  spread: 'Mean of all readings of the week; for each day the least, the mean and the greatest',
  sum: 'Readings added up by day; mean of the days with readings',
} as const

/** A week of one series as a FHIR Observation without its id: the mean, and a value or three a day. */
export function weekResource(series: Series, { monday, days }: HealthWeek, subject: string): FhirObject {
  const { type, unit, source, variant } = series.names
  const all = [...days.values()]
  const count = all.reduce((total, day) => total + day.count, 0)
  const sum = all.reduce((total, day) => total + day.sum, 0)
  const mean = sum / (series.isSum ? all.length : count)
  const edges = (code: string, text: string, value: number): Fhir => ({
    code: statistic(code, text),
    valueQuantity: quantity(new WrittenNumber(plainDigits(value)), unit),
  })
  const spread = [
    edges('minimum', 'Least', Math.min(...all.map(day => day.least))),
    edges('maximum', 'Greatest', Math.max(...all.map(day => day.greatest))),
  ]
  return {
    resourceType: 'Observation',
    status: 'final',
    category: categoryOf(type.category),
    code: {
      coding: [appleCoding(variant ?? type.id), { system: STATISTICS, code: 'average', display: 'Average' }],
      text: `${variantName(type, variant)}, mean of a week`,
    },
    subject: { reference: subject },
    effectivePeriod: { start: dateOfDay(monday), end: dateOfDay(monday + 6) },
    ...madeBy(source),
    valueQuantity: quantity(rounded(mean), unit),
    method: { text: METHODS[series.isSum ? 'sum' : 'spread'] },
    component: [
      ...(series.isSum ? [] : spread),
      { code: statistic('count', 'Readings'), valueInteger: count },
      { code: { text: 'By day' }, valueSampledData: byDay(series.isSum, monday, days, unit) },
    ],
  }
}

function variantName(type: HealthType, variant: string | undefined): string {
  if (variant === undefined) return type.name
  return `${type.name}: ${wordsOf(shortName(variant).replace(shortName(type.id), '')).toLowerCase()}`
}

/** Seven days from Monday (https://hl7.org/fhir/R4/datatypes.html#SampledData); `E` where a day has no reading. */
function byDay(isSum: boolean, monday: number, days: ReadonlyMap<number, DayValues>, unit: HealthUnit): Fhir {
  const of = (day: DayValues | undefined): readonly string[] => {
    if (day === undefined) return isSum ? ['E'] : ['E', 'E', 'E']
    if (isSum) return [rounded(day.sum).digits]
    return [day.least, day.sum / day.count, day.greatest].map(value => rounded(value).digits)
  }
  return {
    origin: quantity(0, unit),
    period: DAY_MS,
    dimensions: isSum ? 1 : 3,
    data: Array.from({ length: 7 }, (_, index) => of(days.get(monday + index)).join(' ')).join(' '),
  }
}
