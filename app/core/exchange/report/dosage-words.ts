import { conceptText } from '#schema/record/fhir/concept.ts'
import { at, isObject, type JsonObject, objectsOf, textOf } from '#schema/record/fhir/json.ts'

/** More steps than this are no line of a table. */
const MAX_STEPS = 20
/** Directions are never cut where a row would be: what comes last may be the warning. */
const MAX_CHARS = 4000

/**
 * How to take a medicine, from FHIR Dosage (https://hl7.org/fhir/R4/dosage.html): the source's own sentence, else what it coded in
 * signs that need no language: `500 mg · 2 × / 1 d · Oral`. Undefined when nothing is said.
 */
export function dosageWords(dosages: unknown): string | undefined {
  const steps = objectsOf(dosages)
    .slice(0, MAX_STEPS)
    .flatMap(dosage => stepWords(dosage) ?? [])
  return textOf([...new Set(steps)].join('; '), MAX_CHARS)
}

function stepWords(dosage: JsonObject): string | undefined {
  const said = textOf(dosage['text'], MAX_CHARS) ?? textOf(dosage['patientInstruction'], MAX_CHARS)
  if (said !== undefined) return said
  const parts = [doseWords(dosage), timingWords(dosage['timing']), conceptText(dosage['route'])]
  return textOf(parts.filter(part => part !== undefined).join(' · '))
}

function doseWords(dosage: JsonObject): string | undefined {
  const rate = objectsOf(dosage['doseAndRate'])[0]
  const dose = quantityWords(rate?.['doseQuantity'])
  if (dose !== undefined) return dose
  const [low, high] = ['low', 'high'].map(end => quantityWords(at(rate, 'doseRange', end)))
  return low === undefined && high === undefined ? undefined : `${low ?? '…'} – ${high ?? '…'}`
}

function quantityWords(value: unknown): string | undefined {
  const amount = isObject(value) ? value['value'] : undefined
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return undefined
  return `${amount} ${textOf(at(value, 'unit')) ?? textOf(at(value, 'code')) ?? ''}`.trim()
}

function timingWords(timing: unknown): string | undefined {
  const named = conceptText(at(timing, 'code'))
  if (named !== undefined) return named
  const repeat = at(timing, 'repeat')
  if (!isObject(repeat)) return undefined
  const { frequency, frequencyMax, period, periodUnit } = repeat
  const times =
    typeof frequency === 'number' ? `${frequency}${typeof frequencyMax === 'number' ? `–${frequencyMax}` : ''} ×` : ''
  const each = typeof period === 'number' ? `/ ${period} ${textOf(periodUnit) ?? ''}`.trim() : ''
  const moments = [...listed(repeat['timeOfDay']), ...listed(repeat['when'])].join(', ')
  return textOf([times, each, moments].filter(part => part !== '').join(' '))
}

const listed = (value: unknown) =>
  Array.isArray(value) ? value.slice(0, MAX_STEPS).flatMap(item => textOf(item) ?? []) : []
