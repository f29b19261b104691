import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { CASES } from './cases.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, runs: { type: 'string', default: '5' } } })
const RUNS = Number(values.runs)
const dir = makeTempFolder('bench')

function child(...args: readonly string[]): string {
  const run = spawnSync(process.execPath, ['--no-warnings', 'bench/run-case.ts', ...args], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`Cannot run ${args[0]}: ${run.stderr}`)
  return run.stdout
}

function worldFile(count: number): string {
  return join(dir, `${count}.json`)
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

/** Each figure in fresh processes, prepared once; the median of all runs. Prints a table, and JSON where asked. */
for (const count of new Set(CASES.flatMap(({ world }) => world ?? [])))
  child('prepare', String(count), worldFile(count))
const figures = CASES.map(({ name, unit, goal, world }) => {
  const runs = Array.from({ length: RUNS }, () =>
    Number(child('measure', name, world === undefined ? '' : worldFile(world))),
  )
  return { name, unit, goal, median: median(runs), runs, isMet: goal === undefined || median(runs) <= goal }
})
rmSync(dir, { recursive: true })

console.table(
  figures.map(figure => ({
    figure: figure.name,
    median: `${figure.median < 100 ? figure.median.toFixed(1) : Math.round(figure.median)} ${figure.unit}`,
    goal: figure.goal === undefined ? '' : `≤ ${figure.goal}`,
    met: figure.goal === undefined ? '' : figure.isMet ? 'yes' : 'NO',
    runs: figure.runs.map(run => Math.round(run * 10) / 10).join(' '),
  })),
)
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, median of ${RUNS}`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`)
