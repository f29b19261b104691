import type { FrameHash, PrincipalId } from '#schema/ids.ts'
import { type Epoch, ROLES, type Role, type RosterEntry } from './control.ts'

/**
 * Who may do what under an EPOCH. One that does not count says nothing: those before it that count speak. One that follows such an
 * EPOCH may have copied its roster, so there a role counts only as far as it is its own or theirs.
 */
export function rostersUnder(epochs: Epochs, isIn: (hash: FrameHash) => boolean): RosterOf {
  const found = new Map<FrameHash, readonly RosterEntry[]>()
  return function rosterOf(hash): readonly RosterEntry[] {
    const known = found.get(hash)
    if (known !== undefined) return known
    const { record } = epochs.get(hash)!
    const skipped = record.parents.filter(parent => !isIn(parent)).map(parent => epochs.get(parent)!.record.roster)
    const isPlain = isIn(hash) && skipped.length === 0
    const before = isPlain ? [] : joinRosters(record.parents.map(rosterOf))
    const roster = isPlain ? record.roster : isIn(hash) ? withoutCopies(record.roster, skipped, before) : before
    found.set(hash, roster)
    return roster
  }
}

type Epochs = ReadonlyMap<FrameHash, { readonly record: Epoch }>
type RosterOf = (hash: FrameHash) => readonly RosterEntry[]

function withoutCopies(
  roster: readonly RosterEntry[],
  skipped: readonly (readonly RosterEntry[])[],
  before: readonly RosterEntry[],
): RosterEntry[] {
  return roster.flatMap(({ principal, role }) => {
    const own = ROLES.indexOf(role)
    const isCopied = skipped.some(other => rankOf(other, principal) >= own)
    const rank = isCopied ? Math.min(rankOf(before, principal), own) : own
    return rank < 0 ? [] : [{ principal, role: ROLES[rank]! }]
  })
}

/** -1 for who is not in it. */
export function rankOf(roster: readonly RosterEntry[], principal: PrincipalId): number {
  const entry = roster.find(one => one.principal === principal)
  return entry === undefined ? -1 : ROLES.indexOf(entry.role)
}

/** Everybody in any of them; where they disagree about a role, the weaker one. */
export function joinRosters(rosters: readonly (readonly RosterEntry[])[]): RosterEntry[] {
  const roles = new Map<PrincipalId, Role>()
  for (const { principal, role } of rosters.flat()) {
    const other = roles.get(principal)
    if (other === undefined || ROLES.indexOf(role) < ROLES.indexOf(other)) roles.set(principal, role)
  }
  return [...roles].map(([principal, role]) => ({ principal, role }))
}
