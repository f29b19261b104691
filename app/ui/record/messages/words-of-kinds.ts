import type { REQUESTS, RequestKind } from '#schema/requests/requests.ts'
import type { PlainKey } from '../../language/language.ts'

export interface WordsOfStep {
  readonly did: PlainKey
  /** Left out for what opens a request, and for looking: nobody presses those. */
  readonly press?: PlainKey
  /** Where it was taken before, and is taken anew. */
  readonly pressAgain?: PlainKey
  /** Where it was answered otherwise before. */
  readonly pressOtherwise?: PlainKey
}

/** A new state or step must get words. */
type WordsOfKinds = {
  readonly [Kind in RequestKind]: {
    readonly states: Readonly<Record<keyof (typeof REQUESTS)[Kind]['machine']['states'], PlainKey>>
    readonly steps: Readonly<Record<keyof (typeof REQUESTS)[Kind]['readers'], WordsOfStep>>
  }
}

const SEE = { did: 'request.did.see' } as const
const DECLINE = { did: 'request.did.decline', press: 'request.step.decline' } as const
const WITHDRAW = { did: 'request.did.withdraw', press: 'request.step.withdraw' } as const
const CLOSE = { did: 'request.did.close', press: 'request.step.close' } as const
const ASK = { did: 'request.did.ask' } as const
const ANSWER = { did: 'request.did.answer', press: 'request.step.answer' } as const
const ENDS = {
  declined: 'request.state.declined',
  withdrawn: 'request.state.withdrawn',
  closed: 'request.state.closed',
} as const

/** The names of each kind's states and steps, the same on both sides. */
export const REQUEST_WORDS = {
  refill: {
    states: {
      ...ENDS,
      requested: 'refill.state.requested',
      approved: 'refill.state.approved',
      changed: 'refill.state.changed',
      ready: 'refill.state.ready',
      taken: 'refill.state.taken',
      'taken-other': 'refill.state.takenOther',
    },
    steps: {
      request: ASK,
      see: SEE,
      approve: { did: 'refill.did.approve', press: 'refill.step.approve' },
      change: { did: 'refill.did.change', press: 'refill.step.change' },
      decline: DECLINE,
      ready: { did: 'refill.did.ready', press: 'refill.step.ready' },
      take: { did: 'refill.did.take', press: 'refill.step.take' },
      'take-other': { did: 'refill.did.takeOther' },
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  appointment: {
    states: {
      ...ENDS,
      asked: 'request.state.asked',
      proposed: 'appointment.state.proposed',
      chosen: 'appointment.state.chosen',
      confirmed: 'appointment.state.confirmed',
      'move-asked': 'appointment.state.move-asked',
      moved: 'appointment.state.moved',
      'called-off': 'appointment.state.called-off',
      held: 'appointment.state.held',
      cancelled: 'appointment.state.cancelled',
    },
    steps: {
      ask: ASK,
      see: SEE,
      propose: { did: 'appointment.did.propose', press: 'appointment.step.propose' },
      choose: { did: 'appointment.did.choose', press: 'appointment.step.choose' },
      'ask-other': { did: 'appointment.did.ask-other', press: 'appointment.step.ask-other' },
      grant: { did: 'appointment.did.confirm', press: 'appointment.step.grant' },
      confirm: { did: 'appointment.did.confirm', press: 'appointment.step.confirm' },
      decline: DECLINE,
      move: { did: 'appointment.did.move', press: 'appointment.step.move' },
      agree: { did: 'appointment.did.agree', press: 'appointment.step.agree' },
      'ask-move': { did: 'appointment.did.ask-move', press: 'appointment.step.ask-move' },
      keep: { did: 'appointment.did.keep', press: 'appointment.step.keep' },
      'call-off': { did: 'appointment.did.call-off', press: 'appointment.step.call-off' },
      prepare: { did: 'appointment.did.prepare', press: 'appointment.step.prepare' },
      question: { did: 'appointment.did.question', press: 'appointment.step.question' },
      note: { did: 'appointment.did.note', press: 'appointment.step.note' },
      finish: { did: 'appointment.did.finish', press: 'appointment.step.finish' },
      cancel: { did: 'appointment.did.cancel', press: 'appointment.step.cancel' },
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  copy: {
    states: { ...ENDS, asked: 'request.state.asked', answered: 'request.state.answered', taken: 'copy.state.taken' },
    steps: {
      ask: ASK,
      see: SEE,
      answer: ANSWER,
      take: { did: 'copy.did.take' },
      decline: DECLINE,
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  correction: {
    states: { ...ENDS, asked: 'request.state.asked', accepted: 'correction.state.accepted' },
    steps: {
      ask: ASK,
      see: SEE,
      accept: {
        did: 'correction.did.accept',
        press: 'correction.step.accept',
        pressAgain: 'request.step.sayAnew',
        pressOtherwise: 'correction.step.accept.otherwise',
      },
      decline: {
        ...DECLINE,
        pressAgain: 'request.step.sayAnew',
        pressOtherwise: 'correction.step.decline.otherwise',
      },
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  questionnaire: {
    states: {
      ...ENDS,
      sent: 'questionnaire.state.sent',
      scored: 'questionnaire.state.scored',
      answered: 'request.state.answered',
    },
    steps: {
      send: { did: 'questionnaire.did.send' },
      see: SEE,
      answer: {
        did: 'request.did.answer',
        press: 'questionnaire.step.answer',
        pressAgain: 'questionnaire.step.answerAgain',
      },
      decline: DECLINE,
      score: { did: 'questionnaire.did.score', press: 'questionnaire.step.score' },
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  question: {
    states: {
      asked: 'request.state.asked',
      answered: 'request.state.answered',
      'asked-more': 'question.state.asked-more',
      withdrawn: ENDS.withdrawn,
      closed: ENDS.closed,
    },
    steps: {
      ask: ASK,
      see: SEE,
      answer: ANSWER,
      'ask-more': { did: 'question.did.ask-more', press: 'question.step.ask-more' },
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  addition: {
    states: {
      ...ENDS,
      proposed: 'addition.state.proposed',
      accepted: 'addition.state.accepted',
      entered: 'addition.state.entered',
    },
    steps: {
      propose: { did: 'addition.did.propose' },
      see: SEE,
      accept: { did: 'addition.did.accept', press: 'addition.step.accept' },
      enter: { did: 'addition.did.enter' },
      decline: DECLINE,
      withdraw: WITHDRAW,
      close: CLOSE,
    },
  },
  material: {
    states: {
      sent: 'questionnaire.state.sent',
      asked: 'material.state.asked',
      explained: 'material.state.explained',
      understood: 'material.state.understood',
      withdrawn: ENDS.withdrawn,
      closed: ENDS.closed,
    },
    steps: {
      send: { did: 'questionnaire.did.send' },
      see: SEE,
      understand: { did: 'material.did.understand', press: 'material.step.understand' },
      ask: { did: 'material.did.ask', press: 'material.step.ask' },
      explain: { did: 'material.did.explain', press: 'material.step.explain' },
      withdraw: { did: 'material.did.withdraw', press: 'material.step.withdraw' },
      close: CLOSE,
    },
  },
} as const satisfies WordsOfKinds
