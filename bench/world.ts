import { readFile, writeFile } from 'node:fs/promises'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { Table } from '#app/core/ports.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { largeRecord } from '#tests/support/fhir-fixtures.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryDisk, type MemoryDisk } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const BENCH_PASSPHRASE = 'bench bench bench'

const TABLES: readonly Table[] = ['vault', 'frames', 'outbox', 'sealed', 'blobs']

/** One device with a record, and what opens it again without the passphrase function. */
export interface World {
  readonly disk: MemoryDisk
  readonly key: Bytes
}

export interface OpenWorld extends World {
  readonly host: SessionHost
  readonly relay: LoopRelay
}

export async function startHost(disk: MemoryDisk, isOnline = false): Promise<{ host: SessionHost; relay: LoopRelay }> {
  await readyCrypto()
  const clock = makeTestClock()
  const relay = await startLoopRelay({ now: () => clock.now() })
  const link = relay.link()
  link.setReachable(isOnline)
  const host = await makeSession({ store: disk.open(), relay: link, clock, random: testRandom })
  host.setOnline(isOnline)
  return { host, relay }
}

/** A new record with `count` imported entries, flushed. */
export async function makeWorld(count: number): Promise<OpenWorld> {
  const disk = makeMemoryDisk()
  const { host, relay } = await startHost(disk)
  const created = await host.session.createRecord({
    personName: 'Bench',
    birthDate: '1950',
    passphrase: BENCH_PASSPHRASE,
    deviceName: 'bench',
  })
  if (!created.ok) throw new Error(`Cannot create the bench's record: ${created.failure.kind}`)
  if (count > 0) await importAll(host, count)
  await host.session.flush()
  const key = await new Promise<Bytes>(resolve => void host.watchKey(value => value && resolve(value)))
  return { disk, key, host, relay }
}

export async function importAll(host: SessionHost, count: number): Promise<void> {
  const preview = await host.session.previewImport(new Blob([largeRecord(1, count)]), 'bench.json')
  if (!preview.ok) throw new Error(`Cannot preview: ${preview.failure.kind}`)
  const done = await host.session.commitImport(preview.value.importId)
  if (!done.ok) throw new Error(`Cannot import: ${done.failure.kind}`)
}

/** Opens a world as a fresh process would, up to the first home page. */
export async function openHome(world: World): Promise<SessionHost> {
  const { host } = await startHost(world.disk)
  await unlockHome(host, world.key)
  return host
}

export async function unlockHome(host: SessionHost, key: Bytes): Promise<void> {
  await host.unlockWithKey(key.slice())
  await new Promise<void>(resolve => void host.session.watchHome(() => resolve()))
}

/** Locks, so that caches are written, and keeps the disk in a file for other processes. */
export async function saveWorld(world: OpenWorld, file: string): Promise<void> {
  await world.host.session.lock()
  const rows = TABLES.flatMap(table => [...world.disk.rows(table)].map(([key, value]) => [table, key, base64(value)]))
  await writeFile(file, JSON.stringify({ key: base64(world.key), rows }))
}

export async function loadWorld(file: string): Promise<World> {
  const { key, rows } = JSON.parse(await readFile(file, 'utf8')) as { key: string; rows: [Table, string, string][] }
  const tables: Record<Table, Map<string, Bytes>> = {
    vault: new Map(),
    frames: new Map(),
    outbox: new Map(),
    sealed: new Map(),
    blobs: new Map(),
  }
  for (const [table, name, value] of rows) tables[table].set(name, bytesOf(value))
  return { disk: makeMemoryDisk(tables), key: bytesOf(key) }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
