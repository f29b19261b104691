import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig } from '#sync-server/config.ts'

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
