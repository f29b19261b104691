import type { FieldReader } from '../record/field-reader.ts'
import { ANSWER_MS, byPatient, byProvider, ERRAND_MS, seenByPatient, seenByProvider } from './machine.ts'
import { contentIn, MAX_MATERIAL_FILES } from './material-content.ts'
import { fileIn } from './records-copy.ts'
import { requestForm } from './step.ts'
import { optionalReason, optionalWords, saysNothing, wordsIn } from './words.ts'

/** Files go with a text, as its pictures; a file without one is the material itself. */
function sentIn(read: FieldReader) {
  const said = { ...contentIn(read), ...filesIn(read), ...optionalWords(read, 'words') }
  const fileCount = said.files?.length ?? 0
  if (said.address !== undefined || said.topic !== undefined) return fileCount > 0 ? read.stop('files') : said
  return said.text === undefined && fileCount !== 1 ? read.stop('text') : said
}

function filesIn(read: FieldReader): { readonly files?: ReturnType<typeof fileIn>[] } {
  return read.has('files') ? { files: read.list('files', MAX_MATERIAL_FILES, fileIn) } : {}
}

const readers = {
  send: sentIn,
  see: saysNothing,
  understand: saysNothing,
  /** Please explain. */
  ask: (read: FieldReader) => wordsIn(read, 'question'),
  explain: (read: FieldReader) => wordsIn(read, 'words'),
  withdraw: optionalReason,
  close: saysNothing,
}

const ask = byPatient('asked')
const understand = byPatient('understood')
const explain = byProvider('explained')
const withdraw = byProvider('withdrawn')
const close = byProvider('closed')

/** What a provider gives to read (decision 57). What is asked counts before all that did not know of it: no question is lost. */
export const MATERIAL = requestForm(readers, {
  opens: { kind: 'send', by: 'provider', to: 'sent' },
  states: {
    sent: {
      is: 'open',
      weight: 0,
      waits: { for: 'patient', stalledAfterMs: ERRAND_MS },
      main: ['understand'],
      steps: { understand, ask, see: seenByPatient, withdraw },
    },
    explained: {
      is: 'open',
      weight: 1,
      waits: { for: 'patient', stalledAfterMs: ERRAND_MS },
      main: ['understand'],
      steps: { understand, ask, explain, see: seenByPatient, withdraw, close },
    },
    understood: { is: 'open', weight: 2, steps: { ask, see: seenByProvider, withdraw, close } },
    asked: {
      is: 'open',
      weight: 3,
      waits: { for: 'provider', stalledAfterMs: ANSWER_MS },
      main: ['explain'],
      steps: { explain, ask, understand, see: seenByProvider, withdraw },
    },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByPatient } },
    closed: { is: 'final', weight: 0, steps: { see: seenByPatient } },
  },
})
