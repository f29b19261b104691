import type { EntryKind } from '../record/entry.ts'
import type { Section } from '../record/sections.ts'

/** LOINC panels with a systolic and a diastolic part; 96607-7 is the mean of several. */
export const BLOOD_PRESSURE_LOINC: readonly string[] = ['85354-9', '55417-0', '55284-4', '35094-2', '96607-7']

/**
 * LOINC codes whose place in the record does not depend on the category the source chose.
 * From LOINC 2.78 (https://loinc.org), checked against FHIR R4's vital signs profiles
 * (https://hl7.org/fhir/R4/observation-vitalsigns.html), US Core 7 and IPS 2.0, November 2026.
 */
const PLACES: readonly (readonly [kind: EntryKind, section: Section, codes: readonly string[]])[] = [
  ['blood-pressure', 'vitals', BLOOD_PRESSURE_LOINC],
  ['weight', 'vitals', ['29463-7', '3141-9', '3142-7', '8341-0', '8335-2']],
  ['height', 'vitals', ['8302-2', '8306-3', '8308-9', '3137-7', '3138-5', '8307-1']],
  [
    'pregnancy',
    'pregnancy',
    [
      '82810-3', // pregnancy status
      '86645-9', // pregnancy intention
      '11778-8', // delivery date estimated
      '11779-6', // … from last menstrual period
      '11780-4', // … from ovulation date
      '11884-4', // gestational age estimated
      '11885-1',
      '11887-7',
      '11636-8', // births live
      '11637-6', // births preterm
      '11638-4', // births still living
      '11639-2', // births term
      '11640-0', // births total
      '11612-9', // abortions
      '11613-7',
      '11614-5',
      '11977-6', // parity
      '11996-6', // pregnancies
      '33065-4', // ectopic pregnancy
      '49051-6', // gestational age in weeks
      '8665-2', // last menstrual period start date
    ],
  ],
  [
    'social-history',
    'social',
    [
      '72166-2', // tobacco smoking status
      '11367-0', // history of tobacco use
      '74013-4', // alcoholic drinks per day
      '11331-6', // history of alcohol use
      '11341-5', // history of occupation
      '82589-3', // highest level of education
      '93025-5', // PRAPARE
      '93043-8',
      '76690-7', // sexual orientation
      '76691-5', // gender identity
      '72109-2', // AUDIT-C
      '8663-7', // cigarettes smoked a day
      '8664-5',
    ],
  ],
  [
    'directive',
    'directives',
    [
      '75773-2', // goals, preferences and priorities for medical treatment
      '95541-9', // care experience preference
    ],
  ],
  ['story', 'story', ['81338-6']],
  [
    'functional-status',
    'functioning',
    [
      '54522-8', // functional status
      '47420-5', // functional status assessment note
      '11332-4', // history of cognitive function
    ],
  ],
  [
    'vital-sign',
    'vitals',
    [
      '85353-1', // vital signs panel
      '9279-1', // respiratory rate
      '8867-4', // heart rate
      '2708-6', // oxygen saturation
      '59408-5',
      '8310-5', // body temperature
      '8331-1',
      '9843-4', // head circumference
      '8287-5',
      '39156-5', // BMI
      '8480-6', // systolic alone
      '8462-4', // diastolic alone
      '8478-0', // mean blood pressure
      '59576-9', // BMI percentile
      '77606-2', // weight-for-length percentile
      '8289-1', // head circumference percentile
      '41982-0', // body fat
      '8280-0', // waist
      '33452-4', // peak flow
      '93832-4', // sleep duration
      '41950-7', // steps in a day
      '72514-3', // pain, 0–10
    ],
  ],
  ['lab-result', 'results', ['41653-7', '14743-9']], // glucose by a meter
]

const PLACE_BY_LOINC: ReadonlyMap<string, { readonly kind: EntryKind; readonly section: Section }> = new Map(
  PLACES.flatMap(([kind, section, codes]) => codes.map(code => [code, { kind, section }] as const)),
)

/** Where an Observation with this LOINC code stands; undefined when its category decides. */
export function placeOfLoinc(code: string): { readonly kind: EntryKind; readonly section: Section } | undefined {
  return PLACE_BY_LOINC.get(code)
}

/** LOINC for the upper part of a blood pressure: systolic, also by posture, at a first visit and as a mean. */
export const SYSTOLIC_LOINC: ReadonlySet<string> = new Set([
  '8480-6',
  '8459-0',
  '8460-8',
  '8461-6',
  '11378-7',
  '96608-5',
])
/** LOINC for the lower part. */
export const DIASTOLIC_LOINC: ReadonlySet<string> = new Set([
  '8462-4',
  '8453-3',
  '8454-1',
  '8455-8',
  '11377-9',
  '96609-3',
])
