import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { readConfig, settingsPassedOver } from '#sync-server/config.ts'

test('readConfig() serves this machine alone from data/ when nothing is set', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    value: {
      port: 8787,
      host: '127.0.0.1',
      dataFolder: 'data',
      appFolder: 'dist/app',
      trustsProxy: false,
      logsRequests: true,
    },
  })
  expect(config.ok && config.value.admissionHashes.size).toBe(0)
  expect(readConfig({}, true)).toMatchObject({ value: { logsRequests: false } })
})

test('readConfig() takes a folder of the app, the address where it is instead, or none; and whom an app asks that is alone', () => {
  const appOf = (environment: Record<string, string>) => {
    const config = readConfig(environment)
    if (!config.ok) return config.failure
    const { appFolder, appAt, relay } = config.value
    return { appFolder, appAt, relay }
  }
  expect(appOf({ APP: 'off' })).toEqual({})
  expect(appOf({ APP: 'https://app.example/' })).toEqual({ appAt: 'https://app.example' })
  expect(appOf({ APP: '/srv/app', RELAY: 'https://relay.example' })).toEqual({
    appFolder: '/srv/app',
    relay: 'https://relay.example',
  })
  for (const APP of ['http://app.example', 'https://app.example/path', 'https://user@app.example']) {
    expect(appOf({ APP })).toEqual([
      `APP must be a folder, "off", or an address as https://app.example.org; it is "${APP}".`,
    ])
  }
  expect(appOf({ RELAY: 'relay.example' })).toEqual([
    'RELAY must be the address of a relay, as https://relay.example.org; it is "relay.example".',
  ])
  expect(appOf({ APP: 'off', RELAY: 'https://relay.example' })).toEqual([
    'APP must be the folder of the built app where RELAY is set.',
  ])
})

test('readConfig() takes what is set, and keeps hashes of tokens only', () => {
  const config = readConfig({
    PORT: '0',
    HOST: '::',
    DATA: '/srv/wellkeep',
    QUOTA_MB: '10',
    ADMISSION_TOKENS: 'token-of-the-family, token-of-the-clinic,',
    METRICS_TOKEN: 'sixteen letters!',
    TRUST_PROXY: '1',
  })
  if (!config.ok) throw new Error(config.failure.join(' '))
  expect(config.value).toMatchObject({ port: 0, host: '::', dataFolder: '/srv/wellkeep', trustsProxy: true })
  expect(config.value.limits.accountBytes).toBe(10 * 1024 * 1024)
  const hash = (token: string) => createHash('sha256').update(token).digest('hex')
  expect(config.value.admissionHashes).toEqual(new Set([hash('token-of-the-family'), hash('token-of-the-clinic')]))
})

test('readConfig() says every variable that is wrong, and what it takes', () => {
  const config = readConfig({
    PORT: '80a',
    QUOTA_MB: '0',
    TRUST_PROXY: 'yes',
    ADMISSION_TOKENS: 'short',
    METRICS_TOKEN: 'x',
    PUSH_HOSTS: 'https://push.example',
    PUSH_CONTACT: 'me',
    DATABASE_URL: 'mysql://relay:geheim@host/relay',
  })
  expect(config).toMatchObject({ ok: false })
  expect(!config.ok && config.failure.join('\n')).toBe(
    [
      'ADMISSION_TOKENS must be tokens of 16 to 200 plain letters, digits or signs, separated by commas.',
      'METRICS_TOKEN must have at least 16 characters.',
      'PUSH_HOSTS must be host names in small letters, separated by commas; with a dot before it, a name stands for all below it.',
      'PUSH_CONTACT must be a mailto: or https: address; it is "me".',
      'DATABASE_URL must begin with postgres://, as in postgres://user:password@host/database.',
      'PORT must be a whole number from 0 to 65535; it is "80a".',
      'TRUST_PROXY must be 1 or 0; it is "yes".',
      'QUOTA_MB must be a whole number from 1 to 100000000; it is "0".',
    ].join('\n'),
  )
})

test('readConfig() keeps all in the data folder unless a database is named', () => {
  const databaseUrl = 'postgres://relay:geheim@host/relay'
  expect(readConfig({ DATABASE_URL: databaseUrl })).toMatchObject({ value: { databaseUrl } })
  expect(readConfig({ DATABASE_URL: '' })).not.toHaveProperty('value.databaseUrl')
})

test.each([
  ['postgres://relay:a#b@host/relay', false],
  ['postgres://relay:12#b@host/relay', false],
  ['postgres://relay:12/b@host/relay', false],
  ['postgres://relay:12?b@host/relay', false],
  ['postgres://relay:a%23b%40@host/relay?sslmode=verify-full', true],
  ['postgres://relay@/relay?host=/var/run/postgresql', true],
  ['postgresql:///relay', true],
])('readConfig() takes the database %s: %s, and says how a sign in the password is written', (url, isTaken) => {
  const config = readConfig({ DATABASE_URL: url })
  const failure = [expect.stringContaining('In the password, write # as %23, @ as %40')]
  expect(config).toMatchObject(isTaken ? { ok: true } : { failure })
  expect(JSON.stringify(config)).not.toMatch(isTaken ? /failure/ : /12|a#b/)
})

test('settingsPassedOver() says what means nothing where the app is served alone', () => {
  expect(settingsPassedOver({ ADMISSION_TOKENS: 'x'.repeat(16), DATABASE_URL: '' })).toEqual([])
  expect(
    settingsPassedOver({ RELAY: 'https://relay.example', ADMISSION_TOKENS: 'x'.repeat(16), DATABASE_URL: '' }),
  ).toEqual([
    'ADMISSION_TOKENS means nothing here: with RELAY, this process serves the app alone and keeps no records.',
  ])
})

const S3_ENDPOINT_WRONG =
  'S3_ENDPOINT must be https:// and a host, without a path, as in https://s3.eu-central-1.amazonaws.com; http:// only on this machine or its own network, as in http://localhost:9000.'

test.each([
  ['http://localhost:9000', true],
  ['http://127.0.0.1:9000', true],
  ['http://[::1]:9000', true],
  ['http://192.168.1.20:9000/', true],
  ['http://10.8.0.3', true],
  ['http://[fd00::7]:9000', true],
  // As a container beside it is called.
  ['http://minio:9000', true],
  ['http://nas.local:9000', true],
  ['http://nas.home.arpa', true],
  ['http://blobs.internal:9000', true],
  ['https://s3.example:8443', true],
  ['http://s3.example', false],
  ['http://8.8.8.8', false],
  ['http://[2001:4860:4860::8888]:9000', false],
  ['http://0x08080808', false],
  ['http://134744072:9000', false],
  ['http://s3.example.', false],
  ['http://user:secret-geheim@localhost:9000', false],
  ['https://s3.example/bucket', false],
  ['ftp://localhost', false],
])('readConfig() takes the S3 store %s: %s', (endpoint, isTaken) => {
  const config = readConfig({ S3_ENDPOINT: endpoint, S3_BUCKET: 'blobs', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' })
  expect(config).toMatchObject(isTaken ? { ok: true, value: { s3: { endpoint } } } : { failure: [S3_ENDPOINT_WRONG] })
})

test('readConfig() leaves blobs where all else is unless an S3 store is named, whole, and never says its keys', () => {
  const environment = {
    S3_ENDPOINT: 'https://s3.example',
    S3_BUCKET: 'wellkeep-blobs',
    S3_ACCESS_KEY: 'access-geheim',
    S3_SECRET_KEY: 'secret-geheim',
  }
  expect(readConfig({ S3_ENDPOINT: '', S3_REGION: 'eu-central-1' })).not.toHaveProperty('value.s3')
  expect(readConfig(environment)).toMatchObject({
    value: {
      s3: {
        endpoint: 'https://s3.example',
        bucket: 'wellkeep-blobs',
        region: 'us-east-1',
        accessKey: 'access-geheim',
        secretKey: 'secret-geheim',
      },
    },
  })
  const wrong = { S3_ENDPOINT: 's3.example/secret-geheim', S3_BUCKET: 'secret-geheim!', S3_REGION: 'secret geheim' }
  expect(readConfig({ ...environment, ...wrong, S3_SECRET_KEY: '' })).toEqual({
    ok: false,
    failure: [
      'S3_SECRET_KEY must be set too: S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY go together.',
      S3_ENDPOINT_WRONG,
      'S3_BUCKET must be the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.',
      'S3_REGION must be a name as eu-central-1 is one.',
    ],
  })
})

test('readConfig() lets pushes go to the browser makers’ services, to those that are set, or nowhere', () => {
  const hostsOf = (environment: Record<string, string>) => {
    const config = readConfig(environment)
    return config.ok ? config.value.pushHosts : config.failure
  }
  expect(hostsOf({})).toContain('fcm.googleapis.com')
  expect(hostsOf({ PUSH_HOSTS: '' })).toEqual([])
  expect(hostsOf({ PUSH_HOSTS: 'push.example, .push.apple.com' })).toEqual(['push.example', '.push.apple.com'])
  expect(readConfig({ PUSH_CONTACT: 'mailto:relay@example.org' })).toMatchObject({
    value: { pushContact: 'mailto:relay@example.org' },
  })
})
