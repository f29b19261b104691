import { decodeChange } from '@automerge/automerge/slim'
import { checkWriterCert } from '#crypto/certificate.ts'
import { commitment, contentKey } from '#crypto/epoch.ts'
import { openControlFrame, openFrame } from '#crypto/frame.ts'
import { hash } from '#crypto/hash.ts'
import { equalBytes, toHex } from '#schema/bytes.ts'
import { type BlobId, idBytes, type FrameHash, type KeyId, type LogId, type WriterId } from '#schema/ids.ts'
import type { WriterCert } from '#schema/protocol/certificate.ts'
import type { FrameParts } from '#schema/protocol/frame.ts'
import { type Control, decodeControl } from './control.ts'
import {
  blobsNamed,
  type ChangeFact,
  type FactContent,
  type FrameFact,
  type PartFact,
  type Voucher,
} from './frame-fact.ts'
import { decodeHeads } from './heads.ts'
import { decodeOps } from './ops.ts'
import type { Preface } from './preface.ts'
import type { EpochKey } from './sealed-log.ts'
import { type BlobRef, blobRefsOf, type ShardPart } from './shard-part.ts'
import { decodeSnapshot, type Snapshot } from './snapshot.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** An epoch's keys for one log. */
export interface LogKey {
  readonly keyId: KeyId
  readonly content: Bytes
  readonly commitment: Bytes
}

export function logKeyOf(key: EpochKey, logId: LogId): LogKey {
  return { keyId: key.keyId, content: contentKey(key.secret, logId), commitment: commitment(key.secret, logId) }
}

/** A frame's fact, and of its content what is applied later. */
export interface OpenedFrame {
  readonly fact: FrameFact
  readonly parts: readonly ShardPart[]
  readonly snapshot?: Snapshot
  /** Blobs with frames of forked feeds. */
  readonly carried: readonly BlobRef[]
  readonly cert?: WriterCert
}

/** Blobs that a frame names. */
export function blobsOf({ fact }: OpenedFrame): BlobId[] {
  if (fact.content.kind === 'ops') return blobsNamed(fact.content)
  return fact.content.kind === 'snapshot' ? [...fact.content.blobs] : []
}

interface Inside {
  readonly preface?: Preface
  readonly content: FactContent
  readonly parts?: readonly ShardPart[]
  readonly snapshot?: Snapshot
  readonly carried?: readonly BlobRef[]
}

/** The first 8 bytes of every Automerge actor that may write in W's feed, as hex. */
export function actorPrefix(writer: WriterId): string {
  return toHex(hash(idBytes(writer)).subarray(0, 8))
}

const INVALID: Inside = { content: { kind: 'bad', reason: 'invalid' } }

/** Opens a frame whose signature is good. Whatever its content is, the answer is a fact. */
export function openSigned(frame: FrameParts, frameHash: FrameHash, keys: ReadonlyMap<KeyId, LogKey>): OpenedFrame {
  const { header } = frame
  const key = keys.get(header.keyId)
  const inside = key === undefined ? { content: { kind: 'unopened' } as const } : openInside(frame, key)
  const voucher = inside.preface?.cert && voucherOf(inside.preface.cert, header.logId, header.writer)
  const isVouched = inside.preface?.cert === undefined || voucher !== undefined
  const { preface, content, parts = [], snapshot, carried = [] } = isVouched ? inside : INVALID
  const fact: FrameFact = {
    writer: header.writer,
    seq: header.seq,
    hash: frameHash,
    prev: header.prev,
    keyId: header.keyId,
    kind: header.kind,
    content,
    ...(voucher ? { voucher } : {}),
    ...(preface ? { claimedAt: preface.claimedAt } : {}),
  }
  return { fact, parts, carried, ...(snapshot ? { snapshot } : {}), ...(preface?.cert ? { cert: preface.cert } : {}) }
}

export function voucherOf(cert: WriterCert, logId: LogId, writer: WriterId): Voucher | undefined {
  if (cert.logId !== logId || cert.writer !== writer) return undefined
  const checked = checkWriterCert(cert)
  if (!checked.ok) return undefined
  const { root, device } = checked.value
  return { root, distance: cert.chain.length, ...(device ? { device } : {}) }
}

function openInside(frame: FrameParts, key: LogKey): Inside {
  const { kind, writer } = frame.header
  const opened = kind === 'control' ? openControlFrame(frame, key.content) : openFrame(frame, key.content)
  if (!opened.ok) return INVALID
  switch (kind) {
    case 'ops': {
      const ops = decodeOps(opened.value)
      if (!ops.ok) return INVALID
      return { preface: ops.value, ...opsInside(ops.value.parts, ops.value.seen, writer) }
    }
    case 'heads': {
      const heads = decodeHeads(opened.value)
      if (!heads.ok) return INVALID
      const { seen, carried } = heads.value
      const blobs = carried.length === 0 ? {} : { carried: carried.map(blob => blob.blobId) }
      return { preface: heads.value, content: { kind: 'ops', seen, parts: [], ...blobs }, carried }
    }
    case 'snapshot': {
      const snapshot = decodeSnapshot(opened.value)
      return snapshot.ok ? snapshotInside(snapshot.value, frame.header.logId) : INVALID
    }
    case 'control': {
      const control = decodeControl(opened.value)
      return control.ok && isOwnEpoch(control.value, key) ? controlInside(control.value) : INVALID
    }
  }
}

function opsInside(parts: readonly ShardPart[], seen: FactSeen, writer: WriterId): Inside {
  const prefix = actorPrefix(writer)
  const facts: PartFact[] = []
  for (const part of parts) {
    const changes = part.body.kind === 'changes' ? changeFacts(part.body.changes, prefix) : undefined
    if (changes === 'invalid' || changes === 'bad-actor') return { content: { kind: 'bad', reason: changes } }
    const blobs = refsIn(part).map(({ blobId }) => blobId)
    facts.push({ label: part.label, heads: part.heads, changes, ...(blobs.length > 0 ? { blobs } : {}) })
  }
  return { content: { kind: 'ops', seen, parts: facts }, parts }
}

type FactSeen = Extract<FactContent, { kind: 'ops' }>['seen']

function refsIn({ body }: ShardPart): readonly BlobRef[] {
  if (body.kind === 'blob-changes') return [body.blob]
  return body.kind === 'save' ? blobRefsOf(body.save) : []
}

/** Automerge throws on what isn't a change of its own. */
export function changeFacts(changes: readonly Bytes[], prefix: string): ChangeFact[] | 'invalid' | 'bad-actor' {
  const facts: ChangeFact[] = []
  for (const change of changes) {
    let decoded: ReturnType<typeof decodeChange>
    try {
      decoded = decodeChange(change)
    } catch {
      return 'invalid'
    }
    if (!decoded.actor.startsWith(prefix)) return 'bad-actor'
    facts.push({ hash: decoded.hash, deps: decoded.deps })
  }
  return facts
}

function snapshotInside(snapshot: Snapshot, logId: LogId): Inside {
  const vouchers = new Map<WriterId, Voucher>()
  for (const cover of snapshot.covers) {
    const voucher = voucherOf(cover.cert, logId, cover.writer)
    if (voucher === undefined) return INVALID
    vouchers.set(cover.writer, voucher)
  }
  const blobs = snapshot.shards.flatMap(({ save }) => blobRefsOf(save).map(({ blobId }) => blobId))
  const labels = snapshot.shards.map(shard => shard.label)
  return {
    preface: snapshot,
    content: { kind: 'snapshot', covers: snapshot.covers, vouchers, blobs, labels },
    snapshot,
  }
}

/** An EPOCH is sealed with its own key, and with no other secret of the same name. */
function isOwnEpoch({ record }: Control, key: LogKey): boolean {
  return record.type !== 'epoch' || (record.keyId === key.keyId && equalBytes(record.commitment, key.commitment))
}

function controlInside(control: Control): Inside {
  return { preface: control, content: { kind: 'control', record: control.record } }
}
