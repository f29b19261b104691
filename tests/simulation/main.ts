import '@automerge/automerge'
import { parseArgs } from 'node:util'
import { runSeed } from './run-seed.ts'
import { PERIL_NAMES } from './world.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    perils: { type: 'string' },
  },
})
const count = Number(values.seeds)
const first = Number(values.first)
const named = values.perils?.split(',')
const perils = named && PERIL_NAMES.filter(peril => named.includes(peril))
const isNonsense = !Number.isSafeInteger(count) || !Number.isSafeInteger(first) || count < 1
if (isNonsense || perils?.length !== named?.length) {
  console.error(`npm run simulate -- --seeds <how many> --first <number> [--trace] [--perils ${PERIL_NAMES.join()}]`)
  process.exit(2)
}

const startedMs = performance.now()
let steps = 0
const failed: number[] = []
for (let seed = first; seed < first + count; seed++) {
  const outcome = await runSeed(seed, perils)
  steps += outcome.steps
  if (values.trace) for (const line of outcome.trace) console.log(line)
  if (outcome.failure === undefined) continue
  failed.push(seed)
  const { failure } = outcome
  console.log(
    `seed ${seed}: ${failure instanceof Error ? (failure.stack ?? failure.message) : JSON.stringify(failure)}`,
  )
  console.log(
    `  replay: npm run simulate -- --seeds 1 --first ${seed} --trace${values.perils ? ` --perils ${values.perils}` : ''}`,
  )
}
const seconds = (performance.now() - startedMs) / 1000
console.log(`${count} seeds, ${steps} steps, ${seconds.toFixed(1)} s, ${failed.length} failed`)
process.exit(failed.length > 0 ? 1 : 0)
