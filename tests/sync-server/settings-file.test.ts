import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
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
  expect(readSettings({ SETTINGS: path, PORT: '4321' })).toEqual(
    ok({
      values: { SETTINGS: path, PORT: '4321', HOST: '::' },
      remarks: [`PORT in ${path} does not count: the environment sets another.`],
    }),
  )
  expect(readSettings({ SETTINGS: path, PORT: '1234' })).toMatchObject({ value: { remarks: [] } })
  expect(readSettings({ PORT: '4321' })).toEqual(ok({ values: { PORT: '4321' }, remarks: [] }))
})

test('readSettings() says which name is none, and which file cannot be read', () => {
  writeFileSync(path, 'PROT=1234\nQUOTA=1\n')
  const file = 'sync-server/deploy/relay.env lists them.'
  expect(readSettings({ SETTINGS: path })).toEqual(
    fail([
      `PROT in ${path} is no setting. Is PORT meant? ${file}`,
      `QUOTA in ${path} is no setting. Is QUOTA_MB meant? ${file}`,
    ]),
  )
  writeFileSync(path, '# mine\nADMISSION_TOKENS: abc\n\nPORT 9105\n')
  const line = (no: number) => `Line ${no} of ${path} is not NAME=value, nor a remark that begins with #.`
  expect(readSettings({ SETTINGS: path })).toEqual(fail([line(2), line(4)]))
  const none = join(folder, 'none')
  expect(readSettings({ SETTINGS: none })).toEqual(fail([`Cannot read the settings in ${none}: ENOENT.`]))
})

test('readSettings() takes several files, the last before those before it', () => {
  const later = join(folder, 'later.env')
  writeFileSync(path, 'PORT=1234\nDATA=/srv/a\n')
  writeFileSync(later, 'DATA=/srv/b\n')
  const read = readSettings({ SETTINGS: `${path}${delimiter}${later}` })
  expect(read).toMatchObject({ value: { values: { PORT: '1234', DATA: '/srv/b' }, remarks: [] } })
})

test('readSettings() takes no name twice, and no value that would end at a # in it', () => {
  writeFileSync(path, 'TOTAL_MB=1\nPORT=1 # mine\n#PORT=2\nTOTAL_MB=2\n')
  expect(readSettings({ SETTINGS: path })).toEqual(fail([`TOTAL_MB stands twice in ${path}: leave one of them.`]))
  writeFileSync(path, "ADMISSION_TOKENS=token-of-the#family\nMETRICS_TOKEN='sixteen#letters!'\nPORT= # none\n")
  expect(readSettings({ SETTINGS: path })).toEqual(
    fail([`Line 1 of ${path} would end before its #: put what stands after = between single quotes.`]),
  )
})

test.each([
  'ADMISSION_TOKEN',
  'admission_tokens',
  'ADMISSIONTOKENS',
  'ADMISION_TOKENS',
  'ADMISSION',
  'ADMISSION_CODES',
])('readSettings() takes no %s in the environment: the relay would be open to all', name => {
  const sentence = `${name} in the environment is no setting. Is ADMISSION_TOKENS meant?`
  expect(readSettings({ [name]: 'geheim-geheim-geheim' })).toEqual(fail([sentence]))
  expect(readSettings({ [name]: '' })).toMatchObject({ value: { remarks: [] } })
})

test.each([
  ['QOUTA_MB', 'QUOTA_MB'],
  ['QUOTA', 'QUOTA_MB'],
  ['DATABASEURL', 'DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['PROT', 'PORT'],
  ['port', 'PORT'],
  ['TRUSTPROXY', 'TRUST_PROXY'],
  ['METRIC_TOKEN', 'METRICS_TOKEN'],
  ['S3_ENDPIONT', 'S3_ENDPOINT'],
  ['SETTING', 'SETTINGS'],
])('readSettings() asks whether %s in the environment is meant for %s', (name, meant) => {
  const remarks = [`${name} in the environment is no setting. Is ${meant} meant?`]
  expect(readSettings({ [name]: 'geheim' })).toEqual(ok({ values: { [name]: 'geheim' }, remarks }))
})

test('readSettings() says nothing of names that other programs have', () => {
  const others =
    'PATH HOME HOSTNAME HOSTTYPE HOSTS APP_ENV APP_KEY APPDATA DATA_DIR DATABASE DATABASE_USER DATABASE_HOST DB_URL PG_HOST PGDATA POST PORTS PART DATE META SORT ' +
    'PGDATABASE NODE_ENV NODE_OPTIONS LOGNAME LOG_LEVEL TOTAL PROXY HTTP_PROXY NO_PROXY AWS_REGION AWS_ACCESS_KEY_ID AWS_S3_BUCKET S3_URL RELAY_HOST RELAY_PORT ' +
    'RELAY_SERVICE_HOST ADMISSION_WEBHOOK_SERVICE_HOST ADMISSION_PORT_443_TCP QUOTA_SERVICE_PORT METRICS_PORT METRICS_ADDR TOKEN GITHUB_TOKEN INIT_CWD COLOR EDITOR ' +
    'USER SHELL TERM LANG PWD OLDPWD SHLVL MAIL TZ NAME INVOCATION_ID JOURNAL_STREAM STATE_DIRECTORY SYSTEMD_EXEC_PID MEMORY_PRESSURE_WATCH npm_config_cache npm_package_name'
  const environment = Object.fromEntries(others.split(' ').map(name => [name, 'x']))
  expect(readSettings(environment)).toEqual(ok({ values: environment, remarks: [] }))
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
  expect(settings.ok && readConfig(settings.value.values)).toEqual(readConfig({}))
  writeFileSync(path, all)
  const whole = readSettings({ SETTINGS: path })
  expect(whole.ok && readConfig(whole.value.values).ok).toBe(true)
})
