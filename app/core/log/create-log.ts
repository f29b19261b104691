import { hash, logIdOf } from '#crypto/hash.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import { decodeGenesis, encodeGenesis, type Genesis, type LogKind } from '#schema/protocol/genesis.ts'
import { emit } from './log-core.ts'
import { firstEpoch, kemsOf, NOBODY_ELSE, signEpoch } from './control-write.ts'
import { makeLogDoor } from './log-door.ts'
import { makeCore } from './open-log.ts'
import { makeOwnFeed } from './own-feed.ts'
import type { EpochKey, LogDeps, Members, PreparedWrite, SealedLog } from './sealed-log.ts'
import { install, outboxRows, rowsOf } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Fixes a new log's id and its owner. */
export function makeGenesis(
  kind: LogKind,
  ownerKey: SigningKey,
  salt: Bytes,
  idSignPublicKey: Bytes,
): { genesis: Genesis; bytes: Bytes; logId: LogId } {
  const genesis = { kind, ownerKey: ownerKey.publicKey, salt, ownerHash: hash(idSignPublicKey, salt) }
  const bytes = encodeGenesis(genesis)
  return { genesis, bytes, logId: logIdOf(bytes) }
}

/**
 * A new log with its first EPOCH. It can be changed and prepared at once, so that its first content shares the transaction of `write`:
 * commit the writes of `write` before those of anything prepared after. When `write` is refused, the log is disposed of.
 */
export async function createSealedLog(
  deps: LogDeps,
  genesisBytes: Bytes,
  first: EpochKey,
  readers: readonly Bytes[],
  members: Members = NOBODY_ELSE,
): Promise<{ log: SealedLog; write: PreparedWrite }> {
  const genesis = decodeGenesis(genesisBytes)
  if (!genesis.ok) throw new TypeError(`Cannot create a log: its genesis is ${genesis.failure}`)
  const core = makeCore(deps, genesis.value, logIdOf(genesisBytes), makeOwnFeed())
  const record = firstEpoch(core, first, readers, members)
  const run = signEpoch(core, first, kemsOf(readers, members), record)
  const { writes, refs } = rowsOf(core, run, 0)
  const outbox = outboxRows(
    core,
    refs.map(ref => (ref.kind === 'frame' ? { ...ref, holds: 'founding' as const } : ref)),
  )
  install(core, run)
  const point = { writer: core.own.writer, seq: 0, hash: core.own.head }
  core.ledger.epochs = [{ ...point, record, distance: deps.identity.chain.length }]
  const log = makeLogDoor(core)
  return {
    log,
    write: {
      writes: [...writes, ...outbox.writes],
      committed() {
        outbox.queued()
        emit(core, { kind: 'control' })
      },
      async refused() {
        log.dispose()
      },
    },
  }
}
