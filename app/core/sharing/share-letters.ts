import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { idBytes, ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { readInstant } from '#schema/protocol/proof.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** From who gives: it is over. Bodies of letters `share-ended`, `share-answer`, `share-opened`; decision 0011. */
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
    shareId: ShareId.of(reader.bytes(ShareId.size)),
    version: reader.u32(),
    endedBy: reader.bool() ? 'expired' : 'stopped',
  }))
  return decoded.ok ? decoded.value : undefined
}

/** From who receives. */
export interface ShareAnswer {
  readonly shareId: ShareId
  readonly answer: 'accepted' | 'declined' | 'left'
}

const ANSWERS = ['accepted', 'declined', 'left'] as const

export function encodeShareAnswer({ shareId, answer }: ShareAnswer): Bytes {
  return new ByteWriter().bytes(idBytes(shareId)).u8(ANSWERS.indexOf(answer)).done()
}

export function decodeShareAnswer(bytes: Uint8Array): ShareAnswer | undefined {
  const decoded = decodeAll(bytes, reader => ({
    shareId: ShareId.of(reader.bytes(ShareId.size)),
    answer: ANSWERS[reader.u8()] ?? reader.stop('bad-value'),
  }))
  return decoded.ok ? decoded.value : undefined
}

/** From who receives: looked at, by their clock as the relay set it right. */
export interface ShareOpened {
  readonly shareId: ShareId
  readonly at: Instant
}

export function encodeShareOpened({ shareId, at }: ShareOpened): Bytes {
  return new ByteWriter().bytes(idBytes(shareId)).u64(at).done()
}

export function decodeShareOpened(bytes: Uint8Array): ShareOpened | undefined {
  const decoded = decodeAll(bytes, reader => ({
    shareId: ShareId.of(reader.bytes(ShareId.size)),
    at: readInstant(reader),
  }))
  return decoded.ok ? decoded.value : undefined
}
