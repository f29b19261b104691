import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fail, ok } from '#schema/result.ts'
import { readConfig } from '#sync-server/config.ts'
import { readSettings } from '#sync-server/settings-file.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const folder = makeTempFolder('settings')
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'relay.env')
const EXAMPLE = readFileSync('sync-server/deploy/relay.env', 'utf8')
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1]!)

test('readSettings() takes a file below the environment, and nothing where none is named', () => {
  writeFileSync(path, '# mine\nPORT=1234\nHOST=::\n')
  expect(readSettings({ SETTINGS: path, PORT: '4321' })).toEqual(ok({ SETTINGS: path, PORT: '4321', HOST: '::' }))
  expect(readSettings({ PORT: '4321' })).toEqual(ok({ PORT: '4321' }))
})

test('readSettings() says which name is none, and which file cannot be read', () => {
  writeFileSync(path, 'PROT=1234\nQUOTA=1\n')
  const file = 'sync-server/deploy/relay.env lists them.'
  expect(readSettings({ SETTINGS: path })).toEqual(
    fail([`PROT in ${path} is no setting. ${file}`, `QUOTA in ${path} is no setting. ${file}`]),
  )
  writeFileSync(path, '# mine\nADMISSION_TOKENS: abc\n\nPORT 9105\n')
  const line = (no: number) => `Line ${no} of ${path} is not NAME=value, nor a remark that begins with #.`
  expect(readSettings({ SETTINGS: path })).toEqual(fail([line(2), line(4)]))
  const none = join(folder, 'none')
  expect(readSettings({ SETTINGS: none })).toEqual(fail([`Cannot read the settings in ${none}: ENOENT.`]))
})

test('the file that lists all settings has those of README.md, and is what the relay does when nothing is set', () => {
  const rows = namesIn(readFileSync('sync-server/README.md', 'utf8'), /^\| (`[A-Z0-9_`, ]+`) \|/gm)
  const known = rows.flatMap(cell => namesIn(cell, /`([A-Z0-9_]+)`/g))
  const listed = namesIn(EXAMPLE, /^#([A-Z0-9_]+)=/gm)
  expect(listed.toSorted()).toEqual(known.filter(name => name !== 'SETTINGS').toSorted())
  // An empty one is one that is not set.
  const all = EXAMPLE.replaceAll(/^#([A-Z0-9_]+=.*)$/gm, '$1')
  const asSet = all.replaceAll(/^(DATABASE_URL|PUSH_CONTACT)=.*$/gm, '')
  writeFileSync(path, asSet)
  const settings = readSettings({ SETTINGS: path })
  expect(settings.ok && readConfig(settings.value)).toEqual(readConfig({}))
  writeFileSync(path, all)
  const whole = readSettings({ SETTINGS: path })
  expect(whole.ok && readConfig(whole.value).ok).toBe(true)
})
