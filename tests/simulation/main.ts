import '@automerge/automerge'
import { parseArgs } from 'node:util'
import { type PeopleOutcome, runPeopleSeed } from './people/run-people-seed.ts'
import { type Outcome, runSeed } from './run-seed.ts'
import { PERIL_NAMES, type Peril } from './world.ts'

type Play = (seed: number, perils?: readonly Peril[]) => Promise<Outcome | PeopleOutcome>

const WORLDS: Readonly<Record<string, Play>> = { devices: runSeed, people: seed => runPeopleSeed(seed) }

const { values } = parseArgs({
  options: {
    world: { type: 'string', default: 'devices' },
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    perils: { type: 'string' },
  },
})
const play = WORLDS[values.world]
const count = Number(values.seeds)
const first = Number(values.first)
const named = values.perils?.split(',')
const perils = named && PERIL_NAMES.filter(peril => named.includes(peril))
const isNonsense = !Number.isSafeInteger(count) || !Number.isSafeInteger(first) || count < 1
if (play === undefined || isNonsense || perils?.length !== named?.length) {
  console.error(
    `npm run simulate -- [--world devices|people] --seeds <how many> --first <number> [--trace] [--perils ${PERIL_NAMES.join()}]`,
  )
  process.exit(2)
}

const startedMs = performance.now()
let steps = 0
const failed: number[] = []
/** So often a line says how far it is, for whoever waits. */
const SEEDS_A_LINE = 50
let saidFailed = 0

function tellFailure(seed: number, failure: unknown): void {
  failed.push(seed)
  console.log(
    `seed ${seed}: ${failure instanceof Error ? (failure.stack ?? failure.message) : JSON.stringify(failure)}`,
  )
  console.log(
    `  replay: npm run simulate -- --world ${values.world} --seeds 1 --first ${seed} --trace${values.perils ? ` --perils ${values.perils}` : ''}`,
  )
}

function tellProgress(seed: number): void {
  const played = seed - first + 1
  if (played % SEEDS_A_LINE !== 0) return
  console.error(`seeds ${seed - SEEDS_A_LINE + 1}–${seed}, ${failed.length - saidFailed} failed`)
  saidFailed = failed.length
}

const counts = new Map<string, number>()
for (let seed = first; seed < first + count; seed++) {
  const outcome = await play(seed, perils)
  steps += outcome.steps
  if ('counts' in outcome) for (const [what, often] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + often)
  if (values.trace) for (const line of outcome.trace) console.log(line)
  if (outcome.failure !== undefined) tellFailure(seed, outcome.failure)
  tellProgress(seed)
}
for (const [what, often] of [...counts].toSorted(([a], [b]) => a.localeCompare(b)))
  console.log(`${often.toString().padStart(8)} ${what}`)
const seconds = (performance.now() - startedMs) / 1000
console.log(`${count} seeds, ${steps} steps, ${seconds.toFixed(1)} s, ${failed.length} failed`)
process.exit(failed.length > 0 ? 1 : 0)
