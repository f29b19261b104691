import { Seeded } from '#app/core/exchange/sample/seeded.ts'
import { type JsonObject, isObject, objectsOf } from '#schema/record/fhir/json.ts'

type LabTest = readonly [code: string, text: string, unit: string, middle: number, spread: number]

const TESTS: readonly [LabTest, ...LabTest[]] = [
  ['2345-7', 'Glucose', 'mg/dL', 100, 30],
  ['4548-4', 'Hemoglobin A1c', '%', 7, 1],
  ['2160-0', 'Creatinine', 'mg/dL', 0.9, 0.2],
  ['718-7', 'Hemoglobin', 'g/dL', 13, 1],
]

const START_MS = Date.UTC(2015, 0, 5, 8)

/** A Bundle of exactly `count` resources about one patient, a fifth of them not measurements. The same for the same seed. */
export function largeRecord(seed: number, count: number): string {
  const random = new Seeded(seed)
  const patient = `urn:uuid:${random.uuid()}`
  const entry = Array.from({ length: count }, (_, index) => {
    const resource =
      index === 0
        ? { resourceType: 'Patient', id: patient.slice(9), name: [{ text: 'Kim Fixture' }] }
        : resourceAt(random, index, patient)
    return { fullUrl: `urn:uuid:${String(resource['id'])}`, resource }
  })
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })
}

function resourceAt(random: Seeded, index: number, patient: string): JsonObject {
  const time = new Date(START_MS + index * 5 * 3_600_000).toISOString()
  const base = { id: random.uuid(), subject: { reference: patient } }
  switch (index % 10) {
    case 1:
      return {
        resourceType: 'Encounter',
        ...base,
        status: 'finished',
        class: { code: 'AMB' },
        type: [{ text: 'Visit' }],
        period: { start: time },
      }
    case 2:
      return {
        resourceType: 'Condition',
        ...base,
        clinicalStatus: { coding: [{ code: random.pick(['active', 'resolved']) }] },
        code: { text: `Condition ${index}` },
        onsetDateTime: time.slice(0, 10),
      }
    case 3:
    case 4:
      return bloodPressureAt(random, base, time)
    default: {
      const [code, text, unit, middle, spread] = random.pick(TESTS)
      return {
        resourceType: 'Observation',
        ...base,
        status: 'final',
        category: [{ coding: [{ code: 'laboratory' }] }],
        code: { coding: [{ system: 'http://loinc.org', code }], text },
        effectiveDateTime: time,
        valueQuantity: {
          value: random.around(middle, spread, 2),
          unit,
          system: 'http://unitsofmeasure.org',
          code: unit,
        },
      }
    }
  }
}

function bloodPressureAt(random: Seeded, base: JsonObject, time: string): JsonObject {
  const part = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })
  return {
    resourceType: 'Observation',
    ...base,
    status: 'final',
    category: [{ coding: [{ code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: 'Blood pressure' },
    effectiveDateTime: time,
    component: [part('8480-6', random.around(130, 15)), part('8462-4', random.around(82, 9))],
  }
}

/** Elements that FHIR R4 requires (1..) of the resources we write, with the status codes it allows. */
const REQUIRED: Readonly<
  Record<string, { readonly elements: readonly string[]; readonly status?: readonly string[] }>
> = {
  Observation: { elements: ['status', 'code'], status: ['registered', 'preliminary', 'final', 'amended', 'corrected'] },
  Condition: { elements: ['subject'] },
  MedicationStatement: {
    elements: ['status', 'medicationCodeableConcept', 'subject'],
    status: ['active', 'completed', 'stopped'],
  },
  MedicationRequest: {
    elements: ['status', 'intent', 'medicationCodeableConcept', 'subject'],
    status: ['active', 'stopped', 'completed'],
  },
  AllergyIntolerance: { elements: ['patient'] },
  DocumentReference: { elements: ['status', 'content'], status: ['current', 'superseded'] },
  DiagnosticReport: { elements: ['status', 'code'], status: ['final'] },
  Encounter: { elements: ['status', 'class'], status: ['planned', 'finished'] },
  Immunization: {
    elements: ['status', 'vaccineCode', 'patient', 'occurrenceDateTime'],
    status: ['completed', 'not-done'],
  },
  Procedure: { elements: ['status', 'subject'], status: ['completed'] },
  FamilyMemberHistory: { elements: ['status', 'patient', 'relationship'], status: ['completed'] },
  Goal: { elements: ['lifecycleStatus', 'description', 'subject'] },
  CarePlan: { elements: ['status', 'intent', 'subject'], status: ['active'] },
  ServiceRequest: { elements: ['status', 'intent', 'subject'], status: ['active'] },
  Coverage: { elements: ['status', 'beneficiary', 'payor'], status: ['active'] },
  Flag: { elements: ['status', 'code', 'subject'], status: ['active'] },
  Device: { elements: [], status: ['active'] },
  CareTeam: { elements: [], status: ['active'] },
  Patient: { elements: [] },
  Practitioner: { elements: [] },
  Organization: { elements: ['name'] },
}

const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/

/**
 * What is wrong with a resource by FHIR R4's rules for the elements we write: required elements, status codes, ids, dates,
 * empty members, quantities by UCUM, references that resolve in `knownReferences`.
 */
export function fhirFaults(resource: JsonObject, knownReferences: ReadonlySet<string>): readonly string[] {
  const type = String(resource['resourceType'])
  const rule = REQUIRED[type]
  if (rule === undefined) return [`${type}: not a type we write`]
  const faults = rule.elements
    .filter(element => resource[element] === undefined)
    .map(element => `${type}.${element} is missing`)
  if (rule.status !== undefined && !rule.status.includes(String(resource['status']))) faults.push(`${type}.status`)
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(String(resource['id']))) faults.push(`${type}.id`)
  return [...faults, ...memberFaults(resource, type, knownReferences)]
}

function memberFaults(value: unknown, path: string, references: ReadonlySet<string>): readonly string[] {
  if (Array.isArray(value)) {
    return value.length === 0
      ? [`${path} is empty`]
      : value.flatMap((item, index) => memberFaults(item, `${path}[${index}]`, references))
  }
  if (value === undefined || value === null || value === '') return [`${path} is empty`]
  if (!isObject(value)) return []
  const faults = Object.keys(value).length === 0 ? [`${path} is empty`] : []
  if (typeof value['reference'] === 'string' && !references.has(value['reference'])) faults.push(`${path}.reference`)
  if (typeof value['value'] === 'number' && value['system'] !== 'http://unitsofmeasure.org')
    faults.push(`${path}.system`)
  for (const [name, member] of Object.entries(value)) {
    const isDate =
      /(DateTime|^date|^birthDate|authoredOn|recordedDate|^start|^end|creation|issued|manufactureDate|startDate)$/.test(
        name,
      )
    if (isDate && (typeof member !== 'string' || !DATE.test(member))) faults.push(`${path}.${name} is no date`)
    faults.push(...memberFaults(member, `${path}.${name}`, references))
  }
  return faults
}

/** The resources of a Bundle's text, and the addresses they are called by. */
export function bundleOf(text: string): {
  readonly resources: readonly JsonObject[]
  readonly fullUrls: ReadonlySet<string>
} {
  const bundle: unknown = JSON.parse(text)
  const entries = objectsOf(isObject(bundle) ? bundle['entry'] : undefined)
  return {
    resources: entries.flatMap(entry => objectsOf(entry['resource'])),
    fullUrls: new Set(entries.map(entry => String(entry['fullUrl']))),
  }
}
