import { memoryIssuers } from '#tests/support/memory-issuers.ts'
import { memoryLinks } from '#tests/support/memory-links.ts'
import { memoryTables } from '#tests/support/memory-tables.ts'
import { createSealedLog, makeGenesis } from '#app/core/log/create-log.ts'
import { openSealedLog } from '#app/core/log/open-log.ts'
import type { DeviceIdentity, EpochKey, LogDeps, PreparedWrite, SealedLog } from '#app/core/log/sealed-log.ts'
import type { Pictures } from '#app/core/ports.ts'
import { openRecord, type RecordService } from '#app/core/record/open-record.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { LOG_SECTIONS, type LogSection } from '#schema/record/sections.ts'
import { allFrames, makeDevice, makeEpochKey, makePerson } from '#tests/support/log-kit.ts'
import { makeMemoryDisk, type MemoryStore } from '#tests/support/memory-store.ts'
import { makeTestClock, type TestClock, testRandom } from '#tests/support/test-clock.ts'

export const DAY_MS = 86_400_000

/** One of a person's devices: its disk, its logs, its record. */
export interface RecordDevice {
  readonly clock: TestClock
  readonly logs: ReadonlyMap<LogSection, SealedLog>
  readonly store: MemoryStore
  readonly record: RecordService
  /** Transactions that succeeded since the device was made. */
  readonly saves: number
  /** Documents opened since the record was opened last. */
  readonly opened: number
  /** Locks and unlocks; after a crash, with nothing written that was not durable already. */
  reopen(options?: { readonly isCrash?: boolean }): Promise<void>
}

export interface World {
  /** The first device makes the logs; the others learn of them. */
  device(): Promise<RecordDevice>
  /** Every device gets every frame and blob. */
  sync(): Promise<void>
}

interface SharedLog {
  readonly section: LogSection
  readonly genesis: Uint8Array<ArrayBuffer>
  readonly key: EpochKey
}

export async function makeWorld(options: { readonly pictures?: Pictures } = {}): Promise<World> {
  await readyCrypto()
  const person = makePerson()
  const shared = LOG_SECTIONS.map(section => ({
    section,
    genesis: makeGenesis('section', makeSigningKey(), randomBytes(16), person.idSign.publicKey).bytes,
    key: makeEpochKey(),
  }))
  const devices: RecordDevice[] = []
  return {
    async device() {
      const device = await makeRecordDevice(shared, makeDevice(person), devices.length === 0, options)
      devices.push(device)
      return device
    },
    async sync() {
      for (const to of devices) for (const from of devices) if (from !== to) await deliverAll(from, to)
      for (const device of devices) await device.record.idle()
    },
  }
}

async function deliverAll(from: RecordDevice, to: RecordDevice): Promise<void> {
  for (const section of LOG_SECTIONS) {
    const [source, target] = [from.logs.get(section)!, to.logs.get(section)!]
    await target.receive(await allFrames(source))
    for (const id of target.missingBlobs()) {
      const ciphertext = await from.store.get('blobs', `${source.id}/${id}`)
      if (ciphertext !== undefined) await target.receiveBlob(id, ciphertext)
    }
    if (target.quarantine().length > 0) throw new Error(`Cannot sync: ${JSON.stringify(target.quarantine())}`)
  }
}

async function makeRecordDevice(
  shared: readonly SharedLog[],
  identity: DeviceIdentity,
  isFirst: boolean,
  options: { readonly pictures?: Pictures },
): Promise<RecordDevice> {
  const store = makeMemoryDisk().open()
  const clock = makeTestClock()
  const localKey = randomBytes(32)
  const logs = new Map<LogSection, SealedLog>()
  const counts = { saves: 0, opened: 0 }
  const deps = (): LogDeps => ({ store, clock, random: testRandom, identity, localKey: localKey.slice() })

  async function openLog({ genesis, key }: SharedLog): Promise<SealedLog> {
    const log = isFirst && logs.size < shared.length ? await createLog(genesis, key) : await reopenLog(genesis, key)
    const read = log.read.bind(log)
    return Object.assign(log, {
      read<T>(label: string) {
        counts.opened++
        return read<T>(label)
      },
    })
  }

  async function createLog(genesis: SharedLog['genesis'], key: EpochKey): Promise<SealedLog> {
    const { log, write } = await createSealedLog(deps(), genesis, key, [identity.kem.publicKey])
    await commit([write])
    return log
  }

  async function reopenLog(genesis: SharedLog['genesis'], key: EpochKey): Promise<SealedLog> {
    const log = await openSealedLog(deps(), genesis, [key])
    if (!log.ok) throw new Error('Cannot open the log: it is damaged')
    return log.value
  }

  async function commit(prepared: readonly PreparedWrite[]) {
    const stored = await store.commit(prepared.flatMap(write => write.writes))
    for (const write of prepared) {
      if (stored.ok) write.committed()
      else await write.refused()
    }
    return stored
  }

  const issuers = memoryIssuers()
  const tables = memoryTables()
  const links = memoryLinks()
  function open(): Promise<RecordService> {
    return openRecord({
      ...options,
      sections: LOG_SECTIONS,
      issuers,
      tables,
      links,
      authors: { authorOf: () => ({ type: 'you' }), actingDevices: () => new Set(), subscribe: () => () => undefined },
      logOf: section => logs.get(section)!,
      store,
      clock,
      random: testRandom,
      localKey,
      person: () => ({ personName: 'Ada', birthDate: '1980' }),
      commit,
      onSaved: () => void counts.saves++,
    })
  }

  for (const each of shared) logs.set(each.section, await openLog(each))
  let record = await open()
  return {
    clock,
    logs,
    store,
    get record() {
      return record
    },
    get saves() {
      return counts.saves
    },
    get opened() {
      return counts.opened
    },
    async reopen({ isCrash = false } = {}) {
      if (!isCrash) {
        await record.flushIndex()
        for (const log of logs.values()) await log.saveCaches()
      }
      record.dispose()
      for (const log of logs.values()) log.dispose()
      for (const each of shared) logs.set(each.section, await openLog(each))
      counts.opened = 0
      record = await open()
    },
  }
}
