import { type ByteReader, ByteWriter, decodeAll } from '#schema/bytes.ts'
import { DeviceId, FrameHash, idBytes, PrincipalId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { readWriterCert, writeWriterCert } from '#schema/protocol/certificate.ts'
import { decodeControl, encodeControl } from './control.ts'
import type { AcceptedEpoch } from './control-acceptance.ts'
import { type Feed, feedOf, type Ledger, makeLedger } from './ledger.ts'
import { type FramePoint, readPoint, writePoint } from './preface.ts'
import type { QuarantineReason, ShardInfo } from './sealed-log.ts'
import { MAX_LABEL_BYTES, readHeads, writeHeads } from './shard-part.ts'

type Bytes = Uint8Array<ArrayBuffer>

const VERSION = 4
const MAX_ROWS = 0xffff
const MAX_RECORD_BYTES = 1024 * 1024
const REASONS: readonly QuarantineReason[] = [
  'unknown-key',
  'gap',
  'missing-blob',
  'missing-dependency',
  'not-rostered',
  'past-cut',
  'bad-actor',
  'bad-heads',
  'fork',
  'invalid',
]

/** The accepted state of a log in one sealed row: what an unlock reads instead of the frames before it. */
export function encodeState(ledger: Ledger, shards: readonly ShardInfo[]): Bytes {
  const writer = new ByteWriter().u8(VERSION)
  writer.list([...ledger.feeds.values()], writeFeed)
  writer.list(ledger.epochs, writeEpoch)
  writer.list(ledger.lapsed, writeEpoch)
  writeSeqs(writer, ledger.cuts)
  writeSeqs(writer, ledger.forks)
  writer.list(ledger.bases, (inner, hash) => inner.bytes(idBytes(hash)))
  writer.list([...ledger.besides], (inner, hash) => inner.bytes(idBytes(hash)))
  writer.list([...ledger.below], (inner, hash) => inner.bytes(idBytes(hash)))
  writer.bool(ledger.ownSnapshot !== undefined)
  if (ledger.ownSnapshot !== undefined) {
    writePoint(writer, ledger.ownSnapshot.point)
    writer.list(ledger.ownSnapshot.covers, writePoint)
  }
  writer.list(shards, (inner, shard) => {
    inner.text(shard.label).u32(shard.savedBytes)
    writeHeads(inner, shard.heads)
  })
  return writer.done()
}

/** Undefined when it isn't a state row of this version: then everything is decided from the frames. */
export function decodeState(bytes: Uint8Array): { ledger: Ledger; shards: ShardInfo[] } | undefined {
  const decoded = decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const ledger = makeLedger()
    reader.list(MAX_ROWS, inner => readFeed(inner, ledger))
    ledger.epochs = reader.list(MAX_ROWS, readEpoch)
    ledger.lapsed = reader.list(MAX_ROWS, readEpoch)
    ledger.cuts = readSeqs(reader)
    ledger.forks = readSeqs(reader)
    ledger.bases = reader.list(MAX_ROWS, readHash)
    ledger.besides = new Set(reader.list(MAX_ROWS, readHash))
    for (const hash of reader.list(MAX_ROWS, readHash)) ledger.below.add(hash)
    if (reader.bool()) {
      ledger.ownSnapshot = { point: readPoint(reader), covers: reader.list(MAX_ROWS, readPoint) }
    }
    const shards = reader.list(MAX_ROWS, inner => {
      const label = inner.text(MAX_LABEL_BYTES)
      const savedBytes = inner.u32()
      return { label, savedBytes, heads: readHeads(inner) }
    })
    return { ledger, shards }
  })
  return decoded.ok ? decoded.value : undefined
}

function readHash(reader: ByteReader): FrameHash {
  return FrameHash.read(reader)
}

/** As far as it is decided; what stands behind is read from the frames. */
function writeFeed(writer: ByteWriter, feed: Feed): void {
  const hash = feed.undecided[0]?.fact.prev ?? feed.hash
  writer.bytes(idBytes(feed.writer)).u64(feed.decided).bytes(idBytes(hash))
  writer.list([...feed.refused], (inner, [seq, reason]) => inner.u64(seq).u8(REASONS.indexOf(reason)))
  writer.bool(feed.lastAccepted !== undefined)
  if (feed.lastAccepted !== undefined) writePoint(writer, feed.lastAccepted)
  writer.u64(feed.claimedAt ?? 0)
  writer.u64(feed.lastCovered === undefined ? 0 : feed.lastCovered + 1)
  writer.bool(feed.voucher !== undefined)
  if (feed.voucher !== undefined) {
    writer
      .bytes(idBytes(feed.voucher.root))
      .u8(feed.voucher.distance)
      .bool(feed.voucher.device !== undefined)
    if (feed.voucher.device !== undefined) writer.bytes(idBytes(feed.voucher.device))
  }
  writer.bool(feed.cert !== undefined)
  if (feed.cert !== undefined) writeWriterCert(writer, feed.cert)
}

function readFeed(reader: ByteReader, ledger: Ledger): void {
  const feed = feedOf(ledger, WriterId.read(reader))
  feed.decided = reader.u64()
  feed.next = feed.decided
  feed.hash = readHash(reader)
  feed.refused = new Map(
    reader.list(MAX_ROWS, inner => {
      const seq = inner.u64()
      return [seq, REASONS[inner.u8()] ?? inner.stop('bad-value')] as const
    }),
  )
  feed.lastAccepted = reader.bool() ? readPoint(reader) : undefined
  const claimedAt = reader.u64()
  feed.claimedAt = claimedAt === 0 ? undefined : instant(claimedAt)
  const covered = reader.u64()
  feed.lastCovered = covered === 0 ? undefined : covered - 1
  feed.voucher = reader.bool() ? readVoucher(reader) : undefined
  feed.cert = reader.bool() ? readWriterCert(reader) : undefined
}

function readVoucher(reader: ByteReader): NonNullable<Feed['voucher']> {
  const root = PrincipalId.read(reader)
  const distance = reader.u8()
  const device = reader.bool() ? DeviceId.read(reader) : undefined
  return { root, distance, ...(device ? { device } : {}) }
}

function writeEpoch(writer: ByteWriter, epoch: AcceptedEpoch): void {
  writePoint(writer, epoch)
  writer.u8(epoch.distance).sized(encodeControl({ claimedAt: instant(0), record: epoch.record }))
}

function readEpoch(reader: ByteReader): AcceptedEpoch {
  const point: FramePoint = readPoint(reader)
  const distance = reader.u8()
  const control = decodeControl(reader.sized(MAX_RECORD_BYTES))
  if (!control.ok || control.value.record.type !== 'epoch') return reader.stop('bad-value')
  return { ...point, distance, record: control.value.record }
}

function writeSeqs(writer: ByteWriter, seqs: ReadonlyMap<WriterId, number>): void {
  writer.list([...seqs], (inner, [feed, seq]) => inner.bytes(idBytes(feed)).u64(seq))
}

function readSeqs(reader: ByteReader): Map<WriterId, number> {
  return new Map(reader.list(MAX_ROWS, inner => [WriterId.of(inner.bytes(WriterId.size)), inner.u64()] as const))
}
