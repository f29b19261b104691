import { sealEnvelopes } from '#crypto/envelope.ts'
import { sealControlFrame } from '#crypto/frame.ts'
import { hash } from '#crypto/hash.ts'
import { toHex } from '#schema/bytes.ts'
import type { DeviceId, FrameHash, KeyId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { type Epoch, encodeControl, type Removed, type RosterEntry } from './control.ts'
import { type AcceptedEpoch, headEpochs } from './control-acceptance.ts'
import { judge } from './judge.ts'
import { emit, exclusively, type LogCore } from './log-core.ts'
import { logKeyOf } from './open-frame.ts'
import { joinRosters } from './rosters.ts'
import type { EpochKey, KnownMembers, Members, Removal } from './sealed-log.ts'
import { sealHeld, install, outboxRows, prefaceAt, rowsOf, type SignedRun } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Signs an EPOCH at the end of our feed. Its key is among the log's from now on. */
export function signEpoch(core: LogCore, next: EpochKey, readers: readonly Bytes[], record: Epoch): SignedRun {
  const key = core.keys.get(next.keyId) ?? logKeyOf(next, core.id)
  core.keys.set(next.keyId, key)
  const sealed = sealControlFrame({
    logId: core.id,
    seq: core.own.next,
    prev: core.own.head,
    keyId: next.keyId,
    writer: core.own.key,
    contentKey: key.content,
    envelopes: sealEnvelopes(next.secret, core.id, next.keyId, readers),
    plain: encodeControl({ ...prefaceAt(core, core.own), record }),
  })
  const own = { ...core.own, next: core.own.next + 1, head: sealed.hash }
  return { frames: [{ kind: 'control', bytes: sealed.bytes, blobs: [] }], own }
}

export const NOBODY_ELSE: Members = { grants: [], readers: [] }

/** A log's first EPOCH: its owner, and whom it begins with. */
export function firstEpoch(core: LogCore, next: EpochKey, readers: readonly Bytes[], members: Members): Epoch {
  const roster = [{ principal: core.deps.identity.principal, role: 'owner' as const }, ...members.grants]
  return epochOf(core, next, readers, members, { parents: [], roster, removed: [] })
}

/** Everybody whom the epoch's secret is sealed to. */
export function kemsOf(readers: readonly Bytes[], members: Members): Bytes[] {
  return [...readers, ...members.readers.map(reader => reader.kemPublicKey)]
}

function epochOf(
  core: LogCore,
  next: EpochKey,
  readers: readonly Bytes[],
  members: Members,
  rest: Pick<Epoch, 'parents' | 'roster' | 'removed'>,
): Epoch {
  return {
    type: 'epoch',
    keyId: next.keyId,
    commitment: logKeyOf(next, core.id).commitment,
    readers: [
      ...readers.map(reader => ({ kemKeyHash: hash(reader), notAfter: NEVER })),
      ...members.readers.map(({ kemPublicKey, notAfter }) => ({ kemKeyHash: hash(kemPublicKey), notAfter })),
    ],
    ...rest,
  }
}

/** Follows every EPOCH that nobody followed yet, so it also joins concurrent ones. */
export async function rotate(
  core: LogCore,
  next: EpochKey,
  readers: readonly Bytes[],
  removals: readonly Removal[],
  members: Members,
): Promise<Result<void, StoreFailure>> {
  const flushed = await exclusively(core, () => sealHeld(core))
  if (!flushed.ok) return flushed
  const follow = () => followEpochs(core, next, readers, removals, members)
  return exclusively(core, follow, () => fail('aborted'))
}

async function followEpochs(
  core: LogCore,
  next: EpochKey,
  readers: readonly Bytes[],
  removals: readonly Removal[],
  members: Members,
): Promise<Result<void, StoreFailure>> {
  const parents = headEpochs(core.ledger.epochs)
  const isWritten = core.ledger.epochs.some(epoch => epoch.record.keyId === next.keyId)
  if (isWritten) return ok(undefined)
  if (parents.length === 0) return fail('no-key')
  const record = epochOf(core, next, readers, members, {
    parents: parents.map(parent => parent.hash),
    roster: joinedRoster(parents, removals, members.grants),
    removed: removals.map(who => removedOf(core, who)),
  })
  const run = signEpoch(core, next, kemsOf(readers, members), record)
  const { writes, refs } = rowsOf(core, run, core.own.next)
  const outbox = outboxRows(core, refs)
  const stored = await core.deps.store.commit([...writes, ...outbox.writes])
  if (!stored.ok) return stored
  install(core, run)
  await judge(core, true)
  emit(core, { kind: 'control' })
  outbox.queued()
  return stored
}

/** What is granted now counts, whatever the EPOCHs before said. */
function joinedRoster(
  parents: readonly AcceptedEpoch[],
  removals: readonly Removal[],
  grants: readonly RosterEntry[],
): RosterEntry[] {
  const before = joinRosters(parents.map(parent => parent.record.roster))
  const roster = [...before.filter(one => grants.every(({ principal }) => principal !== one.principal)), ...grants]
  return roster.filter(entry => !removals.some(who => who.kind === 'principal' && who.id === entry.principal))
}

/** As `SealedLog.members` says. */
export function membersNow({ ledger, keys }: LogCore): KnownMembers {
  const heads = headEpochs(ledger.epochs)
  const readers = heads[0]?.record.readers ?? []
  const removals = ledger.epochs.flatMap(({ record }) => record.removed.map(({ who }) => who))
  const named = new Set([...ledger.epochs, ...ledger.lapsed].map(({ record }) => record.keyId))
  return {
    roster: joinedRoster(heads, [], []),
    readers: new Set(readers.map(reader => toHex(reader.kemKeyHash))),
    removed: new Set(removals.flatMap(who => (who.kind === 'principal' ? who.id : []))),
    isWhole: [...keys.keys()].every(keyId => named.has(keyId)),
  }
}

/** As `SealedLog.keysNotSealedTo` says. */
export function keysNotSealedTo({ ledger }: LogCore, kemKeyHash: string): KeyId[] {
  return [...ledger.epochs, ...ledger.lapsed].flatMap(({ record }) =>
    record.readers.some(reader => toHex(reader.kemKeyHash) === kemKeyHash) ? [] : record.keyId,
  )
}

/** As `SealedLog.keysPastRemoval` says. */
export function keysPastRemoval({ ledger }: LogCore, device: DeviceId): KeyId[] {
  const isOf = ({ who }: Removed) => who.kind === 'device' && who.id === device
  const past = new Set<FrameHash>()
  const found = ledger.epochs.filter(({ record }) => record.removed.some(isOf))
  for (let epoch = found.pop(); epoch !== undefined; epoch = found.pop()) {
    const { hash } = epoch
    if (past.has(hash)) continue
    past.add(hash)
    found.push(...ledger.epochs.filter(({ record }) => record.parents.includes(hash)))
  }
  return ledger.epochs.flatMap(({ hash, record }) => (past.has(hash) ? record.keyId : []))
}

/** Its feeds stand as far as they are accepted here. */
function removedOf(core: LogCore, who: Removal): Removed {
  const feeds = [...core.ledger.feeds.values()].filter(feed => {
    if (who.kind === 'writer') return feed.writer === who.id
    return who.kind === 'device' ? feed.voucher?.device === who.id : feed.voucher?.root === who.id
  })
  return { who, cuts: feeds.flatMap(feed => feed.lastAccepted ?? []) }
}
