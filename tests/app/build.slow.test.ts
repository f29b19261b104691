import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const build = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['app/build.ts', ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

test('npm start builds the app in two lines', () => {
  const { status, stdout, stderr } = build()
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Building the app…\nBuilt in \d+ s: \d+ files, \d+\.\d MB, in .*\n$/)
  expect(stderr).toBe('')
})

test('npm start tells the whole error where the app cannot be built, and ends there', () => {
  const { status, stderr } = build('--config', 'no-such-config.ts')
  expect(status).not.toBe(0)
  expect(stderr).toMatch(/no-such-config\.ts/)
  expect(stderr).toMatch(/\n\s+at /)
})
