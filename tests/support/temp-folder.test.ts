import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTempFolder } from './temp-folder.ts'

const run = (code: string) => {
  const door = JSON.stringify(join(import.meta.dirname, 'temp-folder.ts'))
  const script = `import { makeTempFolder } from ${door}; console.log(makeTempFolder('sweep')); ${code}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim()
}

test('makeTempFolder() deletes what a killed process left, and nothing of a living one', () => {
  const mine = makeTempFolder('sweep')
  const left = run('process.kill(process.pid, "SIGKILL")')
  expect([existsSync(mine), existsSync(left)]).toEqual([true, true])
  const later = run('')
  expect([existsSync(mine), existsSync(left), existsSync(later)]).toEqual([true, false, true])
  for (const folder of [mine, later]) rmSync(folder, { recursive: true })
})
