import type { FieldReader } from '../record/field-reader.ts'
import { byPatient, byProvider, HALF_MONTH_MS, seenByPatient, seenByProvider } from './machine.ts'
import { requestForm } from './step.ts'
import { optionalReason, optionalWords, reasonIn, saysNothing, wordsIn } from './words.ts'

const MAX_FILE_ID = 100
const MAX_BYTES = 2 ** 40

/** A file that lies in the conversation's log. */
function fileIn(read: FieldReader) {
  const bytes = read.number('bytes', 0, MAX_BYTES)
  if (!Number.isInteger(bytes)) read.stop('bytes')
  return { fileId: read.text('fileId', MAX_FILE_ID), name: read.text('name'), bytes }
}

const readers = {
  ask: (read: FieldReader) => wordsIn(read, 'wish'),
  see: saysNothing,
  answer: (read: FieldReader) => ({ ...fileIn(read), ...optionalWords(read, 'words') }),
  decline: reasonIn,
  withdraw: optionalReason,
  close: saysNothing,
}

const answered = {
  answer: byProvider('answered'),
  decline: byProvider('declined'),
  see: seenByPatient,
  close: byPatient('closed'),
}

/** A copy of my records. Of two answers given at once the one with the file counts: what was sent is there. */
export const RECORDS_COPY = requestForm(readers, {
  opens: { kind: 'ask', by: 'patient', to: 'asked' },
  states: {
    asked: {
      is: 'open',
      weight: 0,
      waits: { for: 'provider', stalledAfterMs: HALF_MONTH_MS },
      steps: {
        answer: byProvider('answered'),
        decline: byProvider('declined'),
        see: seenByProvider,
        withdraw: byPatient('withdrawn'),
      },
    },
    declined: { is: 'open', weight: 1, steps: answered },
    /** Half a month for looking into it: later somebody needs it, and finds that it is the wrong one. */
    answered: { is: 'open', weight: 2, waits: { for: 'patient', stalledAfterMs: HALF_MONTH_MS }, steps: answered },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})
