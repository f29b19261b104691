import type { MeetFailure, ShareFailure } from '#app/core/session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

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
  switch (failure.kind) {
    case 'closed':
      return t(`meet.failed.closed.${failure.reason}`)
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    case 'not-an-invitation': {
      if (failure.words?.kind === 'count') return t('meet.wordCount', { count: failure.words.got })
      return t(failure.words === undefined ? 'meet.failed.not-an-invitation' : 'meet.failed.words')
    }
    default:
      return t(MEET[failure.kind])
  }
}

const SHARE = {
  locked: 'share.failed.locked',
  'not-here': 'share.failed.not-here',
  'not-found': 'share.failed.not-found',
  'wrong-passphrase': 'share.failed.wrong-passphrase',
  'contact-not-ready': 'share.failed.contact-not-ready',
  'nothing-chosen': 'share.failed.nothing-chosen',
  'in-the-past': 'share.failed.in-the-past',
  unreachable: 'share.failed.unreachable',
} as const satisfies Record<Exclude<ShareFailure['kind'], 'conflicts' | 'not-stored'>, PlainKey>

export function shareFailureWords(failure: ShareFailure): string {
  switch (failure.kind) {
    case 'conflicts':
      return t('share.failed.conflicts', { count: failure.count })
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    default:
      return t(SHARE[failure.kind])
  }
}
