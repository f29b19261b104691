import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { CHALLENGE_PATH, decodeChallengeAnswer, logPath } from '#schema/protocol/http.ts'
import { Line } from '../support/line.ts'
import { postgresPrograms, sayPostgresIsMissing, TestPostgres } from '../support/postgres.ts'
import {
  appendForever,
  createLog,
  endProcess,
  RelayClient,
  type RelayProcess,
  startRelayProcess,
  storedFrames,
} from '../support/relay-processes.ts'
import { authorization, capabilityOf, makeLog, TestFeed, type TestLog } from '../support/signed.ts'

const programs = postgresPrograms()
if (programs === undefined) sayPostgresIsMissing()

const SOON = { timeout: 20_000 }

/** Real relay processes on one real PostgreSQL, as behind a load balancer. */
describe.skipIf(programs === undefined)('two relays on one database', () => {
  let postgres: TestPostgres
  let url: string
  let log: TestLog
  let holder: SigningKey
  const running: RelayProcess[] = []
  const clients: RelayClient[] = []

  beforeAll(async () => {
    await readyCrypto()
    postgres = await TestPostgres.start(programs!, true)
  })
  afterAll(() => postgres.destroy())
  beforeEach(async () => {
    url = await postgres.newDatabase()
    ;[log, holder] = [makeLog(), makeSigningKey()]
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    for (const relay of running.splice(0)) await endProcess(relay.child, 'SIGKILL')
  })

  async function start(): Promise<RelayProcess> {
    const relay = await startRelayProcess({ DATABASE_URL: url, FRAMES_PER_SECOND: '100000', APP: 'none' })
    running.push(relay)
    return relay
  }

  async function connect(relay: RelayProcess, by: SigningKey, ...feeds: readonly TestFeed[]): Promise<RelayClient> {
    const client = await RelayClient.connect(relay.origin, by, ...feeds)
    clients.push(client)
    return client
  }

  /** Both started at the same moment, on a database without tables. */
  async function two(): Promise<[RelayProcess, RelayProcess]> {
    const both = await Promise.all([start(), start()])
    await createLog(both[0].origin, log, holder)
    return both
  }

  /** Who writes at one relay, and who watches at the other. */
  async function writerAndReader(one: RelayProcess, other: RelayProcess, by = holder) {
    const feed = new TestFeed(log)
    const writer = await connect(one, holder, feed)
    const reader = await connect(other, by)
    reader.watch(log.logId)
    await expect.poll(() => reader.of('done').length, SOON).toBe(2)
    return { feed, writer, reader }
  }

  test('what one takes the other delivers, whole and in order, and both know the same log', async () => {
    const [one, other] = await two()
    const { feed, writer, reader } = await writerAndReader(one, other)
    const frames = Array.from({ length: 40 }, () => feed.next())
    for (const frame of frames) writer.append(frame)
    await expect.poll(() => reader.pushed(), SOON).toEqual(frames.map(frame => toHex(frame.bytes)))
    expect(writer.acknowledged()).toBe(40)
    const pushes = reader.of('push')
    expect(pushes.map(push => push.before)).toEqual([0, ...pushes.slice(0, -1).map(push => push.cursor)])
    // A challenge of one counts at the other: a balancer may send each request elsewhere.
    expect(await storedFrames(other.origin, log, holder, one.origin)).toEqual(new Set(reader.pushed()))
  })

  test('a capability that is revoked at one ends watching at the other, and it serves nothing by it', async () => {
    const [one, other] = await two()
    const guest = makeSigningKey()
    const theirs = capabilityOf(log, guest)
    await ask(one.origin, 'POST', logPath(log.logId, 'caps'), encodeCapability(theirs))
    const { feed, writer, reader } = await writerAndReader(one, other, guest)
    await ask(one.origin, 'DELETE', `${logPath(log.logId, 'caps')}/${theirs.id}`)
    await expect.poll(() => reader.of('unwatched').map(message => message.code), SOON).toEqual(['not-allowed'])
    writer.append(feed.next())
    await expect.poll(() => writer.acknowledged(), SOON).toBe(1)
    expect(reader.pushed()).toEqual([])
  })

  async function ask(origin: string, method: 'POST' | 'DELETE', path: string, body?: Uint8Array<ArrayBuffer>) {
    const challenge = decodeChallengeAnswer(new Uint8Array(await (await fetch(origin + CHALLENGE_PATH)).arrayBuffer()))
    if (!challenge.ok) throw new Error(challenge.failure)
    const headers = { authorization: authorization(holder, challenge.value.challenge, method, path, body) }
    const answer = await fetch(origin + path, { method, headers, ...(body === undefined ? {} : { body }) })
    expect(answer.ok).toBe(true)
  }

  test('what was appended while the line for notifications was cut is told when it is back', async () => {
    const [one, other] = await two()
    const { feed, writer, reader } = await writerAndReader(one, other)
    // Cut for longer than one try to come back: nobody new may log in meanwhile.
    const admin = postgres.url('postgres')
    const name = new URL(url).pathname.slice(1)
    await postgres.query(admin, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await postgres.query(
      admin,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN wellkeep'",
    )
    writer.append(feed.next(), feed.next())
    await expect.poll(() => writer.acknowledged(), SOON).toBe(2)
    expect(reader.pushed()).toEqual([])
    await postgres.query(admin, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    await expect
      .poll(() => reader.of('moved').map(message => message.logs), SOON)
      .toEqual([[{ logId: log.logId, cursor: 2 }]])
    writer.append(feed.next())
    await expect.poll(() => reader.pushed().length, SOON).toBe(1)
  })

  test('a database that is restarted costs no acknowledged frame, and both relays go on by themselves', async () => {
    const [one, other] = await two()
    const acknowledged = new Set<string>()
    const gone = appendForever(one.origin, log, holder, frame => acknowledged.add(frame))
    await expect.poll(() => acknowledged.size, SOON).toBeGreaterThan(100)
    await postgres.stop('SIGQUIT')
    await expect.poll(async () => (await fetch(`${other.origin}/readyz`)).status, SOON).toBe(503)
    expect((await fetch(`${other.origin}/healthz`)).status).toBeLessThan(600)
    // Long enough for the chores of each second to fail.
    await new Promise(wait => setTimeout(wait, 3000))
    await postgres.run()
    await expect.poll(async () => (await fetch(`${other.origin}/readyz`)).status, SOON).toBe(200)
    const stored = await storedFrames(other.origin, log, holder)
    expect([...acknowledged].filter(frame => !stored.has(frame))).toEqual([])
    const feed = new TestFeed(log)
    const writer = await connect(one, holder, feed)
    writer.append(feed.next())
    await expect.poll(() => writer.acknowledged(), SOON).toBe(1)
    await gone
    for (const { printed } of [one, other]) {
      await expect.poll(() => printed.text, SOON).toContain('"event":"database-back"')
      const said = printed.text.split('\n').filter(line => /"event":"(?:error|database-.*)"/.test(line))
      expect(said.map(line => JSON.parse(line).event)).toEqual(['database-away', 'database-back'])
      expect(said.join()).not.toContain('127.0.0.1')
    }
  })

  test('a standby takes over from a database that dies without a word: nothing acknowledged is lost, and both relays go on', async () => {
    const primary = await TestPostgres.start(programs!, true)
    const database = new URL(await primary.newDatabase())
    const standby = await primary.standby()
    const line = await Line.to(primary.port)
    try {
      url = `postgres://relay@127.0.0.1:${line.port}${database.pathname}`
      const [one, other] = await two()
      const guest = makeSigningKey()
      await ask(one.origin, 'POST', logPath(log.logId, 'caps'), encodeCapability(capabilityOf(log, guest)))
      const reader = await connect(other, guest)
      reader.watch(log.logId)
      const acknowledged = new Set<string>()
      const gone = appendForever(one.origin, log, holder, frame => acknowledged.add(frame))
      await expect.poll(() => acknowledged.size, SOON).toBeGreaterThan(100)
      line.silence()
      await expect.poll(async () => (await fetch(`${other.origin}/readyz`)).status, SOON).toBe(503)
      await primary.stop('SIGQUIT')
      await standby.promote()
      line.leadTo(standby.port)
      for (const { origin } of [one, other]) {
        await expect.poll(async () => (await fetch(`${origin}/readyz`)).status, SOON).toBe(200)
      }
      await gone
      const stored = await storedFrames(other.origin, log, holder)
      expect([...acknowledged].filter(frame => !stored.has(frame))).toEqual([])
      const { feed, writer, reader: late } = await writerAndReader(one, other)
      const frame = feed.next()
      writer.append(frame)
      await expect.poll(() => late.pushed(), SOON).toContain(toHex(frame.bytes))
      // Of whom it could not be asked whether they may still read: they were cut off, and come again.
      await expect.poll(() => !reader.isOpen || reader.pushed().includes(toHex(frame.bytes)), SOON).toBe(true)
    } finally {
      for (const relay of running.splice(0)) await endProcess(relay.child, 'SIGKILL')
      line.close()
      await primary.destroy()
      await standby.destroy()
    }
  })

  test('a relay that is killed under load, again and again, loses nothing that it acknowledged; the other serves it', async () => {
    let [one, other] = await two()
    const acknowledged = new Set<string>()
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.size
      const gone = appendForever(one.origin, log, holder, frame => acknowledged.add(frame))
      await expect.poll(() => acknowledged.size - before, SOON).toBeGreaterThan(200)
      await endProcess(one.child, 'SIGKILL')
      await gone
      const stored = await storedFrames(other.origin, log, holder)
      expect([...acknowledged].filter(frame => !stored.has(frame))).toEqual([])
      ;[one, other] = [other, await start()]
    }
  })
})
