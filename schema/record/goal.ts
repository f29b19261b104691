import { MEASURE, type MeasureName, measureOfLoinc, unitOf, unitsOf } from '../codes/measures.ts'
import type { Result } from '../result.ts'
import type { EntryParts, GoalFields, GoalTarget } from './entry.ts'
import { type FieldReader, type InvalidField, readFields } from './field-reader.ts'
import { codesOf, loincOf, tokensOf } from './fhir/concept.ts'
import { at, firstOf, type JsonObject, objectsOf, textOf } from './fhir/json.ts'
import { quantityOf } from './fhir/value.ts'
import { isMeasureName, measureConcept, ucumQuantity } from './measure.ts'
import { inWords, known, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { isTracked, ownMeasure, type TrackedMeasure } from './tracked.ts'
import { endsBefore, fhirDateTime, parseWhen } from './when.ts'

const MAX = 1e9

/** At least one bound; of a blood pressure `low` and `high` are of the upper number, `secondLow` and `secondHigh` of the lower one. */
export function parseGoal(value: unknown): Result<GoalFields, InvalidField> {
  return readFields(value, read => {
    const measure = read.text('measure')
    if (!isTracked(measure)) return read.stop('measure')
    const unit = read.optionalText('unit')
    if (!isUnitOf(measure, unit.unit ?? '')) return read.stop('unit')
    const bounds = {
      ...read.optionalNumber('low', -MAX, MAX),
      ...read.optionalNumber('high', -MAX, MAX),
      ...(measure === 'blood-pressure' ? read.optionalNumber('secondLow', 0, MAX) : {}),
      ...(measure === 'blood-pressure' ? read.optionalNumber('secondHigh', 0, MAX) : {}),
    }
    if (Object.keys(bounds).length === 0) return read.stop('low')
    if (isCrossed(bounds.low, bounds.high)) return read.stop('high')
    if (isCrossed(bounds.secondLow, bounds.secondHigh)) return read.stop('secondHigh')
    const fields = {
      kind: read.choice('kind', ['goal']),
      measure,
      ...(measure.startsWith('own:') ? { name: read.text('name') } : {}),
      ...unit,
      ...bounds,
      ...period(read),
      ...read.note(),
    }
    if (fields.name !== undefined && ownMeasure(fields.name) !== measure) return read.stop('name')
    return endsBefore(fields.since, fields.until) ? read.stop('until') : fields
  })
}

/** Days: FHIR's Goal has no times. An end only of what has ended. */
function period(read: FieldReader): Pick<GoalFields, 'status' | 'since' | 'until'> {
  const status = read.choice('status', ['active', 'ended'])
  const { since } = read.optionalDate('since')
  const { until } = status === 'ended' ? read.optionalDate('until') : {}
  return {
    status,
    ...(since === undefined ? {} : { since: dayOf(since) }),
    ...(until === undefined ? {} : { until: dayOf(until) }),
  }
}

const isCrossed = (low: number | undefined, high: number | undefined) =>
  low !== undefined && high !== undefined && low > high

function isUnitOf(measure: TrackedMeasure, unit: string): boolean {
  if (measure === 'blood-pressure') return unit === 'mm[Hg]'
  return !isMeasureName(measure) || unitOf(measure, unit) !== undefined
}

export function targetOf(fields: GoalFields): GoalTarget {
  const { measure, unit = '', low, high, secondLow, secondHigh } = fields
  return {
    measure,
    unit,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(secondLow === undefined ? {} : { secondLow }),
    ...(secondHigh === undefined ? {} : { secondHigh }),
  }
}

export function goalParts(fields: GoalFields): EntryParts {
  const when = parseWhen(fields.since ?? fields.until)
  return {
    kind: 'goal',
    section: 'plans',
    title: goalWords(fields),
    ...(when.ok ? { when: when.value } : {}),
    status: fields.status === 'active' ? 'active' : 'past',
    codes: [],
    target: targetOf(fields),
  }
}

/** `Body weight 65–70 kg`, `Blood pressure up to 130/80 mmHg`: what a FHIR Goal must say in words, in English. */
function goalWords(fields: GoalFields): string {
  const { measure, unit = '', name, low, high, secondLow, secondHigh } = fields
  const what = isMeasureName(measure) ? MEASURE[measure].display : (name ?? 'Blood pressure')
  const print = isMeasureName(measure) ? (unitOf(measure, unit)?.print ?? unit) : unit.replace('mm[Hg]', 'mmHg')
  const bounds = [spanWords(low, high), spanWords(secondLow, secondHigh)].filter(words => words !== '').join(' / ')
  return `${what} ${bounds} ${print}`.trim()
}

function spanWords(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return low === high ? `${low}` : `${low}–${high}`
  if (low !== undefined) return `at least ${low}`
  return high === undefined ? '' : `up to ${high}`
}

/** https://hl7.org/fhir/R4/goal.html: what is to be measured with its code, and the band as `detailRange`. */
export function goalToFhir(fields: GoalFields, own: OwnResource): JsonObject {
  const { status, since, until } = fields
  return {
    ...ownResource('Goal', own),
    lifecycleStatus: status === 'active' ? 'active' : 'completed',
    description: inWords(goalWords(fields)),
    subject: { reference: own.subject },
    ...known('startDate', since),
    target: targetsOf(fields),
    ...(status === 'ended' && until !== undefined ? { statusDate: until } : {}),
    expressedBy: { reference: own.subject },
    ...noteOf(fields.note),
  }
}

const dayOf = (text: string) => fhirDateTime(text).slice(0, '2021-03-04'.length)

function targetsOf(fields: GoalFields): readonly JsonObject[] {
  const { measure, unit = '', low, high, secondLow, secondHigh } = fields
  if (measure === 'blood-pressure') {
    return [rangeTarget('systolic', unit, low, high), rangeTarget('diastolic', unit, secondLow, secondHigh)].flat()
  }
  if (isMeasureName(measure)) return rangeTarget(measure, unit, low, high)
  const quantity = (value: number) => ({ value, ...known('unit', unit || undefined) })
  return [{ measure: inWords(fields.name ?? ''), detailRange: range(low, high, quantity) }]
}

function rangeTarget(measure: MeasureName, unit: string, low: number | undefined, high: number | undefined) {
  if (low === undefined && high === undefined) return []
  const detailRange = range(low, high, value => ucumQuantity(measure, value, unit))
  return [{ measure: measureConcept(measure, unit), detailRange }]
}

function range(low: number | undefined, high: number | undefined, quantity: (value: number) => JsonObject): JsonObject {
  return {
    ...known('low', low === undefined ? undefined : quantity(low)),
    ...known('high', high === undefined ? undefined : quantity(high)),
  }
}

/** Undefined unless its targets are bands of one measure in a unit of our table. */
export function goalFromFhir(resource: JsonObject): GoalFields | undefined {
  const targets = objectsOf(resource['target'])
  const [first] = targets
  const name = tokensOf(first?.['measure']).size === 0 ? textOf(at(first, 'measure', 'text')) : undefined
  const bands = targets.map(bandOf)
  const [band] = bands
  if (band === undefined || bands.length > 2) return undefined
  const measure = measureOfBands(bands, name)
  if (measure === undefined) return undefined
  const upper = measure === 'blood-pressure' ? bands.find(each => each?.measure === 'systolic') : band
  const lower = measure === 'blood-pressure' ? bands.find(each => each?.measure === 'diastolic') : undefined
  const parsed = parseGoal({
    kind: 'goal',
    measure,
    name,
    unit: band.unit,
    low: upper?.low,
    high: upper?.high,
    secondLow: lower?.low,
    secondHigh: lower?.high,
    status: ['active', 'accepted', 'planned', 'proposed'].includes(String(resource['lifecycleStatus']))
      ? 'active'
      : 'ended',
    since: resource['startDate'],
    until: resource['lifecycleStatus'] === 'completed' ? resource['statusDate'] : undefined,
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}

interface Band {
  readonly measure: MeasureName | undefined
  readonly unit: string
  readonly low?: number
  readonly high?: number
}

function bandOf(target: JsonObject): Band | undefined {
  const exact = quantityOf(target['detailQuantity'])
  const low = quantityOf(at(target, 'detailRange', 'low')) ?? (exact?.comparator?.startsWith('<') ? undefined : exact)
  const high = quantityOf(at(target, 'detailRange', 'high')) ?? (exact?.comparator?.startsWith('>') ? undefined : exact)
  const unit = low?.unit ?? high?.unit
  if (unit === undefined || (low !== undefined && high !== undefined && low.unit !== high.unit)) return undefined
  const measure = firstOf(loincOf(codesOf(target['measure'])), measureOfLoinc)
  return {
    measure: measure !== undefined && unitsOf(measure).some(({ code }) => code === unit) ? measure : undefined,
    unit,
    ...(low === undefined ? {} : { low: low.value }),
    ...(high === undefined ? {} : { high: high.value }),
  }
}

function measureOfBands(bands: readonly (Band | undefined)[], name: string | undefined): TrackedMeasure | undefined {
  const measures = bands.map(band => band?.measure)
  if (measures.every(measure => measure === 'systolic' || measure === 'diastolic')) return 'blood-pressure'
  if (bands.length !== 1) return undefined
  if (name === 'Mood' && bands[0]?.unit === '{score}') return 'mood'
  return measures[0] ?? (name === undefined ? undefined : ownMeasure(name))
}

/** What is to be reached, of a Goal from anywhere. */
export function targetOfResource(resource: JsonObject): GoalTarget | undefined {
  const fields = goalFromFhir(resource)
  return fields && targetOf(fields)
}
