import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { readConfig } from '#sync-server/config.ts'
import { readSettings } from '#sync-server/settings-file.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const UNIT = readFileSync('sync-server/deploy/wellkeep.service', 'utf8')

/** What a relay has that the unit starts, with a file of the machine's own. */
function settingsOf(unit: string, ownFile: string) {
  const environment = Object.fromEntries(
    [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
  )
  const folder = makeTempFolder('unit')
  const own = join(folder, 'wellkeep.env')
  writeFileSync(own, ownFile)
  const settings = readSettings({
    ...environment,
    SETTINGS: environment['SETTINGS']!.replace('/etc/wellkeep.env', own),
  })
  rmSync(folder, { recursive: true })
  if (!settings.ok) throw new Error(settings.failure.join(' '))
  return settings.value
}

test('what the systemd unit sets are settings of the relay, written down and valid', () => {
  const known = readFileSync('sync-server/README.md', 'utf8')
  const { values } = settingsOf(UNIT, '')
  for (const name of Object.keys(values)) expect(known).toContain(`| \`${name}\` |`)
  const config = readConfig(values)
  expect(config).toMatchObject({ ok: true, value: { dataFolder: '/var/lib/wellkeep', trustsProxy: true } })
  expect(UNIT).toContain('StateDirectory=wellkeep')
})

test('the Caddyfile leads to the port where the relay is', () => {
  const config = readConfig({})
  if (!config.ok) throw new Error('unreadable settings')
  const { host, port } = config.value
  expect(readFileSync('sync-server/deploy/Caddyfile', 'utf8')).toContain(`reverse_proxy ${host}:${port}`)
})

const TEMPLATE = readFileSync('sync-server/deploy/wellkeep@.service', 'utf8')

test.each([UNIT, TEMPLATE.replaceAll('%i', '8788')])('the file of the machine goes before what a unit sets', unit => {
  const { values, remarks } = settingsOf(unit, 'DATA=/srv/wellkeep\nTRUST_PROXY=0\nDRAIN_SECONDS=9\n')
  expect(readConfig(values)).toMatchObject({
    value: { dataFolder: '/srv/wellkeep', trustsProxy: false, drainMs: 9000 },
  })
  expect(remarks).toEqual([])
})

test('the port of the template goes before the file, as each needs its own, and that is said', () => {
  const { values, remarks } = settingsOf(TEMPLATE.replaceAll('%i', '8788'), 'PORT=8787\n')
  expect(values['PORT']).toBe('8788')
  expect(remarks).toEqual([expect.stringMatching(/^PORT in .* does not count: the environment sets another\.$/)])
})

test('the template for several relays confines each as the unit of one, and drains it while the proxy looks', () => {
  const known = readFileSync('sync-server/README.md', 'utf8')
  const set = settingsOf(TEMPLATE.replaceAll('%i', '8788'), '').values
  for (const name of Object.keys(set)) expect(known).toContain(`| \`${name}\` |`)
  const config = readConfig(set)
  expect(config).toMatchObject({ ok: true, value: { port: 8788, trustsProxy: true, drainMs: 5000 } })
  const ours = ['Description=', 'After=', 'Environment=', 'TimeoutStopSec=']
  const rest = (unit: string) =>
    unit.split('\n').filter(line => !line.startsWith('#') && !ours.some(name => line.startsWith(name)))
  expect(rest(TEMPLATE)).toEqual(rest(UNIT))
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(TEMPLATE)![1]) * 1000).toBeGreaterThanOrEqual(5000 + 15_000)
})

test('each way of hosting has its steps, with the files that it needs', () => {
  const steps = readFileSync('docs/how-to/host-a-relay.md', 'utf8')
  for (const file of ['wellkeep.service', 'wellkeep@.service', 'Caddyfile', 'Caddyfile.several', 'relay.env']) {
    expect(steps).toMatch(new RegExp(`sync-server/deploy/${file.replaceAll('.', '\\.')}(?![.\\w])`))
  }
  const ports = [...steps.matchAll(/wellkeep@(\d+)/g)].map(match => match[1]!)
  const led = readFileSync('sync-server/deploy/Caddyfile.several', 'utf8').match(/127\.0\.0\.1:\d+/g)
  expect([...new Set(ports)].map(port => `127.0.0.1:${port}`)).toEqual(led)
})

const isThere = (program: string) =>
  spawnSync(program, ['--version']).status === 0 || spawnSync(program, ['version']).status === 0

const CADDYFILES = ['Caddyfile', 'Caddyfile.one', 'Caddyfile.two', 'Caddyfile.several']

test('Caddy, wherever it is started, writes no addresses of requests into its log', () => {
  for (const name of CADDYFILES)
    expect(readFileSync(`sync-server/deploy/${name}`, 'utf8')).toContain('exclude http.log.error')
  for (const file of COMPOSE) {
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/- \.\/Caddyfile\.(?:one|two):\/etc\/caddy\/Caddyfile:ro/)
    expect(text).not.toContain('caddy reverse-proxy')
  }
})

test.runIf(isThere('caddy')).each(CADDYFILES)('Caddy takes %s', name => {
  const folder = makeTempFolder('caddy')
  const env = { ...process.env, NAME: 'health.example.org', XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const arguments_ = ['validate', '--adapter', 'caddyfile', '--config', `sync-server/deploy/${name}`]
  const answer = spawnSync('caddy', arguments_, { env, encoding: 'utf8' })
  expect({ status: answer.status, said: answer.stderr }).toMatchObject({ status: 0 })
  rmSync(folder, { recursive: true })
})

test.runIf(isThere('systemd-analyze')).each(['wellkeep.service', 'wellkeep@.service'])(
  'systemd understands every line of %s',
  name => {
    const folder = makeTempFolder('systemd')
    // As where it is installed: only what the unit itself says is looked at.
    const unit = readFileSync(`sync-server/deploy/${name}`, 'utf8')
      .replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`)
      .replace(/^WorkingDirectory=.*$/m, `WorkingDirectory=${folder}`)
      .replaceAll(/^(?:User|Group|Documentation)=.*\n/gm, '')
    writeFileSync(join(folder, name), unit)
    const installed = join(folder, name)
    const answer = spawnSync('systemd-analyze', ['verify', '--man=no', installed], { encoding: 'utf8' })
    const said = answer.stderr.split('\n').filter(line => line.includes('wellkeep'))
    expect({ said }).toEqual({ said: [] })
    rmSync(folder, { recursive: true })
  },
)

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
