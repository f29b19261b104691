import type { BloodPressureFields } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from './fhir-date.ts'
import { asciiDigits, parseTypedNumber } from './typed-number.ts'
import { type Checked, type FieldErrors, isAhead, optional, type Question, takenError } from './entry-draft.ts'

export interface ReadingDraft {
  readonly systolic: string
  readonly diastolic: string
  readonly pulse: string
}

export interface BloodPressureDraft {
  /** One or two; doctors ask for two, a minute apart. */
  readonly readings: readonly ReadingDraft[]
  readonly taken: TakenDraft
  readonly arm: '' | 'left' | 'right'
  readonly posture: '' | 'sitting' | 'standing' | 'lying'
  readonly medicine: '' | 'before' | 'after'
  readonly note: string
}

type ReadingField = 'systolic' | 'diastolic' | 'pulse'
/** `1.systolic` is the upper number of the second reading. */
export type BloodPressureField = `${number}.${ReadingField}` | 'date' | 'time'

/** A second reading may have come after the draft. */
export function hasField({ readings }: BloodPressureDraft, field: BloodPressureField): boolean {
  const [index, part] = field.split('.')
  return part === undefined || Number(index) < readings.length
}

export const NO_READING: ReadingDraft = { systolic: '', diastolic: '', pulse: '' }

export function draftOfBloodPressure(fields: BloodPressureFields): BloodPressureDraft {
  const { systolicMmHg, diastolicMmHg, pulsePerMinute, takenAt, arm, posture, medicine, note } = fields
  const pulse = pulsePerMinute === undefined ? '' : String(pulsePerMinute)
  return {
    readings: [{ systolic: String(systolicMmHg), diastolic: String(diastolicMmHg), pulse }],
    taken: draftOfTaken(takenAt),
    arm: arm ?? '',
    posture: posture ?? '',
    medicine: medicine ?? '',
    note: note ?? '',
  }
}

/** `128/82 61`, `128 / 82, pulse 61`, `١٢٨/٨٢` as one paste; undefined when it is not two or three whole numbers. */
export function parseReadingText(text: string): ReadingDraft | undefined {
  const numbers = asciiDigits(text).match(/\d+/g) ?? []
  const [systolic, diastolic, pulse] = numbers
  if (systolic === undefined || diastolic === undefined || numbers.length > 3) return undefined
  if (numbers.some(number => number.length > 3 || number.length < 2)) return undefined
  return { systolic, diastolic, pulse: pulse ?? '' }
}

/** The mean of the whole readings, each number rounded; undefined unless there are two. */
export function meanOfReadings(readings: readonly ReadingDraft[]) {
  return meanOfPressures(
    readings.flatMap(reading => {
      const [systolicMmHg, diastolicMmHg] = [parseTypedNumber(reading.systolic), parseTypedNumber(reading.diastolic)]
      return systolicMmHg === undefined || diastolicMmHg === undefined ? [] : [{ systolicMmHg, diastolicMmHg }]
    }),
  )
}

/** A second reading belongs to the first for so long. */
export const SITTING_MS = 10 * 60_000

type Pressure = Pick<BloodPressureFields, 'systolicMmHg' | 'diastolicMmHg'>

/** The same of readings that were saved. */
export function meanOfPressures(readings: readonly Pressure[]): Pressure | undefined {
  if (readings.length < 2) return undefined
  const mean = (part: keyof Pressure) =>
    Math.round(readings.reduce((sum, reading) => sum + reading[part], 0) / readings.length)
  return { systolicMmHg: mean('systolicMmHg'), diastolicMmHg: mean('diastolicMmHg') }
}

export function checkBloodPressure(draft: BloodPressureDraft, nowMs: number): Checked<BloodPressureField> {
  const takenAt = parseTaken(draft.taken)
  const errors: FieldErrors<BloodPressureField> = takenAt === undefined ? takenError(draft.taken) : {}
  draft.readings.forEach((reading, index) => Object.assign(errors, readingErrors(reading, index)))
  if (Object.keys(errors).length > 0 || takenAt === undefined) return { ok: false, errors }
  const entries = draft.readings.map((reading): BloodPressureFields => {
    const pulse = parseTypedNumber(reading.pulse)
    return {
      kind: 'blood-pressure',
      takenAt,
      systolicMmHg: Number(asciiDigits(reading.systolic)),
      diastolicMmHg: Number(asciiDigits(reading.diastolic)),
      ...(pulse !== undefined && { pulsePerMinute: pulse }),
      ...(draft.arm !== '' && { arm: draft.arm }),
      ...(draft.posture !== '' && { posture: draft.posture }),
      ...(draft.medicine !== '' && { medicine: draft.medicine }),
      ...optional('note', draft.note),
    }
  })
  const questions = new Set(entries.flatMap(questionsOf))
  if (isAhead(takenAt, nowMs)) questions.add('in-the-future')
  return { ok: true, entries, questions: [...questions] }
}

function readingErrors(reading: ReadingDraft, index: number): FieldErrors<BloodPressureField> {
  const errors: FieldErrors<BloodPressureField> = {}
  for (const field of ['systolic', 'diastolic', 'pulse'] as const) {
    const text = reading[field].trim()
    const value = parseTypedNumber(text)
    if (text === '') {
      if (field !== 'pulse') errors[`${index}.${field}`] = 'required'
    } else if (value === undefined) errors[`${index}.${field}`] = 'not-a-number'
    else if (!Number.isInteger(value) || value < 1 || value > 400) errors[`${index}.${field}`] = 'out-of-range'
  }
  return errors
}

function questionsOf(fields: BloodPressureFields): Question[] {
  const { systolicMmHg, diastolicMmHg, pulsePerMinute = 70 } = fields
  const questions: Question[] = []
  if (systolicMmHg <= diastolicMmHg) questions.push('pressure-swapped')
  else if (systolicMmHg < 60 || systolicMmHg > 250 || diastolicMmHg < 30 || diastolicMmHg > 150) {
    questions.push('pressure-unusual')
  }
  if (pulsePerMinute < 30 || pulsePerMinute > 220) questions.push('pulse-unusual')
  return questions
}
