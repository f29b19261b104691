import { rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { confirmDevice, offerDevice, spokenWords, startAnswer } from '#tests/browser/pair-acts.ts'
import { Person } from '#tests/browser/person.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { largeRecord, oneTest } from '#tests/support/fhir-fixtures.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { drawAgain, goAlong, typeAhead } from './trace-acts.ts'
import { longestOf, type Task, tasksWhile } from './trace-events.ts'
import { openTimes, PAGES } from './trace-pages.ts'

/**
 * What a person waits for in the browser with 20,000 entries, on a real relay: `npm run trace`. Two devices of one person: one brings
 * the entries in, and the other gets them while it shows the timeline.
 */
const [MIXED, OF_ONE_TEST] = [15_000, 5_000]

const folder = makeTempFolder('trace')
const relay = await RelayProcess.start()
const laptop = await Person.arrive(relay.origin)
const phone = await Person.arrive(relay.origin)

async function pair(): Promise<void> {
  await laptop.settleIn()
  await offerDevice(phone, 'other')
  await startAnswer(laptop)
  await laptop.page.getByLabel('The eight words').fill((await spokenWords(phone)).join(' '))
  await laptop.button('Connect').click()
  await confirmDevice(laptop, phone)
}

async function bringIn(name: string, text: string): Promise<void> {
  const file = join(folder, name)
  writeFileSync(file, text)
  await laptop.importFile(file)
}

async function fill(): Promise<{ readonly importing: readonly Task[]; readonly merging: readonly Task[] }> {
  await phone.go('Timeline')
  let importing: readonly Task[] = []
  const merging = await tasksWhile(phone.page, async () => {
    importing = await tasksWhile(laptop.page, async () => {
      await bringIn('mixed.json', largeRecord(1, MIXED))
      await bringIn('one-test.json', oneTest(OF_ONE_TEST))
    })
    await laptop.go('Timeline')
    const total = await laptop.page.getByText(/^[\d,]+ entries$/).innerText()
    await phone.page.getByText(total, { exact: true }).waitFor({ timeout: 120_000 })
  })
  return { importing, merging }
}

const lines: object[] = []

/** `runs` in ms. */
function tell(figure: string, goal: number, runs: readonly number[]): void {
  const median = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  const each = runs.map(Math.round).join(' ')
  lines.push({
    figure,
    'median, ms': Math.round(median),
    goal: `≤ ${goal}`,
    met: median <= goal ? 'yes' : 'NO',
    runs: each,
  })
}

try {
  await pair()
  const { importing, merging } = await fill()
  tell('longest task of the window while importing (CPU)', 50, [longestOf(importing)])
  tell('longest task of the window while another device’s entries come (CPU)', 50, [longestOf(merging)])
  for (const page of PAGES) tell(`open ${page.path}`, 200, await openTimes(laptop.page, page))
  tell('answer to one letter more in the search', 50, await typeAhead(laptop.page))
  tell('draw a chart of 5,000 points (CPU)', 100, await drawAgain(laptop.page))
  tell('go along it, each frame (CPU)', 8, await goAlong(laptop.page))
  console.table(lines)
  console.log(`By the clock where no CPU is named. Load of this machine: ${loadavg()[0]!.toFixed(1)}`)
} finally {
  await laptop.close()
  await phone.close()
  await relay.destroy()
  for (const dir of [folder, laptop.profileDir, phone.profileDir]) rmSync(dir, { recursive: true, force: true })
}
