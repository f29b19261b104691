import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { type Capability, encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import type { FrameKind } from '#schema/protocol/frame.ts'
import {
  accessPath,
  blobPath,
  capabilityPath,
  decodeFramesPage,
  encodeCreateLog,
  encodeFrames,
  framesPath,
  LOGS_PATH,
  logPath,
  mailboxItemPath,
  mailboxPath,
  WRITER_HEADER,
} from '#schema/protocol/http.ts'
import { encodeOwner, encodePrune } from '#schema/protocol/owner.ts'
import {
  capabilityOf,
  mailboxOf,
  makeLog,
  ownerRecord,
  pruneRecord,
  TestFeed,
  type TestLog,
  writerProofs,
} from '../support/signed.ts'
import { TestRelay } from '../support/test-relay.ts'

beforeAll(readyCrypto)

let relay: TestRelay
let log: TestLog
let owner: SigningKey
let member: SigningKey
let own: Capability
let theirs: Capability
let feed: TestFeed

/** A log with one frame of its owner's, and somebody who may do `rights` there. */
async function begin(rights: number): Promise<void> {
  relay = new TestRelay()
  log = makeLog()
  owner = makeSigningKey()
  member = makeSigningKey()
  own = capabilityOf(log, owner)
  theirs = capabilityOf(log, member, { rights })
  const body = encodeCreateLog({ genesis: log.genesisBytes, capability: own })
  expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
  const registered = await relay.request('POST', logPath(log.logId, 'caps'), { body: encodeCapability(theirs) })
  expect(registered.status).toBe(200)
  feed = new TestFeed(log)
  expect((await send(owner, feed, 'ops')).status).toBe(200)
}

const send = (by: SigningKey, from: TestFeed, kind: FrameKind) =>
  relay.signed(by, 'POST', logPath(log.logId, 'frames'), {
    body: encodeFrames([from.next(kind).bytes]),
    headers: challenge => ({ [WRITER_HEADER]: writerProofs(challenge, from) }),
  })

/** Why it was refused; undefined when it was not. */
async function codeOf(answer: ReturnType<TestRelay['request']>): Promise<string | undefined> {
  const { status, refusal } = await answer
  return status >= 400 ? refusal?.code : undefined
}

/** The owner still has all rights, and the log what was in it. */
async function expectUnharmed(): Promise<void> {
  const page = decodeFramesPage((await relay.signed(owner, 'GET', framesPath(log.logId, 0))).body)
  expect(page.ok && page.value.frames.length).toBe(1)
  expect((await relay.signed(owner, 'GET', logPath(log.logId, 'caps'))).status).toBe(200)
  expect((await send(owner, feed, 'snapshot')).status).toBe(200)
}

/** What neither who sees nor who adds may do, whatever their app tries. */
function triesForEverybody(): void {
  test('cannot write a snapshot, which stands for what others wrote', async () => {
    expect(await codeOf(send(member, new TestFeed(log), 'snapshot'))).toBe('not-allowed')
  })

  test('cannot write a control record, which lets others in and shuts them out', async () => {
    expect(await codeOf(send(member, new TestFeed(log), 'control'))).toBe('not-allowed')
  })

  test('cannot go on in the owner’s feed', async () => {
    const stolen = relay.signed(member, 'POST', logPath(log.logId, 'frames'), {
      body: encodeFrames([new TestFeed(log).next('control').bytes]),
      headers: challenge => ({ [WRITER_HEADER]: writerProofs(challenge, feed) }),
    })
    expect(await codeOf(stolen)).toBe('not-allowed')
  })

  test('cannot sign a capability, for itself or for others, and cannot widen its own', async () => {
    const path = logPath(log.logId, 'caps')
    const register = (capability: Capability) => relay.request('POST', path, { body: encodeCapability(capability) })
    const all = Object.values(RIGHTS).reduce((sum, right) => sum | right, 0)
    expect(await codeOf(register(capabilityOf(log, member, { rights: all }, member)))).toBe('bad-proof')
    expect(await codeOf(register(capabilityOf(log, makeSigningKey(), { rights: RIGHTS.read }, member)))).toBe(
      'bad-proof',
    )
    expect(await codeOf(register({ ...theirs, rights: all }))).toBe('bad-proof')
    expect(await codeOf(register({ ...theirs, notBefore: instant(1) }))).toBe('bad-proof')
  })

  test('cannot list capabilities or end those of others; it may give up its own', async () => {
    expect(await codeOf(relay.signed(member, 'GET', logPath(log.logId, 'caps')))).toBe('not-allowed')
    expect(await codeOf(relay.signed(member, 'DELETE', capabilityPath(log.logId, own.id)))).toBe('not-allowed')
    expect((await relay.signed(member, 'DELETE', capabilityPath(log.logId, theirs.id))).status).toBe(200)
    expect(await codeOf(relay.signed(member, 'GET', framesPath(log.logId, 0)))).toBe('not-allowed')
    expect((await relay.signed(owner, 'GET', framesPath(log.logId, 0))).status).toBe(200)
  })

  test('cannot become the owner', async () => {
    const body = encodeOwner(ownerRecord(log, 1, member, member))
    expect(await codeOf(relay.request('POST', logPath(log.logId, 'owner'), { body }))).toBe('bad-proof')
  })

  test('cannot prune', async () => {
    const base = feed.next('snapshot')
    const body = encodePrune(pruneRecord(log, base, [], [], member))
    const { status } = await relay.request('POST', logPath(log.logId, 'prune'), { body })
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('cannot close or delete the log', async () => {
    expect(await codeOf(relay.signed(member, 'POST', logPath(log.logId, 'close')))).toBe('not-allowed')
    expect(await codeOf(relay.signed(member, 'DELETE', logPath(log.logId)))).toBe('not-allowed')
  })

  test('cannot see who used the log', async () => {
    expect(await codeOf(relay.signed(member, 'GET', accessPath(log.logId, instant(0))))).toBe('not-allowed')
  })

  test('cannot read or empty the mailbox of others', async () => {
    const mailbox = mailboxOf(makeSigningKey())
    expect(await codeOf(relay.signed(member, 'GET', mailboxPath(mailbox)))).toBe('not-allowed')
    expect(await codeOf(relay.signed(member, 'DELETE', mailboxItemPath(mailbox, 1, '00'.repeat(32))))).toBe(
      'not-allowed',
    )
  })

  test('cannot touch another log of the same person', async () => {
    const other = makeLog()
    const body = encodeCreateLog({ genesis: other.genesisBytes, capability: capabilityOf(other, owner) })
    expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
    expect(await codeOf(relay.signed(member, 'GET', framesPath(other.logId, 0)))).toBe('not-allowed')
    expect(await codeOf(relay.signed(member, 'DELETE', logPath(other.logId)))).toBe('not-allowed')
  })
}

describe('a changed app of somebody who may only see, at the relay', () => {
  beforeEach(() => begin(RIGHTS.read))
  triesForEverybody()

  test('cannot append, in a feed of its own either', async () => {
    expect(await codeOf(send(member, new TestFeed(log), 'ops'))).toBe('not-allowed')
    expect(await codeOf(send(member, new TestFeed(log), 'heads'))).toBe('not-allowed')
    await expectUnharmed()
  })

  test('cannot put a blob', async () => {
    const bytes = randomBytes(100)
    const path = blobPath(log.logId, blobIdOf(bytes))
    expect(await codeOf(relay.signed(member, 'POST', path, { body: bytes }))).toBe('not-allowed')
    expect((await relay.signed(owner, 'GET', path)).status).toBe(404)
  })

  test('can read, which is what it was given', async () => {
    const page = decodeFramesPage((await relay.signed(member, 'GET', framesPath(log.logId, 0))).body)
    expect(page.ok && page.value.frames.length).toBe(1)
  })
})

describe('a changed app of somebody who may see and add, at the relay', () => {
  beforeEach(() => begin(RIGHTS.read | RIGHTS.append))
  triesForEverybody()

  test('cannot put other bytes where its own frame lies, or under another blob’s name', async () => {
    const forked = new TestFeed(log)
    const rival = forked.rival()
    expect((await send(member, forked, 'ops')).status).toBe(200)
    const again = relay.signed(member, 'POST', logPath(log.logId, 'frames'), {
      body: encodeFrames([rival.bytes]),
      headers: challenge => ({ [WRITER_HEADER]: writerProofs(challenge, forked) }),
    })
    expect(await codeOf(again)).toBe('fork')
    const path = blobPath(log.logId, blobIdOf(randomBytes(100)))
    expect(await codeOf(relay.signed(member, 'POST', path, { body: randomBytes(100) }))).toBe('wrong-hash')
  })
})
