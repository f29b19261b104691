import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hash } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { lockOfPasscode } from '#crypto/link-passcode.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { concat, utf8 } from '#schema/bytes.ts'
import { LinkId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { LOGS_PATH, logPath } from '#schema/protocol/http.ts'
import {
  answersPath,
  decodeLinkAnswers,
  decodeLinkStates,
  encodeNewLink,
  LINK_TRIES,
  linkPath,
  linksPath,
  MAX_ANSWER_BYTES,
  MAX_LINK_FILE_BYTES,
  MAX_LINK_LIFE_MS,
  type NewLink,
  openPath,
} from '#schema/protocol/link.ts'
import { capabilityOf, makeLog, type TestLog } from '../../support/signed.ts'
import { TestRelay } from '../../support/test-relay.ts'

/** Links at the relay, as their owner and as other people's viewers ask for them. */

const HOUR_MS = 3600_000
const FILE = 'eyJhbGciOiJkaXIifQ..a.b.c'

let relay: TestRelay
let log: TestLog
let holder: SigningKey
beforeAll(readyCrypto)
beforeEach(async () => {
  relay = new TestRelay()
  log = makeLog('home')
  holder = makeSigningKey()
  await createLog(log, holder)
})

async function createLog(made: TestLog, by: SigningKey) {
  const body = concat(made.genesisBytes, encodeCapability(capabilityOf(made, by)))
  expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
}

async function makeLink(more: Partial<NewLink> = {}) {
  const bytes = randomBytes(32)
  const link: NewLink = {
    linkId: LinkId.of(hash(bytes).subarray(0, 16)),
    expiresAt: instant(relay.nowMs + HOUR_MS),
    isDirect: true,
    isLongTerm: false,
    origin: 'https://relay.example',
    file: utf8(FILE),
    ...more,
  }
  const made = await relay.signed(holder, 'POST', linksPath(log.logId), { body: encodeNewLink(link) })
  expect(made.status).toBe(201)
  return { link, path: openPath(Buffer.from(bytes).toString('base64url')) }
}

async function makeLocked(more: Partial<NewLink> = {}) {
  return makeLink({ isDirect: false, lock: await lockOfPasscode('482 913'), ...more })
}

const get = (path: string, recipient = 'Dr. Weber') =>
  relay.request('GET', `${path}?recipient=${encodeURIComponent(recipient)}`)

async function ask(path: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const answer = await relay.request('POST', path, { headers, body: utf8(JSON.stringify(body)) })
  return { ...answer, json: JSON.parse(new TextDecoder().decode(answer.body)) }
}

const act = (link: NewLink, wanted: 'pause' | 'arm', by = holder) =>
  relay.signed(by, 'POST', linkPath(log.logId, link.linkId, wanted), { body: new Uint8Array() })
const destroy = (link: NewLink, by = holder) => relay.signed(by, 'DELETE', linkPath(log.logId, link.linkId))

async function states() {
  const decoded = decodeLinkStates((await relay.signed(holder, 'GET', linksPath(log.logId))).body)
  return decoded.ok ? decoded.value : []
}

test('a file without a passcode is given by GET, counted, and its owner sees who said to have opened it', async () => {
  const { link, path } = await makeLink()
  const answer = await get(path, '  Dr.\nWeber ')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/jose')
  expect(new TextDecoder().decode(answer.body)).toBe(FILE)
  const [state] = await states()
  expect(state).toEqual({
    linkId: link.linkId,
    standing: 'open',
    opens: 1,
    openings: [{ at: relay.nowMs, recipient: 'Dr. Weber' }],
  })
  expect((await ask(path, { recipient: 'x' })).status).toBe(404)
})

test('asking only whether it is there opens nothing', async () => {
  const { path } = await makeLink()
  expect(await relay.request('HEAD', path)).toMatchObject({ status: 200, body: new Uint8Array() })
  expect(await states()).toMatchObject([{ opens: 0, openings: [] }])
})

test('any page may ask, also before it asks, and reads what it is refused', async () => {
  const { path } = await makeLink()
  const preflight = await relay.request('OPTIONS', path)
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
  for (const asked of [path, openPath('A'.repeat(43)), `${OPEN}/nothing`]) {
    expect((await get(asked)).headers.get('access-control-allow-origin')).toBe('*')
  }
})
const OPEN = '/v1/shl'

test('a link is over at the very millisecond of its end, by the relay’s clock', async () => {
  const { path, link } = await makeLink()
  relay.nowMs = link.expiresAt - 1
  expect((await get(path)).status).toBe(200)
  relay.nowMs = link.expiresAt
  expect((await get(path)).status).toBe(404)
  expect(await states()).toMatchObject([{ standing: 'over', opens: 1 }])
})

test('a list of files asks for the passcode: wrong ones are counted and said, the right one takes none', async () => {
  const { path } = await makeLocked()
  expect((await get(path)).status).toBe(404)
  expect(await ask(path, { recipient: 'Dr. Weber' })).toMatchObject({ status: 401, json: { remainingAttempts: 10 } })
  const wrong = await ask(path, { recipient: 'Dr. Weber', passcode: '1' })
  expect(wrong).toMatchObject({ status: 401, json: { remainingAttempts: 9 } })
  const right = await ask(path, { recipient: 'Dr. Weber', passcode: ' 482 913 ' })
  expect(right).toMatchObject({
    status: 200,
    json: { status: 'finalized', files: [{ contentType: 'application/fhir+json', embedded: FILE }] },
  })
  expect(await ask(path, { recipient: 'x', passcode: '2' })).toMatchObject({ json: { remainingAttempts: 8 } })
  expect(await states()).toMatchObject([{ opens: 1, openings: [{ recipient: 'Dr. Weber' }] }])
})

test('wrong passcodes at the same time get no more tries than one after the other, and then the link is closed until it is armed', async () => {
  const { link, path } = await makeLocked()
  const many = await Promise.all(
    Array.from({ length: LINK_TRIES + 5 }, (_, n) => ask(path, { recipient: 'x', passcode: `wrong ${n}` })),
  )
  const left = many.map(answer => answer.json.remainingAttempts as number).sort((a, b) => b - a)
  expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0])
  expect(await ask(path, { recipient: 'x', passcode: '482 913' })).toMatchObject({
    status: 401,
    json: { remainingAttempts: 0 },
  })
  expect(await states()).toMatchObject([{ standing: 'closed', opens: 0 }])
  expect((await act(link, 'arm')).status).toBe(200)
  expect((await ask(path, { recipient: 'x', passcode: '482 913' })).status).toBe(200)
})

test('a file that is longer than the viewer takes is given by an address of its own, for five minutes and without counting again', async () => {
  const { path } = await makeLocked({ isLongTerm: true, maxOpens: 1 })
  const { json } = await ask(path, { recipient: 'x', passcode: '482 913', embeddedLengthMax: 5 })
  expect(json.status).toBe('can-change')
  const location = new URL(json.files[0].location)
  expect(location.origin).toBe('https://relay.example')
  const from = location.pathname + location.search
  expect(new TextDecoder().decode((await relay.request('GET', from)).body)).toBe(FILE)
  const forged = from.replace(
    /(ticket=\d+\.)(.)/,
    (_, head: string, letter: string) => head + (letter === 'A' ? 'B' : 'A'),
  )
  expect((await relay.request('GET', forged)).status).toBe(404)
  relay.nowMs += 5 * 60_000
  expect((await relay.request('GET', from)).status).toBe(404)
  expect(await states()).toMatchObject([{ standing: 'used-up', opens: 1 }])
})

test('a link that may be opened so often is opened so often, also at the same time', async () => {
  const { link, path } = await makeLink({ maxOpens: 2 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => get(path)))
  expect(answers.filter(answer => answer.status === 200)).toHaveLength(2)
  expect(answers.filter(answer => answer.status === 404)).toHaveLength(3)
  expect(await states()).toMatchObject([{ standing: 'used-up', opens: 2 }])
  await act(link, 'arm')
  expect((await get(path)).status).toBe(200)
  expect(await states()).toMatchObject([{ standing: 'open', opens: 3 }])
})

test('a paused link is not there until it is armed, a destroyed one never again', async () => {
  const { link, path } = await makeLink()
  expect((await act(link, 'pause')).status).toBe(200)
  expect((await get(path)).status).toBe(404)
  expect(await states()).toMatchObject([{ standing: 'paused' }])
  await act(link, 'arm')
  expect((await get(path)).status).toBe(200)
  expect((await destroy(link)).status).toBe(200)
  expect((await destroy(link)).status).toBe(200)
  expect((await get(path)).status).toBe(404)
  expect(await states()).toEqual([])
})

test('only who manages the log changes its links; another log’s owner can’t, and not by the same id either', async () => {
  const { link, path } = await makeLink()
  const [reader, stranger] = [makeSigningKey(), makeSigningKey()]
  const capability = encodeCapability(capabilityOf(log, reader, { rights: RIGHTS.read | RIGHTS.append }))
  await relay.request('POST', logPath(log.logId, 'caps'), { body: capability })
  for (const by of [reader, stranger]) {
    expect((await act(link, 'pause', by)).status).toBe(403)
    expect((await destroy(link, by)).status).toBe(403)
    expect((await relay.signed(by, 'GET', linksPath(log.logId))).status).toBe(403)
    const put = await relay.signed(by, 'POST', linksPath(log.logId), { body: encodeNewLink(link) })
    expect(put.status).toBe(403)
  }
  const other = makeLog('home')
  await createLog(other, stranger)
  const taken = await relay.signed(stranger, 'POST', linksPath(other.logId), { body: encodeNewLink(link) })
  expect(taken.status).toBe(403)
  expect((await relay.signed(stranger, 'DELETE', linkPath(other.logId, link.linkId))).status).toBe(200)
  expect((await get(path)).status).toBe(200)
})

const replace = (link: NewLink, body = utf8('new..a.b.c'), by = holder) =>
  relay.signed(by, 'POST', linkPath(log.logId, link.linkId, 'file'), { body })

test('a living link is sealed anew in its place, also while it is paused: counters and address stay', async () => {
  const { link, path } = await makeLink({ isLongTerm: true, isDirect: false, maxOpens: 3 })
  expect(await ask(path, { recipient: 'x' })).toMatchObject({ json: { status: 'can-change' } })
  await act(link, 'pause')
  expect((await replace(link)).status).toBe(200)
  expect((await ask(path, { recipient: 'x' })).status).toBe(404)
  await act(link, 'arm')
  expect(await ask(path, { recipient: 'x' })).toMatchObject({ json: { files: [{ embedded: 'new..a.b.c' }] } })
  expect(await states()).toMatchObject([{ opens: 2 }])
})

test('what is no living link of this log, is over or was destroyed takes no other file, and none comes of it', async () => {
  const [still, living] = [await makeLink(), await makeLink({ isLongTerm: true })]
  expect((await replace(still.link)).status).toBe(404)
  expect((await replace({ ...living.link, linkId: LinkId.of(randomBytes(16)) })).status).toBe(404)
  expect((await replace(living.link, utf8('x'), makeSigningKey())).status).toBe(403)
  expect((await replace(living.link, new Uint8Array())).status).toBe(400)
  expect((await replace(living.link, new Uint8Array(MAX_LINK_FILE_BYTES + 1))).status).toBe(413)
  const again = encodeNewLink({ ...living.link, file: utf8('new') })
  expect((await relay.signed(holder, 'POST', linksPath(log.logId), { body: again })).status).toBe(200)
  expect(new TextDecoder().decode((await get(living.path)).body)).toBe(FILE)
  await destroy(living.link)
  expect((await replace(living.link)).status).toBe(404)
  expect(await states()).toMatchObject([{ linkId: still.link.linkId }])
  const short = await makeLink({ isLongTerm: true })
  relay.nowMs = short.link.expiresAt
  expect((await replace(short.link)).status).toBe(404)
})

test('sizes, numbers and rates have bounds', async () => {
  relay = new TestRelay({ linksPerLog: 1, linkOpens: { perSecond: 1, burst: 2 } })
  await createLog(log, holder)
  const { link, path } = await makeLink()
  const more = encodeNewLink({ ...link, linkId: LinkId.of(randomBytes(16)) })
  expect((await relay.signed(holder, 'POST', linksPath(log.logId), { body: more })).status).toBe(507)
  const large = encodeNewLink({ ...link, file: new Uint8Array(MAX_LINK_FILE_BYTES + 1) })
  expect((await relay.signed(holder, 'POST', linksPath(log.logId), { body: large })).status).toBe(413)
  const noise = await relay.signed(holder, 'POST', linksPath(log.logId), { body: utf8('noise') })
  expect(noise.status).toBe(400)
  for (const end of [relay.nowMs, relay.nowMs + MAX_LINK_LIFE_MS + 1]) {
    const body = encodeNewLink({ ...link, expiresAt: instant(end) })
    expect((await relay.signed(holder, 'POST', linksPath(log.logId), { body })).status).toBe(400)
  }
  const statuses = [await get(path), await get(path), await get(path)].map(answer => answer.status)
  expect(statuses).toEqual([200, 200, 429])
  relay.nowMs += 1000
  expect((await relay.request('POST', path, { body: new Uint8Array(5000) })).status).toBe(413)
})

test('the room of a link counts to its log, and comes back when it goes or is over', async () => {
  const size = async () => {
    const state = await relay.relay.store.state(log.logId, asker())
    return state.ok ? state.value.bytes : Number.NaN
  }
  const asker = () => ({ holders: [Buffer.from(holder.publicKey).toString('hex')], now: instant(relay.nowMs) })
  const before = await size()
  const [one, two] = [await makeLink(), await makeLink()]
  expect(await size()).toBe(before + 2 * FILE.length)
  await destroy(one.link)
  expect(await size()).toBe(before + FILE.length)
  relay.nowMs = two.link.expiresAt
  await relay.relay.store.sweep(instant(relay.nowMs))
  expect(await size()).toBe(before)
  expect(await states()).toMatchObject([{ standing: 'over' }])
  relay.nowMs += 30 * 24 * HOUR_MS
  await relay.relay.store.sweep(instant(relay.nowMs))
  expect(await states()).toEqual([])
})

test('whoever has the address leaves a sealed answer, and only who manages the log reads and removes it', async () => {
  const { link, path } = await makeLink({ takesAnswers: true })
  const answer = utf8('sealed')
  expect((await relay.request('POST', `${path}/answers`, { body: answer })).status).toBe(201)
  expect((await relay.request('POST', `${path}/answers`, { body: new Uint8Array() })).status).toBe(400)
  const listed = await relay.signed(holder, 'GET', answersPath(log.logId, link.linkId))
  const answers = decodeLinkAnswers(listed.body)
  if (!answers.ok) throw new Error(answers.failure)
  expect(answers.value).toMatchObject([{ bytes: answer.length }])
  const at = answersPath(log.logId, link.linkId, answers.value[0]!.no)
  expect((await relay.signed(makeSigningKey(), 'GET', at)).status).toBe(403)
  expect((await relay.signed(holder, 'GET', at)).body).toEqual(answer)
  expect((await relay.signed(holder, 'DELETE', at)).status).toBe(200)
  expect((await relay.signed(holder, 'GET', at)).status).toBe(404)
  const plain = await makeLink()
  expect((await relay.request('POST', `${plain.path}/answers`, { body: answer })).status).toBe(404)
  const large = new Uint8Array(MAX_ANSWER_BYTES + 1)
  expect((await relay.request('POST', `${path}/answers`, { body: large })).status).toBe(413)
})

test('with its log a link goes', async () => {
  const { path } = await makeLink()
  await relay.signed(holder, 'DELETE', logPath(log.logId))
  expect((await get(path)).status).toBe(404)
})

test('no line of the relay’s log names a link, whole or in part, or who opened it', async () => {
  const { link, path } = await makeLocked()
  await ask(path, { recipient: 'Dr. Weber', passcode: '482 913' })
  await act(link, 'pause')
  const lines = relay.lines.join('\n')
  expect(lines).toContain('"route":"/v1/')
  for (const secret of [path.slice(-43, -20), link.linkId.slice(0, 12), 'Weber', '482']) {
    expect(lines).not.toContain(secret)
  }
})
