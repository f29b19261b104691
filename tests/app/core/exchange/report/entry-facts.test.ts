import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dosageWords } from '#app/core/exchange/report/dosage-words.ts'
import { factsOf } from '#app/core/exchange/report/entry-facts.ts'
import { pressureMean } from '#app/core/exchange/report/blood-pressure-mean.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { rangeWords } from '#schema/record/fhir/range-words.ts'
import { flagOf } from '#schema/record/fhir/result-flag.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { typedEntry } from '#tests/support/taken.ts'

const AT = instant(0)
const facts = (resource: object, fields?: Parameters<typeof factsOf>[0]['fields']) => {
  const summary = {
    ...readResource(resource as never).parts,
    id: 'x',
    source: { type: 'self' },
  } as unknown as EntrySummary
  return factsOf({ summary, original: JSON.stringify(resource), addedAt: AT, changedAt: AT, ...(fields && { fields }) })
}

test('dosageWords() says the source’s sentence, else what it coded', () => {
  expect(dosageWords([{ text: 'One in the morning' }, { text: 'One in the morning' }])).toBe('One in the morning')
  expect(
    dosageWords([
      {
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['CM', 'CV'] } },
        route: { coding: [{ display: 'Oral' }] },
      },
    ]),
  ).toBe('500 mg · 2 × / 1 d CM, CV · Oral')
  expect(
    dosageWords([
      { doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2 } } }], timing: { code: { text: 'BID' } } },
    ]),
  ).toBe('1 – 2 · BID')
  expect(dosageWords([{ text: 'x'.repeat(900) }])).toHaveLength(900)
  expect(dosageWords(undefined)).toBeUndefined()
})

test('factsOf() says of a vaccination of which lot it was', () => {
  expect(facts({ resourceType: 'Immunization', lotNumber: 'AB-12' }).lot).toBe('AB-12')
  expect(facts({ resourceType: 'Immunization', lotNumber: '' }).lot).toBeUndefined()
  expect(facts({ resourceType: 'Medication', lotNumber: 'AB-12' }).lot).toBeUndefined()
})

test('factsOf() calls a vaccine that is only a code what the CDC calls it; the source’s words come first', () => {
  const shot = (code: string, more = {}) =>
    facts({
      resourceType: 'Immunization',
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code, ...more }] },
    }).summary.title
  expect(shot('03')).toBe('MMR')
  expect(shot('03', { display: 'M-M-R II' })).toBe('M-M-R II')
  expect(shot('9999')).toBe('9999 (CVX)')
  expect(facts({ resourceType: 'Immunization' }).summary.title).toBe('')
})

const RESULT = {
  resourceType: 'Observation',
  valueQuantity: { value: 6, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
}
const range = (low?: number, high?: number, rest = {}) => ({
  ...(low === undefined
    ? {}
    : { low: { value: low, unit: 'mmol/L', code: 'mmol/L', system: 'http://unitsofmeasure.org' } }),
  ...(high === undefined
    ? {}
    : { high: { value: high, unit: 'mmol/L', code: 'mmol/L', system: 'http://unitsofmeasure.org' } }),
  ...rest,
})

test('a result’s flag is what the laboratory says, else whether it lies in the one range for everybody', () => {
  expect(flagOf({ ...RESULT, interpretation: [{ coding: [{ code: 'HH' }] }], referenceRange: [range(1, 9)] })).toBe(
    'critical-high',
  )
  expect(flagOf({ ...RESULT, referenceRange: [range(3.5, 5.1)] })).toBe('high')
  expect(flagOf({ ...RESULT, referenceRange: [range(7)] })).toBe('low')
  expect(flagOf({ ...RESULT, referenceRange: [range(3.5, 7)] })).toBe('in-range')
  // Said otherwise than we know, several ranges, a range for some only, another unit: nothing is judged.
  expect(
    flagOf({ ...RESULT, interpretation: [{ coding: [{ code: 'IND' }] }], referenceRange: [range(3.5, 5.1)] }),
  ).toBeUndefined()
  expect(flagOf({ ...RESULT, referenceRange: [range(3.5, 5.1), range(1, 2)] })).toBeUndefined()
  expect(flagOf({ ...RESULT, referenceRange: [range(3.5, 5.1, { age: {} })] })).toBeUndefined()
  expect(flagOf({ ...RESULT, referenceRange: [{ high: { value: 100, unit: 'mg/dL' } }] })).toBeUndefined()
  expect(
    flagOf({ ...RESULT, valueQuantity: { ...RESULT.valueQuantity, comparator: '<' }, referenceRange: [range(7)] }),
  ).toBeUndefined()
})

test('rangeWords() has the unit, whom it is for, and the laboratory’s own words where there are no numbers', () => {
  expect(rangeWords({ referenceRange: [range(3.5, 5.1)] })).toBe('3.5 – 5.1 mmol/L')
  expect(rangeWords({ referenceRange: [range(undefined, 5.1), range(2)] })).toBe('≤ 5.1 mmol/L; ≥ 2 mmol/L')
  expect(rangeWords({ referenceRange: [range(1, 2, { appliesTo: [{ text: 'Women' }] })] })).toBe('1 – 2 mmol/L (Women)')
  expect(rangeWords({ referenceRange: [{ text: 'negative' }] })).toBe('negative')
})

test('factsOf() reads reactions, reasons, ends and notes from an original, and lets a correction take them away', () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    code: { text: 'Nuts' },
    reaction: [{ manifestation: [{ text: 'Hives' }, { coding: [{ display: 'Wheeze' }] }], severity: 'severe' }],
    note: [{ text: 'as a child' }, { text: 'twice' }],
  }
  expect(facts(allergy)).toMatchObject({ reaction: 'Hives, Wheeze', severity: 'severe', note: 'as a child twice' })
  const corrected = facts(allergy, { kind: 'allergy', substance: 'Nuts' })
  expect([corrected.reaction, corrected.severity, corrected.note]).toEqual([undefined, undefined, undefined])
  const stay = facts({
    resourceType: 'Encounter',
    period: { start: '2026-01-02', end: '2026-01-05' },
    reasonCode: [{ text: 'Fall' }],
  })
  expect([stay.until, stay.reason]).toEqual(['2026-01-05', 'Fall'])
})

test('pressureMean() is of the last days only, to a tenth, and needs two readings that say their day', () => {
  const reading = (day: string, systolicMmHg: number) =>
    typedEntry({ kind: 'blood-pressure', takenAt: `2026-${day}T08:00Z`, systolicMmHg, diastolicMmHg: 80 }).summary
  const readings = [reading('01-01', 200), reading('03-01', 120), reading('03-02', 121), reading('03-20', 121)]
  expect(pressureMean(readings, 30)).toEqual({
    systolicMmHg: 120.7,
    diastolicMmHg: 80,
    count: 3,
    from: '2026-03-01T08:00:00Z',
    to: '2026-03-20T08:00:00Z',
  })
  expect(pressureMean(readings.slice(0, 1), 30)).toBeUndefined()
  expect(pressureMean([], 30)).toBeUndefined()
})

test('factsOf() throws for nothing', () => {
  const names = fc.constantFrom(
    'dosage',
    'dosageInstruction',
    'reaction',
    'referenceRange',
    'interpretation',
    'note',
    'valueQuantity',
    'reasonCode',
    'period',
  )
  fc.assert(
    fc.property(fc.dictionary(names, fc.anything()), members => {
      let text: string
      try {
        text = JSON.stringify(members)
      } catch {
        return
      }
      const told = factsOf({
        summary: typedEntry({ kind: 'condition', name: 'x', clinicalStatus: 'active' }).summary,
        original: text,
        addedAt: AT,
        changedAt: AT,
      })
      expect(told.addedAt).toBe(AT)
    }),
  )
})
