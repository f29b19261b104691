import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blobIdOf, hash } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { verifySignature } from '#crypto/verify.ts'
import { concat, toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { encodeBegin } from '#schema/protocol/begin.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { encodeOwner, encodePrune } from '#schema/protocol/owner.ts'
import {
  accessPath,
  ADMISSION_HEADER,
  blobPath,
  blobsPath,
  CHALLENGE_LIFE_MS,
  CHALLENGE_PATH,
  capabilityPath,
  decodeAccess,
  decodeAppendAnswer,
  decodeCapabilities,
  decodeChallengeAnswer,
  decodeDropItems,
  decodeBlobsPage,
  decodeFramesPage,
  decodeLogState,
  decodePruneReport,
  DROP_HEADER,
  encodeCreateLog,
  encodeFrames,
  framesPath,
  LOGS_PATH,
  logPath,
  MAX_DROP_BYTES,
  MAX_FRAMES_BODY_BYTES,
  mailboxItemPath,
  mailboxPath,
  WRITER_HEADER,
} from '#schema/protocol/http.ts'
import { encodeReceiptBody, RECEIPT_LABEL } from '#schema/protocol/proof.ts'
import {
  authorization,
  capabilityOf,
  dropToken,
  mailboxOf,
  makeLog,
  ownerRecord,
  beginRecord,
  pruneRecord,
  TestFeed,
  type TestFrame,
  type TestLog,
  writerProofs,
} from '../support/signed.ts'
import { TestRelay } from '../support/test-relay.ts'

beforeAll(readyCrypto)

let relay: TestRelay
let log: TestLog
let holder: SigningKey
beforeEach(async () => {
  relay = new TestRelay()
  log = makeLog()
  holder = makeSigningKey()
  await createLog(relay, log, holder)
})

async function createLog(at: TestRelay, made: TestLog, by: SigningKey, headers: Record<string, string> = {}) {
  const capability = capabilityOf(made, by)
  const body = encodeCreateLog({ genesis: made.genesisBytes, capability })
  return { capability, answer: await at.request('POST', LOGS_PATH, { body, headers }) }
}

async function register(made: TestLog, by: SigningKey, rights: number, owner = made.owner) {
  const capability = capabilityOf(made, by, { rights }, owner)
  const answer = await relay.request('POST', logPath(made.logId, 'caps'), { body: encodeCapability(capability) })
  return { capability, answer }
}

/** POST frames by the holder, each feed proven. */
function append(
  feeds: readonly TestFeed[],
  frames: readonly TestFrame[],
  by = holder,
  path = logPath(log.logId, 'frames'),
) {
  return relay.signed(by, 'POST', path, {
    body: encodeFrames(frames.map(frame => frame.bytes)),
    headers: challenge => ({ [WRITER_HEADER]: writerProofs(challenge, ...feeds) }),
  })
}

describe('making a log', () => {
  test('answers 201, then 200 for the very same', async () => {
    const fresh = makeLog()
    const capability = capabilityOf(fresh, holder)
    const body = encodeCreateLog({ genesis: fresh.genesisBytes, capability })
    expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
    expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(200)
  })

  test('refuses a body that is cut, a capability by another key, and one of another log', async () => {
    const fresh = makeLog()
    const post = async (body: Uint8Array<ArrayBuffer>) =>
      (await relay.request('POST', LOGS_PATH, { body })).refusal?.code
    const genesis = fresh.genesisBytes
    const whole = encodeCreateLog({ genesis, capability: capabilityOf(fresh, holder) })
    expect(await post(whole.slice(0, -1))).toBe('bad-request')
    expect(await post(concat(whole, new Uint8Array(1)))).toBe('bad-request')
    const byOther = capabilityOf(fresh, holder, {}, makeSigningKey())
    expect(await post(encodeCreateLog({ genesis, capability: byOther }))).toBe('bad-proof')
    expect(await post(encodeCreateLog({ genesis, capability: capabilityOf(log, holder) }))).toBe('wrong-hash')
  })

  test('asks for an admission token where the operator does', async () => {
    const token = 'a token of enough letters'
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update(token).digest('hex')
    const newLogs = { perSecond: 0.001, burst: 2 }
    const closed = new TestRelay({ newLogs }, { admissionHashes: new Set([hash]) })
    const answer = decodeChallengeAnswer((await closed.request('GET', CHALLENGE_PATH)).body)
    expect(answer).toMatchObject({ value: { asksForAdmission: true } })
    expect((await createLog(closed, makeLog(), holder)).answer.refusal).toEqual({ code: 'admission' })
    const wrong = await createLog(closed, makeLog(), holder, { [ADMISSION_HEADER]: 'another token' })
    expect(wrong.answer.status).toBe(403)
    // What was refused takes nothing of what may be made.
    for (let each = 0; each < 5; each++)
      await createLog(closed, makeLog(), holder, { [ADMISSION_HEADER]: 'another token' })
    expect((await createLog(closed, makeLog(), holder, { [ADMISSION_HEADER]: token })).answer.status).toBe(201)
  })
})

describe('proving the holder key', () => {
  const path = () => logPath(log.logId, 'state')

  test('a signed request is answered; the same signature opens no other path, method or body', async () => {
    const challenge = await relay.challenge()
    const headers = { authorization: authorization(holder, challenge, 'GET', path()) }
    const ask = async (method: string, at: string, body?: Uint8Array<ArrayBuffer>) =>
      (await relay.request(method, at, { headers, ...(body === undefined ? {} : { body }) })).refusal?.code
    expect((await relay.request('GET', path(), { headers })).status).toBe(200)
    expect(await ask('GET', `${path()}?more=1`)).toBe('bad-proof')
    expect(await ask('GET', logPath(log.logId, 'caps'))).toBe('bad-proof')
    expect(await ask('DELETE', logPath(log.logId))).toBe('bad-proof')
    expect(await ask('POST', logPath(log.logId, 'close'), new Uint8Array(1))).toBe('bad-proof')
  })

  test('refuses none, rubbish, a foreign challenge and an old one', async () => {
    const ask = async (header?: string) =>
      (await relay.request('GET', path(), header === undefined ? {} : { headers: { authorization: header } })).refusal
        ?.code
    expect(await ask()).toBe('bad-proof')
    expect(await ask('Wellkeep a.b.c')).toBe('bad-proof')
    expect(await ask(authorization(holder, randomBytes(32), 'GET', path()))).toBe('old-challenge')
    const challenge = await relay.challenge()
    const good = authorization(holder, challenge, 'GET', path())
    relay.nowMs += CHALLENGE_LIFE_MS - 1
    expect(await ask(good)).toBeUndefined()
    relay.nowMs += 1
    expect(await ask(good)).toBe('old-challenge')
    relay.nowMs -= 2 * CHALLENGE_LIFE_MS
    expect(await ask(good)).toBe('old-challenge')
  })

  test('an unregistered key may nothing, and an unknown log is said to be unknown', async () => {
    const stranger = makeSigningKey()
    expect((await relay.signed(stranger, 'GET', path())).refusal).toEqual({ code: 'not-allowed' })
    expect((await relay.signed(holder, 'GET', logPath(makeLog().logId, 'state'))).status).toBe(404)
    expect((await relay.signed(holder, 'GET', '/v1/logs/xyz/state')).refusal?.code).toBe('bad-request')
  })
})

describe('frames', () => {
  test('are stored with a receipt that the relay signed, and come back', async () => {
    const feed = new TestFeed(log)
    const frames = [feed.next('control'), feed.next(), feed.next()]
    const answer = decodeAppendAnswer((await append([feed], frames)).body)
    if (!answer.ok) throw new Error(answer.failure)
    expect(answer.value).toMatchObject({ cursor: 3, receipts: [{ seq: 2, hash: frames[2]!.hash }] })
    const [receipt] = answer.value.receipts
    const { publicKey } = relay.relay.signer
    expect(verifySignature(publicKey, RECEIPT_LABEL, encodeReceiptBody(receipt!), receipt!.signature)).toBe(true)
    expect(
      verifySignature(publicKey, RECEIPT_LABEL, encodeReceiptBody({ ...receipt!, seq: 3 }), receipt!.signature),
    ).toBe(false)
    const page = decodeFramesPage((await relay.signed(holder, 'GET', framesPath(log.logId, 1))).body)
    expect(page.ok && page.value.frames.map(toHex)).toEqual(frames.slice(1).map(frame => toHex(frame.bytes)))
    const state = decodeLogState((await relay.signed(holder, 'GET', logPath(log.logId, 'state'))).body)
    expect(state).toMatchObject({ value: { cursor: 3, feeds: [{ writer: feed.writer, nextSeq: 3 }] } })
  })

  test('the same again is fine; other bytes at the same place are 409 fork, beyond the next 409 gap', async () => {
    const feed = new TestFeed(log)
    const rival = feed.rival()
    const frames = [feed.next(), feed.next(), feed.next()]
    expect((await append([feed], frames.slice(0, 1))).status).toBe(200)
    expect((await append([feed], frames.slice(0, 2))).status).toBe(200)
    const fork = await append([feed], [rival])
    expect([fork.status, fork.refusal]).toEqual([409, { code: 'fork', index: 0 }])
    const later = new TestFeed(log)
    later.next()
    const gap = await append([feed, later], [frames[2]!, later.next()])
    expect([gap.status, gap.refusal]).toEqual([409, { code: 'gap', index: 1 }])
    expect((await append([feed], [frames[2]!])).status).toBe(200)
  })

  test('of a W that was not proven here are refused, whatever the holder may, unless W signed them for this log', async () => {
    const [mine, other] = [new TestFeed(log), new TestFeed(log)]
    const foreign = new TestFeed(makeLog())
    const frame = other.next()
    const forged = frame.bytes.slice()
    forged[forged.length - 1]! ^= 1
    expect((await append([mine], [{ ...frame, bytes: forged }])).refusal).toEqual({ code: 'unproven-writer', index: 0 })
    expect((await append([mine], [foreign.next()])).refusal).toEqual({ code: 'unproven-writer', index: 0 })
    expect((await append([mine], [frame])).status).toBe(200)
    expect((await append([foreign], [foreign.next()])).refusal?.code).toBe('bad-proof')
    const path = logPath(log.logId, 'frames')
    const body = encodeFrames([mine.next().bytes])
    expect((await relay.signed(holder, 'POST', path, { body })).refusal?.code).toBe('bad-proof')
    const proofs = writerProofs(randomBytes(32), mine)
    const wrong = await relay.signed(holder, 'POST', path, { body, headers: () => ({ [WRITER_HEADER]: proofs }) })
    expect(wrong.refusal?.code).toBe('bad-proof')
  })

  test('of a reader are refused', async () => {
    const reader = makeSigningKey()
    await register(log, reader, RIGHTS.read)
    const feed = new TestFeed(log)
    expect((await append([feed], [feed.next()], reader)).refusal).toEqual({ code: 'not-allowed', index: 0 })
  })

  test('that are none, or too large together, are refused before they are looked at', async () => {
    const feed = new TestFeed(log)
    const rubbish = { ...feed.next(), bytes: randomBytes(300) }
    expect((await append([feed], [rubbish])).refusal).toEqual({ code: 'bad-request', index: 0 })
    const path = logPath(log.logId, 'frames')
    const body = new Uint8Array(MAX_FRAMES_BODY_BYTES + 1)
    expect((await relay.signed(holder, 'POST', path, { body })).refusal).toEqual({ code: 'too-large' })
    const sizes = encodeFrames([new Uint8Array(256 * 1024 + 1)])
    expect((await relay.signed(holder, 'POST', path, { body: sizes })).status).toBe(413)
    expect((await relay.signed(holder, 'GET', `${path}?after=-1`)).status).toBe(400)
  })
})

describe('blobs', () => {
  test('who manages a log is told which it has', async () => {
    const bytes = randomBytes(400)
    await relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(bytes)), { body: bytes })
    const list = async (path: string) => decodeBlobsPage((await relay.signed(holder, 'GET', path)).body)
    const blobs = [{ blobId: blobIdOf(bytes), bytes: 400 }]
    expect(await list(blobsPath(log.logId))).toEqual({ ok: true, value: { isEnd: true, blobs } })
    expect(await list(blobsPath(log.logId, blobIdOf(bytes)))).toEqual({ ok: true, value: { isEnd: true, blobs: [] } })
    expect((await relay.signed(holder, 'GET', `${blobsPath(log.logId)}?after=abc`)).refusal?.code).toBe('bad-request')
    const reader = makeSigningKey()
    await register(log, reader, RIGHTS.read | RIGHTS.append)
    expect((await relay.signed(reader, 'GET', blobsPath(log.logId))).refusal?.code).toBe('not-allowed')
  })

  test('are kept under their hash alone', async () => {
    const bytes = randomBytes(50_000)
    const path = blobPath(log.logId, blobIdOf(bytes))
    expect((await relay.signed(holder, 'GET', path)).refusal?.code).toBe('not-found')
    expect((await relay.signed(holder, 'POST', path, { body: randomBytes(50_000) })).refusal?.code).toBe('wrong-hash')
    expect((await relay.signed(holder, 'POST', path, { body: bytes })).status).toBe(201)
    expect((await relay.signed(holder, 'POST', path, { body: bytes })).status).toBe(200)
    expect((await relay.signed(holder, 'GET', path)).body).toEqual(bytes)
    expect((await relay.signed(makeSigningKey(), 'GET', path)).status).toBe(403)
    expect((await relay.signed(holder, 'GET', `${logPath(log.logId)}/blobs/abc`)).status).toBe(400)
  })

  test('are refused with 507 quota when the room is used up, and 429 while too many come at once', async () => {
    const bytes = randomBytes(3000)
    relay = new TestRelay({ accountBytes: 2000 })
    await createLog(relay, log, holder)
    const full = await relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(bytes)), { body: bytes })
    expect([full.status, full.refusal]).toEqual([507, { code: 'quota' }])
    relay = new TestRelay({ uploadingBytes: 10 })
    await createLog(relay, log, holder)
    const busy = await relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(bytes)), {
      body: bytes,
      headers: () => ({ 'content-length': '3000' }),
    })
    expect([busy.status, busy.refusal?.code, busy.headers.get('retry-after')]).toEqual([429, 'rate', '1'])
  })
})

describe('capabilities and owners', () => {
  test('a capability counts once registered, is listed, and is over when deleted', async () => {
    const guest = makeSigningKey()
    const state = () => relay.signed(guest, 'GET', logPath(log.logId, 'state'))
    const { capability, answer } = await register(log, guest, RIGHTS.read)
    expect(answer.status).toBe(200)
    expect((await state()).status).toBe(200)
    const listed = decodeCapabilities((await relay.signed(holder, 'GET', logPath(log.logId, 'caps'))).body)
    expect(listed.ok && listed.value.map(one => one.id)).toContain(capability.id)
    const path = capabilityPath(log.logId, capability.id)
    expect((await relay.signed(makeSigningKey(), 'DELETE', path)).status).toBe(403)
    expect((await relay.signed(holder, 'DELETE', path)).status).toBe(200)
    expect((await state()).refusal?.code).toBe('not-allowed')
    const again = await relay.request('POST', logPath(log.logId, 'caps'), { body: encodeCapability(capability) })
    expect([again.status, again.refusal?.code]).toEqual([409, 'stale'])
    expect((await relay.signed(guest, 'GET', logPath(log.logId, 'caps'))).status).toBe(403)
  })

  test('only O registers them', async () => {
    const stranger = makeSigningKey()
    expect((await register(log, stranger, RIGHTS.read, stranger)).answer.refusal?.code).toBe('bad-proof')
    const unknown = makeLog()
    expect((await register(unknown, stranger, RIGHTS.read)).answer.refusal?.code).toBe('unknown-log')
    const body = encodeCapability(capabilityOf(log, stranger))
    expect((await relay.request('POST', logPath(makeLog().logId, 'caps'), { body })).status).toBe(400)
  })

  test('an owner record succeeds O by compare-and-set; the old O may nothing more', async () => {
    const [next, guest] = [makeSigningKey(), makeSigningKey()]
    const path = logPath(log.logId, 'owner')
    const post = (record: ReturnType<typeof ownerRecord>) => relay.request('POST', path, { body: encodeOwner(record) })
    expect((await post(ownerRecord(log, 2, next, log.owner))).refusal).toEqual({ code: 'stale', ownerNumber: 0 })
    expect((await post(ownerRecord(log, 1, next, guest))).refusal?.code).toBe('bad-proof')
    const record = ownerRecord(log, 1, next, log.owner)
    const after = (cursor: string) => relay.request('POST', `${path}?after=${cursor}`, { body: encodeOwner(record) })
    expect((await after('one')).refusal?.code).toBe('bad-request')
    expect((await after('0')).status).toBe(200)
    expect((await post(record)).status).toBe(200)
    expect((await post(record)).status).toBe(200)
    expect((await relay.signed(holder, 'GET', logPath(log.logId, 'state'))).refusal?.code).toBe('not-allowed')
    expect((await register(log, guest, RIGHTS.read, log.owner)).answer.refusal?.code).toBe('bad-proof')
    expect((await register(log, guest, RIGHTS.read, next)).answer.status).toBe(200)
    expect((await post(ownerRecord(log, 2, guest, log.owner))).refusal?.code).toBe('bad-proof')
  })

  test("a home log's first O may always register and take the log back", async () => {
    const home = makeLog('home')
    await createLog(relay, home, holder)
    const [next, guest, recovered] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
    const path = logPath(home.logId, 'owner')
    const post = (record: ReturnType<typeof ownerRecord>) => relay.request('POST', path, { body: encodeOwner(record) })
    expect((await post(ownerRecord(home, 1, next, home.owner))).status).toBe(200)
    expect((await register(home, guest, RIGHTS.read, home.owner)).answer.status).toBe(200)
    expect((await relay.signed(guest, 'GET', logPath(home.logId, 'state'))).status).toBe(200)
    expect((await post(ownerRecord(home, 2, recovered, home.owner))).status).toBe(200)
    expect((await register(home, guest, RIGHTS.read, next)).answer.refusal?.code).toBe('bad-proof')
  })
})

describe('pruning, closing, deleting, looking back', () => {
  test('a prune by O reports what will go after thirty days', async () => {
    const feed = new TestFeed(log)
    const [ops, base] = [feed.next(), feed.next('snapshot')]
    await append([feed], [ops])
    const path = logPath(log.logId, 'prune')
    const post = (signer = log.owner) =>
      relay.request('POST', path, { body: encodePrune(pruneRecord(log, base, [ops], [], signer)) })
    expect((await post()).refusal).toEqual({ code: 'no-base' })
    await append([feed], [base])
    expect((await post(holder)).refusal?.code).toBe('bad-proof')
    const report = decodePruneReport((await post()).body)
    const dueAt = relay.nowMs + 30 * 24 * 3600_000
    expect(report).toEqual({ ok: true, value: { dueAt, frames: 1, bytes: ops.bytes.length } })
    const keptFrom = async () => {
      const state = decodeLogState((await relay.signed(holder, 'GET', logPath(log.logId, 'state'))).body)
      return state.ok && state.value.feeds.map(one => one.keptFrom)
    }
    expect(await keptFrom()).toEqual([0])
    await relay.relay.store.sweep(instant(dueAt))
    expect(await keptFrom()).toEqual([1])
    const page = decodeFramesPage((await relay.signed(holder, 'GET', framesPath(log.logId, 0))).body)
    expect(page.ok && page.value.frames.map(toHex)).toEqual([toHex(base.bytes)])
    expect((await relay.request('POST', path, { body: randomBytes(10) })).status).toBe(400)
  })

  test('a begin by O, from who manages the log, lets a feed go on after what a base stands for, and others hear of it', async () => {
    const feed = new TestFeed(log)
    const [control, ops, base, after] = [feed.next('control'), feed.next(), feed.next('snapshot'), feed.next()]
    const post = (frames: readonly TestFrame[], signer = log.owner, by = holder) =>
      relay.signed(by, 'POST', logPath(log.logId, 'begin'), {
        body: encodeBegin({
          record: beginRecord(log, [base], [ops], signer),
          frames: frames.map(frame => frame.bytes),
        }),
      })
    const heard: Uint8Array[] = []
    relay.relay.hub.watch(log.logId, { appended: (_, { frames }) => heard.push(...frames), changed: () => undefined })
    expect((await post([control])).refusal?.code).toBe('no-base')
    expect((await post([base], holder)).refusal?.code).toBe('bad-proof')
    expect((await post([base, { ...control, bytes: control.bytes.with(-1, 0) }])).refusal?.code).toBe('bad-request')
    expect((await post([base, new TestFeed(makeLog()).next('control')])).refusal?.code).toBe('bad-request')
    const reader = makeSigningKey()
    await register(log, reader, RIGHTS.read | RIGHTS.append | RIGHTS.snapshot | RIGHTS.control)
    expect((await post([base], log.owner, reader)).refusal?.code).toBe('not-allowed')
    expect((await post([control, base])).status).toBe(200)
    expect((await append([feed], [after])).status).toBe(200)
    const page = decodeFramesPage((await relay.signed(holder, 'GET', framesPath(log.logId, 0))).body)
    expect(page.ok && page.value.frames.map(toHex)).toEqual([control, base, after].map(frame => toHex(frame.bytes)))
    await new Promise(setImmediate)
    expect(heard.map(toHex)).toEqual([control, base, after].map(frame => toHex(frame.bytes)))
    const cut = await relay.signed(holder, 'POST', logPath(log.logId, 'begin'), { body: randomBytes(10) })
    expect(cut.refusal?.code).toBe('bad-request')
  })

  test('close refuses new frames as 410 closed; delete makes the log gone', async () => {
    const reader = makeSigningKey()
    await register(log, reader, RIGHTS.read)
    const feed = new TestFeed(log)
    expect((await relay.signed(reader, 'POST', logPath(log.logId, 'close'))).status).toBe(403)
    expect((await relay.signed(holder, 'POST', logPath(log.logId, 'close'))).status).toBe(200)
    const closed = await append([feed], [feed.next()])
    expect([closed.status, closed.refusal]).toEqual([410, { code: 'closed', index: 0 }])
    expect((await relay.signed(reader, 'DELETE', logPath(log.logId))).status).toBe(403)
    expect((await relay.signed(holder, 'DELETE', logPath(log.logId))).status).toBe(200)
    expect((await relay.signed(holder, 'GET', framesPath(log.logId, 0))).refusal?.code).toBe('gone')
  })

  test('those who manage can read who used the log', async () => {
    const reader = makeSigningKey()
    const { capability } = await register(log, reader, RIGHTS.read)
    await relay.signed(reader, 'GET', framesPath(log.logId, 0))
    const path = accessPath(log.logId, instant(0))
    expect((await relay.signed(reader, 'GET', path)).status).toBe(403)
    const entries = decodeAccess((await relay.signed(holder, 'GET', path)).body)
    expect(entries.ok && entries.value.find(entry => entry.capabilityId === capability.id)).toMatchObject({
      right: RIGHTS.read,
      count: 1,
    })
    expect((await relay.signed(holder, 'GET', `${logPath(log.logId, 'access')}?from=x`)).status).toBe(400)
  })
})

describe('mailboxes', () => {
  test('take letters with a token and give them to the read key alone', async () => {
    const readKey = makeSigningKey()
    const mailbox = mailboxOf(readKey)
    const letter = randomBytes(100)
    const drop = (token: string | undefined, body = letter) =>
      relay.request('POST', mailboxPath(mailbox), {
        body,
        headers: token === undefined ? {} : { [DROP_HEADER]: token },
      })
    expect((await drop(undefined)).refusal?.code).toBe('bad-proof')
    expect((await drop(dropToken(makeSigningKey()))).refusal?.code).toBe('bad-proof')
    const forged = dropToken(readKey).replace(/.$/, digit => (digit === '0' ? '1' : '0'))
    expect((await drop(forged)).refusal?.code).toBe('bad-proof')
    expect((await drop(dropToken(readKey, instant(relay.nowMs)))).refusal?.code).toBe('expired')
    expect((await drop(dropToken(readKey), new Uint8Array())).status).toBe(400)
    expect((await drop(dropToken(readKey), randomBytes(MAX_DROP_BYTES + 1))).status).toBe(413)
    expect((await drop(dropToken(readKey))).status).toBe(201)
    expect((await relay.signed(makeSigningKey(), 'GET', mailboxPath(mailbox))).refusal?.code).toBe('not-allowed')
    const items = decodeDropItems((await relay.signed(readKey, 'GET', mailboxPath(mailbox))).body)
    if (!items.ok) throw new Error(items.failure)
    expect(items.value.map(item => toHex(item.bytes))).toEqual([toHex(letter)])
    const { itemId } = items.value[0]!
    const path = mailboxItemPath(mailbox, itemId, toHex(hash(letter)))
    expect((await relay.signed(makeSigningKey(), 'DELETE', path)).status).toBe(403)
    expect((await relay.signed(readKey, 'DELETE', mailboxItemPath(mailbox, itemId, 'ab'))).status).toBe(400)
    const left = async () => decodeDropItems((await relay.signed(readKey, 'GET', mailboxPath(mailbox))).body)
    const other = mailboxItemPath(mailbox, itemId, toHex(hash(randomBytes(9))))
    expect((await relay.signed(readKey, 'DELETE', other)).status).toBe(200)
    expect(await left()).toMatchObject({ value: [{ itemId }] })
    expect((await relay.signed(readKey, 'DELETE', path)).status).toBe(200)
    expect(await left()).toEqual({ ok: true, value: [] })
    expect((await relay.signed(readKey, 'GET', '/v1/drop/abc')).status).toBe(400)
  })

  test('hold only so many letters', async () => {
    relay = new TestRelay({ dropsPerMailbox: 1 })
    const readKey = makeSigningKey()
    const init = { body: randomBytes(9), headers: { [DROP_HEADER]: dropToken(readKey) } }
    expect((await relay.request('POST', mailboxPath(mailboxOf(readKey)), init)).status).toBe(201)
    expect((await relay.request('POST', mailboxPath(mailboxOf(readKey)), init)).status).toBe(507)
  })
})

describe('the whole', () => {
  test('too many requests, new logs or letters are 429 with the time to wait', async () => {
    relay = new TestRelay({ requests: { perSecond: 0.5, burst: 2 } })
    await relay.challenge()
    await relay.challenge()
    const refused = await relay.request('GET', CHALLENGE_PATH)
    expect([refused.status, refused.refusal, refused.headers.get('retry-after')]).toEqual([
      429,
      { code: 'rate', retryAfterMs: 2000 },
      '2',
    ])
    relay.nowMs += 2000
    expect((await relay.request('GET', CHALLENGE_PATH)).status).toBe(200)
    relay = new TestRelay({ newLogs: { perSecond: 1, burst: 1 }, newDrops: { perSecond: 1, burst: 1 } })
    await createLog(relay, makeLog(), holder)
    expect((await createLog(relay, makeLog(), holder)).answer.refusal?.code).toBe('rate')
    const path = mailboxPath(mailboxOf(holder))
    await relay.request('POST', path, { body: randomBytes(1) })
    expect((await relay.request('POST', path, { body: randomBytes(1) })).refusal?.code).toBe('rate')
  })

  test('bodies without a bound of their own end at 256 KiB', async () => {
    const body = new Uint8Array(256 * 1024 + 1)
    expect((await relay.request('POST', LOGS_PATH, { body })).refusal).toEqual({ code: 'too-large' })
  })

  test('one script alone may ask others than the relay, and can do nothing else', async () => {
    const policyOf = async (path: string) => (await relay.request('GET', path)).headers.get('content-security-policy')
    expect(await policyOf('/assets/outside-BJdLb6Th.js')).toBe(
      "default-src 'none'; connect-src https:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    for (const path of [
      '/',
      '/outside-a.js',
      '/assets/main-outside-a.js',
      '/assets/outside-a.js/b',
      '/assets/worker-a.js',
    ]) {
      expect(await policyOf(path)).toContain("connect-src 'self';")
    }
  })

  test('another script reaches others’ relays, by sockets too; other ports of this machine only where the app is tried out on it', async () => {
    const script = '/assets/other-relays-BJdLb6Th.js'
    const policyAt = async (url: string) => (await relay.request('GET', url)).headers.get('content-security-policy')
    expect(await policyAt(`https://relay.example${script}`)).toBe(
      "default-src 'none'; connect-src https: wss:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(await policyAt(`http://localhost:8787${script}`)).toContain(
      'connect-src https: wss: http://localhost:* ws://localhost:*;',
    )
    expect(await policyAt('http://localhost:8787/assets/worker-a.js')).toContain("connect-src 'self';")
  })

  test('an app that another relay served may ask, also before it asks, and reads what it is refused; nothing goes along by itself', async () => {
    const preflight = await relay.request('OPTIONS', LOGS_PATH)
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, DELETE')
    const asked = preflight.headers.get('access-control-allow-headers') ?? ''
    for (const name of ['authorization', ADMISSION_HEADER, WRITER_HEADER, 'wellkeep-drop', 'content-type'])
      expect(asked).toContain(name)
    for (const answer of [
      preflight,
      await relay.request('GET', CHALLENGE_PATH),
      await relay.request('GET', '/v1/no'),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    }
    for (const path of ['/healthz', '/metrics', '/']) {
      expect((await relay.request('GET', path)).headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('every answer carries the strict headers, and what is under /v1 is never kept by a cache', async () => {
    for (const path of [CHALLENGE_PATH, '/healthz', '/v1/nothing', '/nothing']) {
      const { headers } = await relay.request('GET', path)
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
      )
      expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('permissions-policy')).toContain('camera=(self), bluetooth=(self)')
    }
    expect((await relay.request('GET', CHALLENGE_PATH)).headers.get('cache-control')).toBe('no-store')
    expect((await relay.request('GET', '/v1/nothing')).refusal).toEqual({ code: 'not-found' })
    expect((await relay.request('PUT', LOGS_PATH)).status).toBe(404)
  })

  test('/healthz tells whether the store takes writes', async () => {
    expect((await relay.request('GET', '/healthz')).status).toBe(200)
    await relay.relay.store.close()
    expect((await relay.request('GET', '/healthz')).status).toBe(503)
  })

  test('/metrics counts for the operator, and does not exist for others', async () => {
    const metricsToken = 'only the operator knows'
    relay = new TestRelay({}, { metricsToken })
    await relay.challenge()
    expect((await relay.request('GET', '/metrics')).status).toBe(404)
    const headers = { authorization: `Bearer ${metricsToken}` }
    const answer = await relay.request('GET', '/metrics', { headers })
    expect(new TextDecoder().decode(answer.body)).toContain('wellkeep_requests{status="200"} 1\n')
    expect((await new TestRelay().request('GET', '/metrics', { headers })).status).toBe(404)
  })

  test('/metrics tells how full the store is, what was refused and why, and whether the database answers', async () => {
    const metricsToken = 'only the operator knows'
    relay = new TestRelay({ totalBytes: 500_000 }, { metricsToken })
    const told = async () => {
      const answer = await relay.request('GET', '/metrics', { headers: { authorization: `Bearer ${metricsToken}` } })
      return new TextDecoder().decode(answer.body)
    }
    await createLog(relay, log, holder)
    const blob = new Uint8Array(500_000).fill(5)
    const put = await relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(blob)), { body: blob })
    expect(put.refusal).toEqual({ code: 'quota' })
    expect(await told()).toMatch(/^wellkeep_stored_bytes [1-9]\d{4,}$/m)
    expect(await told()).toMatch(/^wellkeep_store_limit_bytes 500000$/m)
    expect(await told()).toMatch(/^wellkeep_refusals_total\{code="quota"\} 1$/m)
    expect(await told()).toMatch(/^wellkeep_database_up 1$/m)
    await relay.relay.store.close()
    expect(await told()).toMatch(/^wellkeep_database_up 0$/m)
  })

  test('the log says that there was no room, once a minute', async () => {
    relay = new TestRelay({ totalBytes: 500_000 })
    await createLog(relay, log, holder)
    const blob = new Uint8Array(500_000).fill(5)
    const put = () => relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(blob)), { body: blob })
    const said = () => relay.lines.filter(line => line.includes('"event":"no-room"'))
    await put()
    await put()
    expect(said()).toEqual([expect.stringContaining('"limitBytes":500000')])
    relay.nowMs += 61_000
    await put()
    expect(said()).toHaveLength(2)
  })

  test('a log line has the pattern of the route that answered and why it refused, and none is of a probe that was answered', async () => {
    relay = new TestRelay()
    const last = () => JSON.parse(relay.lines.at(-1)!) as unknown
    await relay.signed(holder, 'GET', logPath(log.logId, 'caps'))
    const caps = { event: 'request', method: 'GET', route: '/v1/logs/:log/caps', status: 404, refusal: 'unknown-log' }
    expect(last()).toMatchObject(caps)
    await relay.request('GET', CHALLENGE_PATH)
    expect(last()).toMatchObject({ route: CHALLENGE_PATH, status: 200 })
    expect(relay.lines.at(-1)).not.toContain('refusal')
    await relay.request('GET', '/metrics')
    expect(last()).toMatchObject({ route: '/metrics', status: 404, refusal: 'not-found' })
    const lines = relay.lines.length
    await relay.request('GET', '/healthz')
    await relay.request('GET', '/readyz')
    expect(relay.lines).toHaveLength(lines)
    await relay.relay.store.close()
    await relay.request('GET', '/healthz')
    expect(last()).toMatchObject({ route: '/healthz', status: 503 })
  })

  test('log lines carry no id of more than six digits (invariant 17)', async () => {
    const feed = new TestFeed(log)
    await append([feed], [feed.next()])
    const bytes = randomBytes(10)
    await relay.signed(holder, 'POST', blobPath(log.logId, blobIdOf(bytes)), { body: bytes })
    await relay.signed(holder, 'GET', accessPath(log.logId, instant(0)))
    await relay.signed(holder, 'GET', mailboxPath(mailboxOf(holder)))
    await relay.signed(holder, 'GET', `/v1/unknown/${toHex(holder.publicKey)}`)
    await relay.signed(holder, 'GET', `/${toHex(holder.publicKey)}`)
    relay.relay.log('error', { message: `Cannot read ${log.logId}` })
    expect(relay.lines.length).toBeGreaterThan(10)
    expect(relay.lines.join('\n')).not.toMatch(/[0-9a-f]{7}/i)
    expect(JSON.parse(relay.lines[0]!)).toMatchObject({ event: 'request', method: 'POST', status: 201 })
    expect(relay.lines.at(-1)).toContain(`Cannot read ${log.logId.slice(0, 6)}…`)
  })

  test('an unforeseen failure is 500 internal, without its words', async () => {
    await relay.relay.store.close()
    const { answer } = await createLog(relay, makeLog(), holder)
    expect([answer.status, answer.refusal]).toEqual([500, { code: 'internal' }])
    expect(relay.lines.some(line => line.includes('"event":"error"'))).toBe(true)
  })
})
