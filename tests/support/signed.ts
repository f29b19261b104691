import { signBegin, signCapability, signOwner, signPrune } from '#crypto/capability.ts'
import { frameHash, hash, logIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey, sign } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { concat, toHex } from '#schema/bytes.ts'
import { type BlobId, CapabilityId, FrameHash, KeyId, type LogId, MailboxId, WriterId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { ALL_RIGHTS, type Capability, NEVER } from '#schema/protocol/capability.ts'
import type { BeginPoint, BeginRecord } from '#schema/protocol/begin.ts'
import { encodeFrameHeader, FRAME_OVERHEAD_BYTES, type FrameKind } from '#schema/protocol/frame.ts'
import { encodeGenesis, type Genesis, type LogKind } from '#schema/protocol/genesis.ts'
import { formatAuthorization, formatWriterProofs } from '#schema/protocol/http.ts'
import type { OwnerRecord, PruneRecord } from '#schema/protocol/owner.ts'
import {
  DROP_LABEL,
  encodeDropToken,
  encodeDropTokenBody,
  HOLDER_LABEL,
  REQUEST_LABEL,
  requestProofBytes,
  WRITER_LABEL,
  writerProofBytes,
} from '#schema/protocol/proof.ts'
import type { ClientMessage } from '#schema/protocol/stream.ts'

/** What clients sign for a relay, without a client. Call `readyCrypto()` before. */

type Bytes = Uint8Array<ArrayBuffer>

export interface TestLog {
  readonly logId: LogId
  readonly genesis: Genesis
  readonly genesisBytes: Bytes
  readonly owner: SigningKey
}

export function makeLog(kind: LogKind = 'section'): TestLog {
  const owner = makeSigningKey()
  const genesis = { kind, ownerKey: owner.publicKey, salt: randomBytes(16), ownerHash: randomBytes(32) }
  const genesisBytes = encodeGenesis(genesis)
  return { logId: logIdOf(genesisBytes), genesis, genesisBytes, owner }
}

export function capabilityOf(
  log: TestLog,
  holder: SigningKey,
  body: Partial<Omit<Capability, 'signature'>> = {},
  owner = log.owner,
): Capability {
  return signCapability(
    {
      id: CapabilityId.of(randomBytes(CapabilityId.size)),
      logId: log.logId,
      holderKey: holder.publicKey,
      rights: ALL_RIGHTS,
      notBefore: instant(0),
      notAfter: NEVER,
      quotaBytes: 2 ** 40,
      ...body,
    },
    owner,
  )
}

export function ownerRecord(
  log: TestLog,
  number: number,
  next: SigningKey,
  signer: SigningKey,
  staying: readonly CapabilityId[] = [],
): OwnerRecord {
  return signOwner({ logId: log.logId, number, nextOwnerKey: next.publicKey, staying }, signer)
}

export function pruneRecord(
  log: TestLog,
  base: TestFrame,
  covers: readonly TestFrame[],
  blobs: readonly BlobId[] = [],
  signer = log.owner,
): PruneRecord {
  const { writer, seq, hash: baseHash } = base
  return signPrune(
    {
      logId: log.logId,
      base: { writer, seq, hash: baseHash },
      covers: covers.map(frame => ({ writer: frame.writer, seq: frame.seq })),
      blobs,
    },
    signer,
  )
}

/** `feeds`: the last frame of each that is not brought. */
export function beginRecord(
  log: TestLog,
  bases: readonly BeginPoint[],
  feeds: readonly BeginPoint[],
  signer = log.owner,
): BeginRecord {
  const point = ({ writer, seq, hash: frame }: BeginPoint): BeginPoint => ({ writer, seq, hash: frame })
  return signBegin({ logId: log.logId, bases: bases.map(point), feeds: feeds.map(point) }, signer)
}

export interface TestFrame {
  readonly logId: LogId
  readonly writer: WriterId
  readonly seq: number
  readonly prev: FrameHash
  readonly kind: FrameKind
  readonly hash: FrameHash
  readonly bytes: Bytes
}

/** A feed of frames that chain; their bodies are noise. */
export class TestFeed {
  readonly key = makeSigningKey()
  readonly writer = WriterId.of(this.key.publicKey)
  readonly logId: LogId
  #seq = 0
  #prev = FrameHash.of(new Uint8Array(32))

  constructor(log: TestLog) {
    this.logId = log.logId
  }

  /** The next frame of the feed. */
  next(kind: FrameKind = 'ops', bodyBytes = 64): TestFrame {
    const frame = this.#make(kind, bodyBytes)
    this.#seq += 1
    this.#prev = frame.hash
    return frame
  }

  /** Another frame in the place of the next one. */
  rival(kind: FrameKind = 'ops'): TestFrame {
    return this.#make(kind, 64)
  }

  #make(kind: FrameKind, bodyBytes: number): TestFrame {
    const { logId, writer } = this
    const seq = this.#seq
    const prev = this.#prev
    const keyId = KeyId.of(new Uint8Array(KeyId.size))
    const header = encodeFrameHeader({ kind, logId, writer, seq, prev, keyId, flags: 0, bodyBytes })
    const unsigned = concat(header, randomBytes(24), randomBytes(bodyBytes))
    const bytes = concat(unsigned, sign(this.key, 'wk/1/frame', unsigned))
    if (bytes.length !== FRAME_OVERHEAD_BYTES + bodyBytes) throw new Error('Cannot make a frame: its layout changed')
    return { logId, writer, seq, prev, kind, hash: frameHash(bytes), bytes }
  }
}

export function proveMessage(requestId: number, challenge: Uint8Array, holder: SigningKey): ClientMessage {
  const signature = sign(holder, HOLDER_LABEL, challenge)
  return { type: 'prove', requestId, holderKey: holder.publicKey, signature }
}

export function proveWriterMessage(requestId: number, challenge: Uint8Array, feed: TestFeed): ClientMessage {
  const signature = sign(feed.key, WRITER_LABEL, writerProofBytes(challenge, feed.logId))
  return { type: 'prove-writer', requestId, logId: feed.logId, writer: feed.writer, signature }
}

export function authorization(
  holder: SigningKey,
  challenge: Bytes,
  method: string,
  path: string,
  body: Uint8Array = new Uint8Array(),
): string {
  const signature = sign(holder, REQUEST_LABEL, requestProofBytes(challenge, method, path, hash(body)))
  return formatAuthorization({ holderKey: holder.publicKey, challenge, signature })
}

export function writerProofs(challenge: Uint8Array, ...feeds: readonly TestFeed[]): string {
  return formatWriterProofs(
    feeds.map(feed => ({
      writer: feed.writer,
      signature: sign(feed.key, WRITER_LABEL, writerProofBytes(challenge, feed.logId)),
    })),
  )
}

export function mailboxOf(readKey: SigningKey): MailboxId {
  return MailboxId.of(hash(readKey.publicKey))
}

/** As it stands in the header. */
export function dropToken(readKey: SigningKey, notAfter: Instant = NEVER): string {
  const body = { readKey: readKey.publicKey, notAfter }
  return toHex(encodeDropToken({ ...body, signature: sign(readKey, DROP_LABEL, encodeDropTokenBody(body)) }))
}
