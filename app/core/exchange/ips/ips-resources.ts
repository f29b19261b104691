import { toBase64, utf8 } from '#schema/bytes.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { correctedDocument } from '#schema/record/document.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { conceptText } from '#schema/record/fhir/concept.ts'
import { humanName } from '#schema/record/fhir/reading.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { fieldsFromFhir, fieldsToFhir } from '#schema/record/own-entry.ts'
import { concept, inWords, known, ownResource } from '#schema/record/own-resource.ts'
import { withNotes } from '../annotations-out.ts'
import { type ExportedPerson, ownIdOf, patientIdOf, patientOf, stableUuid, type TakenEntry } from '../own-entries.ts'
import type { PressureMean } from '../report/blood-pressure-mean.ts'

const ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
const UNKNOWN = { extension: [{ url: ABSENT_REASON, valueCode: 'unknown' }] } as const

/**
 * Whom the summary is about: as typed by hand and, where the section is chosen, as the clinics know them (newest first). The guide
 * wants a name and a date of birth, or why there is none
 * (https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Patient-uv-ips.html).
 */
export function ipsPatient(person: ExportedPerson, known: readonly TakenEntry[]): JsonObject {
  const [first, ...others] = known.map(({ original = '{}' }) => parseObject(original))
  const own = patientOf(person)
  const birthDate = first?.['birthDate'] ?? own['birthDate']
  const birth = birthDate === undefined ? { _birthDate: UNKNOWN } : { birthDate }
  if (first === undefined) return { ...own, ...birth }
  const identifiers = [first, ...others].flatMap(patient => objectsOf(patient['identifier']))
  const names = objectsOf(first['name']).filter(isName)
  const isNamed = names.some(name => humanName(name) === person.name)
  return {
    ...first,
    id: patientIdOf(person),
    name: isNamed ? names : [{ text: person.name }, ...names],
    ...birth,
    ...(identifiers.length === 0 ? {} : { identifier: once(identifiers) }),
  }
}

/** The guide wants something in each name (ips-pat-1). */
const isName = (name: JsonObject) => ['family', 'given', 'text'].some(part => name[part] !== undefined)

function once(items: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map(items.map(item => [`${String(item['system'])}|${String(item['value'])}`, item])).values()]
}

/** The app, which put the document together. */
export function ipsDevice(person: ExportedPerson): JsonObject {
  return {
    resourceType: 'Device',
    id: stableUuid(`device ${person.recordId}`),
    deviceName: [{ name: 'Wellkeep', type: 'user-friendly-name' }],
    type: inWords('Personal health record'),
  }
}

/**
 * An entry that was made or corrected by hand. A correction that leaves a name or directions as they were keeps how the source
 * coded them, and one of a document its files.
 */
export function ipsOwn(entry: TakenEntry, fields: EntryFields, subject: string): JsonObject {
  const resource = withEffective(fieldsToFhir(fields, { id: ownIdOf(entry.id), subject, uuidOf: ownIdOf }))
  const coded = entry.original === undefined ? resource : withCodings(resource, fields, parseObject(entry.original))
  return withNotes(coded, entry.beside ?? [], subject)
}

/** https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-MedicationStatement-uv-ips.html: when it was taken, or that this isn't known. */
function withEffective(resource: JsonObject): JsonObject {
  const isMissing = resource['resourceType'] === 'MedicationStatement' && resource['effectivePeriod'] === undefined
  return isMissing ? { ...resource, _effectiveDateTime: UNKNOWN } : resource
}

function withCodings(resource: JsonObject, fields: EntryFields, original: JsonObject): JsonObject {
  if (fields.kind === 'document') return { ...resource, ...filesOf(correctedDocument(original, fields)) }
  const before = fieldsFromFhir(original)
  if (before === undefined || before.kind !== fields.kind) return resource
  const place = resource['resourceType'] === 'MedicationStatement' ? 'medicationCodeableConcept' : 'code'
  const coded = original[place]
  const isSameName = conceptText(coded) !== undefined && conceptText(coded) === conceptText(resource[place])
  const dosage = original['dosage'] ?? original['dosageInstruction']
  const isSameDosage =
    fields.kind === 'medicine' &&
    before.kind === 'medicine' &&
    fields.directions === before.directions &&
    fields.schedule === before.schedule
  return {
    ...resource,
    ...(isSameName ? { [place]: coded } : {}),
    ...(isSameDosage && objectsOf(dosage).length > 0 ? { dosage: objectsOf(dosage) } : {}),
  }
}

/** What a person cannot correct of a clinic's document: what kind it is, and its files. */
function filesOf({ type, category, content }: JsonObject): JsonObject {
  return { ...known('type', type), ...known('category', category), ...known('content', content) }
}

/**
 * A summary has one Composition (https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Bundle-uv-ips.html, bdl-ips-1): the cover page
 * of an earlier one goes along as a document.
 */
export function ipsEarlierSummary(entry: TakenEntry, subject: string): JsonObject {
  const original = entry.original ?? '{}'
  return {
    resourceType: 'DocumentReference',
    id: stableUuid(`original ${entry.id}`),
    status: 'current',
    type: inWords(entry.summary.title === '' ? 'Composition' : entry.summary.title),
    subject: { reference: subject },
    content: [{ attachment: { contentType: 'application/fhir+json', data: toBase64(utf8(original)) } }],
  }
}

const MEAN = concept(SYSTEMS.loinc, '96607-7', 'Blood pressure panel mean systolic and mean diastolic')
const MEAN_SYSTOLIC = concept(SYSTEMS.loinc, '96608-5', 'Systolic blood pressure mean')
const MEAN_DIASTOLIC = concept(SYSTEMS.loinc, '96609-3', 'Diastolic blood pressure mean')

/** The mean of readings: LOINC 96607-7 with 96608-5 and 96609-3. */
export function ipsMean(
  mean: PressureMean,
  place: { readonly id: string; readonly subject: string; readonly device: string },
): JsonObject {
  const inMmHg = (value: number) => ({ value, unit: 'mmHg', system: SYSTEMS.ucum, code: 'mm[Hg]' })
  return {
    ...ownResource('Observation', place),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'vital-signs', 'Vital Signs')],
    code: MEAN,
    subject: { reference: place.subject },
    effectivePeriod: { start: mean.from, end: mean.to },
    performer: [{ reference: place.subject }],
    device: { reference: place.device },
    component: [
      { code: MEAN_SYSTOLIC, valueQuantity: inMmHg(mean.systolicMmHg) },
      { code: MEAN_DIASTOLIC, valueQuantity: inMmHg(mean.diastolicMmHg) },
    ],
  }
}

/** Why an earlier summary's section had no entries, if it said so: a code of HL7's list-empty-reason. */
export function saidEmpty(composition: JsonObject, loinc: string): string | undefined {
  const section = objectsOf(composition['section']).find(each =>
    objectsOf(at(each, 'code', 'coding')).some(coding => coding['code'] === loinc),
  )
  const code = objectsOf(at(section, 'emptyReason', 'coding')).find(isObject)?.['code']
  return typeof code === 'string' && objectsOf(section?.['entry']).length === 0 ? code : undefined
}
