import type { EntryStatus } from '../entry.ts'

/** The status words of FHIR R4's resources, told apart by what they mean to a reader. Same word, same meaning, everywhere. */
const STATUS_WORDS: Readonly<Record<Exclude<EntryStatus, 'unknown'>, readonly string[]>> = {
  active: (
    'active current in-progress on-hold suspended final amended corrected appended preliminary registered partial ' +
    'available accepted arrived triaged onleave ready received requested recurrence relapse in-use'
  ).split(' '),
  past: (
    'completed finished stopped cancelled resolved remission inactive ended superseded revoked retired not-done ' +
    'not-taken declined rejected abandoned noshow fulfilled checked-in expired failed aborted'
  ).split(' '),
  planned: 'planned draft proposed preparation booked pending intended waitlist scheduled'.split(' '),
  mistaken: ['entered-in-error'],
}

const STATUS_BY_WORD: ReadonlyMap<unknown, EntryStatus> = new Map(
  (['active', 'past', 'planned', 'mistaken'] as const).flatMap(status =>
    STATUS_WORDS[status].map(word => [word, status] as const),
  ),
)

/** It was meant to happen and did not, or is known not to be so. */
const NEGATED: ReadonlySet<unknown> = new Set([
  'not-done',
  'not-taken',
  'declined',
  'rejected',
  'cancelled',
  'noshow',
  'aborted',
  'refuted',
])

export function statusOf(word: unknown): EntryStatus {
  return STATUS_BY_WORD.get(word) ?? 'unknown'
}

export function isNegatedWord(word: unknown): boolean {
  return NEGATED.has(word)
}
