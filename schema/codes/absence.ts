import type { Coding } from '../record/entry.ts'
import type { Section } from '../record/sections.ts'

const ABOUT = ['allergies', 'medicines', 'problems', 'immunizations', 'procedures', 'devices'] as const
type About = (typeof ABOUT)[number]

/** That there is none of something, that nobody knows, or that nobody asked: three things, and none of them an entry of it. */
export type Absence =
  | `none.${About | 'drug-allergies' | 'environmental-allergies' | 'food-allergies' | 'latex-allergy'}`
  | `unknown.${About}`
  | 'not-asked.allergies'

/**
 * The codes of the International Patient Summary for "known absent" and "not known" (version 1.1.0, CC0:
 * https://hl7.org/fhir/uv/ips/STU1.1/CodeSystem-absent-unknown-uv-ips.html), which version 2 gave up for those of SNOMED CT below.
 */
const IPS: Readonly<Record<string, Absence>> = {
  'no-known-allergies': 'none.allergies',
  'no-known-medication-allergies': 'none.drug-allergies',
  'no-known-environmental-allergies': 'none.environmental-allergies',
  'no-known-food-allergies': 'none.food-allergies',
  'no-known-medications': 'none.medicines',
  'no-known-problems': 'none.problems',
  'no-known-immunizations': 'none.immunizations',
  'no-known-procedures': 'none.procedures',
  'no-known-devices': 'none.devices',
  'no-allergy-info': 'unknown.allergies',
  'no-medication-info': 'unknown.medicines',
  'no-problem-info': 'unknown.problems',
  'no-immunization-info': 'unknown.immunizations',
  'no-procedure-info': 'unknown.procedures',
  'no-device-info': 'unknown.devices',
}

/**
 * SNOMED CT codes that IPS 2 and others say the same with: its value set "Absent or Unknown SNOMED" and its map from the codes above
 * (https://github.com/HL7/fhir-ips, input/fsh: AbsentOrUnknownSNOMEDUvIps, ConceptMap-absence-to-snomed-uv-ips); of latex as the Australian
 * summary has it. Codes only: the words are ours.
 */
const SNOMED: Readonly<Record<string, Absence>> = {
  '716186003': 'none.allergies',
  '409137002': 'none.drug-allergies',
  '428607008': 'none.environmental-allergies',
  '429625007': 'none.food-allergies',
  '1003774007': 'none.latex-allergy',
  '787481004': 'none.medicines',
  '160245001': 'none.problems',
  '787482006': 'none.immunizations',
  '787480003': 'none.procedures',
  '787483001': 'none.devices',
  '1631000175102': 'not-asked.allergies',
}

/** "No information available", whatever it is said of (https://build.fhir.org/ig/HL7/fhir-ips/, Empty Sections and Missing Data). */
const NO_INFORMATION = '1287211007'

const IPS_SYSTEM = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'
const SNOMED_SYSTEMS = /^(?:http:\/\/snomed\.info\/sct(?:\/.*)?|urn:oid:2\.16\.840\.1\.113883\.6\.96)$/

/** What an entry of `section` says is not there or not known, by its codes; undefined for any other entry. */
export function absenceOf(section: Section, codes: readonly Coding[]): Absence | undefined {
  const about = ABOUT.find(each => each === section)
  if (about === undefined) return undefined
  for (const { system = '', code = '' } of codes) {
    const table = system === IPS_SYSTEM ? IPS : SNOMED_SYSTEMS.test(system) ? SNOMED : {}
    const said = Object.hasOwn(table, code) ? table[code] : undefined
    if (said !== undefined) return said
    if (table === SNOMED && code === NO_INFORMATION) return `unknown.${about}`
  }
  return undefined
}

/** As a summary says it whose source has no words, in English. */
export const ABSENCE_NAMES: Readonly<Record<Absence, string>> = {
  'none.allergies': 'No known allergies',
  'none.drug-allergies': 'No known allergies to medicines',
  'none.environmental-allergies': 'No known environmental allergies',
  'none.food-allergies': 'No known food allergies',
  'none.latex-allergy': 'No known latex allergy',
  'none.medicines': 'No known medicines',
  'none.problems': 'No known problems',
  'none.immunizations': 'No known vaccinations',
  'none.procedures': 'No known procedures',
  'none.devices': 'No known devices or implants',
  'unknown.allergies': 'Not known whether there are allergies',
  'unknown.medicines': 'Not known whether there are medicines',
  'unknown.problems': 'Not known whether there are problems',
  'unknown.immunizations': 'Not known whether there are vaccinations',
  'unknown.procedures': 'Not known whether there were procedures',
  'unknown.devices': 'Not known whether there are devices or implants',
  'not-asked.allergies': 'Not asked about allergies',
}

export const ABSENCES = Object.keys(ABSENCE_NAMES) as readonly Absence[]
