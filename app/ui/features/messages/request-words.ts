import type { MessageFailure } from '#app/core/message-session.ts'
import type { RequestFailure } from '#app/core/request-session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { messageFailureWords } from './message-words.ts'

const FAILED = {
  'not-now': 'request.failed.not-now',
  invalid: 'request.failed.invalid',
  'no-room': 'request.failed.no-room',
  stock: 'request.failed.stock',
} as const satisfies Record<Exclude<RequestFailure['kind'], MessageFailure['kind']>, PlainKey>

export function requestFailureWords(failure: RequestFailure): string {
  return isOfRequest(failure) ? t(FAILED[failure.kind]) : messageFailureWords(failure)
}

function isOfRequest(failure: RequestFailure): failure is Exclude<RequestFailure, MessageFailure> {
  return Object.hasOwn(FAILED, failure.kind)
}

export const REFILL_STATES = [
  'requested',
  'approved',
  'changed',
  'ready',
  'declined',
  'taken',
  'withdrawn',
  'closed',
] as const

export const REFILL_STEPS = [
  'request',
  'see',
  'approve',
  'change',
  'decline',
  'ready',
  'take',
  'withdraw',
  'close',
] as const

export type RefillStepKind = (typeof REFILL_STEPS)[number]

/** Empty for what a later version may bring. */
export function refillStateWords(state: string): string {
  const known = REFILL_STATES.find(one => one === state)
  return known === undefined ? '' : t(`refill.state.${known}`)
}

export function refillStepOf(kind: string): RefillStepKind | undefined {
  return REFILL_STEPS.find(one => one === kind)
}
