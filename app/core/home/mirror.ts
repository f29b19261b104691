import type { SigningKey } from '#crypto/keys.ts'
import { BlobId, type LogId, type WriterId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, Clock, RelayLink, StoreFailure } from '../ports.ts'
import { APPEND_WINDOW_BYTES } from '../sync/lost-frames.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import { StreamClient } from '../sync/stream-client.ts'
import { accepted } from '../sync/stuck.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import type { Account } from './account.ts'
import type { LogKeys } from './keyring.ts'
import { deviceKeys } from './account-row.ts'
import { sayingToken } from './admission-token.ts'
import { isRefused, registerDevice } from './registration.ts'
import { type KnownMirror, readRelay, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type MirrorFailure = RelayFailure | { readonly kind: 'not-stored'; readonly why: StoreFailure }
type Step<Value = void> = Promise<Result<Value, MirrorFailure>>

/** Which blobs the second relay has, as far as this device put them there. */
export interface PutBlobs {
  has(blobId: BlobId): boolean
  add(blobId: BlobId): void
  /** It has none of them any more. */
  forget(blobIds: readonly BlobId[]): void
}

export interface MirrorDeps {
  readonly account: Account
  readonly store: ByteStore
  readonly clock: Clock
  /** As which this device is known to relays. */
  readonly holder: SigningKey
  readonly link: RelayLink
  readonly client: RelayClient
  readonly put: PutBlobs
  /** A lock does not wait for it. */
  readonly isOver: () => boolean
}

const UNKNOWN: ReadonlySet<string> = new Set(['unknown-log', 'not-allowed'])
const AWAY = fail({ kind: 'unreachable' } as const)

/**
 * Brings a second relay and this device level, log by log: what it lacks goes there, and what only it has comes here. Nobody but this
 * person's devices may read there, and what has ended ends there too. Answers how many frames it lacks that are not here either. Can be
 * broken off anywhere and begun again.
 */
export async function levelMirror(deps: MirrorDeps): Step<number> {
  const { account, link, holder, clock } = deps
  const stream = await openStream(link, holder, clock)
  if (stream === undefined) return AWAY
  let lacking = 0
  try {
    // The home log first: by it the words find all the others.
    for (const log of account.allLogs()) {
      const keys = account.keyring.logs.find(one => one.logId === log.id)
      if (deps.isOver()) return AWAY
      if (keys === undefined || !account.holds(log)) continue
      const done = await levelLog(deps, stream, log, keys).catch((cause: unknown) => {
        // Let go of, or locked, under it.
        if (account.holds(log) && !deps.isOver()) throw cause
        return ok(0)
      })
      if (!done.ok) return done
      lacking += done.value
    }
  } finally {
    stream.close()
  }
  const dropped = await dropClosed(deps)
  return dropped.ok ? ok(lacking) : dropped
}

/** Everything of this person's there; the home log goes last, so that what is left can be found by the words. */
export async function deleteMirror({ account, client }: Pick<MirrorDeps, 'account' | 'client'>): Step {
  for (const log of account.allLogs().toReversed()) {
    const deleted = await client.deleteLog(log.id)
    if (!deleted.ok && deleted.failure.kind !== 'refused') return deleted
  }
  return ok(undefined)
}

async function openStream(link: RelayLink, holder: SigningKey, clock: Clock): Promise<StreamClient | undefined> {
  const ready = Promise.withResolvers<boolean>()
  const stream = new StreamClient(link, holder, clock, {
    ready: () => ready.resolve(true),
    told: () => undefined,
    closed: () => ready.resolve(false),
  })
  return (await ready.promise) ? stream : undefined
}

async function levelLog(deps: MirrorDeps, stream: StreamClient, log: SealedLog, keys: LogKeys): Step<number> {
  const known = await knownThere(deps, log, keys)
  if (!known.ok) return known
  const ended = await deps.account.endElsewhere(log.id, deps.client)
  if (!ended.ok) return ended
  const taken = await take(deps, stream, log)
  if (!taken.ok) return taken
  const blobs = await putBlobs(deps, log)
  return blobs.ok ? putFrames(deps, stream, log, known.value) : blobs
}

/** Where each feed goes on there. A relay that knows nothing of the log, or of this device, is told. */
async function knownThere(
  { account, client, put, store }: MirrorDeps,
  log: SealedLog,
  keys: LogKeys,
): Step<ReadonlyMap<WriterId, number>> {
  let state = await client.state(log.id)
  if (!state.ok && state.failure.kind === 'refused' && UNKNOWN.has(state.failure.code)) {
    const isNew = state.failure.code === 'unknown-log'
    const registered = await registerAt(account, keys, client)
    if (!registered.ok) return registered
    if (isNew) put.forget(await blobsOf(store, log.id))
    state = await client.state(log.id)
  }
  return state.ok ? ok(new Map(state.value.feeds.map(feed => [feed.writer, feed.nextSeq]))) : state
}

/** What another device of this person's brought there alone: it is on no other relay, or on one that is away. */
async function take({ client }: MirrorDeps, stream: StreamClient, log: SealedLog): Step {
  const frames: Bytes[] = []
  const wants = log.feeds().map(({ writer, next }) => ({ writer, nextSeq: next }))
  const answer = accepted(await stream.ask({ type: 'fetch', logId: log.id, wants }, some => frames.push(...some)))
  if (!answer.ok) return fail(relayFailure(answer.failure.failure))
  if (frames.length === 0) return ok(undefined)
  const received = await log.receive(frames)
  if (!received.ok) return fail({ kind: 'not-stored', why: received.failure })
  for (const blobId of log.missingBlobs()) {
    const blob = await client.getBlob(log.id, blobId)
    if (blob.ok) await log.receiveBlob(blobId, blob.value)
    else if (!isRefused(blob, 'not-found')) return blob
  }
  return ok(undefined)
}

/** All that lie here beside the log, files of messages too. */
async function putBlobs({ client, store, put, isOver }: MirrorDeps, log: SealedLog): Step {
  for (const blobId of await blobsOf(store, log.id)) {
    if (isOver()) return AWAY
    const ciphertext = put.has(blobId) ? undefined : await store.get('blobs', `${log.id}/${blobId}`)
    if (ciphertext === undefined) continue
    const done = await client.putBlob(log.id, blobId, ciphertext)
    if (!done.ok) return done
    put.add(blobId)
  }
  return ok(undefined)
}

async function blobsOf(store: ByteStore, logId: LogId): Promise<readonly BlobId[]> {
  const keys = await store.keys('blobs', `${logId}/`)
  return keys.flatMap(key => BlobId.parse(key.slice(logId.length + 1)) ?? [])
}

async function putFrames(
  { isOver }: MirrorDeps,
  stream: StreamClient,
  log: SealedLog,
  nextThere: ReadonlyMap<WriterId, number>,
): Step<number> {
  let lacking = 0
  for (const { writer, next } of log.feeds()) {
    let seq = nextThere.get(writer) ?? 0
    while (seq < next) {
      if (isOver()) return AWAY
      const frames = await log.frames(writer, seq, APPEND_WINDOW_BYTES)
      // What a snapshot stands for here was let go before this device came: a relay takes a feed from its beginning alone.
      if (seqOf(frames[0]) !== seq) break
      const sent = await append(stream, frames)
      if (!sent.ok) return sent
      seq += sent.value
      if (sent.value < frames.length) break
    }
    lacking += Math.max(0, next - seq)
  }
  return ok(lacking)
}

/** How many of them were taken: a feed that goes on otherwise there is not this copy's to mend. */
async function append(stream: StreamClient, frames: readonly Bytes[]): Step<number> {
  const answers = await Promise.all(
    frames.map(async frame => accepted(await stream.ask({ type: 'append-quietly', frame }))),
  )
  const refused = answers.findIndex(answer => !answer.ok)
  const first = answers[refused]
  if (first === undefined || first.ok) return ok(frames.length)
  const failure = relayFailure(first.failure.failure)
  const isOfFeed = failure.kind === 'refused' && ['fork', 'gap', 'stale'].includes(failure.code)
  return isOfFeed ? ok(refused) : fail(failure)
}

function seqOf(frame: Bytes | undefined): number | undefined {
  const decoded = frame && decodeFrame(frame)
  return decoded?.ok ? decoded.value.header.seq : undefined
}

function relayFailure(failure: RelayFailure | { readonly kind: 'storage-full' } | { readonly kind: 'closed' }) {
  return failure.kind === 'closed' || failure.kind === 'storage-full' ? ({ kind: 'unreachable' } as const) : failure
}

/** Whose past was to be forgotten is forgotten there as well. */
async function dropClosed({ account, client }: MirrorDeps): Step {
  for (const { logId, goneAt } of account.keyring.closedLogs) {
    if (goneAt === undefined) continue
    const deleted = await client.deleteLog(logId)
    if (!deleted.ok && deleted.failure.kind !== 'refused') return deleted
  }
  return ok(undefined)
}

/** The second relay, as this device reaches it. */
export interface Mirror {
  readonly origin: RelayOrigin
  readonly link: RelayLink
  readonly client: RelayClient
}

export function mirrorAt(account: Account, clock: Clock, { origin, token }: KnownMirror): Mirror {
  const link = sayingToken(account.relays.linkTo(origin), () => token)
  return { origin, link, client: makeRelayClient(link, deviceKeys(account.row.seeds).holder, clock) }
}

/** Undefined where there is none, and where that is by now this person's own. */
export async function mirrorOf(account: Account, clock: Clock): Promise<Mirror | undefined> {
  const { mirror } = readRelay(await account.logs.home.log.read<RelayDocument>(RELAY_SHARD))
  const isOther = mirror !== undefined && account.relays.nameOf(mirror.origin) !== ''
  return isOther ? mirrorAt(account, clock, mirror) : undefined
}

/** This device's word for a log, there. */
export function registerAt(account: Account, log: LogKeys, client: RelayClient): Promise<Result<void, RelayFailure>> {
  return registerDevice(client, log, deviceKeys(account.row.seeds).holder.publicKey, account.keyring)
}
