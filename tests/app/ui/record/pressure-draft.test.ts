import { expect, test } from 'vitest'
import {
  type BloodPressureDraft,
  checkBloodPressure,
  draftOfBloodPressure,
  meanOfReadings,
  parseReadingText,
} from '#app/ui/record/pressure-draft.ts'

const TAKEN = { date: '2026-05-01', time: '08:10', written: '2026-05-01T08:10:00Z' }
const NOW = Date.parse('2026-05-01T09:00:00Z')

function draftOf(systolic: string, diastolic: string, pulse = ''): BloodPressureDraft {
  return { readings: [{ systolic, diastolic, pulse }], taken: TAKEN, arm: '', posture: '', medicine: '', note: '' }
}

const questionsOf = (draft: BloodPressureDraft) => {
  const checked = checkBloodPressure(draft, NOW)
  return checked.ok ? checked.questions : undefined
}

test('parseReadingText() takes a reading as people write it', () => {
  const whole = { systolic: '128', diastolic: '82', pulse: '61' }
  for (const text of ['128/82 61', '128 / 82, pulse 61', '128 82 61', '١٢٨/٨٢ ٦١']) {
    expect(parseReadingText(text)).toEqual(whole)
  }
  expect(parseReadingText('128/82')).toEqual({ ...whole, pulse: '' })
})

test('parseReadingText() leaves alone what is still being typed, and what is no reading', () => {
  for (const text of ['128', '128/', '128/8', '1 2 3', '2026-05-01 10:00', '1288282']) {
    expect(parseReadingText(text)).toBeUndefined()
  }
})

test('checkBloodPressure() makes the fields, without those left empty', () => {
  expect(checkBloodPressure(draftOf('128', '82', ''), NOW)).toEqual({
    ok: true,
    questions: [],
    entries: [{ kind: 'blood-pressure', takenAt: '2026-05-01T08:10:00Z', systolicMmHg: 128, diastolicMmHg: 82 }],
  })
})

test('checkBloodPressure() says which field of which reading is wrong', () => {
  const draft = {
    ...draftOf('128', ''),
    readings: [draftOf('128', '').readings[0]!, draftOf('abc', '401', '0').readings[0]!],
  }
  expect(checkBloodPressure(draft, NOW)).toEqual({
    ok: false,
    errors: {
      '0.diastolic': 'required',
      '1.systolic': 'not-a-number',
      '1.diastolic': 'out-of-range',
      '1.pulse': 'out-of-range',
    },
  })
})

test('checkBloodPressure() asks about odd values and refuses none', () => {
  expect(questionsOf(draftOf('82', '128'))).toEqual(['pressure-swapped'])
  expect(questionsOf(draftOf('270', '100'))).toEqual(['pressure-unusual'])
  expect(questionsOf(draftOf('128', '82', '25'))).toEqual(['pulse-unusual'])
  expect(
    questionsOf({ ...draftOf('128', '82'), taken: { ...TAKEN, written: '2027-05-01T08:10:00Z', date: '2027-05-01' } }),
  ).toEqual(['in-the-future'])
})

test('meanOfReadings() needs two whole readings', () => {
  const [first] = draftOf('128', '82').readings
  const [second] = draftOf('123', '79').readings
  expect(meanOfReadings([first!])).toBeUndefined()
  expect(meanOfReadings([first!, { ...second!, diastolic: '' }])).toBeUndefined()
  expect(meanOfReadings([first!, second!])).toEqual({ systolicMmHg: 126, diastolicMmHg: 81 })
})

test('draftOfBloodPressure() comes back unchanged', () => {
  const fields = {
    kind: 'blood-pressure',
    takenAt: '2026-05-01T08:10:42+02:00',
    systolicMmHg: 128,
    diastolicMmHg: 82,
    pulsePerMinute: 61,
    arm: 'left',
    posture: 'sitting',
    note: 'after tea',
  } as const
  expect(checkBloodPressure(draftOfBloodPressure(fields), NOW)).toEqual({
    ok: true,
    entries: [fields],
    questions: [],
  })
})
