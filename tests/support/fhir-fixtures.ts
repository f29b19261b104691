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

/** A Bundle's text, its resources, and the addresses they are called by. */
export function bundleOf(text: string): {
  readonly bundle: JsonObject
  readonly resources: readonly JsonObject[]
  readonly fullUrls: ReadonlySet<string>
} {
  const value: unknown = JSON.parse(text)
  const bundle = isObject(value) ? value : {}
  const entries = objectsOf(bundle['entry'])
  return {
    bundle,
    resources: entries.flatMap(entry => objectsOf(entry['resource'])),
    fullUrls: new Set(entries.map(entry => String(entry['fullUrl']))),
  }
}

/** A Bundle of `count` results of one test, a day apart, each with its laboratory's range. */
export function oneTest(count: number): string {
  const entry = Array.from({ length: count }, (_, day) => ({
    resource: {
      resourceType: 'Observation',
      id: `one-${day}`,
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }], text: 'Potassium' },
      effectiveDateTime: new Date(START_MS - 1000 * 86_400_000 + day * 86_400_000).toISOString(),
      valueQuantity: {
        value: Math.round((4.2 + Math.sin(day / 90) / 2 + (day % 7) / 10) * 10) / 10,
        unit: 'mmol/L',
        system: 'http://unitsofmeasure.org',
        code: 'mmol/L',
      },
      referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.1, unit: 'mmol/L' } }],
    },
  }))
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })
}
