import type { FieldReader } from '../record/field-reader.ts'
import { ANSWER_MS, byPatient, byProvider, ERRAND_MS, newsToPatient, seenByProvider } from './machine.ts'
import { requestForm, type StepOf } from './step.ts'
import { optionalReason, optionalWords, reasonIn, saysNothing, wordsIn } from './words.ts'

/** How an approval reaches the pharmacy: it is a message, and no prescription. */
const PRESCRIPTION_ROUTES = ['sent', 'phoned', 'posted', 'to-collect'] as const

const MAX_AMOUNT = 100_000
const MAX_UNIT = 40

const medicine = (read: FieldReader) => ({
  medicineId: read.entryId('medicineId'),
  medicineName: read.text('medicineName'),
})
const route = (read: FieldReader) => ({
  route: read.choice('route', PRESCRIPTION_ROUTES),
  ...read.optionalText('where'),
})

/** “I have it”: which of the patient's own medicines there is now how much more of. After a change it may be another one, or the same in another strength. */
function takeIn(read: FieldReader) {
  const amount = read.number('amount', 0, MAX_AMOUNT)
  if (amount === 0) read.stop('amount')
  const strength = read.optionalChoice('strength', ['other'])
  return {
    ...medicine(read),
    ...strength,
    amount,
    unit: read.text('unit', MAX_UNIT),
    happenedAt: read.dateTime('happenedAt'),
  }
}

const readers = {
  request: (read: FieldReader) => ({
    ...medicine(read),
    ...optionalWords(read, 'wish'),
    ...read.optionalText('pharmacy'),
  }),
  see: saysNothing,
  approve: (read: FieldReader) => ({ ...route(read), ...optionalWords(read, 'words') }),
  /** Approved otherwise than asked: another amount, strength or medicine. */
  change: (read: FieldReader) => ({ ...route(read), ...wordsIn(read, 'instead') }),
  decline: reasonIn,
  ready: (read: FieldReader) => read.optionalText('where'),
  take: takeIn,
  /** “I have it” of what is none of the medicines that stand in the record: nothing is counted. */
  'take-other': saysNothing,
  withdraw: optionalReason,
  close: saysNothing,
}

const answers = { approve: byProvider('approved'), change: byProvider('changed'), decline: byProvider('declined') }
const withdraw = byPatient('withdrawn')
/** “I have it” also where nobody said “ready”: pharmacies do not write here. */
const approved = {
  ...answers,
  see: newsToPatient,
  ready: byProvider('ready'),
  take: byPatient('taken'),
  'take-other': byPatient('taken-other'),
  withdraw,
}
/** What is fetched at the practice is made ready there. Of all else nobody here hears when it is. */
const forReady = { for: 'provider', stalledAfterMs: ERRAND_MS, where: ['route', 'to-collect'] } as const
/** A week for fetching it: then it may have been forgotten, or not be there. */
const forFetching = { for: 'patient', stalledAfterMs: ERRAND_MS } as const
const ONCE_APPROVED = ['ready', 'take'] as const

/** A refill or renewal. Of two answers given at once the more cautious one counts: nobody fetches what is in doubt. */
export const REFILL = requestForm(readers, {
  opens: { kind: 'request', by: 'patient', to: 'requested' },
  states: {
    requested: {
      is: 'open',
      weight: 0,
      waits: { for: 'provider', stalledAfterMs: ANSWER_MS },
      main: ['approve'],
      steps: { ...answers, see: seenByProvider, withdraw },
    },
    approved: { is: 'open', weight: 1, waits: forReady, main: ONCE_APPROVED, steps: approved },
    ready: { is: 'open', weight: 2, waits: forFetching, main: ['take'], steps: approved },
    changed: { is: 'open', weight: 3, waits: forReady, main: ONCE_APPROVED, steps: approved },
    declined: { is: 'open', weight: 4, steps: { ...answers, see: newsToPatient, close: byPatient('closed') } },
    /** What was fetched was fetched, whatever somebody said meanwhile. */
    taken: { is: 'final', weight: 3, steps: { see: seenByProvider } },
    /** Said at once with that, it is the lesser: what one device counted stands in the record. */
    'taken-other': { is: 'final', weight: 2, steps: { see: seenByProvider } },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})

export type RefillStep = StepOf<typeof readers>
