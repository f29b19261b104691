import { deviceKeys } from '#app/core/home/account-row.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { RelayClient } from '#app/core/sync/sync.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { type KemKey, makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import type { SharedName } from '#schema/record/sections.ts'
import type { LoopRelay } from './loop-link.ts'
import { asTexts, changesIn, contentsOf, openedBeside } from './raw-content.ts'
import { makeTestClock } from './test-clock.ts'
import type { TestDevice } from './test-device.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What somebody has copied from their device: it stays with them, whatever an honest app deletes. */
export interface Loot {
  readonly secrets: readonly Bytes[]
  readonly kems: readonly KemKey[]
}

/** The keys of the person's own home log and of all that is shared with them, and what others seal to. */
export async function lootOf(device: TestDevice): Promise<Loot> {
  const { row, home, grants } = await openedBeside(device)
  const keyring = await home.keyring()
  const given = grants.flatMap(grant => [...grant.logs, ...grant.former].flatMap(({ epochs }) => epochs))
  return {
    secrets: [...row.homeKeys, ...given].map(({ secret }) => secret),
    kems: [deviceKeys(row.seeds).kem, ...(keyring === undefined ? [] : [keyring.shareKem])],
  }
}

/** A log that others share with somebody, and the key by which a relay serves it to them. */
export interface Door {
  readonly logId: LogId
  readonly section: SharedName
  readonly holder: SigningKey
}

/** Of all that is shared with the person of this device. */
export async function doorsOf(device: TestDevice): Promise<readonly Door[]> {
  const { grants } = await openedBeside(device)
  return grants.flatMap(({ seed, logs }) =>
    logs.map(({ logId, section }) => ({ logId, section, holder: grantKeys(seed).holder })),
  )
}

/** Those at which the relay answers anything at all. */
export async function openAt(relay: LoopRelay, doors: readonly Door[]): Promise<readonly Door[]> {
  const answers = await Promise.all(
    doors.map(async ({ logId, holder }) => {
      const client = makeRelayClient(relay.link(), holder, makeTestClock())
      return [(await client.state(logId)).ok, (await client.allFrames(logId)).ok]
    }),
  )
  return doors.filter((_, number) => answers[number]!.includes(true))
}

/**
 * Everything that can be read with these, where a relay gives out all that it has not deleted: with what they open, what is sealed to them in any EPOCH, and
 * every key that is noted in what those open.
 */
export async function readableWith({ secrets, kems }: Loot, from: LoopRelay): Promise<readonly string[]> {
  // A copy serves whoever asks; nobody else notices.
  const relay = await from.copyAt(from.mark())
  const logs = await Promise.all(relay.logs().map(logId => everythingOf(relay, logId)))
  const keys = new Map(secrets.map(secret => [keyIdOf(secret), { keyId: keyIdOf(secret), secret }]))
  for (const { genesis, frames } of logs)
    for (const kem of kems) for (const key of recoverHomeKeys(genesis, frames, kem)) keys.set(key.keyId, key)
  let pieces: Bytes[] = []
  for (let known = -1; known !== keys.size; ) {
    known = keys.size
    pieces = []
    for (const { logId, frames, client } of logs)
      for (const frame of frames) pieces.push(...(await contentsOf(frame, logId, [...keys.values()], client)))
    for (const secret of pieces.flatMap(secretsIn)) keys.set(keyIdOf(secret), { keyId: keyIdOf(secret), secret })
  }
  await relay.stop()
  return pieces.flatMap(asTexts)
}

interface Everything {
  readonly logId: LogId
  readonly genesis: Bytes
  readonly client: RelayClient
  readonly frames: readonly Bytes[]
}

async function everythingOf(relay: LoopRelay, logId: LogId): Promise<Everything> {
  const holder = makeSigningKey()
  const isThere = await relay.inject(logId, holder.publicKey).then(
    () => true,
    () => false,
  )
  const client = makeRelayClient(relay.link(), holder, makeTestClock())
  const given = isThere ? await client.allFrames(logId) : undefined
  return { logId, genesis: relay.genesisOf(logId), client, frames: given?.ok ? given.value : [] }
}

/** Whatever may be one. A decoded change has bytes as a list of numbers. */
function secretsIn(piece: Bytes): Bytes[] {
  const values = changesIn(piece).flatMap(({ ops }) => ops.map(op => op.value as unknown))
  return values.flatMap(value => (Array.isArray(value) && value.length === 32 ? [new Uint8Array(value)] : []))
}
