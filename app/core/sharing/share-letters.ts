import { type ByteReader, ByteWriter, decodeAll } from '#schema/bytes.ts'
import { DeviceId, idBytes, ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import type { KeptReason, KeptWhat } from '../follow-session.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MAX_SECTION_BYTES = 40

/** From who gives: it is over. Bodies of letters `share-ended`, `share-answer`, `share-opened`, `share-kept`; decisions 0011, 0014. */
export interface ShareEnded {
  readonly shareId: ShareId
  readonly version: number
  readonly endedBy: 'stopped' | 'expired'
}

export function encodeShareEnded({ shareId, version, endedBy }: ShareEnded): Bytes {
  return new ByteWriter()
    .bytes(idBytes(shareId))
    .u32(version)
    .bool(endedBy === 'expired')
    .done()
}

export function decodeShareEnded(bytes: Uint8Array): ShareEnded | undefined {
  const decoded = decodeAll<ShareEnded>(bytes, reader => ({
    shareId: ShareId.read(reader),
    version: reader.u32(),
    endedBy: reader.bool() ? 'expired' : 'stopped',
  }))
  return decoded.ok ? decoded.value : undefined
}

/** From who receives. */
export interface ShareAnswer {
  readonly shareId: ShareId
  readonly answer: 'accepted' | 'declined' | 'left'
  /** The device of who gives that offered it first: before it told the relay nobody else could know of the share. */
  readonly offeredBy?: DeviceId
}

const ANSWERS = ['accepted', 'declined', 'left'] as const

export function encodeShareAnswer({ shareId, answer, offeredBy }: ShareAnswer): Bytes {
  const head = new ByteWriter().bytes(idBytes(shareId)).u8(ANSWERS.indexOf(answer))
  return offeredBy === undefined ? head.done() : head.bytes(idBytes(offeredBy)).done()
}

export function decodeShareAnswer(bytes: Uint8Array): ShareAnswer | undefined {
  const decoded = decodeAll<ShareAnswer>(bytes, reader => ({
    shareId: ShareId.read(reader),
    answer: ANSWERS[reader.u8()] ?? reader.stop('bad-value'),
    ...(reader.left === 0 ? {} : { offeredBy: DeviceId.read(reader) }),
  }))
  return decoded.ok ? decoded.value : undefined
}

/** From who receives: what was on their screen since the last of these, by their clock as the relay set it right. */
export interface ShareOpened {
  readonly shareId: ShareId
  readonly from: Instant
  /** Not before `from`. */
  readonly to: Instant
  /** At least one; in the order of SECTIONS, each once. */
  readonly sections: readonly Section[]
}

export function encodeShareOpened({ shareId, from, to, sections }: ShareOpened): Bytes {
  return new ByteWriter().bytes(idBytes(shareId)).u64(from).u64(to).list(sections, writeSection).done()
}

export function decodeShareOpened(bytes: Uint8Array): ShareOpened | undefined {
  const decoded = decodeAll(bytes, reader => {
    const shareId = ShareId.read(reader)
    const [from, to] = [readInstant(reader), readInstant(reader)]
    if (to < from) reader.stop('bad-value')
    return { shareId, from, to, sections: readSections(reader) }
  })
  return decoded.ok ? decoded.value : undefined
}

/** From who receives, before the file is handed out or printed: what they are about to keep, and why. */
export interface ShareKept {
  readonly shareId: ShareId
  readonly at: Instant
  readonly what: KeptWhat
  /** At least one; in the order of SECTIONS, each once. */
  readonly sections: readonly Section[]
  readonly reason: KeptReason
  /** In their own words; with `other` not empty. */
  readonly note: string
}

/** After the note, where it is no copy of whole sections: the first versions knew no other. */
const KEPT_PARTS = ['file', 'print'] as const satisfies readonly KeptWhat[]
const KEPT_REASONS = ['duty', 'treatment', 'referral', 'other'] as const satisfies readonly KeptReason[]
export const MAX_KEPT_NOTE_BYTES = 2000

export function encodeShareKept({ shareId, at, what, sections, reason, note }: ShareKept): Bytes {
  const head = new ByteWriter().bytes(idBytes(shareId)).u64(at).list(sections, writeSection)
  const told = head.u8(KEPT_REASONS.indexOf(reason)).text(note)
  return what === 'copy' ? told.done() : told.u8(KEPT_PARTS.indexOf(what)).done()
}

export function decodeShareKept(bytes: Uint8Array): ShareKept | undefined {
  const decoded = decodeAll(bytes, reader => {
    const shareId = ShareId.read(reader)
    const at = readInstant(reader)
    const sections = readSections(reader)
    const reason = KEPT_REASONS[reader.u8()] ?? reader.stop('bad-value')
    const note = reader.text(MAX_KEPT_NOTE_BYTES)
    if (reason === 'other' && note.trim() === '') reader.stop('bad-value')
    const what: KeptWhat = reader.left === 0 ? 'copy' : (KEPT_PARTS[reader.u8()] ?? reader.stop('bad-value'))
    return { shareId, at, what, sections, reason, note }
  })
  return decoded.ok ? decoded.value : undefined
}

function writeSection(writer: ByteWriter, section: Section): void {
  writer.text(section)
}

/** One way to write a set of sections, so that a letter has one form. */
function readSections(reader: ByteReader): Section[] {
  const places = reader.list(SECTIONS.length, r => {
    const name = r.text(MAX_SECTION_BYTES)
    return SECTIONS.findIndex(one => one === name)
  })
  const isGood = places.length > 0 && places.every((place, index) => place > (places[index - 1] ?? -1))
  return isGood ? places.map(place => SECTIONS[place]!) : reader.stop('bad-value')
}
