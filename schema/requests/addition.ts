import type { EntryFields } from '../record/entry.ts'
import type { FieldReader, InvalidField } from '../record/field-reader.ts'
import { parseFields } from '../record/own-entry.ts'
import { fail, type Result } from '../result.ts'
import { ADDITION_KINDS, type AdditionFields } from './addition-kinds.ts'
import {
  byPatient,
  byProvider,
  ERRAND_MS,
  newsToPatient,
  newsToProvider,
  seenByPatient,
  seenByProvider,
} from './machine.ts'
import { requestForm, type StepOf } from './step.ts'
import { entryIn, optionalReason, optionalWords, reasonIn, saysNothing } from './words.ts'

function isAddition(fields: EntryFields): fields is AdditionFields {
  return ADDITION_KINDS.some(kind => kind === fields.kind)
}

function parseAddition(value: unknown): Result<AdditionFields, InvalidField> {
  const parsed = parseFields(value)
  if (!parsed.ok) return parsed
  return isAddition(parsed.value) ? { ok: true, value: parsed.value } : fail({ field: 'kind' })
}

/** `changes`: the patient's own medicine that is to say this from now on, with its words as they stood. */
function offerIn(read: FieldReader) {
  const entry = read.parsed('entry', parseAddition)
  const changes = read.optional('changes', entryIn)
  if (changes.changes !== undefined && entry.kind !== 'medicine') read.stop('changes')
  return { entry, ...changes, ...optionalWords(read, 'words') }
}

const readers = {
  propose: offerIn,
  see: saysNothing,
  accept: saysNothing,
  /** Nobody was asked, as the patient wants it of this person. */
  enter: saysNothing,
  decline: reasonIn,
  withdraw: optionalReason,
  close: saysNothing,
}

const answers = { accept: byPatient('accepted'), decline: byPatient('declined') }

/**
 * What a provider wrote for the patient's record: it waits until the patient accepts it (decision 52). Taken back at the same moment it
 * is accepted all the same: it stands in the record, and nobody else than the patient takes anything out of there.
 */
export const ADDITION = requestForm(readers, {
  opens: { kind: 'propose', by: 'provider', to: 'proposed' },
  states: {
    proposed: {
      is: 'open',
      weight: 0,
      waits: { for: 'patient', stalledAfterMs: ERRAND_MS },
      main: ['accept'],
      steps: { ...answers, enter: byPatient('entered'), see: seenByPatient, withdraw: byProvider('withdrawn') },
    },
    declined: {
      is: 'open',
      weight: 1,
      steps: { ...answers, see: newsToProvider, close: byProvider('closed') },
    },
    accepted: { is: 'final', weight: 3, steps: { see: seenByProvider } },
    entered: { is: 'final', weight: 2, steps: { see: newsToPatient } },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByPatient } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})

export type AdditionStep = StepOf<typeof readers>
