import { expect, test } from 'vitest'
import { lookUpOf } from '#app/ui/record/learn/look-up.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'

const HYPERTENSION = { system: SYSTEMS.snomed, code: '38341003', display: 'Hypertension' }

test('lookUpOf() asks MedlinePlus Connect for the code and the language, and tells it nothing else', () => {
  expect(lookUpOf([HYPERTENSION], 'en')).toEqual({
    code: '38341003',
    system: 'SNOMED CT',
    language: 'en',
    address:
      'https://connect.medlineplus.gov/application?mainSearchCriteria.v.cs=2.16.840.1.113883.6.96&mainSearchCriteria.v.c=38341003&informationRecipient.languageCode.c=en',
  })
  const medicine = lookUpOf([{ system: SYSTEMS.rxNorm, code: '860975', display: 'Metformin' }], 'es')
  expect(medicine?.address).toMatch(/v\.cs=2\.16\.840\.1\.113883\.6\.88&.*v\.c=860975&.*languageCode\.c=es$/)
})

test('it speaks English and Spanish alone', () => {
  expect([lookUpOf([HYPERTENSION], 'ar')?.language, lookUpOf([HYPERTENSION], 'zh-Hans')?.language]).toEqual([
    'en',
    'en',
  ])
})

test('a code of a system that it does not know is not sent, and one cannot write into the address', () => {
  expect(lookUpOf([{ system: SYSTEMS.icd10, code: 'E11' }, { code: '38341003' }], 'en')).toBeUndefined()
  const odd = lookUpOf([{ system: SYSTEMS.loinc, code: '1&x=http://example.org/' }], 'en')?.address ?? ''
  expect([...new URL(odd).searchParams]).toEqual([
    ['mainSearchCriteria.v.cs', '2.16.840.1.113883.6.1'],
    ['mainSearchCriteria.v.c', '1&x=http://example.org/'],
    ['informationRecipient.languageCode.c', 'en'],
  ])
})
