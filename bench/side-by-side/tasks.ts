import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { cpuMs, residentBytes, type Server, startProcess } from '../relay-process.ts'
import type { Act, Contestant, Group } from './contestant.ts'
import { startProxy } from './counting-proxy.ts'

/** What each server is asked to do. Server CPU is user and system of its whole process, from /proc (Linux). */

/** Unacknowledged appends of one client. */
export const WINDOW = 8
/** Readers of a shared log. */
export const READERS = 5
export const CATCH_UP_FRAMES = 10_000
const MIN_APPENDS = 5
/** The relay takes 2,000 messages a second of one socket. */
const FILL_PER_SECOND = 1500
const FILL_WINDOW = 256
const LATENCY_PER_SECOND = 100
const LATENCY_SECONDS = 5
const WIRE_APPENDS = 200
const KILL_GROUPS = 20
/** More than any server takes before it is killed. */
const KILL_APPENDS = 1000
/** Beyond what any server says it waits before it stores. */
const STORED_MS = 3000

export interface Throughput {
  readonly cpuUs: number
  readonly perSecond: number
}

export interface Load {
  readonly groups: number
  readonly readers: number
  /** By each writer. */
  readonly appends: number
  readonly bodyBytes: number
}

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Settles when no more of this process is left; it may have ended by itself. */
async function end({ child }: Server, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill(signal)
  await gone
}

/** Each act after another, `window` of them unacknowledged. */
function inTurn(acts: readonly Act[], window: number): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < acts.length) await acts[next++]!()
  }
  return Promise.all(Array.from({ length: window }, lane)).then(() => undefined)
}

/** The same at a steady rate, as long as no more than `window` are unacknowledged. */
async function steadily(acts: readonly Act[], perSecond: number, window = Infinity): Promise<void> {
  const began = performance.now()
  const open = new Set<Promise<unknown>>()
  for (const [at, act] of acts.entries()) {
    const due = began + (at * 1000) / perSecond
    if (due > performance.now()) await sleep(due - performance.now())
    while (open.size >= window) await Promise.race(open)
    const answered: Promise<unknown> = act().then(() => open.delete(answered))
    open.add(answered)
  }
  await Promise.all(open)
}

async function openGroups(contestant: Contestant, { origin }: Server, groups: number, readers: number) {
  const all: Group[] = []
  for (let at = 0; at < groups; at++) {
    all.push(
      await contestant.open(
        origin,
        Array.from({ length: readers }, () => origin),
      ),
    )
  }
  return all
}

/** Settles when every reader of every group has `count` appends. */
function deliveredTo(groups: readonly Group[], readers: number, count: number): Promise<void> {
  return new Promise(resolve => {
    let left = groups.length * readers
    if (left === 0) resolve()
    for (const group of groups) {
      const isDone = new Set<number>()
      group.onDelivered = (reader, got) => {
        if (got < count || isDone.has(reader)) return
        isDone.add(reader)
        if (--left === 0) resolve()
      }
    }
  })
}

/** Until all is acknowledged, and delivered to all who read; as many appends go before those that are measured. */
export async function throughput(contestant: Contestant, load: Load): Promise<Throughput> {
  const server = await contestant.start(makeTempFolder('bench'))
  const groups = await openGroups(contestant, server, load.groups, load.readers)
  const appends = Math.max(MIN_APPENDS, Math.round(load.appends * contestant.share))
  const acts = groups.map(group => group.prepare(2 * appends, load.bodyBytes))
  const act = (from: number, to: number) => {
    const delivered = deliveredTo(groups, load.readers, to)
    return Promise.all([...acts.map(each => inTurn(each.slice(from, to), WINDOW)), delivered])
  }
  // A server runs for weeks: what compiling its code costs in its first second is not what is asked.
  await act(0, appends)
  const [cpuBefore, before] = [cpuMs(server), performance.now()]
  await act(appends, 2 * appends)
  const [cpu, ms] = [cpuMs(server) - cpuBefore, performance.now() - before]
  await end(server)
  for (const group of groups) group.close()
  const all = load.groups * appends
  return { cpuUs: (cpu * 1000) / all, perSecond: (all * 1000) / ms }
}

export interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
}

/** From sending to each of the others having it, at a steady rate over all groups. */
export async function latency(contestant: Contestant, groupCount: number): Promise<Latency> {
  const server = await contestant.start(makeTempFolder('bench'))
  const groups = await openGroups(contestant, server, groupCount, READERS)
  const total = LATENCY_PER_SECOND * LATENCY_SECONDS
  const acts = groups.map(group => group.prepare(Math.ceil(total / groupCount), 200))
  const waits: number[] = []
  const sentAt = groups.map((): number[] => [])
  const whole = new Promise<void>(resolve => {
    for (const [at, group] of groups.entries()) {
      const seen = Array.from({ length: READERS }, () => 0)
      group.onDelivered = (reader, count) => {
        while (seen[reader]! < count) waits.push(performance.now() - sentAt[at]![seen[reader]!++]!)
        if (waits.length === total * READERS) resolve()
      }
    }
  })
  const spread = Array.from(
    { length: total },
    (_, sent): Act =>
      () => {
        const at = sent % groupCount
        const act = acts[at]![sentAt[at]!.length]!
        sentAt[at]!.push(performance.now())
        return act()
      },
  )
  await Promise.all([steadily(spread, LATENCY_PER_SECOND), whole])
  await end(server)
  for (const group of groups) group.close()
  const sorted = waits.toSorted((a, b) => a - b)
  return { p50Ms: sorted[Math.floor(sorted.length / 2)]!, p99Ms: sorted[Math.floor(sorted.length * 0.99)]! }
}

export interface Wire {
  /** Bytes of TCP for one append of 200 B, of the writer's; for one delivery; and back to the writer. */
  readonly up: number
  readonly perDelivery: number
  readonly acknowledgement: number
}

/** One append after another, from one writer to one reader. */
export async function wire(contestant: Contestant): Promise<Wire> {
  const server = await contestant.start(makeTempFolder('bench'))
  const [writing, reading] = [await startProxy(server.origin), await startProxy(server.origin)]
  const group = await contestant.open(writing.origin, [reading.origin])
  const acts = group.prepare(WIRE_APPENDS, 200)
  const delivered = deliveredTo([group], 1, WIRE_APPENDS)
  await sleep(500)
  const before = { ...writing.bytes, read: reading.bytes.down }
  await Promise.all([inTurn(acts, 1), delivered])
  await sleep(200)
  const each = (bytes: number) => bytes / WIRE_APPENDS
  const measured = {
    up: each(writing.bytes.up - before.up),
    perDelivery: each(reading.bytes.down - before.read),
    acknowledgement: each(writing.bytes.down - before.down),
  }
  await end(server)
  group.close()
  for (const proxy of [writing, reading]) proxy.close()
  return measured
}

export interface Filled {
  readonly contestant: Contestant
  readonly folder: string
  readonly group: Group
}

/** A log of 10,000 × 200 B, all of it stored. */
export async function fill(contestant: Contestant): Promise<Filled> {
  const folder = makeTempFolder('bench')
  const server = await contestant.start(folder)
  const group = await contestant.open(server.origin, [])
  await steadily(group.prepare(CATCH_UP_FRAMES, 200), FILL_PER_SECOND, FILL_WINDOW)
  await sleep(STORED_MS)
  await end(server)
  group.close()
  return { contestant, folder, group }
}

export interface CatchUp {
  readonly ms: number
  /** From the server, for each append. */
  readonly bytesEach: number
  readonly count: number
}

/** The server was just started: it has nothing of the log in memory. */
export async function catchUp({ contestant, folder, group }: Filled): Promise<CatchUp> {
  const server = await contestant.start(folder)
  const before = performance.now()
  const count = await group.catchUp(server.origin, CATCH_UP_FRAMES)
  const ms = performance.now() - before
  const proxy = await startProxy(server.origin)
  await group.catchUp(proxy.origin, CATCH_UP_FRAMES)
  const bytesEach = proxy.bytes.down / CATCH_UP_FRAMES
  await end(server)
  proxy.close()
  return { ms, bytesEach, count }
}

/** How long a plain HTTP GET of so many bytes takes. */
export async function plainGet(bytes: number): Promise<number> {
  const server = await startProcess('bench/side-by-side/get-server.ts', { BYTES: String(Math.round(bytes)) })
  const before = performance.now()
  await (await fetch(server.origin)).arrayBuffer()
  const ms = performance.now() - before
  await end(server)
  return ms
}

export interface Idle {
  readonly kilobytesEach: number
  readonly held: number
}

/** The first sockets also load what every socket needs. */
export async function idle(contestant: Contestant, count: number, first = 200): Promise<Idle> {
  const server = await contestant.start(makeTempFolder('bench'))
  const closers: (() => void)[] = []
  const openUntil = async (until: number) => {
    while (closers.length < until) closers.push(await contestant.idle(server.origin, closers.length))
    await sleep(1000)
  }
  await openUntil(first)
  const before = residentBytes(server)
  await openUntil(first + count)
  const kilobytesEach = (residentBytes(server) - before) / count / 1024
  await end(server)
  for (const close of closers) close()
  return { kilobytesEach, held: closers.length - first }
}

export interface Killed {
  readonly acknowledged: number
  readonly lost: number
}

/** kill -9 under load, a start on the same folder, and what a client with nothing finds there of what was acknowledged. */
export async function kill(contestant: Contestant, afterMs: number): Promise<Killed> {
  const folder = makeTempFolder('bench')
  const server = await contestant.start(folder)
  const groups = await openGroups(contestant, server, KILL_GROUPS, 0)
  const acknowledged = groups.map(() => 0)
  let isOver = false
  const acts = groups.map(group => group.prepare(KILL_APPENDS, 200))
  for (const [at, each] of acts.entries()) {
    const noted = each.map(
      (act): Act =>
        async () => {
          if (isOver) return
          await act()
          if (!isOver) acknowledged[at]! += 1
        },
    )
    // Never settles: what was on its way at the kill is answered by nobody.
    void inTurn(noted, WINDOW)
  }
  await sleep(afterMs)
  server.child.kill('SIGKILL')
  isOver = true
  await end(server)
  for (const group of groups) group.close()
  const restarted = await contestant.start(folder)
  const found = await Promise.all(groups.map((group, at) => group.catchUp(restarted.origin, acknowledged[at]!)))
  const lost = found.reduce((sum, count, at) => sum + Math.max(0, acknowledged[at]! - count), 0)
  await end(restarted)
  return { acknowledged: acknowledged.reduce((sum, each) => sum + each, 0), lost }
}

/** A bare loop over SQLite, in a process of its own. */
export async function sqliteLoop(rows: number, batch: number, bodyBytes: number): Promise<Throughput> {
  const script = 'bench/side-by-side/sqlite-loop.ts'
  const argv = ['--no-warnings', script, makeTempFolder('bench'), ...[rows, batch, bodyBytes].map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, argv)
  return JSON.parse(stdout) as Throughput
}
