import { expect, test } from 'vitest'
import { topicsOf } from '#app/ui/record/learn/find-topics.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { instant } from '#schema/instant.ts'
import type { Coding, EntryId, EntrySummary } from '#schema/record/entry.ts'

function entryOf(part: Partial<EntrySummary>): EntrySummary {
  return {
    id: 'problems.e0.ab.k1' as EntryId,
    kind: 'condition',
    section: 'problems',
    title: '',
    when: { text: '2026-01-01', sortAt: instant(0) },
    status: 'active',
    source: { type: 'self' },
    codes: [],
    ...part,
  }
}

const condition = (...codes: readonly Coding[]) => topicsOf(entryOf({ codes })).map(({ id }) => id)
const medicine = (title: string, ...codes: readonly Coding[]) =>
  topicsOf(entryOf({ kind: 'medicine', section: 'medicines', title, codes })).map(({ id }) => id)
const { snomed, icd10, icd10Cm, rxNorm, atc } = SYSTEMS

test('topicsOf() finds what there is about a condition by its codes alone', () => {
  expect(condition({ system: snomed, code: '38341003' })).toEqual(['high-blood-pressure'])
  expect(condition({ system: `${snomed}/731000124108`, code: '195967001' })).toEqual(['asthma'])
  expect(condition({ system: icd10, code: 'E11' })).toEqual(['type-2-diabetes'])
  expect(condition({ system: icd10Cm, code: 'E11.42' })).toEqual(['diabetic-nerves'])
  expect(condition({ system: icd10Cm, code: 'I48.92' })).toEqual([])
  expect(condition({ system: 'http://example.org', code: '38341003' })).toEqual([])
  expect(topicsOf(entryOf({ title: 'Asthma' }))).toEqual([])
})

test('two codes for one condition lead to it once, and for two to both', () => {
  const coded = [
    { system: snomed, code: '59621000' },
    { system: icd10Cm, code: 'I10' },
  ]
  expect(condition(...coded)).toEqual(['high-blood-pressure'])
  expect(condition(...coded, { system: snomed, code: '44054006' })).toEqual(['high-blood-pressure', 'type-2-diabetes'])
})

test('what is not so, or was a mistake, has nothing to read about', () => {
  const codes = [{ system: snomed, code: '195967001' }]
  expect(topicsOf(entryOf({ codes, isNegated: true }))).toEqual([])
  expect(topicsOf(entryOf({ codes, status: 'mistaken' }))).toEqual([])
  expect(topicsOf(entryOf({ codes, kind: 'allergy' }))).toEqual([])
})

test('a medicine is found by ATC and by its ingredient’s RxNorm code', () => {
  expect(medicine('Tablet', { system: atc, code: 'C10AA05' })).toEqual(['statins'])
  expect(medicine('Tablet', { system: atc, code: 'B01AC06' })).toEqual(['blood-thinners'])
  expect(medicine('', { system: rxNorm, code: '6809' })).toEqual(['metformin'])
  expect(medicine('Tablet', { system: atc, code: 'C10AX09' })).toEqual([])
})

test('else by the ingredients in its name, as RxNorm names products, and in other languages', () => {
  const product = { system: rxNorm, code: '860975' }
  expect(medicine('24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet', product)).toEqual(['metformin'])
  expect(medicine('lisinopril 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet')).toEqual([
    'blood-pressure-medicines',
    'water-pills',
  ])
  expect(medicine('Acetaminophen 325 MG / oxyCODONE Hydrochloride 5 MG Oral Tablet')).toEqual([
    'paracetamol',
    'opioids',
  ])
  expect([medicine('Sertralina 50 mg'), medicine('二甲双胍片'), medicine('أقراص الميتفورمين')]).toEqual([
    ['antidepressants'],
    ['metformin'],
    ['metformin'],
  ])
})

test('an ingredient that is in sprays and creams too is taken for an inhaler only where the name says so', () => {
  expect(medicine('budesonide 0.125 MG/ML Inhalation Suspension [Pulmicort]')).toEqual(['steroid-inhalers'])
  expect(medicine('fluticasone propionate 0.05 MG/ACTUAT Nasal Spray')).toEqual([])
  expect(medicine('albuterol 0.09 MG/ACTUAT Metered Dose Inhaler')).toEqual(['quick-relief-inhalers'])
  expect(medicine('Hydrocortisone 10 MG/ML Topical Cream')).toEqual([])
})
