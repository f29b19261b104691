import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { CapabilityId, idBytes } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { RIGHTS } from '#schema/protocol/capability.ts'
import type { AccessEntry } from '#schema/protocol/http.ts'
import { readInstant } from '#schema/protocol/proof.ts'

type Bytes = Uint8Array<ArrayBuffer>

const ACTS = ['read', 'wrote', 'managed'] as const
export type RelayAct = (typeof ACTS)[number]

/** One capability's use of a log in one go, by the relay's minutes. */
export interface Visit {
  readonly capabilityId: CapabilityId
  readonly act: RelayAct
  readonly from: Instant
  /** The end of the last minute. */
  readonly to: Instant
}

/** What is known of a log's access log. */
export interface RelayVisits {
  /** The last minute that came: where to ask on. */
  readonly upTo: Instant
  /** Oldest first. */
  readonly visits: readonly Visit[]
}

export const NO_VISITS: RelayVisits = { upTo: instant(0), visits: [] }

const MINUTE_MS = 60_000
/** Minutes nearer than this are one visit. */
export const ONE_GO_MS = 15 * MINUTE_MS
const KEEP_MS = 400 * 24 * 3600_000
const MAX_VISITS = 3000

/** What is known with what the relay says anew; the same lines again change nothing. */
export function joinVisits(known: RelayVisits, entries: readonly AccessEntry[]): RelayVisits {
  const upTo = instant(Math.max(known.upTo, ...entries.map(entry => entry.minute)))
  const single = entries.map(({ minute, capabilityId, right }): Visit => {
    return { capabilityId, act: actOf(right), from: minute, to: instant(minute + MINUTE_MS) }
  })
  const joined: Visit[] = []
  const last = new Map<string, number>()
  for (const visit of [...known.visits, ...single].toSorted((a, b) => a.from - b.from)) {
    const key = `${visit.capabilityId} ${visit.act}`
    const at = last.get(key)
    const before = at === undefined ? undefined : joined[at]
    if (at !== undefined && before !== undefined && visit.from <= before.to + ONE_GO_MS) {
      joined[at] = { ...before, to: instant(Math.max(before.to, visit.to)) }
    } else last.set(key, joined.push(visit) - 1)
  }
  return { upTo, visits: joined.filter(visit => visit.to > upTo - KEEP_MS).slice(-MAX_VISITS) }
}

function actOf(right: number): RelayAct {
  if ((right & RIGHTS.manage) !== 0) return 'managed'
  return (right & RIGHTS.read) !== 0 ? 'read' : 'wrote'
}

export function encodeVisits({ upTo, visits }: RelayVisits): Bytes {
  return new ByteWriter()
    .u64(upTo)
    .list(visits, (writer, { capabilityId, act, from, to }) => {
      writer.bytes(idBytes(capabilityId)).u8(ACTS.indexOf(act)).u64(from).u64(to)
    })
    .done()
}

/** Bytes of another form count as nothing: the relay is asked again. */
export function decodeVisits(bytes: Uint8Array): RelayVisits {
  const decoded = decodeAll(bytes, reader => ({
    upTo: readInstant(reader),
    visits: reader.list(MAX_VISITS, r => ({
      capabilityId: CapabilityId.read(r),
      act: ACTS[r.u8()] ?? r.stop('bad-value'),
      from: readInstant(r),
      to: readInstant(r),
    })),
  }))
  return decoded.ok ? decoded.value : NO_VISITS
}
