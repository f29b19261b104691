import { instant, type Instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { dateTimeText } from '#schema/record/when.ts'
import {
  addAllergies,
  addBackground,
  addMedicines,
  addProblems,
  addProcedures,
  addVaccines,
  addVisits,
} from './care.ts'
import { Clinic, named } from './clinic.ts'
import { addFacts, addResults, type People } from './measurements.ts'
import { Seeded } from './seeded.ts'

export interface SampleRecord {
  readonly person: { readonly name: string; readonly birthDate: string }
  /** A FHIR R4 Bundle as JSON text, to be imported like a file. */
  readonly bundle: string
  readonly fileName: string
  /** What this person has typed, oldest first. */
  readonly entries: readonly EntryFields[]
}

const PERSON = { name: 'Robin Sample', birthDate: '1958-04-12' } as const
const DAY_MS = 86_400_000

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
    communication: [{ language: named('English') }],
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

/** Readings of the last months and what only the person knows. */
function typedEntries(random: Seeded, now: Instant): readonly EntryFields[] {
  const at = (daysAgo: number, hour: number) => {
    const day = Math.floor(now / DAY_MS - daysAgo) * DAY_MS
    const minutes = hour * 60 + Math.floor(random.next() * 40)
    return `${dateTimeText(instant(day + minutes * 60_000), 0).slice(0, 16)}+00:00`
  }
  const typed: EntryFields[] = [
    { kind: 'condition', name: 'Trouble falling asleep', clinicalStatus: 'active', since: at(420, 9).slice(0, 7) },
    {
      kind: 'medicine',
      name: 'Vitamin D3 1000 IU',
      directions: '1 capsule with breakfast',
      status: 'taking',
      since: at(600, 9).slice(0, 4),
    },
    { kind: 'allergy', substance: 'Nickel', reaction: 'Itching under the watch strap', severity: 'mild' },
  ]
  for (let week = 52; week >= 1; week -= 1) {
    typed.push({ kind: 'weight', takenAt: at(week * 7, 7), weightKg: random.around(76.5 + week * 0.04, 0.7, 1) })
  }
  for (let daysAgo = 90; daysAgo >= 1; daysAgo -= 2) {
    typed.push({
      kind: 'blood-pressure',
      takenAt: at(daysAgo, random.pick([7, 20])),
      systolicMmHg: random.around(131, 10),
      diastolicMmHg: random.around(80, 7),
      pulsePerMinute: random.around(71, 8),
      arm: 'left',
      posture: 'sitting',
    })
  }
  typed.push({
    kind: 'note',
    title: 'Questions for the next visit',
    text: 'Can I take the metformin in the morning instead?\nIs the knee brace worth it?',
    writtenAt: at(3, 18),
  })
  return typed
}
