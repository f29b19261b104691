import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { eventsOf } from '#app/core/exchange/ics/calendar-events.ts'
import { foldedLine, icsText } from '#app/core/exchange/ics/ics-text.ts'
import { writeIcs } from '#app/core/exchange/ics/write-ics.ts'
import type { TakenEntry } from '#app/core/exchange/own-entries.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { type Rhythm as MedicineRhythm, scheduleText } from '#schema/medicines/schedule.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { type Rhythm, rhythmText } from '#schema/tasks/rhythm.ts'
import { oddText } from '#tests/support/odd-fields.ts'
import { broughtIn, collection } from '#tests/support/taken.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')
const calendarOf = async (...resources: readonly object[]) =>
  writeIcs(await broughtIn(collection(...resources)), outWords(), NOW)

const APPOINTMENT = {
  resourceType: 'Appointment',
  id: 'a',
  status: 'booked',
  description: 'Eye check; both, really',
  start: '2026-07-01T09:30:00+02:00',
  minutesDuration: 20,
  patientInstruction: 'Bring glasses\nand the letter',
  participant: [{ actor: { reference: 'Location/1', display: 'Room 3, City Clinic' }, status: 'accepted' }],
}

test('an appointment is an event in UTC with its end, its place and what to bring', async () => {
  const lines = unfolded((await calendarOf(APPOINTMENT)) ?? '')
  expect(lines.filter(line => !line.startsWith('UID:'))).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Wellkeep//Wellkeep//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    'DTSTAMP:20260601T120000Z',
    'DTSTART:20260701T073000Z',
    'DTEND:20260701T075000Z',
    'STATUS:CONFIRMED',
    'SUMMARY:Eye check\\; both\\, really',
    'LOCATION:Room 3\\, City Clinic',
    'DESCRIPTION:Bring glasses and the letter',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

test('an appointment says with whom it is, before what to bring', async () => {
  const actors = [
    { reference: 'Patient/1', display: 'Ada Example' },
    { reference: 'Practitioner/2', display: 'Dr. Okafor' },
    { type: 'Practitioner', display: 'Nurse Lee' },
  ]
  const participant = [...APPOINTMENT.participant, ...actors.map(actor => ({ actor, status: 'accepted' }))]
  const lines = unfolded((await calendarOf({ ...APPOINTMENT, participant })) ?? '')
  expect(lines).toContain('DESCRIPTION:Dr. Okafor\\, Nurse Lee\\nBring glasses and the letter')
  expect(lines).toContain('LOCATION:Room 3\\, City Clinic')
})

test('a cancelled appointment says so, one entered by mistake is not in it, and the same event keeps its UID', async () => {
  const cancelled = (await calendarOf({ ...APPOINTMENT, status: 'cancelled' })) ?? ''
  expect(cancelled).toContain('STATUS:CANCELLED\r\n')
  expect(await calendarOf({ ...APPOINTMENT, status: 'entered-in-error' })).toBeUndefined()
  const uid = (text: string | undefined) => /^UID:.*$/m.exec(text ?? '')?.[0]
  expect(uid(await calendarOf(APPOINTMENT))).toBe(uid(cancelled))
})

test('orders, steps of plans, planned visits and vaccinations that are due are events; what is done or has no day is none', async () => {
  const plan = (detail: object) => ({ resourceType: 'CarePlan', id: 'p', status: 'active', activity: [{ detail }] })
  const starts = (resource: object) => eventsOf(resource as never).map(({ start, title, rule }) => [start, title, rule])
  expect(starts({ resourceType: 'ServiceRequest', status: 'active', occurrenceDateTime: '2026-08-01' })).toEqual([
    ['2026-08-01', undefined, undefined],
  ])
  expect(starts({ resourceType: 'ServiceRequest', status: 'completed', occurrenceDateTime: '2026-08-01' })).toEqual([])
  expect(starts({ resourceType: 'ServiceRequest', status: 'active', occurrenceDateTime: '2026-08' })).toEqual([])
  expect(
    starts({ resourceType: 'Encounter', status: 'planned', period: { start: '2026-08-01T10:00:00Z' } }),
  ).toHaveLength(1)
  expect(starts({ resourceType: 'Encounter', status: 'finished', period: { start: '2026-08-01T10:00:00Z' } })).toEqual(
    [],
  )
  const weekly = {
    repeat: {
      boundsPeriod: { start: '2026-08-03', end: '2026-09-01' },
      frequency: 1,
      period: 1,
      periodUnit: 'wk',
      dayOfWeek: ['mon'],
    },
  }
  expect(starts(plan({ status: 'scheduled', code: { text: 'Physio' }, scheduledTiming: weekly }))).toEqual([
    ['2026-08-03', 'Physio', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260901'],
  ])
  const thrice = { repeat: { boundsPeriod: { start: '2026-08-03' }, frequency: 3, period: 1, periodUnit: 'd' } }
  expect(starts(plan({ status: 'scheduled', scheduledTiming: thrice }))).toEqual([['2026-08-03', undefined, undefined]])
  expect(starts(plan({ status: 'completed', scheduledTiming: weekly }))).toEqual([])
  const due = { code: { coding: [{ code: '30980-7' }] }, value: '2026-10-01' }
  expect(
    starts({
      resourceType: 'ImmunizationRecommendation',
      recommendation: [{ vaccineCode: [{ text: 'Flu' }], dateCriterion: [due] }],
    }),
  ).toEqual([['2026-10-01', 'Flu', undefined]])
})

test('a day is a day, and an end that does not fit its start is left out', async () => {
  const order = { resourceType: 'ServiceRequest', id: 's', status: 'active', code: { text: 'MRI' } }
  const day =
    (await calendarOf({ ...order, occurrencePeriod: { start: '2026-08-01', end: '2026-08-03T10:00:00Z' } })) ?? ''
  expect(day).toContain('DTSTART;VALUE=DATE:20260801\r\n')
  expect(day).not.toContain('DTEND')
})

test('no line is longer than 75 octets, no character is cut in two, and every text comes back as it was', () => {
  const unescaped = (text: string) => text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
  fc.assert(
    fc.property(oddText(), fc.nat(300), (text, times) => {
      const long = text
        .toWellFormed()
        .replace(/[^\P{Cc}\t\n]/gu, '')
        .repeat(1 + (times % 9))
      const folded = foldedLine(`SUMMARY:${icsText(long)}`)
      for (const line of folded.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(unescaped(folded.replaceAll('\r\n ', '').slice('SUMMARY:'.length, -2))).toBe(long)
    }),
  )
})

test('eventsOf() throws for nothing', () => {
  const types = fc.constantFrom('Appointment', 'Encounter', 'ServiceRequest', 'CarePlan', 'ImmunizationRecommendation')
  fc.assert(
    fc.property(
      types,
      fc.dictionary(
        fc.constantFrom(
          'start',
          'status',
          'activity',
          'occurrenceTiming',
          'period',
          'recommendation',
          'minutesDuration',
        ),
        fc.anything(),
      ),
      (resourceType, members) => {
        expect(Array.isArray(eventsOf({ ...members, resourceType, status: 'active' }))).toBe(true)
      },
    ),
  )
})

const order = (repeat: object | undefined, dosage: object = {}, also: object = {}) => ({
  resourceType: 'MedicationRequest',
  id: 'm',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Metformin 500 mg' },
  authoredOn: '2026-05-20',
  dosageInstruction: [{ text: 'with food', ...(repeat && { timing: { repeat } }), ...dosage }],
  ...also,
})
const daily = { frequency: 1, period: 1, periodUnit: 'd' }

test('a medicine with times is an event at each of them, in the time of the place, that keeps nobody busy', async () => {
  const twice = {
    ...daily,
    frequency: 2,
    timeOfDay: ['20:00:00', '08:00:00'],
    boundsPeriod: { start: '2026-05-21', end: '2026-08-01' },
  }
  const lines = unfolded((await calendarOf(order(twice))) ?? '')
  expect(lines.filter(line => /^(?:DTSTART|RRULE|SUMMARY|DESCRIPTION|TRANSP)/.test(line))).toEqual([
    'DTSTART:20260521T080000',
    'RRULE:FREQ=DAILY;UNTIL=20260801T235959',
    'TRANSP:TRANSPARENT',
    'SUMMARY:Metformin 500 mg',
    'DESCRIPTION:with food',
    'DTSTART:20260521T200000',
    'RRULE:FREQ=DAILY;UNTIL=20260801T235959',
    'TRANSP:TRANSPARENT',
    'SUMMARY:Metformin 500 mg',
    'DESCRIPTION:with food',
  ])
})

test.each([
  ['twice a day without times: the day, from today', { ...daily, frequency: 2 }, '2026-06-01', 'FREQ=DAILY'],
  ['each eight hours', { frequency: 1, period: 8, periodUnit: 'h' }, '2026-06-01', 'FREQ=DAILY'],
  ['each 72 hours', { frequency: 1, period: 72, periodUnit: 'h' }, '2026-06-01', 'FREQ=DAILY;INTERVAL=3'],
  [
    'every other day',
    { ...daily, period: 2, boundsPeriod: { start: '2026-05-21' } },
    '2026-05-21',
    'FREQ=DAILY;INTERVAL=2',
  ],
  [
    'on Mondays and Fridays, from the first of them',
    { dayOfWeek: ['mon', 'fri'], boundsPeriod: { start: '2026-05-30' } },
    '2026-06-01',
    'FREQ=WEEKLY;BYDAY=MO,FR',
  ],
  [
    'for two weeks from the order',
    { ...daily, boundsDuration: { value: 2, unit: 'wk' } },
    '2026-05-20',
    'FREQ=DAILY;UNTIL=20260602',
  ],
  ['five times', { ...daily, count: 5 }, '2026-06-01', 'FREQ=DAILY;COUNT=5'],
])('a medicine %s, is an event without an hour', async (_name, repeat, day, rule) => {
  const lines = unfolded((await calendarOf(order(repeat))) ?? '')
  expect(lines.filter(line => /^(?:DTSTART|RRULE)/.test(line))).toEqual([
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `RRULE:${rule}`,
  ])
})

test.each([
  ['says nothing of when', order(undefined)],
  ['is taken as needed', order(daily, { asNeededBoolean: true })],
  ['is taken three times a week, who knows when', order({ frequency: 3, period: 1, periodUnit: 'wk' })],
  ['is taken ten times, twice a day', order({ ...daily, frequency: 2, count: 10 })],
  ['is over', order({ ...daily, boundsPeriod: { start: '2026-01-01', end: '2026-05-31' } })],
  ['was stopped', order(daily, {}, { status: 'stopped' })],
  ['is only proposed', order(daily, {}, { intent: 'proposal' })],
  ['is not to be taken', order(daily, {}, { doNotPerform: true })],
  ['was given once', { ...order(daily), resourceType: 'MedicationDispense' }],
  [
    'grows less by steps without days',
    order(
      undefined,
      {},
      {
        dosageInstruction: [
          { sequence: 1, timing: { repeat: daily } },
          { sequence: 2, timing: { repeat: { ...daily, period: 2 } } },
        ],
      },
    ),
  ],
])('a medicine that %s is in no calendar', async (_name, resource) => {
  expect(await calendarOf(resource)).toBeUndefined()
})

test('a medicine of which somebody wrote anew how to take it is in no calendar', async () => {
  const [entry] = await broughtIn(collection(order(daily)))
  const fields = { kind: 'medicine', name: 'Metformin', directions: 'half', status: 'taking' } as const
  expect(writeIcs([{ ...entry!, fields }], outWords(), NOW)).toBeUndefined()
})

const typed = (fields: EntryFields): TakenEntry => ({
  id: 'plans.e0.a.b' as EntryId,
  summary: { ...partsOfFields(fields), id: 'plans.e0.a.b' as EntryId, source: { type: 'self' } },
  fields,
  addedAt: NOW,
  changedAt: NOW,
})
const linesOf = (fields: EntryFields) =>
  unfolded(writeIcs([typed(fields)], outWords(), NOW) ?? '').filter(line =>
    /^(?:DT(?:START|END)|RRULE|SUMM|LOC|DESC)/.test(line),
  )

test('an appointment that was typed is an event with its end, its place and what to bring', () => {
  const fields = { name: 'Eye check', startsAt: '2026-07-01T09:30:00+02:00', minutes: 20, place: 'Room 3' } as const
  expect(linesOf({ kind: 'appointment', ...fields, bring: 'Glasses', status: 'booked' })).toEqual([
    'DTSTART:20260701T073000Z',
    'DTEND:20260701T075000Z',
    'SUMMARY:Eye check',
    'LOCATION:Room 3',
    'DESCRIPTION:Glasses',
  ])
})

test.each([
  [{ from: '2026-06-03', repeat: { type: 'once' } }, ['DTSTART;VALUE=DATE:20260603']],
  [{ from: '2026-06-03', repeat: { type: 'once' }, time: '09:00' }, ['DTSTART:20260603T090000']],
  [
    { from: '2026-06-03', repeat: { type: 'days', every: 3 }, time: '09:00', until: '2026-07-01' },
    ['DTSTART:20260603T090000', 'RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20260701T235959'],
  ],
  [
    { from: '2026-06-03', repeat: { type: 'weekdays', weekdays: ['wed', 'sat'] } },
    ['DTSTART;VALUE=DATE:20260603', 'RRULE:FREQ=DAILY;BYDAY=WE,SA'],
  ],
  [
    { from: '2026-01-30', repeat: { type: 'monthly' } },
    ['DTSTART;VALUE=DATE:20260130', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'],
  ],
] satisfies [Rhythm, string[]][])(
  'a task of %j is a repeated event of the place where the calendar is',
  (rhythm, lines) => {
    const fields = { kind: 'task', title: 'Weigh', rhythm: rhythmText(rhythm) } as const
    expect(linesOf({ ...fields, status: 'active' })).toEqual([...lines, 'SUMMARY:Weigh'])
    expect(linesOf({ ...fields, status: 'ended' })).toEqual([])
  },
)

test('a medicine that was typed is in it at its times, every so many hours too', () => {
  const schedule = (rhythm: MedicineRhythm) =>
    scheduleText({ unit: 'tablet', steps: [{ rhythm, dose: 1, from: '2026-06-03' }] })
  const fields = { kind: 'medicine', name: 'Metformin', status: 'taking' } as const
  const times = linesOf({ ...fields, schedule: schedule({ type: 'times', times: ['08:00', '20:00'] }) })
  expect(times.filter(line => line.startsWith('DTSTART'))).toEqual([
    'DTSTART:20260603T080000',
    'DTSTART:20260603T200000',
  ])
  const hours = linesOf({ ...fields, schedule: schedule({ type: 'hours', hours: 8, first: '06:00' }) })
  expect(hours.slice(0, 2)).toEqual(['DTSTART:20260603T060000', 'RRULE:FREQ=HOURLY;INTERVAL=8'])
  expect(linesOf({ ...fields, status: 'stopped', schedule: schedule({ type: 'times', times: ['08:00'] }) })).toEqual([])
})
