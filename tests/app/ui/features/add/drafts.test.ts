import { expect, test } from 'vitest'
import { checkAllergy, draftOfAllergy } from '#app/ui/features/add/draft-allergy.ts'
import { checkCondition, draftOfCondition } from '#app/ui/features/add/draft-condition.ts'
import { checkMedicine, draftOfMedicine } from '#app/ui/features/add/draft-medicine.ts'
import { checkNote, draftOfNote } from '#app/ui/features/add/draft-note.ts'
import { checkWeight, draftOfWeight } from '#app/ui/features/add/draft-weight.ts'

const NOW = Date.parse('2026-05-01T09:00:00Z')
const WEIGHT = { kind: 'weight', takenAt: '2026-05-01T08:10:00Z', weightKg: 71.4 } as const

test('checkWeight() stores kilograms whatever the unit typed', () => {
  const draft = { ...draftOfWeight(WEIGHT, 'imperial'), weight: '157.4' }
  const { before: _, ...fresh } = draft
  const checked = checkWeight(fresh, 'imperial', NOW, undefined)
  expect(checked).toMatchObject({ ok: true, entries: [{ weightKg: 71.395 }], questions: [] })
})

test('checkWeight() keeps exact kilograms that were only looked at in pounds', () => {
  const checked = checkWeight(draftOfWeight(WEIGHT, 'imperial'), 'imperial', NOW, undefined)
  expect(checked).toMatchObject({ ok: true, entries: [WEIGHT] })
})

test('checkWeight() asks when a fifth came or went since the last one', () => {
  const draft = { ...draftOfWeight(WEIGHT, 'metric'), weight: '41,4' }
  expect(checkWeight(draft, 'metric', NOW, 71)).toMatchObject({ ok: true, questions: ['weight-unusual'] })
  expect(checkWeight(draft, 'metric', NOW, undefined)).toMatchObject({ ok: true, questions: [] })
  expect(checkWeight({ ...draft, weight: '701' }, 'metric', NOW, 71)).toMatchObject({
    errors: { weight: 'out-of-range' },
  })
})

test('checkCondition() compares ends only as far as both dates are known', () => {
  const base = draftOfCondition({ kind: 'condition', name: ' Asthma ', clinicalStatus: 'resolved', since: '2021-03' })
  const year = { year: '2021', month: '', day: '' }
  expect(checkCondition({ ...base, until: year })).toMatchObject({
    ok: true,
    entries: [{ name: 'Asthma', since: '2021-03', until: '2021' }],
  })
  expect(checkCondition({ ...base, until: { ...year, year: '2020' } })).toMatchObject({
    errors: { until: 'ends-before-it-begins' },
  })
})

test('checkCondition() drops an end when the condition is active again', () => {
  const ended = { kind: 'condition', name: 'Asthma', clinicalStatus: 'resolved', until: '2021' } as const
  const checked = checkCondition({ ...draftOfCondition(ended), clinicalStatus: 'active' })
  expect(checked.ok && checked.entries[0]).toEqual({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
})

test('an allergy whose severity is not known is not called mild', () => {
  const checked = checkAllergy(draftOfAllergy({ kind: 'allergy', substance: 'Latex' }))
  expect(checked.ok && checked.entries[0]).toEqual({ kind: 'allergy', substance: 'Latex' })
})

test('names are asked for', () => {
  expect(checkAllergy(draftOfAllergy({ kind: 'allergy', substance: '  ' }))).toMatchObject({
    errors: { substance: 'required' },
  })
  expect(checkMedicine(draftOfMedicine({ kind: 'medicine', name: '', status: 'taking' }))).toMatchObject({
    errors: { name: 'required' },
  })
  expect(
    checkNote(draftOfNote({ kind: 'note', title: '', text: '', writtenAt: '2026-05-01T08:10:00Z' })),
  ).toMatchObject({
    errors: { title: 'required', text: 'required' },
  })
})

test('what was saved comes back unchanged through its form', () => {
  const medicine = {
    kind: 'medicine',
    name: 'Metformin 500 mg',
    directions: 'one in the morning',
    reason: 'sugar',
    status: 'stopped',
    since: '2019',
    until: '2020-05-06',
    note: 'nausea',
  } as const
  const note = { kind: 'note', title: 'Ask', text: 'Why?', writtenAt: '2026-05-01T08:10:00Z' } as const
  expect(checkMedicine(draftOfMedicine(medicine))).toMatchObject({ entries: [medicine] })
  expect(checkNote(draftOfNote(note))).toMatchObject({ entries: [note] })
})
