import type { FieldReader } from '../record/field-reader.ts'
import { ANSWER_MS, byPatient, byProvider, newsToPatient, seenByProvider } from './machine.ts'
import { requestForm } from './step.ts'
import { entryIn, optionalReason, saysNothing, wordsIn } from './words.ts'

const readers = {
  ask: (read: FieldReader) => ({ ...entryIn(read), ...wordsIn(read, 'question') }),
  see: saysNothing,
  answer: (read: FieldReader) => wordsIn(read, 'answer'),
  'ask-more': (read: FieldReader) => wordsIn(read, 'question'),
  withdraw: optionalReason,
  close: saysNothing,
}

const forAnswer = { for: 'provider', stalledAfterMs: ANSWER_MS } as const
const answered = {
  answer: byProvider('answered'),
  'ask-more': byPatient('asked-more'),
  close: byPatient('closed'),
}

/** A question about a result. What is asked counts before an answer that did not know of it: no question is lost. */
export const RESULT_QUESTION = requestForm(readers, {
  opens: { kind: 'ask', by: 'patient', to: 'asked' },
  states: {
    asked: {
      is: 'open',
      weight: 0,
      waits: forAnswer,
      main: ['answer'],
      steps: { answer: byProvider('answered'), see: seenByProvider, withdraw: byPatient('withdrawn') },
    },
    answered: { is: 'open', weight: 1, steps: { ...answered, see: newsToPatient } },
    'asked-more': {
      is: 'open',
      weight: 2,
      waits: forAnswer,
      main: ['answer'],
      steps: { ...answered, see: seenByProvider },
    },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})
