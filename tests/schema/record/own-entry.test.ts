import fc from 'fast-check'
import { answersText } from '#schema/questionnaires/answer.ts'
import { scheduleText } from '#schema/medicines/schedule.ts'
import { type Rhythm, rhythmText } from '#schema/tasks/rhythm.ts'
import { expect, test } from 'vitest'
import { TYPED_MEASURES, unitsOf } from '#schema/codes/measures.ts'
import { type EntryFields, MEAL_CONTEXTS } from '#schema/record/entry.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { at, objectsOf } from '#schema/record/fhir/json.ts'
import { fieldsFromFhir, fieldsToFhir, parseFields, partsOfFields } from '#schema/record/own-entry.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

const OWN = { id: 'entry-1', subject: 'urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10' }

const task = (title: string, rhythm: Rhythm): EntryFields => ({
  kind: 'task',
  title,
  rhythm: rhythmText(rhythm),
  status: 'active',
})

const TASKS: readonly EntryFields[] = [
  task('Book the eye check', { from: '2026-03-04', repeat: { type: 'once' }, time: '09:00' }),
  task('Walk', { from: '2026-03-04', repeat: { type: 'days', every: 1 }, until: '2026-04-01' }),
  task('Change the sensor', { from: '2026-03-04', repeat: { type: 'days', every: 14 } }),
  task('Weigh', { from: '2026-03-04', repeat: { type: 'weekdays', weekdays: ['wed', 'sat'] }, time: '07:00' }),
  { ...task('Refill', { from: '2026-01-31', repeat: { type: 'monthly' } }), note: 'ask for two' } as EntryFields,
  {
    kind: 'task-done',
    taskId: 'plans.e0.a.b',
    taskTitle: 'Walk',
    due: '2026-03-04',
    doneAt: '2026-03-05T07:10:00+01:00',
    note: 'in the rain',
  },
]

const EXAMPLES: readonly EntryFields[] = [
  {
    kind: 'blood-pressure',
    takenAt: '2026-03-04T07:10:00+01:00',
    systolicMmHg: 132,
    diastolicMmHg: 84,
    pulsePerMinute: 71,
    arm: 'left',
    posture: 'sitting',
    medicine: 'before',
    note: 'after coffee',
  },
  { kind: 'blood-pressure', takenAt: '2026-03-04T07:10:00Z', systolicMmHg: 118, diastolicMmHg: 76 },
  { kind: 'weight', takenAt: '2026-03-04T07:10:00+01:00', weightKg: 71.35, note: 'new scales' },
  {
    kind: 'condition',
    name: 'Migraine',
    clinicalStatus: 'resolved',
    since: '2019',
    until: '2023-06',
    note: 'with aura',
  },
  { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' },
  { kind: 'link', conditionId: 'problems.e0.a.b', target: 'medicines.e0.a.c', linkedAt: '2026-03-04T07:10:00+01:00' },
  { kind: 'link', conditionId: 'problems.e0.a.b', target: 'measure:own:coffee', linkedAt: '2026-03-04T07:10:00+01:00' },
  ...TASKS,
  {
    kind: 'appointment',
    name: 'Eye check',
    startsAt: '2026-07-01T09:30:00+02:00',
    minutes: 20,
    withWhom: 'Dr. Singh',
    place: 'Room 3, City Clinic',
    bring: 'Glasses\nand the letter',
    status: 'booked',
    note: 'Bus 12',
  },
  { kind: 'appointment', name: 'Blood test', startsAt: '2026-07-01T09:30:00Z', status: 'cancelled' },
  {
    kind: 'answers',
    title: 'Sleep',
    form: 'http://example.org/Questionnaire/sleep|2',
    answeredAt: '2026-03-04T07:10:00+01:00',
    answers: answersText([
      { linkId: '1', text: 'How many hours?', value: { type: 'decimal', value: 7.5 } },
      { linkId: '2', text: 'Times awake?', value: { type: 'integer', value: 2 } },
      { linkId: '3', text: 'Rested?', value: { type: 'boolean', value: true } },
      { linkId: '4', text: 'Since?', value: { type: 'date', value: '2026-03-01' } },
      { linkId: '5', text: 'How bad?', value: { type: 'choice', text: 'Mild', system: 'urn:x', code: 'm', points: 1 } },
      { linkId: '6', text: 'Anything else?', value: { type: 'text', value: 'No' } },
    ]),
  },
  {
    kind: 'medicine',
    name: 'Metformin 500 mg',
    directions: '1 in the morning',
    reason: 'Diabetes',
    status: 'taking',
    since: '2021-05-02',
    note: 'with food',
  },
  {
    kind: 'medicine',
    name: 'Prednisolone 5 mg',
    directions: 'less each week',
    status: 'stopped',
    schedule: scheduleText({
      unit: 'tablet',
      steps: [
        {
          rhythm: { type: 'times', times: ['08:00', '20:00'] },
          dose: 2,
          meal: 'with',
          from: '2026-03-01',
          until: '2026-03-07',
        },
        { rhythm: { type: 'times', times: ['08:00'], weekdays: ['mon', 'thu'] }, dose: 0.5, from: '2026-03-08' },
      ],
    }),
    stoppedBecause: 'could not sleep',
  },
  {
    kind: 'medicine',
    name: 'Paracetamol',
    status: 'taking',
    schedule: scheduleText({
      unit: 'tablet',
      steps: [{ rhythm: { type: 'as-needed', gapHours: 4, mostPerDay: 6 }, dose: 1 }],
    }),
  },
  {
    kind: 'dose',
    medicineId: 'medicines.e0.a.b',
    medicineName: 'Metformin 500 mg',
    due: '2026-03-04T08:00',
    takenAt: '2026-03-04T08:20:00+01:00',
    state: 'taken',
    amount: 0.5,
    unit: 'tablet',
    note: 'late',
  },
  {
    kind: 'dose',
    medicineId: 'medicines.e0.a.b',
    medicineName: 'Metformin 500 mg',
    takenAt: '2026-03-04T08:20:00+01:00',
    state: 'skipped',
    amount: 1,
    unit: 'tablet',
    reason: 'ill',
  },
  ...(['fetched', 'counted', 'spoilt'] as const).map(
    (change): EntryFields => ({
      kind: 'stock',
      medicineId: 'medicines.e0.a.b',
      medicineName: 'Metformin 500 mg',
      change,
      happenedAt: '2026-03-04T08:20:00+01:00',
      amount: 90,
      unit: 'tablet',
      note: 'two boxes',
    }),
  ),
  { kind: 'medicine', name: 'Ibuprofen', status: 'stopped', since: '2020', until: '2021-01-04' },
  {
    kind: 'allergy',
    substance: 'Penicillin',
    reaction: 'Hives',
    severity: 'severe',
    since: '1999',
    note: 'as a child',
  },
  { kind: 'allergy', substance: 'Peanut', severity: 'mild' },
  ...TYPED_MEASURES.flatMap(measure =>
    unitsOf(measure).map(
      ({ code, usual: [least] }): EntryFields => ({
        kind: 'measure',
        measure,
        takenAt: '2026-03-04T07:10:00+01:00',
        value: least,
        unit: code,
      }),
    ),
  ),
  ...MEAL_CONTEXTS.map(
    (context): EntryFields => ({
      kind: 'measure',
      measure: 'glucose',
      takenAt: '2026-03-04T07:10:00+01:00',
      value: 5.4,
      unit: 'mmol/L',
      context,
      note: 'new strips',
    }),
  ),
  { kind: 'measure', measure: 'own', takenAt: '2026-03-04T07:10:00Z', value: 3, unit: 'cups', name: 'Coffee' },
  { kind: 'measure', measure: 'own', takenAt: '2026-03-04T07:10:00Z', value: 40, name: 'Push-ups' },
  {
    kind: 'symptom',
    name: 'Headache',
    severity: 6,
    takenAt: '2026-03-04T07:10:00+01:00',
    triggers: 'little sleep',
    relief: 'a walk',
    note: 'left side',
  },
  {
    kind: 'goal',
    measure: 'blood-pressure',
    unit: 'mm[Hg]',
    low: 100,
    high: 130,
    secondHigh: 80,
    status: 'active',
    since: '2026-01-02',
    note: 'with Dr Lee',
  },
  { kind: 'goal', measure: 'glucose', unit: 'mmol/L', low: 4, high: 7, status: 'ended', since: '2025', until: '2026' },
  { kind: 'goal', measure: 'mood', unit: '{score}', low: 6, status: 'active' },
  { kind: 'goal', measure: 'own:coffee', name: 'Coffee', unit: 'cups', high: 2, status: 'active' },
]
const NOTE: EntryFields = {
  kind: 'note',
  title: 'Questions',
  text: 'Why so tired? 😀\nMore…',
  writtenAt: '2026-03-04T18:00+01:00',
}

test.each([...EXAMPLES, NOTE])('what a person types as $kind is kept as typed', fields => {
  expect(parseFields(fields)).toEqual({ ok: true, value: fields })
})

test.each([...EXAMPLES, NOTE])(
  'fieldsToFhir() writes $kind as valid FHIR R4 that says the patient supplied it',
  fields => {
    const resource = fieldsToFhir(fields, OWN)
    expect(validityFaults(resource)).toEqual([])
    expect(at(resource, 'meta', 'tag', 'code')).toBe('patient-supplied')
    expect(at(resource, 'meta', 'security', 'code')).toBe('PATAST')
  },
)

test.each(EXAMPLES)('fieldsFromFhir() reads $kind back as typed', fields => {
  expect(fieldsFromFhir(fieldsToFhir(fields, OWN))).toEqual(fields)
})

test.each(EXAMPLES)('a row of $kind is the same before export and after import', fields => {
  const own = partsOfFields(fields)
  const { parts } = readResource(fieldsToFhir(fields, OWN))
  expect(parts.status).toBe(own.status)
  expect(parts.when?.sortAt).toBe(own.when?.sortAt)
  // A measurement's plain name comes with the resource; the person typed none.
  const { kind, section, value } = own
  expect(parts).toMatchObject({ kind, section, title: own.title === '' ? parts.title : own.title })
  expect(parts.value).toEqual(value)
})

test('a note survives as the text of its document', () => {
  const attachment = at(fieldsToFhir(NOTE, OWN), 'content', 'attachment')
  const data = Uint8Array.from(atob(String(at(attachment, 'data'))), letter => letter.charCodeAt(0))
  expect(new TextDecoder().decode(data)).toBe(NOTE.kind === 'note' ? NOTE.text : '')
})

test('a blood pressure is a panel 85354-9 with 8480-6 and 8462-4, each once, in mm[Hg]', () => {
  const resource = fieldsToFhir(EXAMPLES[0]!, OWN)
  const codes = objectsOf(resource['component']).map(part => [
    at(part, 'code', 'coding', 'code'),
    at(part, 'valueQuantity', 'value'),
    at(part, 'valueQuantity', 'code'),
  ])
  expect(at(resource, 'code', 'coding', 'code')).toBe('85354-9')
  expect(codes).toEqual([
    ['8480-6', 132, 'mm[Hg]'],
    ['8462-4', 84, 'mm[Hg]'],
    ['8867-4', 71, '/min'],
    // Whether it was before or after the medicine: in words, as no code says just this.
    [undefined, undefined, undefined],
  ])
})

const DOSE = {
  kind: 'dose',
  medicineId: 'medicines.e0.a.b',
  medicineName: 'Aspirin',
  takenAt: '2026-03-04T07:10Z',
  state: 'taken',
  amount: 1,
  unit: 'tablet',
} as const

test.each([
  [{ ...EXAMPLES[0], systolicMmHg: 0 }, 'systolicMmHg'],
  [{ ...EXAMPLES[0], diastolicMmHg: 401 }, 'diastolicMmHg'],
  [{ ...EXAMPLES[0], systolicMmHg: '132' }, 'systolicMmHg'],
  [{ ...EXAMPLES[0], takenAt: '2026-03-04' }, 'takenAt'],
  [{ ...EXAMPLES[0], takenAt: '2026-02-30T10:00Z' }, 'takenAt'],
  [{ ...EXAMPLES[0], arm: 'third' }, 'arm'],
  [{ kind: 'weight', takenAt: '2026-03-04T07:10Z', weightKg: 0 }, 'weightKg'],
  [{ kind: 'weight', takenAt: '2026-03-04T07:10Z', weightKg: Number.NaN }, 'weightKg'],
  [{ kind: 'condition', name: '  ', clinicalStatus: 'active' }, 'name'],
  [{ kind: 'condition', name: 'Asthma', clinicalStatus: 'active', until: '2020' }, 'until'],
  [{ kind: 'condition', name: 'Asthma', clinicalStatus: 'resolved', since: '2021', until: '2020' }, 'until'],
  [{ kind: 'medicine', name: 'Aspirin', status: 'perhaps' }, 'status'],
  [{ kind: 'medicine', name: 'Aspirin', status: 'taking', schedule: '{"unit":"tablet"}' }, 'schedule'],
  [{ ...DOSE, due: '2026-02-30T08:00' }, 'due'],
  [{ ...DOSE, due: 'this morning' }, 'due'],
  [{ ...DOSE, amount: 0 }, 'amount'],
  [{ ...DOSE, medicineId: 'Not an id' }, 'medicineId'],
  [{ ...DOSE, kind: 'stock', change: 'fetched', happenedAt: DOSE.takenAt, amount: 0 }, 'amount'],
  [{ kind: 'allergy', substance: 'Nuts', since: '2021-13' }, 'since'],
  [{ kind: 'note', title: 'x', text: '', writtenAt: '2026-03-04T07:10Z' }, 'text'],
  [{ kind: 'measure', measure: 'pain', takenAt: '2026-03-04T07:10Z', value: 11, unit: '{score}' }, 'value'],
  [{ kind: 'measure', measure: 'temperature', takenAt: '2026-03-04T07:10Z', value: 37, unit: 'K' }, 'unit'],
  [{ kind: 'measure', measure: 'own', takenAt: '2026-03-04T07:10Z', value: 1 }, 'name'],
  [{ kind: 'measure', measure: 'weight', takenAt: '2026-03-04T07:10Z', value: 70, unit: 'kg' }, 'measure'],
  [{ kind: 'symptom', name: 'Headache', severity: 10.5, takenAt: '2026-03-04T07:10Z' }, 'severity'],
  [{ kind: 'goal', measure: 'weight', unit: 'kg', status: 'active' }, 'low'],
  [{ kind: 'goal', measure: 'weight', unit: 'kg', low: 70, high: 60, status: 'active' }, 'high'],
  [{ kind: 'goal', measure: 'weight', unit: 'mmol/L', low: 70, status: 'active' }, 'unit'],
  [{ kind: 'goal', measure: 'constructor', low: 70, status: 'active' }, 'measure'],
  [{ kind: 'answers', title: 'Sleep', answeredAt: '2026-03-04T07:10Z', answers: '[]' }, 'answers'],
  [{ kind: 'link', conditionId: 'a', target: 'measure:nonsense', linkedAt: '2026-03-04T07:10Z' }, 'target'],
  [{ kind: 'task', title: 'Walk', rhythm: '{}', status: 'active' }, 'rhythm'],
  [{ kind: 'task-done', taskId: 'a', taskTitle: 'Walk', due: '2026', doneAt: '2026-03-04T07:10Z' }, 'due'],
  [{ kind: 'appointment', name: 'X', startsAt: '2026-03-04T07:10Z', minutes: 0.5, status: 'booked' }, 'minutes'],
  [{ kind: 'spell' }, 'kind'],
  [{ kind: 'constructor' }, 'kind'],
  [null, 'kind'],
])('parseFields() names the field that is wrong (%#)', (fields, field) => {
  expect(parseFields(fields)).toEqual({ ok: false, failure: { field } })
})

test('parseFields() trims, drops blank options and members it does not know', () => {
  const fields = { kind: 'allergy', substance: ' Nuts ', reaction: '  ', note: null, secret: 1 }
  expect(parseFields(fields)).toEqual({ ok: true, value: { kind: 'allergy', substance: 'Nuts' } })
})

test('parseFields() and fieldsFromFhir() throw for nothing', () => {
  const kinds = fc.constantFrom(
    'dose',
    'stock',
    'answers',
    'link',
    'annotation',
    'task',
    'task-done',
    'appointment',
    'measure',
    'symptom',
    'goal',
    'blood-pressure',
    'weight',
    'condition',
    'medicine',
    'allergy',
    'note',
  )
  const types = fc.constantFrom(
    'Goal',
    'Observation',
    'Condition',
    'MedicationRequest',
    'AllergyIntolerance',
    'MedicationAdministration',
    'QuestionnaireResponse',
    'CarePlan',
    'Task',
    'Appointment',
    'Patient',
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), kinds, types, (object, kind, resourceType) => {
      parseFields({ ...object, kind })
      fieldsFromFhir({ ...object, resourceType })
      expect(parseFields(object).ok).toBe(false)
    }),
  )
})

test('a weight in pounds is read in kilograms; one in stones or with "<" is not guessed', () => {
  const observation = (quantity: object) => ({
    resourceType: 'Observation',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    effectiveDateTime: '2026-03-04T07:10:00Z',
    valueQuantity: { system: 'http://unitsofmeasure.org', ...quantity },
  })
  expect(fieldsFromFhir(observation({ value: 150, code: '[lb_av]' }))).toMatchObject({ weightKg: 68.039 })
  expect(fieldsFromFhir(observation({ value: 11, code: '[stone_av]' }))).toBeUndefined()
  expect(fieldsFromFhir(observation({ value: 70, code: 'kg', comparator: '<' }))).toBeUndefined()
})
