import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { readyVerify } from '#crypto/verify.ts'
import { fromHex, toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { createApp } from './app.ts'
import { hasApp } from './routes/static-app.ts'
import type { Config } from './config.ts'
import { type ErrorLog, errorLog, type EventLog } from './event-log.ts'
import { httpServer, listen } from './http-server.ts'
import type { Metrics } from './metrics.ts'
import { createRelay } from './relay.ts'
import { createPushPost } from './push/post.ts'
import { makeVapidKey, openVapidKey } from './push/vapid.ts'
import type { PushWay } from './push/waker.ts'
import { RELAY_SEED_BYTES } from './signer.ts'
import type { RelayStore } from './store/relay-store.ts'
import { freeDiskBytes } from './store/free-disk.ts'
import { openTriedBlobs } from './store/s3/open.ts'
import { openSqliteStore } from './store/sqlite-store.ts'
import { StreamServer } from './stream-server.ts'

export interface RunningRelay {
  readonly port: number
  /** Where it keeps what it is given, for the operator. */
  readonly place: string
  /** How many admission tokens there are; 0: it takes anybody. */
  readonly tokens: number
  /** Whether there is a built app to serve. */
  readonly servesApp: boolean
  /** After the drain time that was set, takes no new work, answers what was begun, and closes the store. */
  stop(): Promise<void>
}

const SWEEP_MS = 60_000
const FLUSH_MS = 1000
const PUSH_MS = 1000

/** Throws with a sentence for the operator when the folder, the store or the port can't be had. */
export async function startRelay(config: Config, log: EventLog): Promise<RunningRelay> {
  await readyVerify()
  const now = () => instant(Date.now())
  const { store, seed, place, failed, stopWatching } = await openStore(config, log)
  const { admissionHashes, trustsProxy, limits } = config
  const push = await pushWay(config, store)
  const relay = createRelay({
    store,
    seed,
    limits,
    log,
    failed,
    now,
    admissionHashes,
    trustsProxy,
    ...(push === undefined ? {} : { push }),
  })
  const { appFolder, appAt } = config
  const servesApp = appFolder !== undefined && hasApp(appFolder)
  let isStopping = false
  const app = createApp(relay, {
    isStopping: () => isStopping,
    ...(servesApp ? { appFolder } : {}),
    ...(appAt === undefined ? {} : { appAt }),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  })
  const server = httpServer(app.fetch)
  const streams = new StreamServer(relay, server)
  measureProcess(relay.metrics, streams)
  if (config.databaseUrl === undefined)
    relay.metrics.measure('wellkeep_disk_free_bytes', () => freeDiskBytes(resolve(config.dataFolder)))
  await store.listen({
    watchedLogs: () => relay.hub.watchedLogs(),
    isWatched: logId => relay.hub.isWatched(logId),
    grew: (logId, grown) => relay.hub.grewElsewhere(logId, grown),
    changed: logId => relay.hub.changed(logId),
  })
  const chores = [
    repeat(SWEEP_MS, () => store.sweep(now()), failed),
    repeat(FLUSH_MS, () => store.flush(), failed),
    repeat(PUSH_MS, () => relay.waker.send(), failed),
  ]
  try {
    await listen(server, config)
  } catch (error) {
    for (const stop of chores) stop()
    await streams.stop()
    stopWatching()
    await store.close()
    throw error
  }
  return {
    port: (server.address() as AddressInfo).port,
    place,
    tokens: admissionHashes.size,
    servesApp,
    async stop() {
      isStopping = true
      // Whoever balances load leads nobody here any more, before anything is cut off.
      if (config.drainMs > 0) await new Promise(resolve => setTimeout(resolve, config.drainMs))
      for (const stop of chores) stop()
      const closed = new Promise(done => server.close(done))
      server.closeIdleConnections()
      await streams.stop()
      const cutOff = setTimeout(() => server.closeAllConnections(), 3000)
      await closed
      clearTimeout(cutOff)
      stopWatching()
      await store.close()
    },
  }
}

interface OpenStore {
  readonly store: RelayStore
  /** Of the relay's own key; relays on one database have it in common. */
  readonly seed: Uint8Array
  readonly place: string
  readonly failed: ErrorLog
  readonly stopWatching: () => void
}

async function openStore(config: Config, log: EventLog): Promise<OpenStore> {
  const { limits, databaseUrl } = config
  const failed = errorLog(log)
  const opened = await openTriedBlobs(config.s3, log)
  const blobs = opened === undefined ? {} : { blobs: opened }
  const where = opened === undefined ? '' : ' Blobs lie in an S3 store (S3_ENDPOINT).'
  if (databaseUrl !== undefined) {
    const { openPostgresStore } = await import('./store/postgres/postgres-store.ts')
    const { Outage } = await import('./store/postgres/outage.ts')
    const outage = new Outage({ log, failed, isThere: () => store.isHealthy() })
    const lost = (error: Error) => outage.failed('database', error)
    const store = await openPostgresStore({ url: databaseUrl, limits, failed: lost, ...blobs })
    const seed = await store.ownKey('relay', () => randomBytes(RELAY_SEED_BYTES))
    const place = `PostgreSQL (DATABASE_URL): sealed records it cannot read, and its own signing key.${where}`
    return { store, seed, place, failed: outage.failed, stopWatching: () => outage.stop() }
  }
  const dataFolder = resolve(config.dataFolder)
  makeFolder(dataFolder)
  const store = openSqliteStore({ path: join(dataFolder, 'relay.sqlite'), limits, ...blobs })
  const place = `${dataFolder}: relay.sqlite (sealed records it cannot read) and relay-key (its own signing key).${where}`
  return { store, seed: relaySeed(dataFolder), place, failed, stopWatching: () => undefined }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'EACCES' ? 'this user may not' : code === 'EEXIST' ? 'a file lies there' : code
    throw new Error(`Cannot make the data folder ${path} (DATA): ${why}.`, { cause: error })
  }
}

async function pushWay({ pushHosts, pushContact }: Config, store: RelayStore): Promise<PushWay | undefined> {
  if (pushHosts.length === 0) return undefined
  const key = openVapidKey(await store.ownKey('vapid', makeVapidKey), pushContact)
  return { hosts: pushHosts, key, post: createPushPost() }
}

function measureProcess(metrics: Metrics, streams: StreamServer): void {
  metrics.measure('wellkeep_sockets', () => streams.socketCount)
  metrics.measure('process_resident_memory_bytes', () => process.memoryUsage.rss())
  metrics.measure('process_cpu_seconds_total', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
}

/** The relay's own key, made at the first start. Receipts are worth what this file's secrecy is. */
function relaySeed(dataFolder: string): Uint8Array {
  const path = join(dataFolder, 'relay-key')
  if (!existsSync(path)) {
    writeFileSync(path, `${toHex(randomBytes(RELAY_SEED_BYTES))}\n`, { mode: 0o600, flag: 'wx' })
  }
  chmodSync(path, 0o600)
  const seed = fromHex(readFileSync(path, 'utf8').trim())
  if (seed?.length !== RELAY_SEED_BYTES)
    throw new Error(`Cannot read the relay's key: ${path} does not hold ${RELAY_SEED_BYTES} bytes in hex.`)
  return seed
}

/** Runs `chore` again and again, never twice at once; a failure is logged and tried again. Answers how to stop. */
function repeat(everyMs: number, chore: () => Promise<unknown>, failed: ErrorLog): () => void {
  let isRunning = false
  const timer = setInterval(() => {
    if (isRunning) return
    isRunning = true
    chore()
      .catch((error: unknown) => failed('chore', error))
      .finally(() => {
        isRunning = false
      })
  }, everyMs)
  return () => clearInterval(timer)
}
