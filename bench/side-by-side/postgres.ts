import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readyCrypto } from '#crypto/sodium.ts'
import { postgresPrograms, TestPostgres } from '#tests/support/postgres.ts'
import type { Contestant } from './contestant.ts'
import * as tasks from './tasks.ts'
import { wellkeep } from './wellkeep.ts'
import { onPostgres } from './wellkeep-postgres.ts'

/**
 * `npm run bench:postgres`: goal R9 and R8 on PostgreSQL. The same work by the relay on SQLite, on PostgreSQL, and by two relays on one
 * PostgreSQL whose readers are all at the other one; fsync on in each. `-- --write` keeps it in docs/benchmarks.md.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    clients: { type: 'string', default: '100' },
    appends: { type: 'string', default: '200' },
    kills: { type: 'string', default: '20' },
    write: { type: 'boolean', default: false },
  },
})
const [runs, clients, appends, kills] = [options.runs, options.clients, options.appends, options.kills].map(Number) as [
  number,
  number,
  number,
  number,
]
const GROUPS = Math.max(1, Math.floor(clients / (tasks.READERS + 1)))
const DOCUMENT = 'docs/benchmarks.md'
const MARK = '<!-- written by npm run bench:postgres -- --write -->'
const RELAY_MARK = '<!-- written by npm run bench:relay -- --write -->'
const END = '<!-- end of what bench:postgres wrote -->'

interface Round {
  readonly own: number
  readonly ownCpu: number
  readonly shared: number
  readonly p50: number
  readonly p99: number
}

async function roundOf(contestant: Contestant): Promise<Round> {
  const own = await tasks.throughput(contestant, { groups: clients, readers: 0, appends, bodyBytes: 200 })
  const load = { groups: GROUPS, readers: tasks.READERS, appends, bodyBytes: 200 }
  const shared = await tasks.throughput(contestant, load)
  const { p50Ms, p99Ms } = await tasks.latency(contestant, GROUPS)
  const round = { own: own.perSecond, ownCpu: own.cpuUs, shared: shared.perSecond, p50: p50Ms, p99: p99Ms }
  console.error(contestant.name, JSON.stringify(round))
  return round
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

function mediansOf(rounds: readonly Round[]): Round {
  const of = (key: keyof Round) => median(rounds.map(round => round[key]))
  return { own: of('own'), ownCpu: of('ownCpu'), shared: of('shared'), p50: of('p50'), p99: of('p99') }
}

const line = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`

function goal(what: string, measured: number, limit: { atLeast?: number; atMost?: number }): string {
  const { atLeast = -Infinity, atMost = Infinity } = limit
  const said = limit.atLeast === undefined ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`
  return line(what, said, measured.toFixed(2), measured >= atLeast && measured <= atMost ? 'yes' : '**no**')
}

async function main(postgres: TestPostgres): Promise<string> {
  const { one, two } = onPostgres(postgres)
  const all = [wellkeep, one, two]
  const rounds = new Map<Contestant, Round[]>(all.map(contestant => [contestant, []]))
  for (let run = 0; run < runs; run++) {
    for (const contestant of all) rounds.get(contestant)!.push(await roundOf(contestant))
  }
  const [lite, single, pair] = all.map(contestant => mediansOf(rounds.get(contestant)!)) as [Round, Round, Round]
  let [acknowledged, lost] = [0, 0]
  for (let at = 0; at < kills; at++) {
    const killed = await tasks.kill(one, 300 + (at * 400) / kills)
    acknowledged += killed.acknowledged
    lost += killed.lost
  }
  const row = (name: string, { own, ownCpu, shared, p50, p99 }: Round) =>
    line(name, own.toFixed(0), ownCpu.toFixed(1), shared.toFixed(0), p50.toFixed(1), p99.toFixed(1))
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, on two cores that clients, relays and database share; medians of ${runs} interleaved runs, ${clients} clients, 200 B. CPU is the relay's alone.`,
    '',
    line('', 'own logs, a second', 'CPU, µs', `1→${tasks.READERS}, a second`, 'delivered p50, ms', 'p99, ms'),
    line('---', '---', '---', '---', '---', '---'),
    row('SQLite', lite),
    row('PostgreSQL', single),
    row('two relays on PostgreSQL, delivery across', pair),
    '',
    line('R9', 'goal', 'measured', 'met'),
    line('---', '---', '---', '---'),
    goal('own logs, × SQLite', single.own / lite.own, { atLeast: 0.5 }),
    goal('fan-out 5, × SQLite', single.shared / lite.shared, { atLeast: 0.35 }),
    goal('fan-out 5, two relays and delivery across, × SQLite', pair.shared / lite.shared, { atLeast: 0.3 }),
    goal('delivered across, p50, × one relay', pair.p50 / single.p50, { atMost: 2 }),
    goal('delivered across, p99, ms', pair.p99, { atMost: 40 }),
    goal(`R8: of ${acknowledged} acknowledged lost in ${kills} kills`, lost, { atMost: 0 }),
  ].join('\n')
}

const programs = postgresPrograms()
if (programs === undefined) throw new Error('PostgreSQL is not installed')
await readyCrypto()
const postgres = await TestPostgres.start(programs, true)
const report = await main(postgres).finally(() => postgres.destroy())
console.log(report)
if (options.write) {
  const text = readFileSync(DOCUMENT, 'utf8')
  // Before what bench:relay writes, which goes to the end.
  const place = text.includes(MARK) ? text.indexOf(MARK) : text.indexOf(RELAY_MARK)
  const rest = text.includes(END) ? text.slice(text.indexOf(END) + END.length) : `\n\n${text.slice(place)}`
  writeFileSync(DOCUMENT, `${text.slice(0, place)}${MARK}\n\n${report}\n\n${END}${rest}`)
}
process.exit()
