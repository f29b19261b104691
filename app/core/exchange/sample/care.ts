import { SYSTEMS } from '#schema/codes/systems.ts'
import { type Clinic, coded, named, textAttachment } from './clinic.ts'
import { addVitals, type People } from './measurements.ts'
import { CONDITIONS, INFLUENZA, MEDICINES, PROCEDURES, VACCINES } from './tables.ts'

const AMBULATORY = { system: SYSTEMS.actCode, code: 'AMB', display: 'ambulatory' }

export function addProblems(clinic: Clinic, { subject, doctor }: People): void {
  for (const { icd10, name, yearsAgo, lastedMonths } of CONDITIONS) {
    const isOver = lastedMonths !== undefined
    clinic.add('Condition', {
      clinicalStatus: isOver
        ? coded(SYSTEMS.conditionClinical, 'resolved', 'Resolved')
        : coded(SYSTEMS.conditionClinical, 'active', 'Active'),
      verificationStatus: coded(SYSTEMS.conditionVerification, 'confirmed', 'Confirmed'),
      category: [coded(SYSTEMS.conditionCategory, 'problem-list-item', 'Problem List Item')],
      code: icd10 === undefined ? named(name) : coded(SYSTEMS.icd10Cm, icd10, name),
      subject,
      onsetDateTime: clinic.date(yearsAgo),
      ...(isOver ? { abatementDateTime: clinic.date(yearsAgo - lastedMonths / 12) } : {}),
      recorder: doctor,
    })
  }
}

export function addMedicines(clinic: Clinic, { subject, doctor }: People): void {
  for (const { rxNorm, name, directions, yearsAgo, stoppedYearsAgo, reason } of MEDICINES) {
    clinic.add('MedicationRequest', {
      status: stoppedYearsAgo === undefined ? 'active' : 'stopped',
      intent: 'order',
      medicationCodeableConcept: coded(SYSTEMS.rxNorm, rxNorm, name),
      subject,
      authoredOn: clinic.time(yearsAgo),
      requester: doctor,
      reasonCode: [named(reason)],
      dosageInstruction: [{ text: directions }],
    })
  }
}

export function addAllergies(clinic: Clinic, { subject, doctor }: People): void {
  const allergy = (substance: string, reaction: string, severity: string, yearsAgo: number) =>
    clinic.add('AllergyIntolerance', {
      clinicalStatus: coded(SYSTEMS.allergyClinical, 'active', 'Active'),
      verificationStatus: coded(SYSTEMS.allergyVerification, 'confirmed', 'Confirmed'),
      code: named(substance),
      patient: subject,
      recordedDate: clinic.time(yearsAgo),
      recorder: doctor,
      reaction: [{ manifestation: [named(reaction)], severity }],
    })
  allergy('Penicillin V', 'Swelling of the face', 'severe', 9.6)
  allergy('Latex', 'Skin rash', 'mild', 7.4)
}

export function addVaccines(clinic: Clinic, { subject, clinic: performer }: People): void {
  const shot = (cvx: string, name: string, yearsAgo: number) =>
    clinic.add('Immunization', {
      status: 'completed',
      vaccineCode: coded(SYSTEMS.cvx, cvx, name),
      patient: subject,
      occurrenceDateTime: clinic.time(yearsAgo),
      primarySource: true,
      performer: [{ actor: performer }],
    })
  for (const [cvx, name, years] of VACCINES) for (const yearsAgo of years) shot(cvx, name, yearsAgo)
  for (let yearsAgo = 9.1; yearsAgo > 0; yearsAgo -= 1) shot(...INFLUENZA, yearsAgo)
  clinic.add('Immunization', {
    status: 'not-done',
    statusReason: named('Patient felt ill that day'),
    vaccineCode: coded(SYSTEMS.cvx, ...INFLUENZA),
    patient: subject,
    occurrenceDateTime: clinic.time(2.3),
  })
}

const VISIT_REASONS = ['Diabetes follow-up', 'Blood pressure check', 'Annual check-up', 'Medication review'] as const

/** Three or four visits a year, each with what was measured; some with a note. */
export function addVisits(clinic: Clinic, people: People): void {
  for (let yearsAgo = 9.6; yearsAgo > 0.05; yearsAgo -= clinic.random.around(0.3, 0.08, 3)) {
    const time = clinic.time(yearsAgo)
    const reason = clinic.random.pick(VISIT_REASONS)
    const encounter = clinic.add('Encounter', {
      status: 'finished',
      class: AMBULATORY,
      type: [named(reason)],
      subject: people.subject,
      participant: [{ individual: people.doctor }],
      period: { start: time, end: time },
      serviceProvider: people.clinic,
    })
    addVitals(clinic, people, { time, yearsAgo })
    if (clinic.random.next() < 0.4) addVisitNote(clinic, people, { encounter, time, reason })
  }
}

function addVisitNote(
  clinic: Clinic,
  { subject, doctor }: People,
  {
    encounter,
    time,
    reason,
  }: { readonly encounter: { readonly reference: string }; readonly time: string; readonly reason: string },
): void {
  const text = `${reason}. Doing well, no new complaints. Medicines reviewed and continued. (This is a made-up note.)`
  clinic.add('DocumentReference', {
    status: 'current',
    type: coded(SYSTEMS.loinc, '11506-3', 'Progress note'),
    subject,
    date: time,
    author: [doctor],
    description: `Visit note: ${reason.toLowerCase()}`,
    content: [{ attachment: textAttachment('Visit note', time, text) }],
    context: { encounter: [encounter], period: { start: time } },
  })
}

export function addProcedures(clinic: Clinic, { subject, doctor }: People): void {
  for (const [name, yearsAgo, outcome] of PROCEDURES) {
    clinic.add('Procedure', {
      status: 'completed',
      code: named(name),
      subject,
      performedDateTime: clinic.time(yearsAgo),
      performer: [{ actor: doctor }],
      ...(outcome === undefined ? {} : { outcome: named(outcome) }),
    })
  }
}

/** Family, implants, alerts, directives, plans and insurance. */
export function addBackground(clinic: Clinic, { subject, doctor, clinic: place }: People): void {
  const relative = (code: string, relationship: string, conditions: readonly string[]) =>
    clinic.add('FamilyMemberHistory', {
      status: 'completed',
      patient: subject,
      date: clinic.date(9.6),
      relationship: coded(SYSTEMS.roleCode, code, relationship),
      condition: conditions.map(name => ({ code: named(name) })),
    })
  relative('MTH', 'mother', ['Type 2 diabetes', 'Stroke'])
  relative('FTH', 'father', ['Heart attack at 58'])
  relative('SIS', 'sister', ['Breast cancer'])
  clinic.add('Device', {
    status: 'active',
    deviceName: [{ name: 'Lens implant, right eye', type: 'user-friendly-name' }],
    patient: subject,
    manufactureDate: clinic.date(3),
  })
  clinic.add('Flag', {
    status: 'active',
    category: [named('Safety')],
    code: named('Risk of falls: uses a cane'),
    subject,
    period: { start: clinic.date(0.9) },
    author: doctor,
  })
  clinic.add('DocumentReference', {
    status: 'current',
    type: coded(SYSTEMS.loinc, '42348-3', 'Advance directives'),
    subject,
    date: clinic.time(4.2),
    author: [subject],
    description: 'Living will and health care proxy',
    content: [
      { attachment: textAttachment('Living will', clinic.time(4.2), 'A made-up living will, for looking around.') },
    ],
  })
  const goal = clinic.add('Goal', {
    lifecycleStatus: 'active',
    description: named('Hemoglobin A1c below 7 %'),
    subject,
    startDate: clinic.date(1.1),
  })
  clinic.add('CarePlan', {
    status: 'active',
    intent: 'plan',
    title: 'Living with diabetes',
    subject,
    period: { start: clinic.date(1.1) },
    author: doctor,
    goal: [goal],
    activity: [
      { detail: { code: named('Walk 30 minutes a day'), status: 'in-progress' } },
      { detail: { code: named('Eye examination every year'), status: 'scheduled' } },
    ],
  })
  clinic.add('ServiceRequest', {
    status: 'active',
    intent: 'order',
    code: named('Diabetic eye examination'),
    subject,
    authoredOn: clinic.time(0.1),
    requester: doctor,
  })
  clinic.add('CareTeam', {
    status: 'active',
    name: 'Diabetes care team',
    subject,
    period: { start: clinic.date(9.5) },
    participant: [{ member: doctor }, { member: place }],
  })
}
