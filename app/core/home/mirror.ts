import type { SigningKey } from '#crypto/keys.ts'
import type { WriterId } from '#schema/ids.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, Clock, RelayLink, StoreFailure } from '../ports.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import { StreamClient } from '../sync/stream-client.ts'
import { accepted } from '../sync/stuck.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import type { Account } from './account.ts'
import type { LogKeys } from './keyring.ts'
import { deviceKeys } from './account-row.ts'
import { sayingToken } from './admission-token.ts'
import { copyBlobs } from './mirror-blobs.ts'
import { copyFrames, nextAt, relayFailure } from './mirror-frames.ts'
import { isRefused, registerDevice } from './registration.ts'
import { type KnownMirror, readRelay, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type MirrorFailure = RelayFailure | { readonly kind: 'not-stored'; readonly why: StoreFailure }
type Step<Value = void> = Promise<Result<Value, MirrorFailure>>

/** How far a round came. */
export interface Levelled {
  /** Frames that the second relay lacks and that could not be brought. */
  readonly lacking: number
  /** It has every blob that this person's own relay has: that one could be asked. */
  readonly hasAllBlobs: boolean
  /** This person's own relay has whatever is at the one before a move: nobody would miss that. */
  readonly isBrought: boolean
}

export interface MirrorDeps {
  readonly account: Account
  readonly store: ByteStore
  readonly clock: Clock
  /** As which this device is known to relays. */
  readonly holder: SigningKey
  readonly link: RelayLink
  readonly client: RelayClient
  readonly isFormer?: boolean
  /** Neither a lock waits for it, nor a removal, nor who breaks it off. */
  readonly isOver: () => boolean
  /** How much of the round is done, from 0 to 1. */
  readonly told: (share: number) => void
}

const UNKNOWN: ReadonlySet<string> = new Set(['unknown-log', 'not-allowed'])
const AWAY = fail({ kind: 'unreachable' } as const)

/**
 * Brings a second relay and this device level, log by log: what it lacks goes there, and what only it has comes here. Nobody but this
 * person's devices may read there, and what has ended ends there too. Can be broken off anywhere and begun again.
 */
export async function levelMirror(deps: MirrorDeps): Step<Levelled> {
  const { account, link, holder, clock } = deps
  const stream = await openStream(link, holder, clock)
  const own = deps.isFormer === true ? await openStream(account.link, holder, clock) : undefined
  if (stream === undefined) return AWAY
  let [lacking, hasAllBlobs, isBrought] = [0, true, true]
  try {
    // The home log first: by it the words find all the others.
    const logs = account.allLogs()
    for (const [at, log] of logs.entries()) {
      const keys = account.keyring.logs.find(one => one.logId === log.id)
      if (deps.isOver()) return AWAY
      if (keys === undefined || !account.holds(log)) continue
      const told = (share: number) => deps.told((at + share) / logs.length)
      told(0)
      const done = await levelBoth({ ...deps, told }, { stream, own }, log, keys).catch((cause: unknown) => {
        // Let go of, or locked, under it.
        if (account.holds(log) && !deps.isOver()) throw cause
        return ok<Levelled>({ lacking: 0, hasAllBlobs: true, isBrought: false })
      })
      if (!done.ok) return done
      lacking += done.value.lacking
      hasAllBlobs &&= done.value.hasAllBlobs
      isBrought &&= done.value.isBrought
    }
  } finally {
    stream.close()
    own?.close()
  }
  const dropped = await dropClosed(deps)
  return dropped.ok ? ok({ lacking, hasAllBlobs, isBrought }) : dropped
}

/** Everything of this person's there; the home log goes last, so that what is left can be found by the words. */
export async function deleteMirror({ account, client }: Pick<MirrorDeps, 'account' | 'client'>): Step {
  for (const log of account.allLogs().toReversed()) {
    const deleted = await client.deleteLog(log.id)
    if (!deleted.ok && deleted.failure.kind !== 'refused') return deleted
  }
  return ok(undefined)
}

export async function openStream(link: RelayLink, holder: SigningKey, clock: Clock): Promise<StreamClient | undefined> {
  const ready = Promise.withResolvers<boolean>()
  const stream = new StreamClient(link, holder, clock, {
    ready: () => ready.resolve(true),
    told: () => undefined,
    closed: () => ready.resolve(false),
  })
  return (await ready.promise) ? stream : undefined
}

interface Streams {
  readonly stream: StreamClient
  /** To this person's own relay, where that gets what is written at the one before. */
  readonly own: StreamClient | undefined
}

async function levelBoth(deps: MirrorDeps, { stream, own }: Streams, log: SealedLog, keys: LogKeys): Step<Levelled> {
  const level = await levelLog(deps, stream, log, keys)
  if (!level.ok || deps.isFormer !== true) return level
  const isBrought = own !== undefined && (await bringOver(deps, own, log, keys))
  return ok({ ...level.value, isBrought })
}

/** To this person's own relay, what only the one before has: whether it has all of it. */
async function bringOver(deps: MirrorDeps, stream: StreamClient, log: SealedLog, keys: LogKeys): Promise<boolean> {
  const { account, client: from, store, isOver } = deps
  const to = account.client
  const blobs = await copyBlobs({ from, to, store, logId: log.id, isOver, told: () => undefined })
  const known = blobs.ok ? await nextAt({ log, to }) : blobs
  const frames = known.ok ? await copyFrames({ log, keys, stream, to, isOver }, known.value) : known
  return blobs.ok && blobs.value && frames.ok && frames.value === 0
}

async function levelLog(deps: MirrorDeps, stream: StreamClient, log: SealedLog, keys: LogKeys): Step<Levelled> {
  const { account, client: to, store, isOver, told } = deps
  const known = await knownThere(deps, log, keys)
  if (!known.ok) return known
  const ended = await account.endElsewhere(log.id, to)
  if (!ended.ok) return ended
  const taken = await take(deps, stream, log)
  if (!taken.ok) return taken
  const blobs = await copyBlobs({ from: account.client, to, store, logId: log.id, isOver, told })
  if (!blobs.ok) return blobs
  const frames = await copyFrames({ log, keys, stream, to, isOver }, known.value)
  return frames.ok ? ok({ lacking: frames.value, hasAllBlobs: blobs.value, isBrought: true }) : frames
}

/** Where each feed goes on there. A relay that knows nothing of the log, or of this device, is told. */
async function knownThere(
  { account, client: to }: MirrorDeps,
  log: SealedLog,
  keys: LogKeys,
): Step<ReadonlyMap<WriterId, number>> {
  const known = await nextAt({ log, to })
  if (known.ok || known.failure.kind !== 'refused' || !UNKNOWN.has(known.failure.code)) return known
  const registered = await registerAt(account, keys, to)
  return registered.ok ? nextAt({ log, to }) : registered
}

/** What another device of this person's brought there alone: it is on no other relay, or on one that is away. */
async function take({ client }: MirrorDeps, stream: StreamClient, log: SealedLog): Step {
  const frames: Bytes[] = []
  const wants = log.feeds().map(({ writer, next }) => ({ writer, nextSeq: next }))
  const answer = accepted(await stream.ask({ type: 'fetch', logId: log.id, wants }, some => frames.push(...some)))
  if (!answer.ok) return fail(relayFailure(answer.failure))
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
  /** It is the relay before a move: who has not heard of that still writes there. */
  readonly isFormer?: boolean
}

export function mirrorAt(account: Account, clock: Clock, { origin, token }: KnownMirror): Mirror {
  const link = sayingToken(account.relays.linkTo(origin), () => token)
  return { origin, link, client: makeRelayClient(link, deviceKeys(account.row.seeds).holder, clock) }
}

/** Undefined where there is none, and where that is by now this person's own. */
export async function mirrorOf(account: Account, clock: Clock): Promise<Mirror | undefined> {
  const relay = readRelay(await account.logs.home.log.read<RelayDocument>(RELAY_SHARD))
  const { mirror } = relay
  const isOther = mirror !== undefined && account.relays.nameOf(mirror.origin) !== ''
  return isOther ? { ...mirrorAt(account, clock, mirror), isFormer: relay.movedAt !== undefined } : undefined
}

/** This device's word for a log, there. */
export function registerAt(account: Account, log: LogKeys, client: RelayClient): Promise<Result<void, RelayFailure>> {
  return registerDevice(client, log, deviceKeys(account.row.seeds).holder.publicKey, account.keyring)
}
