import type { MeetFailure } from '#app/core/people-session.ts'
import type { ShareFailure } from '#app/core/share-session.ts'
import { type PlainKey, t } from '../language/language.ts'
import { STORE_MESSAGES } from '../store-messages.ts'

const MEET = {
  locked: 'meet.failed.locked',
  'not-here': 'meet.failed.not-here',
  unreachable: 'meet.failed.unreachable',
  'relay-refused': 'meet.failed.relay-refused',
  'nothing-there': 'meet.failed.nothing-there',
  own: 'meet.failed.own',
  damaged: 'meet.failed.damaged',
  'other-relay': 'meet.failed.other-relay',
  'not-found': 'meet.failed.not-found',
} as const satisfies Record<Exclude<MeetFailure['kind'], 'closed' | 'not-stored' | 'not-an-invitation'>, PlainKey>

export function meetFailureWords(failure: MeetFailure): string {
  if (failure.kind === 'closed') return t(`meet.failed.closed.${failure.reason}`)
  if (failure.kind === 'not-stored') return t(STORE_MESSAGES[failure.why])
  if (failure.kind !== 'not-an-invitation') return t(MEET[failure.kind])
  if (failure.words?.kind === 'count') return t('meet.wordCount', { count: failure.words.got })
  return t(failure.words === undefined ? 'meet.failed.not-an-invitation' : 'meet.failed.words')
}

const SHARE = {
  locked: 'share.failed.locked',
  'not-here': 'share.failed.not-here',
  'not-found': 'share.failed.not-found',
  'wrong-passphrase': 'share.failed.wrong-passphrase',
  'contact-not-ready': 'share.failed.contact-not-ready',
  'nothing-chosen': 'share.failed.nothing-chosen',
  'already-shared': 'share.failed.already-shared',
  'in-the-past': 'share.failed.in-the-past',
  unreachable: 'share.failed.unreachable',
} as const satisfies Record<Exclude<ShareFailure['kind'], 'conflicts' | 'not-stored'>, PlainKey>

export function shareFailureWords(failure: ShareFailure): string {
  if (failure.kind === 'conflicts') return t('share.failed.conflicts', { count: failure.count })
  return t(failure.kind === 'not-stored' ? STORE_MESSAGES[failure.why] : SHARE[failure.kind])
}
