import { MAX_FILE_BYTES, MAX_NAME_CHARS, MAX_TYPE_CHARS, type MessageFile, parseFiles } from '../messages/file.ts'
import type { FieldReader } from '../record/field-reader.ts'
import { byPatient, byProvider, HALF_MONTH_MS, newsToPatient, newsToProvider, seenByProvider } from './machine.ts'
import { requestForm } from './step.ts'
import { optionalReason, optionalWords, reasonIn, saysNothing, wordsIn } from './words.ts'

/** A file that lies beside the conversation's log, with what opens it: as a message names one (decision 55). */
export function fileIn(read: FieldReader) {
  const said = {
    fileId: read.text('fileId'),
    name: read.text('name', MAX_NAME_CHARS),
    ...read.optionalText('type', MAX_TYPE_CHARS),
    bytes: read.number('bytes', 1, MAX_FILE_BYTES),
    listId: read.text('listId'),
    listKey: read.text('listKey'),
  }
  return fileOfCopy(said) === undefined ? read.stop('fileId') : said
}

/** Undefined for what names no file. */
export function fileOfCopy(data: Readonly<Record<string, unknown>>): MessageFile | undefined {
  const { fileId: id, name, type = '', bytes, listId: blobId, listKey: key } = data
  return parseFiles([{ id, name, type, bytes, list: { blobId, key } }])?.[0]
}

/** What an answer says of a file that was made ready. */
export function copyOfFile({ id, name, type, bytes, list }: MessageFile): Readonly<Record<string, unknown>> {
  return { fileId: id, name, type, bytes, listId: list.blobId, listKey: list.key }
}

const readers = {
  ask: (read: FieldReader) => wordsIn(read, 'wish'),
  see: saysNothing,
  answer: (read: FieldReader) => ({ ...fileIn(read), ...optionalWords(read, 'words') }),
  /** It was brought into the record. */
  take: saysNothing,
  decline: reasonIn,
  withdraw: optionalReason,
  close: saysNothing,
}

const answered = {
  answer: byProvider('answered'),
  decline: byProvider('declined'),
  see: newsToPatient,
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
      main: ['answer'],
      steps: {
        answer: byProvider('answered'),
        decline: byProvider('declined'),
        see: seenByProvider,
        withdraw: byPatient('withdrawn'),
      },
    },
    declined: { is: 'open', weight: 1, steps: answered },
    /** Half a month for looking into it: later somebody needs it, and finds that it is the wrong one. */
    answered: {
      is: 'open',
      weight: 3,
      waits: { for: 'patient', stalledAfterMs: HALF_MONTH_MS },
      steps: { ...answered, take: byPatient('taken') },
    },
    /** Another file can still follow, where it was the wrong one. */
    taken: {
      is: 'open',
      weight: 2,
      steps: { answer: byProvider('answered'), see: newsToProvider, close: byPatient('closed') },
    },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})
