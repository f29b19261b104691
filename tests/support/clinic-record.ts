import type { ClinicServer, Resource } from './clinic-server.ts'

const PATIENT = 'pat-1'
const about = { reference: `Patient/${PATIENT}` }

export const clinicCondition = (id: string, name: string): Resource => ({
  resourceType: 'Condition',
  id,
  subject: about,
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  code: { text: name },
})

export const clinicLab = (id: string, value: number): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: about,
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }] },
  effectiveDateTime: '2026-03-01',
  valueQuantity: { value, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
})

/** A small record: the patient, five conditions on three pages, an allergy, a result. */
export function fillClinic(clinic: ClinicServer, name = { given: ['Ana'], family: 'Example' }): void {
  clinic.login.patient = PATIENT
  const at = '2026-01-01T00:00:00.000Z'
  clinic.put({ resourceType: 'Patient', id: PATIENT, name: [name], birthDate: '1961-02-03' }, at)
  for (const number of [1, 2, 3, 4, 5]) clinic.put(clinicCondition(`c${number}`, `Clinic condition ${number}`), at)
  clinic.put(clinicLab('l1', 13.2), at)
  clinic.put({ resourceType: 'AllergyIntolerance', id: 'a1', patient: about, code: { text: 'Penicillin' } }, at)
}
