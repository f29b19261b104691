import type { CapabilityId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type LogSection, SECTIONS } from '#schema/record/sections.ts'
import type { AccessLine, AccessWho } from '../follow-session.ts'
import type { Receipts } from './looks-document.ts'
import { ONE_GO_MS, type RelayAct, type Visit } from './relay-visits.ts'

type Place = LogSection | 'keys'

/** What the relay says of one log, and whose each capability is there. */
export interface LogVisits {
  readonly place: Place
  readonly visits: readonly Visit[]
  readonly whoHas: (id: CapabilityId) => AccessWho
}

const PLACES: readonly Place[] = [...SECTIONS, 'private', 'keys']

/** Everything that is known, newest first. What one person did in several sections in one go is one line. */
export function accessLines(
  logs: readonly LogVisits[],
  receipts: Receipts,
  whoHasShare: (id: ShareId) => AccessWho,
): AccessLine[] {
  const looked = receipts.looks.map(({ shareId, from, to, sections }): AccessLine => {
    return { from, to, who: whoHasShare(shareId), sections, what: { by: 'app', act: 'looked' } }
  })
  const kept = receipts.kept.map(({ shareId, at, what: kept, sections, reason, note }): AccessLine => {
    const what = { by: 'app', act: 'kept', kept, reason, note } as const
    return { from: at, to: at, who: whoHasShare(shareId), sections, what }
  })
  return [...relayLines(logs), ...looked, ...kept].toSorted((a, b) => b.to - a.to || b.from - a.from)
}

interface Going {
  readonly who: AccessWho
  readonly act: RelayAct
  readonly from: Instant
  to: Instant
  readonly places: Set<Place>
}

function relayLines(logs: readonly LogVisits[]): AccessLine[] {
  const all = logs.flatMap(({ place, visits, whoHas }) =>
    visits.map(visit => ({ ...visit, place, who: whoHas(visit.capabilityId) })),
  )
  const lines: Going[] = []
  const last = new Map<string, Going>()
  for (const { who, act, from, to, place } of all.toSorted((a, b) => a.from - b.from)) {
    const key = `${act} ${whoKey(who)}`
    const before = last.get(key)
    if (before !== undefined && from <= before.to + ONE_GO_MS) {
      before.to = instant(Math.max(before.to, to))
      before.places.add(place)
      continue
    }
    const going = { who, act, from, to, places: new Set([place]) }
    last.set(key, going)
    lines.push(going)
  }
  return lines.map(({ who, act, from, to, places }) => ({
    from,
    to,
    who,
    sections: PLACES.filter(place => places.has(place)),
    what: { by: 'relay', act },
  }))
}

/** Tells people apart. */
export function whoKey(who: AccessWho): string {
  switch (who.kind) {
    case 'contact':
      return `contact ${who.contactId}`
    case 'own-device':
    case 'removed-device':
      return `device ${who.deviceId}`
    case 'guardian':
      return `guardian ${who.personId}`
    case 'owner':
      return 'owner'
    case 'unknown':
      return `unknown ${who.id}`
  }
}
