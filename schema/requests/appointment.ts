import type { FieldReader } from '../record/field-reader.ts'
import { ANSWER_MS, byEither, byPatient, byProvider, newsToPatient, seenByPatient, seenByProvider } from './machine.ts'
import { requestForm, type StepOf } from './step.ts'
import { optionalReason, optionalWords, reasonIn, saysNothing, wordsIn } from './words.ts'

/** Offered at once. */
export const MAX_SLOTS = 30
/** Of free times, those that are asked for at once. */
export const MAX_WANTED = 10
const MAX_LINES = 50
const MAX_MINUTES = 1440

/** A time that is offered: when it begins, in whole minutes how long it lasts. */
function slotIn(read: FieldReader) {
  const slot = { startsAt: read.dateTime('startsAt'), ...read.optionalNumber('minutes', 1, MAX_MINUTES) }
  return Number.isInteger(slot.minutes ?? 1) ? slot : read.stop('minutes')
}

function pickIn(read: FieldReader) {
  const slot = read.number('slot', 0, MAX_SLOTS - 1)
  return Number.isInteger(slot) ? { slot } : read.stop('slot')
}

const linesIn = (read: FieldReader) => ({ lines: read.texts('lines', MAX_LINES) })

/** How they meet. */
export const MEETING_WAYS = ['in-person', 'phone', 'video'] as const
export type MeetingWay = (typeof MEETING_WAYS)[number]

const placeIn = (read: FieldReader) => ({
  ...read.optionalChoice('way', MEETING_WAYS),
  ...read.optionalText('place'),
  ...read.optionalText('withWhom'),
})

const readers = {
  /** `slots`: of the provider's free times, those that would suit. */
  ask: (read: FieldReader) => ({
    ...wordsIn(read, 'why'),
    ...optionalWords(read, 'wishes'),
    ...(read.has('slots') && { slots: read.list('slots', MAX_WANTED, slotIn) }),
  }),
  see: saysNothing,
  propose: (read: FieldReader) => ({
    slots: read.list('slots', MAX_SLOTS, slotIn),
    ...placeIn(read),
    ...optionalWords(read, 'words'),
  }),
  choose: pickIn,
  /** One of the times that were asked for stands at once. */
  grant: (read: FieldReader) => ({ ...pickIn(read), ...placeIn(read), ...optionalWords(read, 'words') }),
  /** None of those slots: what else would do. */
  'ask-other': (read: FieldReader) => wordsIn(read, 'wishes'),
  confirm: (read: FieldReader) => ({ ...placeIn(read), ...optionalWords(read, 'words') }),
  decline: reasonIn,
  move: (read: FieldReader) => ({ ...slotIn(read), ...placeIn(read), ...optionalWords(read, 'words') }),
  agree: saysNothing,
  'ask-move': (read: FieldReader) => wordsIn(read, 'wishes'),
  /** It stays as it was confirmed. */
  keep: optionalReason,
  'call-off': reasonIn,
  /** What to bring and do before. */
  prepare: linesIn,
  /** What the patient wants to ask there. */
  question: linesIn,
  /** What was said there, by either side. */
  note: (read: FieldReader) => ({ note: read.longText('note') }),
  /** It took place. */
  finish: saysNothing,
  cancel: optionalReason,
  withdraw: optionalReason,
  close: saysNothing,
}

const forAnswer = { for: 'provider', stalledAfterMs: ANSWER_MS } as const
/** A slot is held by nobody until it is chosen: a reminder comes before it is gone. */
const forChoice = { for: 'patient', stalledAfterMs: ANSWER_MS } as const

const beforeIt = {
  propose: byProvider('proposed'),
  decline: byProvider('declined'),
  withdraw: byPatient('withdrawn'),
  question: { by: 'patient', adds: 'words' },
} as const

const onceConfirmed = {
  move: byProvider('moved'),
  'call-off': byProvider('called-off'),
  'ask-move': byPatient('move-asked'),
  cancel: byPatient('cancelled'),
  finish: byEither('held'),
  prepare: { by: 'provider', adds: 'words' },
  question: { by: 'patient', adds: 'words' },
  note: { by: 'either', adds: 'words' },
} as const

/**
 * An appointment. Of two that are said at once the later in its course counts, and calling it off before all that: whoever travels
 * goes to a time that stands.
 */
export const APPOINTMENT = requestForm(readers, {
  opens: { kind: 'ask', by: 'patient', to: 'asked' },
  states: {
    asked: {
      is: 'open',
      weight: 0,
      waits: forAnswer,
      main: ['propose'],
      steps: { ...beforeIt, grant: { by: 'provider', to: 'confirmed', picksSlot: 'asked' }, see: seenByProvider },
    },
    proposed: {
      is: 'open',
      weight: 1,
      waits: forChoice,
      main: ['choose'],
      steps: {
        ...beforeIt,
        see: seenByPatient,
        choose: { by: 'patient', to: 'chosen', picksSlot: 'proposed' },
        'ask-other': byPatient('asked'),
      },
    },
    chosen: {
      is: 'open',
      weight: 2,
      waits: forAnswer,
      main: ['confirm'],
      steps: { ...beforeIt, see: seenByProvider, confirm: byProvider('confirmed') },
    },
    confirmed: { is: 'open', weight: 3, steps: { ...onceConfirmed, see: newsToPatient } },
    /** The time that was confirmed stands until the practice answers. */
    'move-asked': {
      is: 'open',
      weight: 4,
      waits: forAnswer,
      main: ['propose'],
      steps: { ...onceConfirmed, see: seenByProvider, propose: byProvider('proposed'), keep: byProvider('confirmed') },
    },
    moved: {
      is: 'open',
      weight: 5,
      waits: forChoice,
      main: ['agree'],
      steps: { ...onceConfirmed, see: seenByPatient, agree: byPatient('confirmed') },
    },
    declined: {
      is: 'open',
      weight: 6,
      steps: { propose: byProvider('proposed'), see: newsToPatient, close: byPatient('closed') },
    },
    'called-off': {
      is: 'open',
      weight: 7,
      steps: {
        propose: byProvider('proposed'),
        move: byProvider('moved'),
        see: newsToPatient,
        close: byPatient('closed'),
      },
    },
    held: { is: 'final', weight: 3, steps: { note: { by: 'either', adds: 'words' } } },
    cancelled: { is: 'final', weight: 2, steps: { see: seenByProvider } },
    withdrawn: { is: 'final', weight: 1, steps: { see: seenByProvider } },
    closed: { is: 'final', weight: 0, steps: {} },
  },
})

export type AppointmentStep = StepOf<typeof readers>
