import { expect, test } from 'vitest'
import { isCalledByKind, titleOf, valueOfEntry } from '#app/ui/record/words.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { EntryId, EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { symptomParts } from '#schema/record/symptom.ts'

const entry = (kind: EntryKind, title: string, isNegated = true): EntrySummary => ({
  id: 'a' as EntryId,
  kind,
  section: 'problems',
  title,
  status: 'past',
  source: { type: 'self' },
  codes: [],
  ...(isNegated ? { isNegated } : {}),
})

test('titleOf() says what a provenance is, as it has no words of its own', () => {
  const provenance = { ...entry('other', '', false), resourceType: 'Provenance' }
  expect(titleOf(provenance)).toBe('Where these records come from')
  expect(titleOf(entry('other', '', false))).toBe('Other')
})

test('titleOf() says what is not so or did not happen', () => {
  expect(titleOf(entry('condition', 'Diabetes'))).toBe('Ruled out: Diabetes')
  expect(titleOf(entry('medicine', 'Warfarin'))).toBe('Not taken: Warfarin')
  expect(titleOf(entry('immunization', ''))).toBe('Not given: Vaccination')
  expect(titleOf(entry('procedure', 'Colonoscopy'))).toBe('Not done: Colonoscopy')
  expect(titleOf(entry('procedure', 'Colonoscopy', false))).toBe('Colonoscopy')
})

test('titleOf() calls a vaccine that is only a code by the code, and by its name once that is loaded', async () => {
  const shot = (code: string) => ({ ...entry('immunization', '', false), codes: [{ system: SYSTEMS.cvx, code }] })
  expect(titleOf(shot('208'))).toBe('Vaccine code CVX 208')
  await expect.poll(() => titleOf(shot('208'))).toBe('COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose')
  expect(titleOf({ ...shot('8'), isNegated: true })).toBe('Not given: Hep B, adolescent or pediatric')
  expect(titleOf(shot('9999'))).toBe('Vaccine code CVX 9999')
  expect(titleOf({ ...shot('208'), title: 'Comirnaty' })).toBe('Comirnaty')
  expect([shot('208'), shot('9999'), entry('immunization', '', false)].map(isCalledByKind)).toEqual([
    false,
    false,
    true,
  ])
})

test('titleOf() calls what is only a code by our own name of it, else by the code; the category is no name', async () => {
  const coded = (kind: EntrySummary['kind'], system: string, code: string) => ({
    ...entry(kind, '', false),
    codes: [{ system, code }],
  })
  expect(titleOf(coded('condition', SYSTEMS.icd10Cm, 'E11.9'))).toBe('\u2068E11.9 (ICD-10-CM)\u2069')
  await expect.poll(() => titleOf(coded('vital-sign', SYSTEMS.loinc, '8867-4'))).toBe('\u2068Heart rate\u2069')
  expect(isCalledByKind(coded('condition', SYSTEMS.snomed, '44054006'))).toBe(false)
})

test('titleOf() says of what was changed twice at once that nobody has decided', () => {
  expect(titleOf({ ...entry('medicine', 'Ramipril', false), isDisputed: true })).toBe(
    'Ramipril (changed twice at once, not decided)',
  )
})

test('valueOfEntry() says of how many a symptom’s number is', () => {
  const parts = symptomParts({ kind: 'symptom', name: 'Headache', severity: 6, takenAt: '2026-11-20T08:00:00Z' })
  const symptom: EntrySummary = { ...parts, id: 'a' as EntryId, source: { type: 'self' } }
  expect(valueOfEntry(symptom, { units: 'metric', labUnits: 'reported' }).replaceAll(/[\u2066-\u2069]/g, '')).toBe(
    '6 of 10',
  )
})
