import fc from 'fast-check'
import { TYPED_MEASURES, unitsOf } from '#schema/codes/measures.ts'
import { MEAL_CONTEXTS } from '#schema/record/entry.ts'
import { ownMeasure } from '#schema/record/tracked.ts'
import { type AnswerValue, answersText } from '#schema/questionnaires/answer.ts'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import { scheduleText } from '#schema/medicines/schedule.ts'
import { rhythmText } from '#schema/tasks/rhythm.ts'
import { schedules } from '#tests/schema/medicines/schedules.ts'
import { rhythms } from '#tests/schema/tasks/rhythms.ts'

/** Texts as people and programs leave them: other scripts, markup, formulas, control characters, halves of surrogates. */
export function oddText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      'Metformin 500 mg',
      '空腹時　グルコース',
      'حساسية البنسلين',
      'a\u00a0b',
      'bell\u0007 and null\u0000',
      'half \ud83d',
      '<script>alert(1)</script> & "x"',
      '=HYPERLINK("http://x";"y")',
      '\u202eabc\u2069',
      'line one\nline two\ttab',
      "O'Neill; 50,5",
      'x'.repeat(300),
    ),
  )
}

/** FHIR dates of every exactness, and the looser forms that files bring. */
export const oddDate = () =>
  fc.constantFrom(
    '2021',
    '2021-03',
    '2021-03-04',
    '2020-02-29',
    '0001',
    '2021-03-04T10:00',
    '2021-03-04T10:00:00',
    '2021-03-04T10:00:00+0200',
    '2021-03-04T10:00Z',
    '2021-03-04T10:00:60Z',
    '2021-03-04T10:00:00.123456789+14:00',
    '9999-12-31T23:59:59-12:00',
  )

const takenAt = () => fc.constantFrom('2026-03-04T07:10+01:00', '2026-03-04T07:10:00Z', '2024-02-29T23:59:59.5-11:30')

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

/** Of every measure of the table, and of own ones. */
function oddMeasure(): fc.Arbitrary<Record<string, unknown>> {
  const coded = fc.constantFrom(...TYPED_MEASURES).chain(measure =>
    fc.constantFrom(...unitsOf(measure)).chain(({ code, possible: [least, most] }) =>
      fc.record({
        measure: fc.constant(measure),
        unit: fc.constant(code),
        value: fc.constantFrom(least, most, (least + most) / 3),
        context: maybe(fc.constantFrom(...MEAL_CONTEXTS)),
      }),
    ),
  )
  const own = fc.record({
    measure: fc.constant('own'),
    name: oddText(),
    unit: maybe(oddText()),
    value: fc.constantFrom(-1e9, 0, 1e-7, 12),
  })
  const about = fc.record({ kind: fc.constant('measure'), takenAt: takenAt(), note: maybe(oddText()) })
  return fc.tuple(fc.oneof(coded, own), about).map(([what, rest]) => ({ ...what, ...rest }))
}

function oddGoal(): fc.Arbitrary<Record<string, unknown>> {
  const bound = maybe(fc.constantFrom(0, 60, 118.5, 1e9))
  const what = fc.oneof(
    fc.constant({ measure: 'blood-pressure', unit: 'mm[Hg]' }),
    fc.constantFrom(...TYPED_MEASURES).map(measure => ({ measure, unit: unitsOf(measure)[0]?.code })),
    oddText().map(name => ({ measure: ownMeasure(name), name, unit: 'cups' })),
  )
  const rest = fc.record({
    kind: fc.constant('goal'),
    low: bound,
    high: bound,
    secondLow: bound,
    secondHigh: bound,
    status: fc.constantFrom('active', 'ended'),
    since: maybe(oddDate()),
    until: maybe(oddDate()),
    note: maybe(oddText()),
  })
  return fc.tuple(what, rest).map(([about, fields]) => ({ ...fields, ...about }))
}

/** Of a questionnaire of nobody's, and of one that has a total. */
function oddAnswers(): fc.Arbitrary<string> {
  const value = fc.oneof(
    oddText().map(text => ({ type: 'choice' as const, text, system: 'urn:x', code: 'a', points: 1 })),
    oddText().map(text => ({ type: 'text' as const, value: text })),
    fc.constantFrom<AnswerValue>(
      { type: 'boolean', value: false },
      { type: 'integer', value: -3 },
      { type: 'decimal', value: 1e-7 },
      { type: 'date', value: '2021-03' },
    ),
  )
  const other = fc.tuple(oddText(), value).map(([text, each]) => [{ linkId: 'a', text, value: each }])
  const scored = (INSTRUMENTS[1]?.scored ?? []).map(linkId => ({
    linkId,
    text: 'Asked',
    value: { type: 'choice' as const, text: 'Several days', points: 1 },
  }))
  return fc.oneof(other, fc.constant(scored)).map(answersText)
}

/** Tasks, what was done of them, and appointments. */
function oddPlan(): readonly fc.Arbitrary<Record<string, unknown>>[] {
  const note = maybe(oddText())
  return [
    fc.record({
      kind: fc.constant('task'),
      title: oddText(),
      rhythm: rhythms().map(rhythmText),
      status: fc.constantFrom('active', 'ended'),
      note,
    }),
    fc.record({
      kind: fc.constant('task-done'),
      taskId: fc.constant('plans.e0.a.b'),
      taskTitle: oddText(),
      due: fc.constant('2026-03-04'),
      doneAt: takenAt(),
      note,
    }),
    fc.record({
      kind: fc.constant('appointment'),
      name: oddText(),
      startsAt: takenAt(),
      minutes: maybe(fc.constantFrom(1, 45, 1440)),
      withWhom: note,
      place: note,
      bring: note,
      status: fc.constantFrom('booked', 'cancelled'),
      note,
    }),
  ]
}

/** What forms of every kind may hand over, near the edges of what is allowed; not all of it is. */
export function oddFields(): fc.Arbitrary<Record<string, unknown>> {
  const text = maybe(oddText())
  const date = maybe(oddDate())
  const pressure = fc.constantFrom(1, 400, 120, 118.5, 1e-7, 399.999999999)
  return fc.oneof(
    fc.record({
      kind: fc.constant('blood-pressure'),
      takenAt: takenAt(),
      systolicMmHg: pressure,
      diastolicMmHg: pressure,
      pulsePerMinute: maybe(pressure),
      arm: fc.constantFrom('left', 'right', undefined),
      posture: fc.constantFrom('sitting', 'standing', 'lying', undefined),
      medicine: fc.constantFrom('before', 'after', undefined),
      note: text,
    }),
    fc.record({
      kind: fc.constant('weight'),
      takenAt: takenAt(),
      weightKg: fc.constantFrom(0.001, 700, 71.35),
      note: text,
    }),
    fc.record({
      kind: fc.constant('condition'),
      name: oddText(),
      clinicalStatus: fc.constantFrom('active', 'remission', 'resolved'),
      since: date,
      until: date,
      note: text,
    }),
    fc.record({
      kind: fc.constant('medicine'),
      name: oddText(),
      directions: text,
      reason: text,
      status: fc.constantFrom('taking', 'stopped'),
      schedule: maybe(schedules.map(scheduleText)),
      stoppedBecause: text,
      since: date,
      until: date,
      note: text,
    }),
    fc.record({
      kind: fc.constant('allergy'),
      substance: oddText(),
      reaction: text,
      severity: fc.constantFrom('mild', 'moderate', 'severe', undefined),
      since: date,
      note: text,
    }),
    oddMeasure(),
    fc.record({
      kind: fc.constant('symptom'),
      name: oddText(),
      severity: fc.constantFrom(0, 10, 7.5, 1e-7),
      takenAt: takenAt(),
      triggers: text,
      relief: text,
      note: text,
    }),
    oddGoal(),
    fc.record({
      kind: fc.constant('dose'),
      medicineId: fc.constant('medicines.e0.a.b'),
      medicineName: oddText(),
      due: maybe(fc.constant('2026-03-04T08:00')),
      takenAt: takenAt(),
      state: fc.constantFrom('taken', 'skipped'),
      amount: fc.constantFrom(0.25, 1, 1000),
      unit: fc.constantFrom('tablet', 'قرص', '片'),
      reason: text,
      note: text,
    }),
    fc.record({
      kind: fc.constant('stock'),
      medicineId: fc.constant('medicines.e0.a.b'),
      medicineName: oddText(),
      change: fc.constantFrom('fetched', 'counted', 'spoilt'),
      happenedAt: takenAt(),
      amount: fc.constantFrom(0, 0.25, 100_000),
      unit: fc.constantFrom('tablet', 'mL'),
      note: text,
    }),
    fc.record({
      kind: fc.constant('answers'),
      title: oddText(),
      form: fc.constantFrom('http://loinc.org/q/69737-5', 'http://example.org/q|1', undefined),
      answeredAt: takenAt(),
      answers: oddAnswers(),
    }),
    fc.record({
      kind: fc.constant('link'),
      conditionId: fc.constant('problems.e0.a.b'),
      target: fc.constantFrom('medicines.e0.a.c', 'measure:weight', 'measure:own:قهوة'),
      linkedAt: takenAt(),
    }),
    fc.record({
      kind: fc.constant('annotation'),
      on: fc.constantFrom('results.i0.0.0', 'vitals.b2026.03~1f2e3d4c.yg0x7'),
      text: oddText(),
      writtenAt: takenAt(),
    }),
    ...oddPlan(),
    fc.record({ kind: fc.constant('note'), title: oddText(), text: oddText(), writtenAt: takenAt() }),
  )
}
