import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { blobIdOf, hash } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { equalBytes, toHex } from '#schema/bytes.ts'
import { CapabilityId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type Capability, RIGHTS } from '#schema/protocol/capability.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import type { Asker, RelayStore, StoreLimits } from '#sync-server/store/relay-store.ts'
import {
  capabilityOf,
  mailboxOf,
  makeLog,
  pruneRecord,
  TestFeed,
  type TestFrame,
  type TestLog,
} from '../support/signed.ts'

const NOW = instant(1_800_000_000_000)
const DAY_MS = 24 * 3600_000
const later = (ms: number): Instant => instant(NOW + ms)

/** What every RelayStore promises. `open` gives a new, empty one. */
export function relayStoreContract(
  name: string,
  open: (limits: StoreLimits) => RelayStore | Promise<RelayStore>,
): void {
  describe(`${name} keeps the relay store's promises`, () => {
    const opened: RelayStore[] = []
    beforeAll(readyCrypto)
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
    })

    async function newStore(limits: Partial<StoreLimits> = {}): Promise<RelayStore> {
      const store = await open({ ...DEFAULT_LIMITS, ...limits })
      opened.push(store)
      return store
    }

    async function withLog(limits: Partial<StoreLimits> = {}, body: Partial<Capability> = {}) {
      const store = await newStore(limits)
      const log = makeLog()
      const holder = makeSigningKey()
      const capability = capabilityOf(log, holder, body)
      expect(await create(store, log, capability)).toEqual(ok('created'))
      return { store, log, holder, capability, asker: askerOf(holder) }
    }

    test('createLog() answers known for the same log again, and stale once its first capability was revoked', async () => {
      const { store, log, capability, asker } = await withLog()
      expect(await create(store, log, capability)).toEqual(ok('known'))
      expect(await store.revoke(log.logId, capability.id, asker)).toEqual(ok(undefined))
      expect(await create(store, log, capability)).toEqual(fail('stale'))
    })

    test('append() and frames() give back the frames in the order they came', async () => {
      const { store, log, asker } = await withLog()
      const [first, second] = [new TestFeed(log), new TestFeed(log)]
      const frames = [first.next('control'), second.next(), first.next(), second.next('snapshot'), first.next('heads')]
      const outcomes = await appendAll(store, frames, asker)
      expect(outcomes).toEqual(frames.map((_, index) => stored(index + 1, true)))
      expect(await bytesAfter(store, log, 0, asker)).toEqual(frames.map(frame => toHex(frame.bytes)))
      expect(await bytesAfter(store, log, 3, asker)).toEqual(frames.slice(3).map(frame => toHex(frame.bytes)))
      expect(await store.cursor(log.logId, asker)).toEqual(ok(5))
    })

    test('append() takes the same frame again without storing it twice', async () => {
      const { store, log, asker } = await withLog()
      const frame = new TestFeed(log).next()
      await store.append(frame, asker)
      expect(await store.append(frame, asker)).toEqual(stored(1, false))
      expect(await store.cursor(log.logId, asker)).toEqual(ok(1))
    })

    test('append() refuses other bytes at a taken place, a wrong prev and a gap, and says what it has', async () => {
      const { store, log, asker } = await withLog()
      const feed = new TestFeed(log)
      const rival = feed.rival()
      const first = feed.next()
      const [second, third] = [feed.next(), feed.next()]
      await store.append(first, asker)
      const has = { nextSeq: 1, head: first.hash }
      expect(await store.append(rival, asker)).toEqual(fail({ code: 'fork', feed: has }))
      expect(await store.append(third, asker)).toEqual(fail({ code: 'gap', feed: has }))
      expect(await store.append({ ...second, prev: rival.hash }, asker)).toEqual(fail({ code: 'fork', feed: has }))
      expect(await store.append(second, asker)).toEqual(stored(2, true))
    })

    test('frames that come together stop at the quota of their capability and of their account', async () => {
      const size = new TestFeed(makeLog()).next().bytes.length
      const { store, log, asker } = await withLog({ accountBytes: size * 4 })
      const guest = makeSigningKey()
      await register(store, capabilityOf(log, guest, { quotaBytes: size * 2 }))
      const feed = new TestFeed(log)
      const theirs = await appendAll(store, [feed.next(), feed.next(), feed.next()], askerOf(guest))
      expect(theirs.map(outcome => outcome.ok)).toEqual([true, true, false])
      const own = new TestFeed(log)
      const mine = await appendAll(store, [own.next(), own.next(), own.next()], asker)
      expect(mine.map(outcome => outcome.ok)).toEqual([true, true, false])
      expect(mine[2]).toEqual(fail({ code: 'quota' }))
    })

    test.each([
      ['ops', 'append'],
      ['heads', 'append'],
      ['snapshot', 'snapshot'],
      ['control', 'control'],
    ] as const)('append() takes %s only with the right %s', async (kind, right) => {
      const { store, log, asker: owner } = await withLog()
      const [able, unable] = [makeSigningKey(), makeSigningKey()]
      await register(store, capabilityOf(log, able, { rights: RIGHTS[right] }))
      await register(store, capabilityOf(log, unable, { rights: 31 & ~RIGHTS[right] }))
      const frame = new TestFeed(log).next(kind)
      expect(await store.append(frame, askerOf(unable))).toEqual(fail({ code: 'not-allowed' }))
      expect(await store.append(frame, askerOf(able))).toEqual(stored(1, true))
      expect(await store.frames(log.logId, { after: 0, maxBytes: 1 }, owner)).toMatchObject({ ok: true })
      expect(await store.frames(log.logId, { after: 0, maxBytes: 1 }, askerOf(able))).toEqual(fail('not-allowed'))
    })

    test('a capability counts from notBefore and ends at the very millisecond of notAfter', async () => {
      const { store, log } = await withLog()
      const guest = makeSigningKey()
      await register(store, capabilityOf(log, guest, { notBefore: later(1000), notAfter: later(2000) }))
      const at = (ms: number) => store.cursor(log.logId, { ...askerOf(guest), now: later(ms) })
      expect(await at(999)).toEqual(fail('not-allowed'))
      expect(await at(1000)).toEqual(ok(0))
      expect(await at(1999)).toEqual(ok(0))
      expect(await at(2000)).toEqual(fail('expired'))
    })

    test('revoke() takes effect at once, for everything, and its capability never comes back', async () => {
      const { store, log, asker } = await withLog()
      const guest = makeSigningKey()
      const capability = capabilityOf(log, guest)
      await register(store, capability)
      const frame = new TestFeed(log).next()
      await store.append(frame, askerOf(guest))
      expect(await store.revoke(log.logId, capability.id, asker)).toEqual(ok(undefined))
      expect(await store.frames(log.logId, { after: 0, maxBytes: 1000 }, askerOf(guest))).toEqual(fail('not-allowed'))
      expect(await store.append(frame, askerOf(guest))).toEqual(fail({ code: 'not-allowed' }))
      expect(await store.blob(log.logId, blobIdOf(frame.bytes), askerOf(guest))).toEqual(fail('not-allowed'))
      expect(await register(store, capability)).toEqual(fail('stale'))
      expect(await store.capabilities(log.logId, asker)).toMatchObject({ value: { length: 1 } })
    })

    test('revoke() is for those who manage, and for the holder itself', async () => {
      const { store, log, capability } = await withLog()
      const [guest, other] = [makeSigningKey(), makeSigningKey()]
      const own = capabilityOf(log, guest, { rights: RIGHTS.read })
      await register(store, own)
      await register(store, capabilityOf(log, other, { rights: RIGHTS.read }))
      expect(await store.revoke(log.logId, own.id, askerOf(other))).toEqual(fail('not-allowed'))
      expect(await store.revoke(log.logId, capability.id, askerOf(guest))).toEqual(fail('not-allowed'))
      expect(await store.revoke(log.logId, own.id, askerOf(guest))).toEqual(ok(undefined))
    })

    test('succeed() goes by compare-and-set and ends every capability that does not stay', async () => {
      const { store, log, capability, asker } = await withLog()
      const [guest, next] = [makeSigningKey(), makeSigningKey()]
      await register(store, capabilityOf(log, guest))
      const succession = { logId: log.logId, number: 1, nextOwnerKey: next.publicKey, staying: [capability.id] }
      expect(await store.succeed({ ...succession, number: 2 })).toEqual(fail({ code: 'stale', ownerNumber: 0 }))
      expect(await store.succeed(succession)).toEqual(ok(undefined))
      expect(await store.succeed(succession)).toEqual(ok(undefined))
      const rival = { ...succession, nextOwnerKey: makeSigningKey().publicKey }
      expect(await store.succeed(rival)).toEqual(fail({ code: 'stale', ownerNumber: 1 }))
      expect(await store.cursor(log.logId, asker)).toEqual(ok(0))
      expect(await store.cursor(log.logId, askerOf(guest))).toEqual(fail('not-allowed'))
      const owner = await store.owner(log.logId)
      expect(owner.ok && owner.value.number === 1 && equalBytes(owner.value.ownerKey, next.publicKey)).toBe(true)
      expect(await store.register(capabilityOf(log, guest), 0)).toEqual(fail('stale'))
    })

    test('succeed() after a cursor is overtaken by a control frame after it, and by no other', async () => {
      const { store, log, capability, asker } = await withLog()
      const feed = new TestFeed(log)
      await appendAll(store, [feed.next('control'), feed.next()], asker)
      const next = makeSigningKey()
      const succession = { logId: log.logId, number: 1, nextOwnerKey: next.publicKey, staying: [capability.id] }
      const stale = fail({ code: 'stale', ownerNumber: 0 })
      expect(await store.succeed({ ...succession, afterCursor: 0 })).toEqual(stale)
      await appendAll(store, [feed.next('control')], asker)
      expect(await store.succeed({ ...succession, afterCursor: 2 })).toEqual(stale)
      await appendAll(store, [feed.next()], asker)
      expect(await store.succeed({ ...succession, afterCursor: 3 })).toEqual(ok(undefined))
    })

    test('owner() names the first O of a home log beside the current one, and of no other log', async () => {
      const store = await newStore()
      const [home, section] = [makeLog('home'), makeLog()]
      for (const log of [home, section]) await create(store, log, capabilityOf(log, makeSigningKey()))
      const next = makeSigningKey().publicKey
      await store.succeed({ logId: home.logId, number: 1, nextOwnerKey: next, staying: [] })
      expect(await store.owner(home.logId)).toEqual(
        ok({ number: 1, ownerKey: next, homeOwnerKey: home.owner.publicKey }),
      )
      expect(await store.owner(section.logId)).toEqual(ok({ number: 0, ownerKey: section.owner.publicKey }))
    })

    test('frames() stops at the byte limit with at least one frame, and goes on from its cursor', async () => {
      const { store, log, asker } = await withLog()
      const feed = new TestFeed(log)
      const frames = Array.from({ length: 7 }, () => feed.next('ops', 1000))
      await appendAll(store, frames, asker)
      const pages: number[] = []
      let after = 0
      let isEnd = false
      while (!isEnd) {
        const page = await store.frames(log.logId, { after, maxBytes: 2500 }, asker)
        if (!page.ok) throw new Error(page.failure)
        pages.push(page.value.frames.length)
        after = page.value.cursor
        isEnd = page.value.isEnd
      }
      expect(pages).toEqual([2, 2, 2, 1])
      const small = await store.frames(log.logId, { after: 0, maxBytes: 10 }, asker)
      expect(small).toMatchObject({ value: { cursor: 1, isEnd: false, frames: { length: 1 } } })
    })

    test('frames() leaves out what a feed vector already has', async () => {
      const { store, log, asker } = await withLog()
      const [known, behind, unknown] = [new TestFeed(log), new TestFeed(log), new TestFeed(log)]
      const frames = [known.next(), behind.next(), known.next(), behind.next(), unknown.next(), behind.next()]
      await appendAll(store, frames, asker)
      const wants = new Map([
        [known.writer, 2],
        [behind.writer, 1],
      ])
      const page = await store.frames(log.logId, { after: 0, maxBytes: 1e6, wants }, asker)
      expect(page.ok && page.value.frames.map(toHex)).toEqual([3, 4, 5].map(index => toHex(frames[index]!.bytes)))
      wants.set(behind.writer, 3).set(unknown.writer, 9)
      const none = await store.frames(log.logId, { after: 0, maxBytes: 1e6, wants }, asker)
      expect(none).toEqual(ok({ cursor: 6, isEnd: true, frames: [] }))
    })

    test('state() tells feeds, sizes and room', async () => {
      const { store, log, asker } = await withLog({ accountBytes: 10_000 })
      const feed = new TestFeed(log)
      const frames = [feed.next(), feed.next()]
      await appendAll(store, frames, asker)
      const bytes = frames[0]!.bytes.length * 2
      expect(await store.state(log.logId, asker)).toEqual(
        ok({
          ownerNumber: 0,
          isClosed: false,
          cursor: 2,
          bytes,
          freeBytes: 10_000 - bytes,
          feeds: [{ writer: feed.writer, nextSeq: 2, head: frames[1]!.hash, keptFrom: 0, bytes }],
        }),
      )
    })

    test('the account, the capability, the store and the number of feeds each set a bound', async () => {
      const account = await withLog({ accountBytes: 300 })
      const [first, second] = [new TestFeed(account.log), new TestFeed(account.log)]
      expect(await account.store.append(first.next(), account.asker)).toMatchObject({ ok: true })
      expect(await account.store.append(second.next(), account.asker)).toEqual(fail({ code: 'quota' }))
      const narrow = await withLog({}, { quotaBytes: 300 })
      const feed = new TestFeed(narrow.log)
      expect(await narrow.store.append(feed.next(), narrow.asker)).toMatchObject({ ok: true })
      expect(await narrow.store.append(feed.next(), narrow.asker)).toEqual(fail({ code: 'quota' }))
      const full = await withLog({ totalBytes: 1000 })
      expect(await full.store.append(new TestFeed(full.log).next(), full.asker)).toEqual(fail({ code: 'quota' }))
      const few = await withLog({ feedsPerLog: 1 })
      expect(await few.store.append(new TestFeed(few.log).next(), few.asker)).toMatchObject({ ok: true })
      expect(await few.store.append(new TestFeed(few.log).next(), few.asker)).toEqual(fail({ code: 'quota' }))
    })

    test('logs of one account share its quota', async () => {
      const store = await newStore({ accountBytes: 400 })
      const [one, two] = [makeLog(), makeLog()]
      const holder = makeSigningKey()
      for (const log of [one, two]) await create(store, log, capabilityOf(log, holder), 'token:shared')
      expect(await store.append(new TestFeed(one).next(), askerOf(holder))).toMatchObject({ ok: true })
      expect(await store.append(new TestFeed(two).next(), askerOf(holder))).toEqual(fail({ code: 'quota' }))
    })

    test('blobs come back as they were, once, and to readers only', async () => {
      const { store, log, asker } = await withLog()
      const reader = makeSigningKey()
      await register(store, capabilityOf(log, reader, { rights: RIGHTS.read }))
      const bytes = randomBytes(5000)
      const id = blobIdOf(bytes)
      expect(await store.putBlob(log.logId, id, bytes, askerOf(reader))).toEqual(fail('not-allowed'))
      expect(await store.blob(log.logId, id, asker)).toEqual(fail('not-found'))
      expect(await store.putBlob(log.logId, id, bytes, asker)).toEqual(ok('stored'))
      expect(await store.putBlob(log.logId, id, bytes, asker)).toEqual(ok('known'))
      expect(await store.blob(log.logId, id, askerOf(reader))).toEqual(ok(bytes))
      expect(await store.state(log.logId, asker)).toMatchObject({ value: { bytes: 5000 } })
    })

    test('prune() waits its grace, then lets go what is covered, but never control frames nor the base', async () => {
      const { store, log, asker } = await withLog()
      const [feed, other] = [new TestFeed(log), new TestFeed(log)]
      const [control, ops, base, after] = [feed.next('control'), feed.next(), feed.next('snapshot'), feed.next()]
      const [otherOps, otherAfter] = [other.next(), other.next()]
      await appendAll(store, [control, ops, otherOps, base, after, otherAfter], asker)
      const record = pruneRecord(log, base, [base, otherOps])
      const report = { dueAt: later(30 * DAY_MS), frames: 2, bytes: ops.bytes.length + otherOps.bytes.length }
      expect(await store.prune(record, 0, later(30 * DAY_MS))).toEqual(ok(report))
      expect(await store.prune(record, 0, later(31 * DAY_MS))).toEqual(ok(report))
      expect(await store.sweep(later(30 * DAY_MS - 1))).toEqual({ frames: 0, drops: 0 })
      expect((await bytesAfter(store, log, 0, asker)).length).toBe(6)
      expect(await store.sweep(later(30 * DAY_MS))).toEqual({ frames: 2, drops: 0 })
      const left = [control, base, after, otherAfter]
      expect(await bytesAfter(store, log, 0, asker)).toEqual(left.map(frame => toHex(frame.bytes)))
      expect(await store.append(ops, asker)).toEqual(
        fail({ code: 'stale', feed: { nextSeq: after.seq + 1, head: after.hash } }),
      )
      expect(await store.append(feed.next(), asker)).toMatchObject({ ok: true })
      const state = await store.state(log.logId, asker)
      expect(state).toMatchObject({
        value: {
          feeds: [
            { nextSeq: 5, keptFrom: 3 },
            { nextSeq: 2, keptFrom: 1, head: otherAfter.hash },
          ],
        },
      })
    })

    test('prune() lets go the blobs it names, unless one was put again meanwhile', async () => {
      const { store, log, asker } = await withLog()
      const feed = new TestFeed(log)
      const [ops, base] = [feed.next(), feed.next('snapshot')]
      await appendAll(store, [ops, base], asker)
      const [gone, kept] = [randomBytes(5000), randomBytes(6000)]
      for (const bytes of [gone, kept]) await store.putBlob(log.logId, blobIdOf(bytes), bytes, asker)
      const pruneOf = (bytes: Uint8Array) => pruneRecord(log, base, [ops], [blobIdOf(bytes)])
      expect(await store.prune(pruneOf(gone), 0, later(DAY_MS))).toMatchObject({
        value: { frames: 1, bytes: ops.bytes.length + 5000 },
      })
      await store.prune(pruneOf(kept), 0, later(2 * DAY_MS))
      expect(await store.putBlob(log.logId, blobIdOf(kept), kept, asker)).toEqual(ok('known'))
      await store.sweep(later(3 * DAY_MS))
      expect(await store.blob(log.logId, blobIdOf(gone), asker)).toEqual(fail('not-found'))
      expect(await store.blob(log.logId, blobIdOf(kept), asker)).toEqual(ok(kept))
      expect(await store.state(log.logId, asker)).toMatchObject({ value: { bytes: base.bytes.length + 6000 } })
      // What went may come again.
      expect(await store.putBlob(log.logId, blobIdOf(gone), gone, asker)).toEqual(ok('stored'))
    })

    test('prune() wants its base stored, and a succession of O drops it', async () => {
      const { store, log, capability, asker } = await withLog()
      const feed = new TestFeed(log)
      const [ops, base] = [feed.next(), feed.next('snapshot')]
      await appendAll(store, [ops], asker)
      expect(await store.prune(pruneRecord(log, base, [ops]), 0, NOW)).toEqual(fail('no-base'))
      expect(await store.prune(pruneRecord(log, ops, [ops]), 0, NOW)).toEqual(fail('no-base'))
      await appendAll(store, [base], asker)
      const forged = { ...base, hash: ops.hash }
      expect(await store.prune(pruneRecord(log, forged, [ops]), 0, NOW)).toEqual(fail('no-base'))
      expect(await store.prune(pruneRecord(log, base, [ops]), 1, NOW)).toEqual(fail('stale'))
      expect(await store.prune(pruneRecord(log, base, [ops]), 0, NOW)).toMatchObject({ ok: true })
      const nextOwnerKey = makeSigningKey().publicKey
      await store.succeed({ logId: log.logId, number: 1, nextOwnerKey, staying: [capability.id] })
      expect(await store.sweep(later(DAY_MS))).toEqual({ frames: 0, drops: 0 })
    })

    test('closeLog() ends appending, not reading, nor sending the same again', async () => {
      const { store, log, asker } = await withLog()
      const feed = new TestFeed(log)
      const frame = feed.next()
      await store.append(frame, asker)
      expect(await store.closeLog(log.logId, asker)).toEqual(ok(undefined))
      expect(await store.append(feed.next(), asker)).toEqual(fail({ code: 'closed' }))
      expect(await store.append(frame, asker)).toEqual(stored(1, false))
      expect(await store.putBlob(log.logId, blobIdOf(frame.bytes), frame.bytes, asker)).toEqual(fail('closed'))
      expect(await store.state(log.logId, asker)).toMatchObject({ value: { isClosed: true, cursor: 1 } })
    })

    test('deleteLog() leaves nothing but the id, for which all is gone', async () => {
      const { store, log, capability, asker } = await withLog()
      await store.append(new TestFeed(log).next(), asker)
      expect(await store.deleteLog(log.logId, asker)).toEqual(ok(undefined))
      expect(await store.deleteLog(log.logId, asker)).toEqual(ok(undefined))
      expect(await store.state(log.logId, asker)).toEqual(fail('gone'))
      expect(await store.owner(log.logId)).toEqual(fail('gone'))
      expect(await create(store, log, capability)).toEqual(fail('gone'))
    })

    test('an unknown log is unknown-log to every question', async () => {
      const store = await newStore()
      const log = makeLog()
      const asker = askerOf(makeSigningKey())
      const id = CapabilityId.of(randomBytes(16))
      expect(await store.state(log.logId, asker)).toEqual(fail('unknown-log'))
      expect(await store.revoke(log.logId, id, asker)).toEqual(fail('unknown-log'))
      expect(await store.append(new TestFeed(log).next(), asker)).toEqual(fail({ code: 'unknown-log' }))
    })

    test('access() tells when, which capability, which right and how much', async () => {
      const { store, log, capability, asker } = await withLog()
      const feed = new TestFeed(log)
      const frames = [feed.next(), feed.next()]
      await appendAll(store, frames, asker)
      await store.frames(log.logId, { after: 0, maxBytes: 1e6 }, { ...asker, now: later(60_000) })
      const bytes = frames[0]!.bytes.length * 2
      const entries = await store.access(log.logId, NOW, { ...asker, now: later(120_000) })
      const minute = NOW - (NOW % 60_000)
      const by = { capabilityId: capability.id }
      expect(entries).toEqual(
        ok([
          { ...by, minute, right: RIGHTS.append, count: 2, bytes },
          { ...by, minute: minute + 60_000, right: RIGHTS.read, count: 1, bytes },
          { ...by, minute: minute + 120_000, right: RIGHTS.manage, count: 1, bytes: 0 },
        ]),
      )
      expect(await store.access(log.logId, later(120_000), asker)).toMatchObject({ ok: true })
    })

    test('pushes() counts what is handed out by itself as read, for whom it is handed to, and refuses the rest', async () => {
      const { store, log, asker } = await withLog()
      const reader = makeSigningKey()
      const theirs = capabilityOf(log, reader, { rights: RIGHTS.read, notAfter: later(60_000) })
      expect(await store.register(theirs, 0)).toEqual(ok(undefined))
      expect(await store.pushes(log.logId, 700, askerOf(reader))).toEqual(ok(undefined))
      expect(await store.pushes(log.logId, 50, askerOf(reader))).toEqual(ok(undefined))
      expect(await store.pushes(log.logId, 1, { ...askerOf(reader), now: later(60_000) })).toEqual(fail('expired'))
      expect(await store.pushes(log.logId, 1, askerOf(makeSigningKey()))).toEqual(fail('not-allowed'))
      const entries = await store.access(log.logId, NOW, asker)
      expect(entries.ok && entries.value.filter(entry => entry.capabilityId === theirs.id)).toEqual([
        { minute: NOW - (NOW % 60_000), capabilityId: theirs.id, right: RIGHTS.read, count: 2, bytes: 750 },
      ])
    })

    test('pushes() and allows() remember no right beyond its end: a revocation, a succession, a deleted log', async () => {
      const { store, log, asker: owner } = await withLog()
      const [reader, other] = [makeSigningKey(), makeSigningKey()]
      const [theirs, others] = [capabilityOf(log, reader), capabilityOf(log, other)]
      for (const each of [theirs, others]) await register(store, each)
      const asked = async (by: SigningKey) => [
        await store.pushes(log.logId, 10, askerOf(by)),
        await store.allows(log.logId, 'read', askerOf(by)),
      ]
      const may = [ok(undefined), ok(undefined)]
      expect([await asked(reader), await asked(other), await asked(reader)]).toEqual([may, may, may])
      await store.revoke(log.logId, theirs.id, owner)
      expect(await asked(reader)).toEqual([fail('not-allowed'), fail('not-allowed')])
      expect(await asked(other)).toEqual(may)
      const succession = { logId: log.logId, number: 1, nextOwnerKey: makeSigningKey().publicKey, staying: [] }
      expect(await store.succeed(succession)).toEqual(ok(undefined))
      expect(await asked(other)).toEqual([fail('not-allowed'), fail('not-allowed')])
      const [gone, holder] = [makeLog(), makeSigningKey()]
      await create(store, gone, capabilityOf(gone, holder))
      expect(await store.allows(gone.logId, 'read', askerOf(holder))).toEqual(ok(undefined))
      await store.deleteLog(gone.logId, askerOf(holder))
      expect(await store.allows(gone.logId, 'read', askerOf(holder))).toEqual(fail('gone'))
    })

    test('mailboxes keep letters until they are removed or expire, and only so many', async () => {
      const store = await newStore({ dropsPerMailbox: 2, dropBytes: 100 })
      const [mailbox, other] = [mailboxOf(makeSigningKey()), mailboxOf(makeSigningKey())]
      const letter = (to: typeof mailbox, size: number) =>
        store.drop({ mailbox: to, bytes: new Uint8Array(size).fill(size), now: NOW, expiresAt: later(1000) })
      expect(await letter(mailbox, 10)).toEqual(ok(undefined))
      expect(await letter(mailbox, 20)).toEqual(ok(undefined))
      expect(await letter(mailbox, 30)).toEqual(fail('quota'))
      expect(await letter(other, 80)).toEqual(fail('quota'))
      const [first, second] = await store.drops(mailbox, NOW)
      expect([first!.bytes.length, second!.bytes.length]).toEqual([10, 20])
      await store.removeDrop(other, first!.itemId, hash(first!.bytes))
      await store.removeDrop(mailbox, first!.itemId, hash(second!.bytes))
      expect(await store.drops(mailbox, NOW)).toHaveLength(2)
      await store.removeDrop(mailbox, first!.itemId, hash(first!.bytes))
      expect((await store.drops(mailbox, NOW)).map(item => item.bytes.length)).toEqual([20])
      expect(await store.drops(mailbox, later(1000))).toEqual([])
      expect(await store.sweep(later(1000))).toEqual({ frames: 0, drops: 1 })
    })

    test('a healthy store says so', async () => {
      const store = await newStore()
      expect(await store.isHealthy()).toBe(true)
      await store.flush()
    })
  })
}

/** The answer to an append. */
export function stored(cursor: number, isNew: boolean) {
  return ok({ cursor, isNew, isAwaited: false })
}

function askerOf(...holders: readonly SigningKey[]): Asker {
  return { holders: holders.map(holder => toHex(holder.publicKey)), now: NOW }
}

function create(store: RelayStore, log: TestLog, capability: Capability, account = `log:${log.logId}`) {
  return store.createLog({ logId: log.logId, genesis: log.genesis, capability, account, now: NOW })
}

function register(store: RelayStore, capability: Capability) {
  return store.register(capability, 0)
}

function appendAll(store: RelayStore, frames: readonly TestFrame[], asker: Asker) {
  return Promise.all(frames.map(frame => store.append(frame, asker)))
}

async function bytesAfter(store: RelayStore, log: TestLog, after: number, asker: Asker): Promise<string[]> {
  const page = await store.frames(log.logId, { after, maxBytes: 1e6 }, asker)
  if (!page.ok) throw new Error(`Cannot read frames: ${page.failure}`)
  return page.value.frames.map(toHex)
}
