/**
 * CDA's words for how something stands, as FHIR R4's: the concept maps of HL7's guide "C-CDA on FHIR" 2.0
 * (https://hl7.org/fhir/us/ccda/conceptMaps.html), by the code that CDA gives. SNOMED CT codes where they are numbers.
 */
export type StatusTable = Readonly<Record<string, string>>

export const OBSERVATION_STATUS: StatusTable = {
  completed: 'final',
  active: 'registered',
  held: 'registered',
  suspended: 'registered',
  new: 'registered',
  aborted: 'cancelled',
  cancelled: 'cancelled',
  nullified: 'entered-in-error',
  obsolete: 'entered-in-error',
}

export const PROCEDURE_STATUS: StatusTable = {
  completed: 'completed',
  active: 'in-progress',
  aborted: 'stopped',
  cancelled: 'not-done',
  held: 'on-hold',
  suspended: 'on-hold',
  new: 'preparation',
  nullified: 'entered-in-error',
}

export const REQUEST_STATUS: StatusTable = {
  active: 'active',
  new: 'active',
  completed: 'completed',
  aborted: 'revoked',
  cancelled: 'revoked',
  held: 'on-hold',
  suspended: 'on-hold',
  nullified: 'entered-in-error',
}

export const REQUEST_INTENT: StatusTable = {
  INT: 'plan',
  RQO: 'order',
  PRMS: 'directive',
  PRP: 'proposal',
  ARQ: 'proposal',
  APT: 'plan',
  DEF: 'proposal',
}

export const MEDICATION_STATUS: StatusTable = {
  completed: 'completed',
  active: 'active',
  aborted: 'stopped',
  cancelled: 'stopped',
  suspended: 'on-hold',
  held: 'on-hold',
  nullified: 'entered-in-error',
}

/** CCD's Status Observation of a medicine, in SNOMED CT: active, on hold, prior history, no longer active. */
export const TAKING_STATUS: StatusTable = {
  '55561003': 'active',
  '421139008': 'on-hold',
  '392521001': 'completed',
  '73425007': 'completed',
}

/** MedicationRequest has `cancelled` beside `stopped`. */
export const MEDICATION_REQUEST_STATUS: StatusTable = { ...MEDICATION_STATUS, cancelled: 'cancelled', new: 'draft' }

export const MEDICATION_INTENT: StatusTable = {
  INT: 'order',
  RQO: 'order',
  PRMS: 'plan',
  PRP: 'proposal',
  ARQ: 'proposal',
  APT: 'plan',
  EVN: 'plan',
}

export const DISPENSE_STATUS: StatusTable = {
  completed: 'completed',
  active: 'in-progress',
  aborted: 'stopped',
  cancelled: 'cancelled',
  held: 'on-hold',
  suspended: 'on-hold',
  new: 'preparation',
  nullified: 'entered-in-error',
}

export const DEVICE_USE_STATUS: StatusTable = {
  completed: 'completed',
  active: 'active',
  aborted: 'stopped',
  cancelled: 'stopped',
  held: 'on-hold',
  suspended: 'on-hold',
  new: 'intended',
  nullified: 'entered-in-error',
}

export const IMMUNIZATION_STATUS: StatusTable = {
  completed: 'completed',
  active: 'completed',
  aborted: 'not-done',
  cancelled: 'not-done',
  held: 'not-done',
  new: 'not-done',
  obsolete: 'not-done',
  suspended: 'not-done',
  nullified: 'entered-in-error',
}

export const ENCOUNTER_STATUS: StatusTable = {
  completed: 'finished',
  active: 'in-progress',
  cancelled: 'cancelled',
  held: 'planned',
  suspended: 'onleave',
  nullified: 'entered-in-error',
  aborted: 'unknown',
  new: 'unknown',
}

export const GOAL_STATUS: StatusTable = {
  active: 'active',
  new: 'proposed',
  completed: 'completed',
  aborted: 'cancelled',
  cancelled: 'cancelled',
  held: 'on-hold',
  suspended: 'on-hold',
  nullified: 'entered-in-error',
}

/** Problem and allergy status observations (LOINC 33999-4). */
export const CLINICAL_STATUS: StatusTable = {
  '55561003': 'active',
  '73425007': 'inactive',
  '413322009': 'resolved',
  '246455001': 'recurrence',
  '263855007': 'relapse',
  '277022003': 'remission',
}

export const CONCERN_STATUS: StatusTable = {
  active: 'active',
  completed: 'inactive',
  aborted: 'inactive',
  suspended: 'inactive',
}

export const ALLERGY_TYPE: StatusTable = {
  '235719002': 'intolerance',
  '59037007': 'intolerance',
  '414285001': 'allergy',
  '416098002': 'allergy',
  '419199007': 'allergy',
}

export const ALLERGY_CATEGORY: StatusTable = {
  '235719002': 'food',
  '414285001': 'food',
  '418471000': 'food',
  '416098002': 'medication',
  '419511003': 'medication',
  '59037007': 'medication',
}

/** What is known not to be, by the kind of allergy that was asked for. */
export const NO_KNOWN_ALLERGY: Readonly<Record<string, readonly [code: string, display: string]>> = {
  '414285001': ['429625007', 'No known food allergy'],
  '416098002': ['409137002', 'No known drug allergy'],
  '419199007': ['716186003', 'No known allergy'],
}

export const SEVERITY: StatusTable = { '255604002': 'mild', '6736007': 'moderate', '24484000': 'severe' }

export const CRITICALITY: StatusTable = { CRITL: 'low', CRITH: 'high', CRITU: 'unable-to-assess' }

/** Sections whose problems are of a kind of their own (LOINC). */
export const CONDITION_CATEGORY: Readonly<Record<string, readonly [system: string, code: string, display: string]>> = {
  '11450-4': ['http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item', 'Problem List Item'],
  '46240-8': ['http://terminology.hl7.org/CodeSystem/condition-category', 'encounter-diagnosis', 'Encounter Diagnosis'],
  '75310-3': ['http://hl7.org/fhir/us/core/CodeSystem/condition-category', 'health-concern', 'Health Concern'],
}

const US_CORE = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category'
const BASE = 'http://terminology.hl7.org/CodeSystem/observation-category'

/** What kind of observation a section holds (LOINC). */
export const OBSERVATION_CATEGORY: Readonly<Record<string, readonly [system: string, code: string, display: string]>> =
  {
    '30954-2': [BASE, 'laboratory', 'Laboratory'],
    '11493-4': [BASE, 'laboratory', 'Laboratory'],
    '8716-3': [BASE, 'vital-signs', 'Vital Signs'],
    '29762-2': [BASE, 'social-history', 'Social History'],
    '47420-5': [US_CORE, 'functional-status', 'Functional Status'],
    '10190-7': [US_CORE, 'cognitive-status', 'Cognitive Status'],
    '61144-2': [BASE, 'survey', 'Survey'],
    '29545-1': [BASE, 'exam', 'Exam'],
    '8709-8': [BASE, 'exam', 'Exam'],
    '10210-3': [BASE, 'exam', 'Exam'],
    '47519-4': [BASE, 'procedure', 'Procedure'],
  }
