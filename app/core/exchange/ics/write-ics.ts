import type { Instant } from '#schema/instant.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { fieldsToFhir } from '#schema/record/own-entry.ts'
import type { AppointmentTime } from '../../requests/appointment-time.ts'
import { stableUuid, type TakenEntry } from '../own-entries.ts'
import { titleWords } from '../report/columns.ts'
import type { OutWords } from '../report/out-words.ts'
import { type CalendarEvent, eventsOf } from './calendar-events.ts'
import { doseEvents } from './dose-events.ts'
import { foldedLine, icsDate, icsText } from './ics-text.ts'

/**
 * A calendar (RFC 5545) of what the entries say will take place. The same event has the same UID each time, so that a calendar that
 * reads the file again moves it instead of doubling it. Undefined when there is nothing: a calendar must hold something.
 */
export function writeIcs(entries: readonly TakenEntry[], words: OutWords, now: Instant): string | undefined {
  const events = entries.flatMap(entry =>
    eventsIn(entry, now).map((event, index) =>
      eventLines(event, {
        title: event.title ?? titleWords(entry.summary, words),
        uid: stableUuid(`event ${entry.id} ${index}`),
        now,
      }),
    ),
  )
  return events.length === 0 ? undefined : calendarOf(events)
}

/** An appointment that two people agreed on: as long as nobody said how long it lasts, it ends when it begins. */
export function writeAppointment(
  {
    id,
    title,
    startsAt,
    minutes = 0,
    place,
    withWhom,
  }: AppointmentTime & { readonly id: string; readonly title: string },
  now: Instant,
): string {
  const event: CalendarEvent = {
    start: startsAt,
    end: new Date(Date.parse(startsAt) + minutes * MINUTE_MS).toISOString(),
    status: 'confirmed',
    ...(place === undefined ? {} : { location: place }),
    ...(withWhom === undefined ? {} : { note: withWhom }),
  }
  return calendarOf([eventLines(event, { title, uid: stableUuid(`event ${id} 0`), now })])
}

const MINUTE_MS = 60_000

function calendarOf(events: readonly (readonly string[])[]): string {
  const frame = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Wellkeep//Wellkeep//EN', 'CALSCALE:GREGORIAN']
  return [...frame, ...events.flat(), 'END:VCALENDAR'].map(foldedLine).join('')
}

/** What was typed is asked as the resource it is written as: of what was corrected, the source's times may be the old ones. */
function eventsIn({ summary, original, fields }: TakenEntry, now: Instant): readonly CalendarEvent[] {
  const resource = fields === undefined ? parseObject(original ?? '{}') : fieldsToFhir(fields, OWN)
  if (summary.kind !== 'medicine') return eventsOf(resource)
  const isPlan = resource['resourceType'] === 'MedicationRequest' || resource['resourceType'] === 'MedicationStatement'
  const isTaken = summary.status === 'active' && summary.isNegated !== true
  return isPlan && isTaken ? doseEvents(resource, new Date(now).toISOString().slice(0, 10)) : []
}

/** No event names whose it is. */
const OWN = { id: 'own', subject: 'urn:uuid:own' }

interface Place {
  readonly title: string
  readonly uid: string
  readonly now: Instant
}

function eventLines(event: CalendarEvent, { title, uid, now }: Place): readonly string[] {
  const [start, end] = [icsDate(event.start), icsDate(event.end ?? '')]
  // An end must be of the same kind as the start, and after it.
  const isFit = start !== undefined && end !== undefined && end.isDay === start.isDay && end.value > start.value
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@wellkeep`,
    `DTSTAMP:${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
    ...(start === undefined ? [] : [dateLine('DTSTART', start)]),
    ...(isFit ? [dateLine('DTEND', end)] : []),
    ...(event.rule === undefined ? [] : [`RRULE:${event.rule}`]),
    `STATUS:${event.status.toUpperCase()}`,
    ...(event.isFree ? ['TRANSP:TRANSPARENT'] : []),
    `SUMMARY:${icsText(title)}`,
    ...(event.location === undefined ? [] : [`LOCATION:${icsText(event.location)}`]),
    ...(event.note === undefined ? [] : [`DESCRIPTION:${icsText(event.note)}`]),
    'END:VEVENT',
  ]
}

const dateLine = (name: string, { isDay, value }: { readonly isDay: boolean; readonly value: string }) =>
  `${name}${isDay ? ';VALUE=DATE' : ''}:${value}`
