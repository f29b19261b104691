import type { Guardian, GuardianFailure, ShownTerm } from '#app/core/kept-session.ts'
import type { RecoverFailure } from '#app/core/session.ts'
import { type PlainKey, t } from '../language/language.ts'
import { STORE_MESSAGES } from '../store-messages.ts'
import { givenUntilWords, sectionNames } from './share-words.ts'

const FAILED = {
  locked: 'share.failed.locked',
  'not-here': 'share.failed.not-here',
  'not-found': 'guardian.failed.not-found',
  'wrong-passphrase': 'share.failed.wrong-passphrase',
  'contact-not-ready': 'share.failed.contact-not-ready',
  'already-in': 'guardian.failed.already-in',
  'not-compared': 'guardian.failed.not-compared',
  'being-taken': 'guardian.failed.being-taken',
  'in-the-past': 'share.failed.in-the-past',
  'last-guardian': 'guardian.failed.last-guardian',
  unreachable: 'share.failed.unreachable',
  'relay-refused': 'share.failed.unreachable',
  damaged: 'guardian.failed.not-found',
  'already-there': 'guardian.failed.already-in',
  words: 'guardian.failed.words',
} as const satisfies Record<Exclude<(GuardianFailure | RecoverFailure)['kind'], 'not-stored'>, PlainKey>

export function guardianFailureWords(failure: GuardianFailure | RecoverFailure): string {
  return t(failure.kind === 'not-stored' ? STORE_MESSAGES[failure.why] : FAILED[failure.kind])
}

/** Who acts in the whole record, or was asked to, and stands among the contacts under this id. */
export function actsInWhole(guardians: readonly Guardian[], contactId: string): Guardian | undefined {
  return guardians.find(one => one.contactId === contactId && one.state !== 'removing' && one.purpose !== 'hand-over')
}

/** What somebody may do in one's own record, or in one that is kept, where they act in the whole of it. */
export function wholeWords({ state, until }: Guardian, isKept: boolean, isPractice = false): string {
  if (isPractice) return t(state === 'active' ? 'staff.title' : 'staff.asked')
  if (state !== 'active') return t(isKept ? 'guardian.asked' : 'manage.asked')
  if (!isKept) return t('manage.now', { until: givenUntilWords(until) })
  return until === undefined ? t('guardian.now') : `${t('guardian.now')} · ${givenUntilWords(until)}`
}

/** What a guardian keeps after a hand-over, and until when, in one line. */
function termWords({ role, until, sections }: Omit<ShownTerm, 'name'>, taker: string | undefined): string {
  const open = taker === undefined ? t('given.untilStopped') : t('handOver.untilStopped', { name: taker })
  const end = until === undefined ? open : givenUntilWords(until)
  return [t(`share.role.${role}`), sectionNames(sections), end].join(' · ')
}

/** One line a guardian: what they keep, or that they see nothing any more. Without `taker` it is said to whom the record is about. */
export function keepsWords({ name, ...term }: ShownTerm, taker?: string): string {
  return term.sections.length === 0
    ? t('handOver.keepsNothing', { name })
    : t('handOver.keeps', { name, what: termWords(term, taker) })
}
