import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { eventsOf } from '#app/core/exchange/ics/calendar-events.ts'
import { foldedLine, icsText } from '#app/core/exchange/ics/ics-text.ts'
import { writeIcs } from '#app/core/exchange/ics/write-ics.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
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
