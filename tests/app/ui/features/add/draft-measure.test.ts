import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TYPED_MEASURES, unitsOf } from '#schema/codes/measures.ts'
import type { GoalFields, MeasureFields, SymptomFields } from '#schema/record/entry.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { checkGoal, draftOfGoal, type GoalDraft } from '#app/ui/features/add/draft-goal.ts'
import { checkMeasure, draftOfMeasure, type MeasureDraft, usualUnit } from '#app/ui/features/add/draft-measure.ts'
import { checkSymptom, draftOfSymptom } from '#app/ui/features/add/draft-symptom.ts'
import { NO_DATE } from '#app/ui/record/fhir-date.ts'

const TAKEN = { date: '2026-05-01', time: '08:10', written: '2026-05-01T08:10:00Z' }
const NOW = Date.parse('2026-05-01T09:00:00Z')

const draftOf = (part: Partial<MeasureDraft>): MeasureDraft => ({
  measure: 'glucose',
  value: '5.4',
  unit: 'mmol/L',
  name: '',
  context: '',
  taken: TAKEN,
  note: '',
  ...part,
})

const GOAL: GoalDraft = {
  measure: 'weight',
  name: '',
  unit: 'kg',
  low: '',
  high: '',
  secondLow: '',
  secondHigh: '',
  status: 'active',
  since: NO_DATE,
  until: NO_DATE,
  note: '',
}

test('checkMeasure() makes what can be saved, and asks about what is odd', () => {
  expect(checkMeasure(draftOf({ context: 'fasting' }), NOW)).toEqual({
    ok: true,
    questions: [],
    entries: [
      {
        kind: 'measure',
        measure: 'glucose',
        takenAt: '2026-05-01T08:10:00Z',
        value: 5.4,
        unit: 'mmol/L',
        context: 'fasting',
      },
    ],
  })
  expect(checkMeasure(draftOf({ value: '90' }), NOW)).toMatchObject({ ok: true, questions: ['measure-unusual'] })
  expect(checkMeasure(draftOf({ value: '900' }), NOW)).toMatchObject({ ok: false, errors: { value: 'out-of-range' } })
  expect(checkMeasure(draftOf({ value: 'high' }), NOW)).toMatchObject({ ok: false, errors: { value: 'not-a-number' } })
  expect(checkMeasure(draftOf({ measure: 'own', unit: '' }), NOW)).toMatchObject({ errors: { name: 'required' } })
})

test('hours of sleep may be typed as a clock writes them', () => {
  const value = (text: string) => {
    const checked = checkMeasure(draftOf({ measure: 'sleep', unit: 'h', value: text }), NOW)
    const [entry] = checked.ok ? checked.entries : []
    return entry?.kind === 'measure' ? entry.value : undefined
  }
  expect([value('7:30'), value('7,5'), value('٧:٣٠'), value('7:60')]).toEqual([7.5, 7.5, 7.5, undefined])
})

test('the unit that is offered follows the settings', () => {
  const metric = { units: 'metric', labUnits: 'reported' } as const
  const imperial = { units: 'imperial', labUnits: 'reported' } as const
  expect(usualUnit('temperature', metric)).toBe('Cel')
  expect(usualUnit('temperature', imperial)).toBe('[degF]')
  expect(usualUnit('waist', imperial)).toBe('[in_i]')
  expect(usualUnit('glucose', { ...metric, labUnits: 'mass' })).toBe('mg/dL')
})

test('whatever checkMeasure() lets pass can be saved, and comes back as it was typed', () => {
  const unit = fc
    .constantFrom(...TYPED_MEASURES)
    .chain(measure => fc.constantFrom(...unitsOf(measure)).map(({ code }) => ({ measure, unit: code })))
  fc.assert(
    fc.property(unit, fc.double({ min: 0, max: 400_000, noNaN: true }), (what, amount) => {
      const checked = checkMeasure(draftOf({ ...what, value: amount.toFixed(2) }), NOW)
      if (!checked.ok) return
      const fields = checked.entries[0] as MeasureFields
      expect(parseFields(fields)).toEqual({ ok: true, value: fields })
      expect(checkMeasure(draftOfMeasure(fields), NOW)).toEqual(checked)
    }),
  )
})

test('checkSymptom() wants a name and a number from 0 to 10', () => {
  const draft = { name: 'Headache', severity: '6', triggers: ' ', relief: 'a walk', taken: TAKEN, note: '' }
  const checked = checkSymptom(draft, NOW)
  expect(checked).toMatchObject({ ok: true, entries: [{ name: 'Headache', severity: 6, relief: 'a walk' }] })
  const [fields] = checked.ok ? checked.entries : []
  expect(checkSymptom(draftOfSymptom(fields as SymptomFields), NOW)).toEqual(checked)
  expect(checkSymptom({ ...draft, severity: '11' }, NOW)).toMatchObject({ errors: { severity: 'out-of-range' } })
  expect(checkSymptom({ ...draft, name: ' ', severity: '' }, NOW)).toMatchObject({
    errors: { name: 'required', severity: 'required' },
  })
})

test('checkGoal() wants one end of a band at least, in order', () => {
  expect(checkGoal(GOAL)).toMatchObject({ ok: false, errors: { low: 'low-or-high' } })
  expect(checkGoal({ ...GOAL, low: '70', high: '60' })).toMatchObject({ errors: { high: 'low-above-high' } })
  expect(checkGoal({ ...GOAL, low: 'x' })).toMatchObject({ ok: false, errors: { low: 'not-a-number' } })
  const own = checkGoal({ ...GOAL, measure: 'own', name: 'Coffee', unit: 'cups', high: '2' })
  expect(own).toMatchObject({ ok: true, entries: [{ measure: 'own:coffee', name: 'Coffee', high: 2 }] })
  const pressure = { ...GOAL, measure: 'blood-pressure', unit: 'mm[Hg]', high: '130', secondHigh: '80' } as const
  const checked = checkGoal(pressure)
  const [fields] = checked.ok ? checked.entries : []
  expect(parseFields(fields)).toEqual({ ok: true, value: fields })
  expect(checkGoal(draftOfGoal(fields as GoalFields))).toEqual(checked)
})
