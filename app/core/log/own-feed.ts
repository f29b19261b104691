import { makeWriterCert } from '#crypto/certificate.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { ByteWriter, decodeAll, toHex } from '#schema/bytes.ts'
import { FrameHash, idBytes, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { WriterCert } from '#schema/protocol/certificate.ts'
import type { Random } from '../ports.ts'
import { NO_HASH } from './ledger.ts'
import type { LogCore, OwnFeed } from './log-core.ts'
import { actorPrefix } from './open-frame.ts'
import { MAX_POINTS } from './preface.ts'

type Bytes = Uint8Array<ArrayBuffer>

const VERSION = 1

/** A fresh W. It is stored in the transaction of its first frame, never before and never later. */
export function makeOwnFeed(): OwnFeed {
  const key = makeSigningKey()
  return { key, writer: WriterId.of(key.publicKey), next: 0, head: NO_HASH, seen: new Map(), headsAt: undefined }
}

export function makeActor(writer: WriterId, random: Random): string {
  return actorPrefix(writer) + toHex(random.bytes(8))
}

export function certOf(core: Pick<LogCore, 'deps' | 'id'>, own: OwnFeed): WriterCert {
  const { device, chain } = core.deps.identity
  return makeWriterCert(core.id, own.key.publicKey, device, chain)
}

/** The row that says which frame W signs next. */
export function encodeOwn(own: OwnFeed): Bytes {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(own.key.secretKey)
    .bytes(own.key.publicKey)
    .u64(own.next)
    .bytes(idBytes(own.head))
    .u64(own.headsAt ?? 0)
    .list([...own.seen], (writer, [feed, seq]) => writer.bytes(idBytes(feed)).u64(seq))
    .done()
}

export function decodeOwn(bytes: Uint8Array): OwnFeed | undefined {
  const decoded = decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const key: SigningKey = { secretKey: reader.bytes(64), publicKey: reader.bytes(32) }
    const next = reader.u64()
    const head = FrameHash.read(reader)
    const headsAt = reader.u64()
    const seen = reader.list(MAX_POINTS, inner => [WriterId.of(inner.bytes(WriterId.size)), inner.u64()] as const)
    return { key, next, head, headsAt, seen }
  })
  if (!decoded.ok) return undefined
  const { key, next, head, headsAt, seen } = decoded.value
  return {
    key,
    writer: WriterId.of(key.publicKey),
    next,
    head,
    headsAt: headsAt === 0 ? undefined : instant(headsAt),
    seen: new Map(seen),
  }
}
