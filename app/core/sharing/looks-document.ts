import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import type { DeviceId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { united } from './own-looks.ts'
import {
  decodeShareKept,
  decodeShareOpened,
  encodeShareKept,
  encodeShareOpened,
  type ShareKept,
  type ShareOpened,
} from './share-letters.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The home log's shard of what recipients' apps said: that they looked, and that they kept a copy. Packed by day and by the device
 * that took the letters, `<day>/<device>`, so that two devices never write the same bytes; both may hold the same letter.
 */
export const LOOKS_SHARD = 'looks'

export type LooksDocument = Record<string, Uint8Array>

export interface Receipts {
  readonly looks: readonly ShareOpened[]
  readonly kept: readonly ShareKept[]
}

const DAY_MS = 86_400_000
/** What is older goes when something new comes. */
const KEEP_DAYS = 400
/** Of one share in one day, taken by one device: what comes after them widens the last one, so that nothing is dropped unsaid. */
const MAX_A_DAY = 48
const MAX_BODY_BYTES = 4096

interface Day {
  looks: ShareOpened[]
  kept: ShareKept[]
}

/** Everything there is, each once. */
export function readLooks(doc: Readonly<LooksDocument>): Receipts {
  const looks = new Map<string, ShareOpened>()
  const kept = new Map<string, ShareKept>()
  for (const packed of Object.values(doc)) {
    const day = unpack(packed)
    for (const look of day.looks) {
      const key = `${look.shareId} ${look.from}`
      const there = looks.get(key)
      looks.set(key, there === undefined ? look : united(there, look))
    }
    for (const one of day.kept) {
      const key = `${one.shareId} ${one.at}`
      const there = kept.get(key)
      kept.set(key, there === undefined ? one : widened(there, one))
    }
  }
  return { looks: [...looks.values()], kept: [...kept.values()] }
}

// ── inside a change ──

export function putLook(doc: LooksDocument, by: DeviceId, look: ShareOpened): void {
  change(doc, by, look.to, day => {
    const ofShare = day.looks.filter(one => one.shareId === look.shareId)
    // The same letter again.
    if (ofShare.some(one => one.from === look.from)) return
    const last = ofShare.at(-1)
    if (ofShare.length < MAX_A_DAY || last === undefined) day.looks.push(look)
    else day.looks[day.looks.indexOf(last)] = united(last, look)
  })
}

export function putKept(doc: LooksDocument, by: DeviceId, kept: ShareKept): void {
  change(doc, by, kept.at, day => {
    const ofShare = day.kept.filter(one => one.shareId === kept.shareId)
    if (ofShare.some(one => one.at === kept.at)) return
    const last = ofShare.at(-1)
    if (ofShare.length < MAX_A_DAY || last === undefined) day.kept.push(kept)
    else day.kept[day.kept.indexOf(last)] = widened(last, kept)
  })
}

/** The first one's time and reason, and the sections of both; a copy of whole sections is more than a file or a page of them. */
function widened(one: ShareKept, other: ShareKept): ShareKept {
  const both = new Set([...one.sections, ...other.sections])
  const what = other.what === 'copy' ? 'copy' : one.what
  return { ...one, what, sections: SECTIONS.filter(section => both.has(section)) }
}

function change(doc: LooksDocument, by: DeviceId, at: Instant, edit: (day: Day) => void): void {
  const key = `${dayOf(at)}/${by}`
  const packed = doc[key]
  const day = packed === undefined ? { looks: [], kept: [] } : unpack(packed)
  const before = JSON.stringify(day)
  edit(day)
  if (before === JSON.stringify(day)) return
  doc[key] = pack(day)
  const oldest = dayOf(instant(Math.max(0, at - KEEP_DAYS * DAY_MS)))
  for (const other of Object.keys(doc)) if (other < oldest) delete doc[other]
}

const dayOf = (at: Instant) => new Date(at).toISOString().slice(0, 10)

function pack({ looks, kept }: Day): Bytes {
  return new ByteWriter()
    .list(looks, (writer, look) => writer.sized(encodeShareOpened(look)))
    .list(kept, (writer, one) => writer.sized(encodeShareKept(one)))
    .done()
}

/** What does not decode is left out. */
function unpack(bytes: Uint8Array): Day {
  const decoded = decodeAll(bytes, reader => ({
    looks: reader.list(0xffff, r => decodeShareOpened(r.sized(MAX_BODY_BYTES))),
    kept: reader.list(0xffff, r => decodeShareKept(r.sized(MAX_BODY_BYTES))),
  }))
  if (!decoded.ok) return { looks: [], kept: [] }
  const { looks, kept } = decoded.value
  return { looks: looks.filter(one => one !== undefined), kept: kept.filter(one => one !== undefined) }
}
