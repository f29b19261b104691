import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** Not among the dependencies: some hundred packages for figures that are looked at now and then. */
const LIGHTHOUSE = 'lighthouse@13.5.0'
const RUNS = 5
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'] as const

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>
}

/**
 * One visit of an empty browser on Lighthouse's phone: a slow 4G network and a processor a quarter as fast. Now and then it misses the
 * beginning of its own recording (NO_NAVSTART) and asks to be run again.
 */
async function visit(origin: string, file: string, triesLeft = 2): Promise<Report> {
  const flags = ['--headless=new', ...launchArgs].join(' ')
  const wanted = ['--quiet', '--output=json', `--output-path=${file}`, `--only-categories=${CATEGORIES.join(',')}`]
  const child = spawn('npx', ['--yes', LIGHTHOUSE, origin, ...wanted, `--chrome-flags=${flags}`], {
    env: { ...process.env, CHROME_PATH: await chromiumPath() },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise(resolve => child.once('exit', resolve))
  if (code !== 0 && triesLeft > 0) return visit(origin, file, triesLeft - 1)
  if (code !== 0) throw new Error(`Lighthouse ended with ${String(code)}: is there a network for npx to fetch it?`)
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

/** Scores in percent, times in milliseconds. */
function figuresOf({ categories, audits }: Report): Record<string, number> {
  const scores = CATEGORIES.map(name => [name, Math.round((categories[name]?.score ?? 0) * 100)] as const)
  const times = TIMES.map(name => [name, Math.round(audits[name]?.numericValue ?? 0)] as const)
  return Object.fromEntries([...scores, ...times])
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/** Five first visits to the welcome page from a real relay, and the median of each figure. */
const dir = makeTempFolder('lighthouse')
const relay = await RelayProcess.start()
const runs: Record<string, number>[] = []
for (let run = 0; run < RUNS; run++) runs.push(figuresOf(await visit(relay.origin, join(dir, `${run}.json`))))
await relay.destroy()
rmSync(dir, { recursive: true })
const medians = Object.fromEntries(
  Object.keys(runs[0]!).map(name => [name, median(runs.map(figures => figures[name]!))]),
)
console.table([...runs, medians])
console.log(`The last line is the median. Load of this machine: ${loadavg()[0]!.toFixed(1)}`)
