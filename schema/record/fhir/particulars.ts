import type { EntryKind, Particulars } from '../entry.ts'
import { codesOf, conceptText } from './concept.ts'
import { fingerprintOf } from './fingerprint.ts'
import { at, isObject, type JsonObject, objectsOf, textOf } from './json.ts'
import { type Reading, referred, valueAt } from './reading.ts'

/** Doses of a taper, places of a rash: more are no particulars any more. */
const MAX_PARTICULARS = 12

/** What a resource of this kind says by which it may be another thing than one of the same name. Undefined where it says nothing. */
export function particularsOf(reading: Reading, kind: EntryKind): Particulars | undefined {
  const found = Object.entries(SAID[kind]?.(reading) ?? {})
    .map(([name, said]) => [name, [...new Set(said)].slice(0, MAX_PARTICULARS)] as const)
    .filter(([, said]) => said.length > 0)
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

type Say = (reading: Reading) => Particulars

const sitesOf = ({ resource }: Reading) => objectsOf(resource['bodySite']).flatMap(namesOf)

/** By kind of entry. Of all others nothing tells two of one name apart. */
const SAID: Readonly<Partial<Record<EntryKind, Say>>> = {
  immunization: ({ resource }) => ({ lot: [textOf(resource['lotNumber']) ?? []].flat() }),
  'lab-result': reading => ({ specimen: specimenOf(reading), site: sitesOf(reading) }),
  condition: reading => ({ site: sitesOf(reading) }),
  procedure: reading => ({ site: sitesOf(reading) }),
  'blood-pressure': reading => ({ site: sitesOf(reading) }),
  'vital-sign': reading => ({ site: sitesOf(reading) }),
  visit: reading => ({ until: [textOf(valueAt(reading, 'period.end')) ?? []].flat() }),
  document: ({ resource }) => ({ file: filesOf(resource) }),
  medicine: medicineParticulars,
}

/** A concept in words, and each of its codes with its system. */
function namesOf(concept: JsonObject): readonly string[] {
  const codes = codesOf(concept).flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : `${system}|${code}`,
  )
  return [conceptText(concept) ?? [], codes].flat()
}

function specimenOf(reading: Reading): readonly string[] {
  const reference = valueAt(reading, 'specimen')
  const type = referred(reading, reference)?.['type']
  return [textOf(at(reference, 'display')) ?? [], isObject(type) ? namesOf(type) : []].flat()
}

function medicineParticulars({ resource }: Reading): Particulars {
  const dosages = [...objectsOf(resource['dosageInstruction']), ...objectsOf(resource['dosage'])]
  return { dose: dosages.flatMap(dosesOf), perDay: dosages.flatMap(perDayOf) }
}

/** Shorter files say too little to be the same by themselves. */
const MIN_FILE_LETTERS = 64

function filesOf(resource: JsonObject): readonly string[] {
  const attachments = [
    ...objectsOf(resource['content']).map(each => each['attachment']),
    ...objectsOf(resource['presentedForm']),
  ]
  return objectsOf(attachments).flatMap(({ data }) =>
    typeof data === 'string' && data.length >= MIN_FILE_LETTERS ? fingerprintOf(data) : [],
  )
}

/** R4's `doseAndRate`, what stood in its place before, and `dose` of one that was given. */
function dosesOf(dosage: JsonObject): readonly string[] {
  const quantities = [
    ...objectsOf(dosage['doseAndRate']).map(each => each['doseQuantity']),
    dosage['doseQuantity'],
    dosage['dose'],
  ]
  return objectsOf(quantities).flatMap(quantity => {
    const value = quantity['value']
    const unit = textOf(quantity['unit']) ?? textOf(quantity['code'])
    return typeof value === 'number' && unit !== undefined ? `${value} ${unit}` : []
  })
}

/** FHIR's units of time that are of one length. */
const DAYS: Readonly<Record<string, number>> = { min: 1 / 1440, h: 1 / 24, d: 1, wk: 7 }

function perDayOf(dosage: JsonObject): readonly string[] {
  const repeat = at(dosage, 'timing', 'repeat')
  const [frequency, period] = [at(repeat, 'frequency') ?? 1, at(repeat, 'period')]
  const days = DAYS[String(at(repeat, 'periodUnit'))]
  if (typeof frequency !== 'number' || typeof period !== 'number' || period <= 0 || days === undefined) return []
  return [String(Number((frequency / (period * days)).toPrecision(4)))]
}
