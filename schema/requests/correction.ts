import type { FieldReader } from '../record/field-reader.ts'
import { byPatient, byProvider, HALF_MONTH_MS, newsToPatient, seenByProvider } from './machine.ts'
import { requestForm } from './step.ts'
import { entryIn, optionalReason, optionalWords, reasonIn, saysNothing, wordsIn } from './words.ts'

const readers = {
  ask: (read: FieldReader) => ({ ...entryIn(read), ...wordsIn(read, 'wrong'), ...wordsIn(read, 'shouldSay') }),
  see: saysNothing,
  accept: (read: FieldReader) => optionalWords(read, 'words'),
  decline: reasonIn,
  withdraw: optionalReason,
  close: saysNothing,
}

const answered = {
  accept: byProvider('accepted'),
  decline: byProvider('declined'),
  see: newsToPatient,
  close: byPatient('closed'),
}

/**
 * A correction of what an entry of a provider's says. It changes no entry: the original stays, and what is right arrives like all that
 * a provider writes. Of two answers given at once the refusal counts: nothing is to be taken for corrected that is not.
 */
export const CORRECTION = requestForm(readers, {
  opens: { kind: 'ask', by: 'patient', to: 'asked' },
  states: {
    asked: {
      is: 'open',
      weight: 0,
      waits: { for: 'provider', stalledAfterMs: HALF_MONTH_MS },
      main: ['accept'],
      steps: {
        accept: byProvider('accepted'),
        decline: byProvider('declined'),
        see: seenByProvider,
        withdraw: byPatient('withdrawn'),
      },
    },
    accepted: { is: 'open', weight: 1, steps: answered },
    declined: { is: 'open', weight: 2, steps: answered },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})
