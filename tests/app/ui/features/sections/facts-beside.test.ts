import { expect, test } from 'vitest'
import { factsBeside } from '#app/ui/features/sections/facts-beside.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'

const READER = { units: 'metric', labUnits: 'reported' } as const

const typed = (fields: EntryFields, summary: Partial<EntrySummary>): EntryDetail =>
  ({
    summary: {
      id: 'x' as EntryId,
      section: 'vitals',
      status: 'active',
      source: { type: 'self' },
      codes: [],
      title: '',
      ...summary,
      kind: fields.kind,
    },
    fields,
  }) as EntryDetail

test('factsBeside() leaves out what stands in the row: name, value and day', () => {
  const asthma = typed(
    { kind: 'condition', name: 'Asthma', clinicalStatus: 'active', since: '2021-03', note: 'Worse in spring' },
    { title: 'Asthma', section: 'problems', when: { text: '2021-03', sortAt: instant(0) } },
  )
  expect(factsBeside(asthma, READER).map(({ value }) => value)).toEqual(['Worse in spring'])
})

test('factsBeside() tells of a reading how it was taken, not its numbers again', () => {
  const reading = typed(
    {
      kind: 'blood-pressure',
      systolicMmHg: 128,
      diastolicMmHg: 82,
      pulsePerMinute: 61,
      takenAt: '2026-11-20T07:34:00+00:00',
      arm: 'left',
    },
    {
      title: 'Blood pressure',
      value: { type: 'blood-pressure', systolicMmHg: 128, diastolicMmHg: 82, pulsePerMinute: 61 },
      when: { text: '2026-11-20T07:34:00+00:00', sortAt: instant(0) },
    },
  )
  expect(factsBeside(reading, READER).map(({ value }) => value)).toEqual(['Left'])
})

test('factsBeside() tells words that are too long for a row in full', () => {
  const text = 'Can I take it in the morning? '.repeat(6).trim()
  const note = typed(
    { kind: 'note', title: 'Questions', text, writtenAt: '2026-11-24' },
    {
      title: 'Questions',
      section: 'story',
      value: { type: 'text', text },
      when: { text: '2026-11-24', sortAt: instant(0) },
    },
  )
  expect(factsBeside(note, READER).map(({ value }) => value)).toContain(text)
})
