import { hash } from '#crypto/hash.ts'
import { toHex } from '#schema/bytes.ts'
import type { PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { KnownMembers, Members, Removal } from '../log/sealed-log.ts'
import type { LogName } from '#schema/record/sections.ts'
import type { ShareRole } from '../share-session.ts'
import type { KnownShare } from './given-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Who is to have a place in a log by one of our shares. */
export interface WantedMember {
  readonly principal: PrincipalId
  readonly role: ShareRole
  /** Their contact's shareKem as of now. */
  readonly kemPublicKey: Bytes
  readonly until: Instant
}

/**
 * What the log's next EPOCH has to say so that exactly `wanted` have a place in it, of all to whom we ever gave one (`ours`);
 * undefined when that is so already. Whom somebody else let in stays. `given`: who goes though no EPOCH here let them in.
 * Of a log of which no EPOCH has come yet nothing is due: none could follow, and each round would make another key for it.
 */
export function dueEpoch(
  now: Pick<KnownMembers, 'roster' | 'readers'>,
  wanted: readonly WantedMember[],
  { ours, given }: { readonly ours: ReadonlySet<PrincipalId>; readonly given: ReadonlySet<PrincipalId> },
): { readonly removals: readonly Removal[]; readonly members: Members } | undefined {
  if (now.roster.length === 0) return undefined
  const roles = new Map(now.roster.map(entry => [entry.principal, entry.role]))
  const isGoing = (one: PrincipalId) => roles.has(one) || given.has(one)
  const gone = [...ours].filter(one => isGoing(one) && wanted.every(member => member.principal !== one))
  const isChanged = wanted.some(member => roles.get(member.principal) !== member.role)
  const keys = new Set(wanted.map(member => toHex(hash(member.kemPublicKey))))
  const isSealedToThem = keys.size === now.readers.size && [...keys].every(key => now.readers.has(key))
  if (gone.length === 0 && !isChanged && isSealedToThem) return undefined
  return {
    removals: gone.map(id => ({ kind: 'principal', id })),
    members: membersOf(wanted),
  }
}

/**
 * Of a log that was begun anew since: whoever has no part in the record any more is cut there too, or what they write on there would be
 * carried over as if they had written it before. Whose share goes on keeps their place: what they wrote meanwhile is still on its way.
 * `given`: who goes though no EPOCH here let them in; as long as none takes them out, nothing that comes late goes into this log.
 */
export function cutInFormer(
  { roster }: Pick<KnownMembers, 'roster'>,
  section: LogName,
  shares: readonly Parts[],
  given: ReadonlySet<PrincipalId>,
): { readonly removals: readonly Removal[]; readonly members: Members } | undefined {
  if (roster.length === 0) return undefined
  const gone = shares.flatMap(share => goneFrom(share, section))
  const cut = new Set(gone.filter(one => given.has(one) || roster.some(entry => entry.principal === one)))
  if (cut.size === 0) return undefined
  return { removals: [...cut].map(id => ({ kind: 'principal', id })), members: { grants: [], readers: [] } }
}

type Parts = Pick<KnownShare, 'principal' | 'principals' | 'sections' | 'endedBy'>

/** Each G of a share that has no part in the section, or none any more. */
export function goneFrom({ principal, principals, sections, endedBy }: Parts, section: LogName): PrincipalId[] {
  const goesOn = endedBy === undefined && sections.some(one => one === section)
  return principals.filter(one => !goesOn || one !== principal)
}

export function membersOf(wanted: readonly WantedMember[]): Members {
  return { grants: wanted.map(({ principal, role }) => ({ principal, role })), readers: readersOf(wanted) }
}

/** One envelope a key, until the last of its shares ends. */
function readersOf(wanted: readonly WantedMember[]): Members['readers'] {
  const byKey = Map.groupBy(wanted, member => toHex(member.kemPublicKey))
  return [...byKey.values()].map(members => ({
    kemPublicKey: members[0]!.kemPublicKey,
    notAfter: members.reduce((last, { until }) => (until > last ? until : last), members[0]!.until),
  }))
}
