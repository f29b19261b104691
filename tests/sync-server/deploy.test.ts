import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { readConfig } from '#sync-server/config.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const UNIT = readFileSync('sync-server/deploy/wellkeep.service', 'utf8')

test('what the systemd unit sets are settings of the relay, written down and valid', () => {
  const known = readFileSync('sync-server/README.md', 'utf8')
  const set = [...UNIT.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!])
  expect(set.length).toBeGreaterThan(0)
  for (const [name] of set) expect(known).toContain(`| \`${name}\` |`)
  const config = readConfig(Object.fromEntries(set))
  expect(config).toMatchObject({ ok: true, value: { dataFolder: '/var/lib/wellkeep', trustsProxy: true } })
  expect(UNIT).toContain('StateDirectory=wellkeep')
})

test('the Caddyfile leads to the port where the relay is', () => {
  const config = readConfig({})
  if (!config.ok) throw new Error('unreadable settings')
  const { host, port } = config.value
  expect(readFileSync('sync-server/deploy/Caddyfile', 'utf8')).toContain(`reverse_proxy ${host}:${port}`)
})

const CONTAINERFILE = readFileSync('sync-server/deploy/Containerfile', 'utf8')
const COMPOSE = ['sync-server/deploy/compose.yaml', 'sync-server/deploy/compose.postgres.yaml']

test('the Containerfile is what a linter lets pass, and carries all that the relay imports', () => {
  expect(validate(CONTAINERFILE)).toEqual([])
  const { imports } = JSON.parse(readFileSync('package.json', 'utf8')) as { imports: Record<string, string> }
  const needed = ['#schema/*', '#crypto/*', '#sync-server/*'].map(alias => imports[alias]!.split('/')[1])
  for (const folder of [...needed, 'dist', 'node_modules', 'package.json']) {
    expect(CONTAINERFILE).toContain(`COPY --from=build /wellkeep/${folder} ./`)
  }
  const config = readConfig(
    Object.fromEntries(
      CONTAINERFILE.match(/^ENV (.*)$/m)![1]!
        .split(' ')
        .map(set => set.split('=') as [string, string]),
    ),
  )
  expect(config).toMatchObject({ ok: true, value: { host: '0.0.0.0', port: 8787, dataFolder: '/data' } })
})

test('the compose files are what a linter lets pass, and set only settings of the relay', () => {
  execFileSync('node_modules/.bin/dclint', ['--max-warnings', '0', ...COMPOSE])
  const known = readFileSync('sync-server/README.md', 'utf8')
  const set = COMPOSE.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/^ +- ([A-Z_]+)=/gm)].map(match => match[1]!),
  )
  const ofOthers = ['NAME', 'POSTGRES_DB', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_USER']
  const ours = set.filter(name => !ofOthers.includes(name))
  expect(ours).toContain('DATABASE_URL')
  for (const name of ours) expect(known).toContain(`| \`${name}\` |`)
})

test('after an installation without it, the Node that npm brought is where scripts and unit look for it', () => {
  const folder = makeTempFolder('link')
  const brought = `node-${process.platform}-${process.arch}`
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  mkdirSync(join(folder, 'node_modules', brought, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'node_modules', brought, 'bin/node'), 'the one')
  const script = resolve('sync-server/deploy/link-node.mjs')
  for (let times = 0; times < 2; times++) execFileSync(process.execPath, [script], { cwd: folder })
  expect(readFileSync(join(folder, 'node_modules/.bin/node'), 'utf8')).toBe('the one')
  expect(UNIT).toContain('ExecStart=/opt/wellkeep/node_modules/.bin/node ')
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  expect(scripts.postinstall).toBe('node sync-server/deploy/link-node.mjs')
  rmSync(folder, { recursive: true })
})
