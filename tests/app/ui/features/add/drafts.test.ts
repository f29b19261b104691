import { expect, test } from 'vitest'
import { checkAllergy, draftOfAllergy } from '#app/ui/features/add/draft-allergy.ts'
import { checkCondition, draftOfCondition } from '#app/ui/features/add/draft-condition.ts'
import { checkDose, checkStock, draftOfDose, draftOfStock } from '#app/ui/features/add/draft-dose.ts'
import { checkMedicine, draftOfMedicine } from '#app/ui/features/add/draft-medicine.ts'
import { NO_STEP, type StepDraft } from '#app/ui/features/add/draft-schedule.ts'
import { scheduleText } from '#schema/medicines/schedule.ts'
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
  expect(checkMedicine(draftOfMedicine({ kind: 'medicine', name: '', status: 'taking' }), '2026-05-01')).toMatchObject({
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
    stoppedBecause: 'nausea',
    schedule: scheduleText({
      unit: 'tablet',
      steps: [
        { rhythm: { type: 'times', times: ['08:00'] }, dose: 1, until: '2020-01-31' },
        { rhythm: { type: 'hours', hours: 12, first: '07:00' }, dose: 0.5, meal: 'after', from: '2020-02-01' },
      ],
    }),
    since: '2019',
    until: '2020-05-06',
    note: 'nausea',
  } as const
  const note = { kind: 'note', title: 'Ask', text: 'Why?', writtenAt: '2026-05-01T08:10:00Z' } as const
  expect(checkMedicine(draftOfMedicine(medicine), '2026-05-01')).toMatchObject({ entries: [medicine] })
  expect(checkNote(draftOfNote(note))).toMatchObject({ entries: [note] })
})

test('a schedule says what is wrong with which step', () => {
  const medicine = draftOfMedicine({ kind: 'medicine', name: 'Prednisolone', status: 'taking' })
  const step = { ...NO_STEP, type: 'times' as const }
  const errorsOf = (unit: string, ...steps: readonly StepDraft[]) => {
    const checked = checkMedicine({ ...medicine, schedule: { unit, steps } }, '2026-05-01')
    return checked.ok ? {} : checked.errors
  }
  expect(errorsOf('tablet', step)).toEqual({})
  expect(errorsOf(' ', step)).toEqual({ unit: 'bad-unit' })
  expect(errorsOf('tablet', { ...step, dose: 'one' })).toEqual({ '0.dose': 'bad-dose' })
  expect(errorsOf('tablet', { ...step, times: ['08:00', '08:00'] })).toEqual({ '0.times': 'bad-times' })
  expect(errorsOf('tablet', { ...step, days: 'weekdays' })).toEqual({ '0.weekdays': 'bad-days' })
  expect(errorsOf('tablet', { ...step, type: 'as-needed', gapHours: 'four' })).toEqual({ '0.gapHours': 'bad-gap' })
  expect(errorsOf('tablet', step, { ...step, from: '2026-06-01' })).toEqual({ '1.from': 'overlap' })
})

test('every so many days are counted from today where no first day is typed', () => {
  const medicine = draftOfMedicine({ kind: 'medicine', name: 'Methotrexate', status: 'taking' })
  const step: StepDraft = { ...NO_STEP, type: 'times', days: 'every', everyDays: '٧' }
  expect(checkMedicine({ ...medicine, schedule: { unit: 'tablet', steps: [step] } }, '2026-05-01')).toMatchObject({
    entries: [
      {
        schedule: scheduleText({
          unit: 'tablet',
          steps: [{ rhythm: { type: 'times', times: ['08:00'], everyDays: 7 }, dose: 1, from: '2026-05-01' }],
        }),
      },
    ],
  })
})

test('a dose and a stock come back unchanged through their forms, and say what is wrong', () => {
  const of = { medicineId: 'medicines.e0.a.b', medicineName: 'Metformin', unit: 'tablet' } as const
  const dose = {
    kind: 'dose',
    ...of,
    due: '2026-05-01T08:00',
    takenAt: '2026-05-01T08:10:00Z',
    state: 'taken',
    amount: 0.5,
  } as const
  const stock = { kind: 'stock', ...of, change: 'fetched', happenedAt: '2026-05-01T08:10:00Z', amount: 90 } as const
  const now = Date.parse('2026-05-02')
  expect(checkDose(draftOfDose(dose), now)).toEqual({ ok: true, entries: [dose], questions: [] })
  expect(checkStock(draftOfStock(stock), now)).toEqual({ ok: true, entries: [stock], questions: [] })
  expect(checkDose({ ...draftOfDose(dose), amount: '0' }, now)).toMatchObject({ errors: { amount: 'bad-dose' } })
  expect(checkStock({ ...draftOfStock(stock), amount: '0' }, now)).toMatchObject({ errors: { amount: 'bad-amount' } })
  expect(checkStock({ ...draftOfStock(stock), amount: '0', change: 'counted' }, now).ok).toBe(true)
})
