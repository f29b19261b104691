import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { circleIn } from '#tests/support/circles.ts'

const build = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['app/build.ts', ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

test('npm start builds the app in two lines', () => {
  const { status, stdout, stderr } = build()
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Building the app…\nBuilt in \d+ s: \d+ files, \d+\.\d MB, in .*\n$/)
  expect(stderr).toBe('')
})

test('no file of the built app is fetched round a circle, in which one would run before what it needs', () => {
  const names = readdirSync('dist/app/assets').filter(name => name.endsWith('.js'))
  const importsOf = new Map(names.map(name => [name, staticImportsOf(readFileSync(`dist/app/assets/${name}`, 'utf8'))]))
  expect([...importsOf.values()].flat().length).toBeGreaterThan(100)
  expect(circleIn(importsOf)).toBeUndefined()
  // What each page begins with comes in one piece.
  for (const page of ['index-', 'view-', 'connected-']) {
    const name = names.find(one => one.startsWith(page) && importsOf.get(one)?.some(two => two.startsWith('window-')))
    expect(importsOf.get(name ?? '')).toHaveLength(1)
  }
})

const staticImportsOf = (script: string) =>
  [...script.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map(([, name]) => name ?? '')

test('npm start tells the whole error where the app cannot be built, and ends there', () => {
  const { status, stderr } = build('--config', 'no-such-config.ts')
  expect(status).not.toBe(0)
  expect(stderr).toMatch(/no-such-config\.ts/)
  expect(stderr).toMatch(/\n\s+at /)
})
