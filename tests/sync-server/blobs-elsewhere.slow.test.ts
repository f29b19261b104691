import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { blobPath, CHALLENGE_PATH, decodeChallengeAnswer } from '#schema/protocol/http.ts'
import { ok } from '#schema/result.ts'
import { readConfig } from '#sync-server/config.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { runCommand } from '#sync-server/operate/command.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { postgresPrograms, sayPostgresIsMissing, TestPostgres } from '../support/postgres.ts'
import {
  createLog,
  endProcess,
  type RelayProcess,
  startRelayProcess,
  storedFrames,
} from '../support/relay-processes.ts'
import { TestS3 } from '../support/s3.ts'
import { authorization, makeLog, type TestLog } from '../support/signed.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const programs = postgresPrograms()
if (programs === undefined) sayPostgresIsMissing()

/** The relay's real process and its commands, with blobs in an S3 store. */
describe.each(['SQLite', 'PostgreSQL'])('a relay on %s with its blobs in S3', kind => {
  const all = makeTempFolder('elsewhere')
  let s3: TestS3
  let postgres: TestPostgres | undefined
  let environment: Record<string, string>
  let log: TestLog
  let holder: SigningKey
  let relay: RelayProcess | undefined
  let folders = 0

  beforeAll(async () => {
    await readyCrypto()
    s3 = await TestS3.start()
    if (kind === 'PostgreSQL' && programs !== undefined) postgres = await TestPostgres.start(programs)
  })
  afterAll(async () => {
    await s3.destroy()
    await postgres?.destroy()
    rmSync(all, { recursive: true })
  })
  beforeEach(async context => {
    if (kind === 'PostgreSQL' && postgres === undefined) context.skip()
    await s3.run()
    for (const place of s3.places()) await s3.blobs().remove(place)
    ;[log, holder] = [makeLog(), makeSigningKey()]
    environment = { DATA: newFolder(), ...s3.environment, APP: 'none' }
    if (postgres !== undefined) environment = { ...environment, DATABASE_URL: await postgres.newDatabase() }
  })
  afterEach(async () => {
    if (relay !== undefined) await endProcess(relay.child, 'SIGKILL')
    relay = undefined
  })

  function newFolder(): string {
    const folder = join(all, String((folders += 1)))
    mkdirSync(folder)
    return folder
  }

  async function start(): Promise<RelayProcess> {
    relay = await startRelayProcess(environment)
    return relay
  }

  async function ask({ origin }: RelayProcess, bytes: Uint8Array<ArrayBuffer>, method: 'POST' | 'GET') {
    const { value } = decodeChallengeAnswer(
      new Uint8Array(await (await fetch(origin + CHALLENGE_PATH)).arrayBuffer()),
    ) as { value: { challenge: Uint8Array<ArrayBuffer> } }
    const path = blobPath(log.logId, blobIdOf(bytes))
    const body = method === 'POST' ? { body: bytes } : {}
    const signed = authorization(holder, value.challenge, method, path, body.body)
    const answer = await fetch(origin + path, { method, headers: { authorization: signed }, ...body })
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }

  async function operate(changed: Record<string, string>, ...words: string[]) {
    const config = readConfig({ ...environment, ...changed })
    if (!config.ok) throw new Error('unreadable settings')
    const lines: string[] = []
    const code = await runCommand(words, { config: config.value, say: line => lines.push(line), now: Date.now })
    return { code, text: lines.join('\n') }
  }

  test('gives back what it took after kill -9, and says that it cannot while S3 is out of reach, without an id', async () => {
    const first = await start()
    expect(first.printed.text).toContain('Blobs lie in an S3 store (S3_ENDPOINT).')
    await createLog(first.origin, log, holder)
    const blob = new Uint8Array(3_000_000).fill(3)
    expect(await ask(first, blob, 'POST')).toMatchObject({ status: 201 })
    await endProcess(first.child, 'SIGKILL')
    expect(s3.places()).toHaveLength(1)
    const [place] = s3.places()
    const second = await start()
    expect(await ask(second, blob, 'GET')).toEqual({ status: 200, bytes: blob })
    await s3.stop()
    expect(await ask(second, blob, 'GET')).toMatchObject({ status: 500 })
    expect(await storedFrames(second.origin, log, holder)).toEqual(new Set())
    await endProcess(second.child, 'SIGTERM')
    const third = await start()
    expect(third.printed.text).toContain('the S3 store does not answer (ECONNREFUSED)')
    await s3.run()
    expect(await ask(third, blob, 'GET')).toEqual({ status: 200, bytes: blob })
    for (const { printed } of [first, second, third]) {
      for (const id of [place!, log.logId, blobIdOf(blob)]) expect(printed.text).not.toContain(id)
    }
  })

  test('does not start where S3 refuses it, and says what to look at', async () => {
    environment = { ...environment, S3_BUCKET: 'another', S3_SECRET_KEY: 'geheim' }
    const said = await startRelayProcess(environment).catch((error: unknown) => String(error))
    expect(said).toMatch(/Cannot store a blob: the S3 store answers 404. Look at S3_BUCKET, S3_REGION, S3_ACCESS_KEY/)
    expect(said).not.toContain('geheim')
  })

  test('status, verify, backup and restore know of blobs there; a backup is whole without it', async () => {
    const { origin, child } = await start()
    await createLog(origin, log, holder)
    const blobs = [new Uint8Array(200_000).fill(1), new Uint8Array(100_000).fill(2)]
    for (const blob of blobs) await ask({ origin } as RelayProcess, blob, 'POST')
    expect((await operate({}, 'status')).text).toContain('Blobs in S3:   2 with 0.3 MB; 0 objects')
    expect(await operate({}, 'verify')).toMatchObject({ code: 0, text: expect.stringContaining('2 blobs of 1 logs') })
    const [backup, back] = [join(all, `backup-${kind}`), newFolder()]
    expect(await operate({}, 'backup', backup)).toMatchObject({ code: 0 })
    await endProcess(child, 'SIGTERM')

    const [damaged] = s3.places()
    s3.damage(damaged!)
    const verified = await operate({}, 'verify')
    expect(verified.code).toBe(1)
    expect(verified.text).toContain(`Log ${log.logId.slice(0, 6)}…: Cannot read a blob: the S3 store gives other bytes`)
    const refused = await operate({}, 'backup', join(all, `refused-${kind}`))
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('gives other bytes') })
    const without = { S3_ENDPOINT: '', S3_BUCKET: '', S3_ACCESS_KEY: '', S3_SECRET_KEY: '' }
    const unset = await operate(without, 'verify')
    expect(unset.code).toBe(3)
    expect(unset.text).toContain('2 blobs could not be looked at')
    expect(unset.text).toContain('S3_ENDPOINT is not set')

    await s3.stop()
    const away = await operate({}, 'verify')
    expect(away.code).toBe(3)
    expect(away.text).toContain('0 blobs of 1 logs')
    expect(away.text).toContain('2 blobs could not be looked at: Cannot read a blob: the S3 store does not answer')
    expect(away.text).not.toMatch(/Restore|Log [0-9a-f]/)
    const home = { ...without, DATA: back, DATABASE_URL: '' }
    expect(await operate(home, 'restore', backup)).toMatchObject({ code: 0 })
    const store = openSqliteStore({ path: join(back, 'relay.sqlite'), limits: DEFAULT_LIMITS })
    const asker = { holders: [toHex(holder.publicKey)], now: instant(Date.now()) }
    for (const blob of blobs) expect(await store.blob(log.logId, blobIdOf(blob), asker)).toEqual(ok(blob))
    expect(await store.state(log.logId, asker)).toMatchObject({ value: { bytes: 300_000 } })
    await store.close()
  })
})
