import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readyCrypto } from '#crypto/sodium.ts'
import type { Contestant } from './contestant.ts'
import { echo } from './echo.ts'
import type { Figures, Results } from './goals.ts'
import { reportOf } from './report.ts'
import * as tasks from './tasks.ts'
import { wellkeep } from './wellkeep.ts'

/**
 * `npm run bench:relay`: the relay beside a bare echo, bare SQLite and four other sync servers, one table (Linux). `-- --write` keeps it
 * in docs/benchmarks.md, `--only relay` or
 * `--only jazz` leaves peers out, `--skip catchUp,idle,killed,latency` what takes long, `--runs 1` is quick.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    clients: { type: 'string', default: '100' },
    appends: { type: 'string', default: '400' },
    only: { type: 'string' },
    skip: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const [runs, clients, appends] = [options.runs, options.clients, options.appends].map(Number) as [
  number,
  number,
  number,
]
const skipped = options.skip.split(',')
/** Files of the folder of peers. */
const PEERS = ['hocuspocus', 'y-websocket', 'jazz', 'automerge-repo']
const PEER_PACKAGES = ['@hocuspocus/server', 'y-websocket', 'jazz-run', '@automerge/automerge-repo', 'better-sqlite3']
const PEERS_FOLDER = 'bench/peers'
const SHARED_GROUPS = Math.max(1, Math.floor(clients / (tasks.READERS + 1)))
const RELAY_KILLS = 20
const PEER_KILLS = 3
const RELAY_IDLE = 5000
const OTHER_IDLE = 500
/** Of one task; a server that never answers is left out of the table. */
const TASK_MS = 90_000
const DOCUMENT = 'docs/benchmarks.md'
const MARK = '<!-- written by npm run bench:relay -- --write -->'

function installPeers(): void {
  if (existsSync(join(PEERS_FOLDER, 'node_modules'))) return
  execFileSync('npm', ['ci'], { cwd: PEERS_FOLDER, stdio: 'inherit' })
}

/** The peers' packages are not the product's, so neither tsc nor knip looks into their folder. */
async function load(file: string): Promise<Contestant> {
  const { contestant } = await import(`../peers/${file}.ts`)
  return contestant
}

async function contestants(): Promise<Contestant[]> {
  const wanted = options.only?.split(',')
  const peers = PEERS.filter(name => wanted === undefined || wanted.includes(name))
  if (peers.length > 0) installPeers()
  return [echo, wellkeep, ...(await Promise.all(peers.map(load)))]
}

function versionsOf(): Record<string, string> {
  const read = (path: string) => (existsSync(path) ? String(JSON.parse(readFileSync(path, 'utf8')).version) : undefined)
  const all = [
    ['ws', read('node_modules/ws/package.json')],
    ...PEER_PACKAGES.map(name => [name, read(join(PEERS_FOLDER, 'node_modules', name, 'package.json'))]),
  ]
  return Object.fromEntries(all.filter(([, version]) => version !== undefined))
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Key by key. */
function medians<Measured extends object>(all: readonly Measured[]): Measured {
  const keys = Object.keys(all[0] ?? {}) as (keyof Measured)[]
  return Object.fromEntries(keys.map(key => [key, median(all.map(each => each[key] as number))])) as Measured
}

type Task = Exclude<keyof Results, 'killed'>
const measured = new Map<string, object[]>()

async function note(task: Task | 'killed' | 'get', name: string, measure: () => Promise<object>): Promise<void> {
  if (skipped.includes(task)) return
  const key = `${task} ${name}`
  try {
    const one = await Promise.race([measure(), timeOut()])
    measured.set(key, [...(measured.get(key) ?? []), one])
    console.error(key, JSON.stringify(one))
  } catch (error) {
    console.error(key, 'failed:', error instanceof Error ? error.message : error)
  }
}

async function timeOut(): Promise<never> {
  await sleep(TASK_MS, undefined, { ref: false })
  throw new Error(`not done after ${TASK_MS / 1000} s`)
}

async function fillAll(all: readonly Contestant[]): Promise<tasks.Filled[]> {
  const filled: tasks.Filled[] = []
  if (skipped.includes('catchUp')) return filled
  for (const contestant of all.filter(({ name }) => name !== echo.name)) filled.push(await tasks.fill(contestant))
  return filled
}

async function runOnce(all: readonly Contestant[], filled: readonly tasks.Filled[]): Promise<void> {
  for (const bodyBytes of [200, 2048] as const) {
    const own = { groups: clients, readers: 0, appends, bodyBytes }
    const shared = { groups: SHARED_GROUPS, readers: tasks.READERS, appends, bodyBytes }
    for (const one of all) await note(`own${bodyBytes}`, one.name, () => tasks.throughput(one, own))
    for (const one of all) await note(`shared${bodyBytes}`, one.name, () => tasks.throughput(one, shared))
  }
  for (const one of all) await note('latency', one.name, () => tasks.latency(one, SHARED_GROUPS))
  for (const one of filled) {
    await note('catchUp', one.contestant.name, () => tasks.catchUp(one))
  }
}

/** What one measuring tells as well as many. */
async function once(all: readonly Contestant[]): Promise<void> {
  for (const one of all) {
    await note('wire', one.name, () => tasks.wire(one))
    const isRelay = one === wellkeep
    await note('idle', one.name, () => tasks.idle(one, isRelay ? RELAY_IDLE : OTHER_IDLE))
    if (one === echo) continue
    const kills = isRelay ? RELAY_KILLS : PEER_KILLS
    for (let at = 0; at < kills; at++) await note('killed', one.name, () => tasks.kill(one, 300 + (at * 400) / kills))
  }
}

/** Tells after each run what is known by then: an end before the last one loses nothing. */
async function main(tell: (figures: Figures) => void): Promise<void> {
  const all = await contestants()
  await once(all)
  const filled = await fillAll(all)
  const singly: tasks.Throughput[] = []
  const batches: tasks.Throughput[] = []
  const gets: number[] = []
  for (let run = 1; run <= runs; run++) {
    await runOnce(all, filled)
    singly.push(await tasks.sqliteLoop(1000, 1, 200))
    batches.push(await tasks.sqliteLoop(40_000, 100, 200))
    const bytes = medians((measured.get(`catchUp ${wellkeep.name}`) ?? [{ bytesEach: 0 }]) as tasks.CatchUp[]).bytesEach
    gets.push(await tasks.plainGet(bytes * tasks.CATCH_UP_FRAMES))
    tell({
      date: new Date().toISOString().slice(0, 10),
      nodeVersion: process.version,
      processor: `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}`,
      runs: run,
      clients,
      versions: versionsOf(),
      byName: Object.fromEntries(all.map(({ name }) => [name, resultsOf(name)])),
      sqlite: { singly: medians(singly), batches: medians(batches) },
      getMs: median(gets),
    })
  }
}

function resultsOf(name: string): Results {
  const keys: Task[] = ['own200', 'own2048', 'shared200', 'shared2048', 'latency', 'wire', 'catchUp', 'idle']
  const found = keys.flatMap(task => {
    const all = measured.get(`${task} ${name}`)
    return all === undefined ? [] : [[task, medians(all)]]
  })
  const kills = (measured.get(`killed ${name}`) ?? []) as tasks.Killed[]
  const sum = (key: keyof tasks.Killed) => kills.reduce((total, one) => total + one[key], 0)
  const killed = { kills: kills.length, acknowledged: sum('acknowledged'), lost: sum('lost') }
  return { ...Object.fromEntries(found), ...(kills.length > 0 ? { killed } : {}) }
}

await readyCrypto()
let report = ''
await main(figures => {
  report = reportOf(figures)
  if (!options.write) return
  const [before = ''] = readFileSync(DOCUMENT, 'utf8').split(MARK)
  writeFileSync(DOCUMENT, `${before}${MARK}\n\n${report}\n`)
})
console.log(report)
// Clients of peers keep timers that never end.
process.exit()
