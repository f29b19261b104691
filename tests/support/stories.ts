import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { makeTempFolder } from './temp-folder.ts'

/**
 * The browser tests, as `npm test` runs them. A file is one story of people who go on from where they stand, so a step
 * can't be tried again by itself: where a file fails, the whole file is told once more, from its beginning. A hiccup of
 * a machine shared with others passes then; a defect fails twice.
 */
const report = join(makeTempFolder('stories'), 'report.json')

function tell(args: readonly string[]): Promise<boolean> {
  const child = spawn('vitest', ['run', '--project', 'browser', ...args], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code === 0))
  })
}

/** The files in which something failed; none where vitest itself broke off before its report. */
function failedFiles(): string[] {
  if (!existsSync(report)) return []
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: readonly { name: string; status: string }[]
  }
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(process.cwd(), name))
}

let isOk = await tell(['--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
const again = isOk ? [] : failedFiles()
if (again.length > 0) {
  console.log(`\nOnce more, from the beginning: ${again.join(', ')}\n`)
  isOk = await tell(again)
}
process.exitCode = isOk ? 0 : 1
