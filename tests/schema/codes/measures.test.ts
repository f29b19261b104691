import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf, MEASURE_NAMES, measureOfLoinc, TYPED_MEASURES, unitOf, unitsOf } from '#schema/codes/measures.ts'
import { LOINC_NAMES } from '#schema/codes/loinc-names.ts'
import { placeOfLoinc } from '#schema/codes/observations.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { isTracked, trackedOf } from '#schema/record/tracked.ts'

const TAKEN = '2026-03-04T07:10:00+01:00'

test.each(MEASURE_NAMES)('%s: what is usual is possible, in every unit', measure => {
  for (const { possible, usual } of unitsOf(measure)) {
    expect(possible[0]).toBeLessThanOrEqual(usual[0])
    expect(usual[0]).toBeLessThan(usual[1])
    expect(usual[1]).toBeLessThanOrEqual(possible[1])
  }
})

test('each code stands for one measure, in each of its units', () => {
  for (const measure of MEASURE_NAMES) {
    for (const { code } of unitsOf(measure)) {
      const { loinc } = codeOf(measure, code)
      expect(loinc === undefined ? measure : measureOfLoinc(loinc)).toBe(measure)
    }
  }
  expect(measureOfLoinc('constructor')).toBeUndefined()
})

test('glucose by a meter has a code of its own in mmol/L and in mg/dL', () => {
  expect(codeOf('glucose', 'mg/dL').loinc).toBe('41653-7')
  expect(codeOf('glucose', 'mmol/L').loinc).toBe('14743-9')
})

test('what is typed by hand has a place by its code, and a name where its source has no words', () => {
  for (const measure of TYPED_MEASURES) {
    const { loinc } = codeOf(measure, unitsOf(measure)[0]?.code ?? '')
    if (loinc === undefined) continue
    expect(placeOfLoinc(loinc)).toBeDefined()
    // A height is called by its kind.
    expect(LOINC_NAMES[loinc] ?? placeOfLoinc(loinc)?.kind).not.toMatch(/^(vital-sign|lab-result)$/)
  }
})

test('trackedOf() finds what was typed, in every unit, and half a blood pressure nowhere', () => {
  for (const measure of TYPED_MEASURES) {
    for (const { code: unit, usual } of unitsOf(measure)) {
      const parts = partsOfFields({ kind: 'measure', measure, takenAt: TAKEN, value: usual[0], unit })
      expect(trackedOf(parts)).toBe(measure)
    }
  }
  const own = { kind: 'measure', measure: 'own', name: ' Coffee ', takenAt: TAKEN, value: 2 } as const
  expect(trackedOf(partsOfFields(own))).toBe('own:coffee')
  expect(trackedOf(partsOfFields({ kind: 'weight', takenAt: TAKEN, weightKg: 70 }))).toBe('weight')
  const half = {
    resourceType: 'Observation',
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    valueQuantity: { value: 120, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  }
  expect(trackedOf(readResource(half).parts)).toBeUndefined()
})

test('isTracked() and unitOf() are total', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(isTracked(text)).toBe([...MEASURE_NAMES, 'blood-pressure'].includes(text) || /^own:.{1,300}$/su.test(text))
      expect(unitOf('pain', text)?.code ?? '{score}').toBe('{score}')
    }),
  )
})
