import type { MessageFailure } from '#app/core/message-session.ts'
import type { RequestDetail, RequestFailure, RequestRow } from '#app/core/request-session.ts'
import type { EntryId, EntryParts, EntrySummary } from '#schema/record/entry.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { titleOf } from '../words.ts'
import { messageFailureWords } from './message-words.ts'
import { REQUEST_WORDS, type WordsOfStep } from './words-of-kinds.ts'

const FAILED = {
  'not-now': 'request.failed.not-now',
  invalid: 'request.failed.invalid',
  'no-room': 'request.failed.no-room',
  stock: 'request.failed.stock',
  'answers-not-kept': 'request.failed.answers-not-kept',
  'not-added': 'request.failed.not-added',
} as const satisfies Record<Exclude<RequestFailure['kind'], MessageFailure['kind']>, PlainKey>

export function requestFailureWords(failure: RequestFailure): string {
  return isOfRequest(failure) ? t(FAILED[failure.kind]) : messageFailureWords(failure)
}

function isOfRequest(failure: RequestFailure): failure is Exclude<RequestFailure, MessageFailure> {
  return Object.hasOwn(FAILED, failure.kind)
}

export function requestTitle({ kind, title, offer }: Pick<RequestRow, 'kind' | 'title' | 'offer'>): string {
  if (kind === 'addition')
    return t('request.title.addition', { title: offer === undefined ? '' : titleOf(offerSummary(offer)) })
  if (kind === 'refill') return t('refill.title', { medicine: title })
  if (kind === 'copy') return title === '' ? t('request.title.copy') : t('request.title.copyOf', { title })
  return t(`request.title.${kind}`, { title })
}

/** As a row of the record it would become. */
export function offerSummary(offer: EntryParts): EntrySummary {
  return { ...offer, id: '' as EntryId, source: { type: 'self' } }
}

/** Empty for what a later version may bring. What somebody was sent to read is, to them, to be read. */
export function stateWords({ kind, state, role }: Pick<RequestRow, 'kind' | 'state' | 'role'>): string {
  if (kind === 'material' && state === 'sent' && role === 'patient') return t('material.state.toRead')
  const states: Readonly<Record<string, PlainKey>> = REQUEST_WORDS[kind].states
  return wordsAt(states, state)
}

/** What somebody did, in the history. */
export function didWords(kind: RequestKind, step: string): string {
  const words = stepOf(kind, step)
  return words === undefined ? '' : t(words.did)
}

/** What is pressed to take a step; undefined for what is none of a person's to press. */
export function pressWords(request: Pick<RequestDetail, 'kind' | 'history'>, step: string): string | undefined {
  const words = keyOfPress(request, step)
  return words === undefined ? undefined : t(words)
}

function keyOfPress({ kind, history }: Pick<RequestDetail, 'kind' | 'history'>, step: string): PlainKey | undefined {
  const { press, pressAgain = press, pressOtherwise = press } = stepOf(kind, step) ?? {}
  const answer = history.findLast(
    one => one.standing === 'counts' && stepOf(kind, one.kind)?.pressOtherwise !== undefined,
  )
  if (answer !== undefined && answer.kind !== step) return pressOtherwise
  const wasTaken = history.some(one => one.kind === step && one.standing === 'counts')
  return wasTaken ? pressAgain : press
}

function stepOf(kind: RequestKind, step: string): WordsOfStep | undefined {
  const steps: Readonly<Record<string, WordsOfStep>> = REQUEST_WORDS[kind].steps
  return Object.hasOwn(steps, step) ? steps[step] : undefined
}

function wordsAt(words: Readonly<Record<string, PlainKey>>, name: string): string {
  const key = Object.hasOwn(words, name) ? words[name] : undefined
  return key === undefined ? '' : t(key)
}
