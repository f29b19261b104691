import { SYSTEMS } from '#schema/codes/systems.ts'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import { type Clinic, coded, quantity } from './clinic.ts'
import { type LabTest, PANELS, SINGLE_TESTS } from './tables.ts'

type Reference = { readonly reference: string }

export interface People {
  readonly subject: Reference
  readonly doctor: Reference
  readonly clinic: Reference
  readonly laboratory: Reference
}

const YEARS = 10
const category = (code: string, display: string) => [coded(SYSTEMS.observationCategory, code, display)]
const VITAL = category('vital-signs', 'Vital Signs')
const LABORATORY = category('laboratory', 'Laboratory')

/** Laboratory results over ten years, as panels with their report and as single tests. */
export function addResults(clinic: Clinic, people: People): void {
  for (const panel of PANELS) {
    for (const yearsAgo of everyMonths(panel.everyMonths)) {
      const time = clinic.time(yearsAgo)
      const result = panel.tests.map(test => addTest(clinic, people, test, yearsAgo, time))
      clinic.add('DiagnosticReport', {
        status: 'final',
        category: [coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'LAB', 'Laboratory')],
        code: coded(SYSTEMS.loinc, panel.loinc, panel.name),
        subject: people.subject,
        effectiveDateTime: time,
        issued: time,
        performer: [people.laboratory],
        result,
      })
    }
  }
  for (const [months, test] of SINGLE_TESTS) {
    for (const yearsAgo of everyMonths(months)) addTest(clinic, people, test, yearsAgo, clinic.time(yearsAgo))
  }
}

/** From about ten years ago up to lately. */
function everyMonths(months: number): readonly number[] {
  const count = Math.floor((YEARS * 12) / months)
  return Array.from({ length: count }, (_, index) => YEARS - 0.35 - (index * months) / 12).filter(years => years > 0.02)
}

function addTest(clinic: Clinic, people: People, test: LabTest, yearsAgo: number, time: string): Reference {
  const middle = test.to + ((test.from - test.to) * yearsAgo) / YEARS
  const value = clinic.random.around(middle, test.spread, test.decimals)
  return clinic.add('Observation', {
    status: 'final',
    category: LABORATORY,
    code: coded(SYSTEMS.loinc, test.loinc, test.name),
    subject: people.subject,
    effectiveDateTime: time,
    issued: time,
    performer: [people.laboratory],
    valueQuantity: quantity(value, test.unit, test.ucum),
    interpretation: [interpretationOf(value, test)],
    referenceRange: [rangeOf(test)],
  })
}

function interpretationOf(value: number, { low, high }: LabTest): JsonObject {
  if (high !== undefined && value > high) return coded(SYSTEMS.interpretation, 'H', 'High')
  if (low !== undefined && value < low) return coded(SYSTEMS.interpretation, 'L', 'Low')
  return coded(SYSTEMS.interpretation, 'N', 'Normal')
}

function rangeOf({ low, high, unit, ucum }: LabTest): JsonObject {
  return {
    ...(low === undefined ? {} : { low: quantity(low, unit, ucum) }),
    ...(high === undefined ? {} : { high: quantity(high, unit, ucum) }),
  }
}

/** Measured at a visit: blood pressure, weight, pulse; height once. */
export function addVitals(
  clinic: Clinic,
  people: People,
  visit: { readonly time: string; readonly yearsAgo: number },
): void {
  const { random } = clinic
  const ago = visit.yearsAgo / YEARS
  const common = {
    status: 'final',
    category: VITAL,
    subject: people.subject,
    effectiveDateTime: visit.time,
    performer: [people.doctor],
  }
  const mmHg = (value: number) => quantity(value, 'mmHg', 'mm[Hg]')
  clinic.add('Observation', {
    ...common,
    code: coded(SYSTEMS.loinc, '85354-9', 'Blood pressure panel with all children optional'),
    component: [
      {
        code: coded(SYSTEMS.loinc, '8480-6', 'Systolic blood pressure'),
        valueQuantity: mmHg(random.around(131 + 21 * ago, 9)),
      },
      {
        code: coded(SYSTEMS.loinc, '8462-4', 'Diastolic blood pressure'),
        valueQuantity: mmHg(random.around(80 + 13 * ago, 6)),
      },
    ],
  })
  clinic.add('Observation', {
    ...common,
    code: coded(SYSTEMS.loinc, '29463-7', 'Body weight'),
    valueQuantity: quantity(random.around(77 + 11 * ago, 1.2, 1), 'kg', 'kg'),
  })
  clinic.add('Observation', {
    ...common,
    code: coded(SYSTEMS.loinc, '8867-4', 'Heart rate'),
    valueQuantity: quantity(random.around(72, 8), 'beats/minute', '/min'),
  })
  clinic.add('Observation', {
    ...common,
    code: coded(SYSTEMS.loinc, '59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
    valueQuantity: quantity(random.around(97, 1.5), '%', '%'),
  })
}

/** Social history, pregnancies, daily functioning, height: said once or seldom. */
export function addFacts(clinic: Clinic, people: People): void {
  const say = (categories: readonly JsonObject[] | undefined, code: JsonObject, yearsAgo: number, value: JsonObject) =>
    clinic.add('Observation', {
      status: 'final',
      ...(categories === undefined ? {} : { category: categories }),
      code,
      subject: people.subject,
      effectiveDateTime: clinic.time(yearsAgo),
      performer: [people.doctor],
      ...value,
    })
  const social = category('social-history', 'Social History')
  const smoking = coded(SYSTEMS.loinc, '72166-2', 'Tobacco smoking status')
  say(social, smoking, 9.6, { valueCodeableConcept: { text: 'Former smoker, stopped in 2004' } })
  say(social, smoking, 0.6, { valueCodeableConcept: { text: 'Former smoker, stopped in 2004' } })
  say(social, coded(SYSTEMS.loinc, '11341-5', 'History of Occupation'), 2.2, {
    valueString: 'School librarian, retired',
  })
  say(VITAL, coded(SYSTEMS.loinc, '8302-2', 'Body height'), 9.6, { valueQuantity: quantity(164, 'cm', 'cm') })
  say(undefined, { ...coded(SYSTEMS.loinc, '11996-6', '[#] Pregnancies'), text: 'Number of pregnancies' }, 9.6, {
    valueInteger: 2,
  })
  say([{ text: 'Functional status' }, ...functional], { text: 'Walking outdoors' }, 0.6, {
    valueString: 'Independent; uses a cane on stairs',
  })
}

const functional = [
  coded('http://hl7.org/fhir/us/core/CodeSystem/us-core-category', 'functional-status', 'Functional Status'),
]
