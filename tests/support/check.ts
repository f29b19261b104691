import { spawn } from 'node:child_process'

/** `npm run check`: the tests beside what reads the sources, for two cores. Everything runs, whatever fails. */
const SIDES = [['vitest run --project unit'], ['tsc', 'oxlint', 'biome format', 'knip']]

interface Outcome {
  readonly command: string
  readonly isOk: boolean
  readonly printed: string
}

/** The tests talk while they run; the others' words come whole, after them. */
function run(command: string, isLive: boolean): Promise<Outcome> {
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', isLive ? 'inherit' : 'pipe', isLive ? 'inherit' : 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (printed += String(chunk)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ command, isOk: code === 0, printed }))
  })
}

async function runSide(commands: readonly string[], isLive: boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const command of commands) outcomes.push(await run(command, isLive))
  return outcomes
}

const outcomes = (await Promise.all(SIDES.map((side, index) => runSide(side, index === 0)))).flat()
for (const { command, isOk, printed } of outcomes) {
  if (!isOk) console.log(`\n${command}\n${printed.trimEnd()}`)
  console.log(`${isOk ? 'ok    ' : 'FAILED'} ${command}`)
}
process.exitCode = outcomes.every(({ isOk }) => isOk) ? 0 : 1
