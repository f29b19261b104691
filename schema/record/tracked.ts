import { MEASURE_NAMES, type MeasureName, measureOfLoinc } from '../codes/measures.ts'
import type { EntryParts } from './entry.ts'
import { loincOf } from './fhir/concept.ts'
import { firstOf } from './fhir/json.ts'

/**
 * What a person follows over time: a blood pressure, a measure of our table, or one that only its name says (`own:` and the name, folded).
 */
export type TrackedMeasure = 'blood-pressure' | MeasureName | `own:${string}`

export const ownMeasure = (name: string): TrackedMeasure => `own:${name.trim().toLowerCase()}`

/** Whether text (of an address, a file) can name what is followed; nothing of it need be there. */
export function isTracked(text: string): text is TrackedMeasure {
  return text === 'blood-pressure' || /^own:.{1,300}$/su.test(text) || MEASURE_NAMES.some(name => name === text)
}

/** What an entry is a value of; undefined for what is none, for values in words, and for half a blood pressure. */
export function trackedOf(parts: Pick<EntryParts, 'kind' | 'title' | 'codes' | 'value'>): TrackedMeasure | undefined {
  const { kind, title, codes, value } = parts
  if (value?.type === 'blood-pressure') return kind === 'blood-pressure' ? 'blood-pressure' : undefined
  if (value?.type !== 'quantity') return undefined
  if (kind === 'weight' || kind === 'height') return kind
  const loinc = loincOf(codes)
  const measure = firstOf(loinc, measureOfLoinc)
  if (measure !== undefined) return measure === 'systolic' || measure === 'diastolic' ? undefined : measure
  if (kind !== 'vital-sign' || loinc.length > 0 || title === '') return undefined
  return title === 'Mood' && value.quantity.unit === '{score}' ? 'mood' : ownMeasure(title)
}
