import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import type { KeptOffer, KeptRecord, PastKept } from '../kept-session.ts'
import type { RoomSession } from '../room-session.ts'
import { shownTerm } from './hand-over-desk.ts'
import type { KnownKept } from './kept-document.ts'
import type { KeptRoom } from './kept-room.ts'

/** What changes a record itself: refused while it goes to whom it is about, and to who is out. */
export const RECORD_ACTS: ReadonlySet<string> = new Set([
  'addEntry',
  'addEntries',
  'editEntry',
  'binEntry',
  'restoreEntry',
  'chooseConflict',
  'undo',
  'commitImport',
  'addPaper',
  'attachPaper',
  'undoImport',
  'makePrivate',
  'makeOpen',
  'decideLate',
  'sayIfSame',
  'takeApart',
] satisfies (keyof RoomSession)[])

/** Not answered yet. */
export const isOffer = (record: KnownKept) => record.endedBy === undefined && !record.isAccepted

/** Accepted, and never came: by then who offered it had said that it is theirs no more. */
export const isTakenBack = ({ contact, saidBy }: KnownKept) => contact !== undefined && saidBy.includes(contact)

interface Here {
  readonly room: Pick<KeptRoom, 'isReadOnly' | 'isOut' | 'isRefused'> | undefined
  readonly isNotServed: boolean
  readonly contactName: string
}

export function shownRecord(record: KnownKept, here: Here, unsentCount = 0): KeptRecord {
  const { id, name, birthDate, relation, purpose, addedAt } = record
  const about = { keptId: id, name, birthDate, relation, purpose, addedAt, unsentCount, ...untilOf(record) }
  return { ...about, state: stateOf(record, here), contactName: here.contactName }
}

function stateOf(record: KnownKept, { room, isNotServed }: Here): KeptRecord['state'] {
  if (room === undefined) return !isNotServed ? 'fetching' : isTakenBack(record) ? 'withdrawn' : 'not-served'
  if (record.endedBy !== undefined || !record.isAccepted) return 'out'
  if (room.isRefused) return 'refused'
  return room.isOut ? 'out' : room.isReadOnly ? 'taking' : 'open'
}

/** `names`: by idSign, what this person calls whom they know. A letter may call anybody anything. */
export function shownOffer(record: KnownKept, contactName: string, names: ReadonlyMap<string, string>): KeptOffer {
  const { id, name, birthDate, purpose, relation } = record
  const terms = record.terms.map(term => shownTerm({ ...term, name: names.get(term.guardian) ?? term.name }))
  const about = { keptId: id, name, birthDate, purpose, contactName, terms, ...untilOf(record) }
  return relation === 'practice' ? { ...about, isPractice: true } : about
}

export function shownPast(record: KnownKept, people: ReadonlyMap<string, string>): PastKept[] {
  const { id, name, endedBy, isPutAway } = record
  if (endedBy === undefined || endedBy === 'declined' || endedBy === 'put-away' || isPutAway) return []
  const unmet = record.terms.filter(term => !record.givenTerms.has(term.guardian) && !people.has(term.guardian))
  return [{ keptId: id, name, endedBy, unmet: endedBy === 'taken-over' ? unmet.map(term => term.name) : [] }]
}

const untilOf = ({ until }: KnownKept): { readonly until?: Instant } =>
  until === NEVER ? {} : { until: instant(until) }
