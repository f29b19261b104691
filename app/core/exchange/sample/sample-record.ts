import type { Instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import {
  addAllergies,
  addBackground,
  addMedicines,
  addProblems,
  addProcedures,
  addVaccines,
  addVisits,
} from './care.ts'
import { Clinic, coded, named } from './clinic.ts'
import { addFacts, addResults, type People } from './measurements.ts'
import { Seeded } from './seeded.ts'
import { typedEntries } from './typed.ts'

export interface SampleRecord {
  readonly person: { readonly name: string; readonly birthDate: string }
  /** A FHIR R4 Bundle as JSON text, to be imported like a file. */
  readonly bundle: string
  readonly fileName: string
  /** What this person has typed, oldest first. */
  readonly entries: readonly EntryFields[]
}

const PERSON = { name: 'Robin Sample', birthDate: '1958-04-12' } as const

/** Ten years of a patient who does not exist. The same for the same seed and time; every resource says it is test data. */
export function sampleRecord(seed: number, now: Instant): SampleRecord {
  const random = new Seeded(seed)
  const clinic = new Clinic(random, now)
  const people = addPeople(clinic)
  addProblems(clinic, people)
  addMedicines(clinic, people)
  addAllergies(clinic, people)
  addVaccines(clinic, people)
  addVisits(clinic, people)
  addResults(clinic, people)
  addFacts(clinic, people)
  addProcedures(clinic, people)
  addBackground(clinic, people)
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: new Date(now).toISOString(),
    entry: clinic.entries,
  }
  return {
    person: PERSON,
    bundle: JSON.stringify(bundle),
    fileName: 'sample-clinic.json',
    entries: typedEntries(random, now),
  }
}

function addPeople(clinic: Clinic): People {
  const place = clinic.add('Organization', { active: true, name: 'Example Street Clinic' })
  const laboratory = clinic.add('Organization', { active: true, name: 'Example Laboratory' })
  const insurer = clinic.add('Organization', { active: true, name: 'Example Health Plan' })
  const doctor = clinic.add('Practitioner', { active: true, name: [{ text: 'Dr. Jamie Example' }] })
  const subject = clinic.add('Patient', {
    active: true,
    name: [{ use: 'official', text: PERSON.name, family: 'Sample', given: ['Robin'] }],
    gender: 'female',
    birthDate: PERSON.birthDate,
    communication: [{ language: coded('urn:ietf:bcp:47', 'en', 'English') }],
    generalPractitioner: [doctor],
  })
  clinic.add('Coverage', {
    status: 'active',
    type: named('Medicare supplement'),
    beneficiary: subject,
    period: { start: clinic.date(2.6) },
    payor: [insurer],
  })
  return { subject, doctor, clinic: place, laboratory }
}
