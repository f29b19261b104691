import { conceptText } from '#schema/record/fhir/concept.ts'
import { at, firstOf, isObject, type JsonObject, objectsOf, textOf } from '#schema/record/fhir/json.ts'
import { parseWhen } from '#schema/record/when.ts'
import { timingRule } from './timing-rule.ts'

/** What a calendar shows of an entry. */
export interface CalendarEvent {
  /** Left out where the entry's own title says it. */
  readonly title?: string
  /** A FHIR date, or a dateTime. */
  readonly start: string
  readonly end?: string
  readonly status: 'confirmed' | 'tentative' | 'cancelled'
  readonly location?: string
  readonly note?: string
  /** The value of RFC 5545's RRULE. */
  readonly rule?: string
  /** Nobody is busy by it. */
  readonly isFree?: true
}

/** When something of the resource takes place: appointments, planned visits, what is ordered or planned for a day. Total. */
export function eventsOf(resource: JsonObject): readonly CalendarEvent[] {
  const found = EVENTS.get(resource['resourceType'])?.(resource) ?? []
  return found.filter(event => isDay(event.start))
}

const EVENTS: ReadonlyMap<unknown, (resource: JsonObject) => readonly CalendarEvent[]> = new Map([
  ['Appointment', appointment],
  ['Encounter', plannedVisit],
  ['ServiceRequest', order],
  ['CarePlan', activities],
  ['ImmunizationRecommendation', vaccinations],
])

/** A calendar has no place for "some day in March". */
function isDay(text: string): boolean {
  return text.length >= '2026-03-04'.length && parseWhen(text).ok
}

const textAt = (value: unknown, ...path: readonly string[]) => textOf(at(value, ...path))
const known = <Name extends string>(name: Name, text: string | undefined) =>
  (text === undefined ? {} : { [name]: text }) as Partial<Record<Name, string>>

const APPOINTMENT_STATUS: ReadonlyMap<unknown, CalendarEvent['status']> = new Map([
  ['proposed', 'tentative'],
  ['pending', 'tentative'],
  ['waitlist', 'tentative'],
  ['cancelled', 'cancelled'],
  ['noshow', 'cancelled'],
])

/** https://hl7.org/fhir/R4/appointment.html */
function appointment(resource: JsonObject): readonly CalendarEvent[] {
  const start = textOf(resource['start'])
  if (start === undefined || resource['status'] === 'entered-in-error') return []
  const participants = objectsOf(resource['participant'])
  const place = participants.find(
    each => at(each, 'actor', 'type') === 'Location' || /Location\//.test(String(at(each, 'actor', 'reference'))),
  )
  const seen = participants
    .filter(each => isSomebodySeen(at(each, 'actor')))
    .flatMap(each => textAt(each, 'actor', 'display') ?? [])
  const told = textOf(resource['patientInstruction'], 2000) ?? textOf(resource['comment'], 2000)
  const note = [seen.join(', '), told ?? ''].filter(line => line !== '').join('\n')
  return [
    {
      start,
      ...known('end', textOf(resource['end']) ?? endAfter(start, resource['minutesDuration'])),
      status: APPOINTMENT_STATUS.get(resource['status']) ?? 'confirmed',
      ...known('location', textAt(place, 'actor', 'display')),
      ...known('note', note === '' ? undefined : note),
    },
  ]
}

const isSomebodySeen = (actor: unknown) =>
  String(at(actor, 'type')).startsWith('Practitioner') ||
  /\bPractitioner(?:Role)?\//.test(String(at(actor, 'reference')))

function endAfter(start: string, minutes: unknown): string | undefined {
  const begins = parseWhen(start)
  const isSpan = typeof minutes === 'number' && minutes > 0 && minutes < 60 * 24 * 366
  return begins.ok && isSpan ? new Date(begins.value.sortAt + minutes * 60_000).toISOString() : undefined
}

/** https://hl7.org/fhir/R4/encounter.html: those that are still to come. */
function plannedVisit(resource: JsonObject): readonly CalendarEvent[] {
  const start = textAt(resource, 'period', 'start')
  if (start === undefined || resource['status'] !== 'planned') return []
  const location = textAt(resource, 'location', 'location', 'display')
  return [
    { start, ...known('end', textAt(resource, 'period', 'end')), status: 'confirmed', ...known('location', location) },
  ]
}

const IS_OPEN: ReadonlySet<unknown> = new Set(['draft', 'active', 'on-hold', 'not-started', 'scheduled', 'in-progress'])

/** https://hl7.org/fhir/R4/servicerequest.html: ordered, and not done yet. */
function order(resource: JsonObject): readonly CalendarEvent[] {
  if (!IS_OPEN.has(resource['status'])) return []
  const note = textOf(resource['patientInstruction'], 2000)
  return timed(resource, 'occurrence').map(event => ({ ...event, ...known('note', note) }))
}

/** More steps of one plan than these are no calendar. */
const MAX_STEPS = 100

/** https://hl7.org/fhir/R4/careplan.html: the steps of a plan that say when. */
function activities(resource: JsonObject): readonly CalendarEvent[] {
  const steps = objectsOf(resource['activity']).slice(0, MAX_STEPS)
  return steps.flatMap(({ detail }) => {
    if (!isObject(detail) || !IS_OPEN.has(detail['status'])) return []
    const title = conceptText(detail['code']) ?? textOf(detail['description'])
    const location = textAt(detail, 'location', 'display')
    return timed(detail, 'scheduled').map(event => ({
      ...event,
      ...known('title', title),
      ...known('location', location),
    }))
  })
}

/** `…DateTime`, `…Period` or `…Timing`. */
function timed(holder: JsonObject, name: string): readonly CalendarEvent[] {
  const start = textOf(holder[`${name}DateTime`]) ?? textAt(holder, `${name}Period`, 'start')
  const status = 'tentative'
  if (start !== undefined) return [{ start, ...known('end', textAt(holder, `${name}Period`, 'end')), status }]
  const timing = holder[`${name}Timing`]
  const days = at(timing, 'event')
  const events = (Array.isArray(days) ? days : []).slice(0, MAX_STEPS).flatMap(day => textOf(day) ?? [])
  if (events.length > 0) return events.map(day => ({ start: day, status }))
  const day = textAt(timing, 'repeat', 'boundsPeriod', 'start')
  const times = at(timing, 'repeat', 'timeOfDay')
  const time = Array.isArray(times) && times.length === 1 ? textOf(times[0])?.slice(0, 5) : undefined
  const begins = day !== undefined && day.length === '2026-03-04'.length && time !== undefined ? `${day}T${time}` : day
  return begins === undefined
    ? []
    : [{ start: begins, status, ...known('rule', timingRule(at(timing, 'repeat'), begins)) }]
}

/** LOINC for the dates of https://hl7.org/fhir/R4/valueset-immunization-recommendation-date-criterion.html: due, else earliest. */
const DUE = ['30980-7', '30981-5']

function vaccinations(resource: JsonObject): readonly CalendarEvent[] {
  return objectsOf(resource['recommendation'])
    .slice(0, MAX_STEPS)
    .flatMap(recommendation => {
      const dates = objectsOf(recommendation['dateCriterion'])
      const start = firstOf(DUE, code => {
        const date = dates.find(each => objectsOf(at(each, 'code', 'coding')).some(coding => coding['code'] === code))
        return textOf(date?.['value'])
      })
      const title = conceptText(recommendation['vaccineCode'])
      return start === undefined
        ? []
        : [{ start: start.slice(0, 10), status: 'tentative' as const, ...known('title', title) }]
    })
}
