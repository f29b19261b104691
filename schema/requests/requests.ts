import { ADDITION } from './addition.ts'
import { APPOINTMENT } from './appointment.ts'
import { CORRECTION } from './correction.ts'
import { MATERIAL } from './material.ts'
import { QUESTIONNAIRE } from './questionnaire.ts'
import { RECORDS_COPY } from './records-copy.ts'
import { REFILL } from './refill.ts'
import { RESULT_QUESTION } from './result-question.ts'

/** Every kind of request. A name is part of a request's id, and is never used for something else. */
export const REQUESTS = {
  refill: REFILL,
  appointment: APPOINTMENT,
  copy: RECORDS_COPY,
  correction: CORRECTION,
  questionnaire: QUESTIONNAIRE,
  question: RESULT_QUESTION,
  addition: ADDITION,
  material: MATERIAL,
} as const

export type RequestKind = keyof typeof REQUESTS
