import { readAnswers } from '../questionnaires/answer.ts'
import type { FieldReader } from '../record/field-reader.ts'
import {
  ANSWER_MS,
  byPatient,
  byProvider,
  ERRAND_MS,
  newsToPatient,
  newsToProvider,
  seenByPatient,
  seenByProvider,
} from './machine.ts'
import { requestForm, type StepOf } from './step.ts'
import { optionalReason, optionalWords, saysNothing } from './words.ts'

const MAX_TOTAL = 10_000

/** As an entry of answers keeps them: with each question, so that they can be read without the questionnaire. */
function answerIn(read: FieldReader) {
  const answers = read.longText('answers')
  return readAnswers(answers).ok ? { answers, answeredAt: read.dateTime('answeredAt') } : read.stop('answers')
}

const readers = {
  /** `form`: one that comes with the app, by its address, or the name of a file in the conversation's log. */
  send: (read: FieldReader) => ({
    title: read.text('title'),
    form: read.text('form'),
    ...optionalWords(read, 'words'),
  }),
  see: saysNothing,
  answer: answerIn,
  decline: optionalReason,
  /** What it comes to by whoever sent it. What its authors count is counted from the answers (decision 39). */
  score: (read: FieldReader) => ({
    ...read.optionalNumber('total', -MAX_TOTAL, MAX_TOTAL),
    ...optionalWords(read, 'words'),
  }),
  withdraw: optionalReason,
  close: saysNothing,
}

const close = byProvider('closed')
const answer = byPatient('answered')

/**
 * A questionnaire that a provider sent. Answers that nobody will look at must not look read: taken back at the same moment, it is
 * withdrawn, and the patient's app says that they came too late.
 */
export const QUESTIONNAIRE = requestForm(readers, {
  opens: { kind: 'send', by: 'provider', to: 'sent' },
  states: {
    sent: {
      is: 'open',
      weight: 0,
      waits: { for: 'patient', stalledAfterMs: ERRAND_MS },
      main: ['answer'],
      steps: { answer, decline: byPatient('declined'), see: seenByPatient, withdraw: byProvider('withdrawn') },
    },
    declined: { is: 'open', weight: 1, steps: { answer, see: newsToProvider, close } },
    scored: { is: 'open', weight: 2, steps: { answer, score: byProvider('scored'), see: newsToPatient, close } },
    /** Weighs more than a score: what was answered anew was not looked at yet. */
    answered: {
      is: 'open',
      weight: 3,
      waits: { for: 'provider', stalledAfterMs: ANSWER_MS },
      main: ['score'],
      steps: { answer, score: byProvider('scored'), see: seenByProvider, close },
    },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByPatient } },
    closed: { is: 'final', weight: 0, steps: { see: seenByPatient } },
  },
})

export type QuestionnaireStep = StepOf<typeof readers>
