import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { RIGHTS } from '#schema/protocol/capability.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import type { Asker, RelayStore, StoreLimits } from '#sync-server/store/relay-store.ts'
import { beginRecord, capabilityOf, makeLog, pruneRecord, TestFeed, type TestFrame } from '../support/signed.ts'

const NOW = instant(1_800_000_000_000)

/** What every RelayStore promises to whoever brings a log without its oldest frames. `open` gives a new, empty one. */
export function relayBeginContract(
  name: string,
  open: (limits: StoreLimits) => RelayStore | Promise<RelayStore>,
): void {
  describe(`${name} keeps the relay store's promises on logs that are brought from elsewhere`, () => {
    const opened: RelayStore[] = []
    beforeAll(readyCrypto)
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
    })

    async function withLog(limits: Partial<StoreLimits> = {}) {
      const store = await open({ ...DEFAULT_LIMITS, ...limits })
      opened.push(store)
      const [log, holder] = [makeLog(), makeSigningKey()]
      await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'family', now: NOW })
      const asker: Asker = { holders: [toHex(holder.publicKey)], now: NOW }
      return { store, log, asker }
    }

    /** Two feeds of which a base stands for the beginning: what a device that came later has of them, and what not. */
    async function pruned(limits: Partial<StoreLimits> = {}) {
      const there = await withLog(limits)
      const [feed, other] = [new TestFeed(there.log), new TestFeed(there.log)]
      const [control, gone, base, after] = [feed.next('control'), feed.next(), feed.next('snapshot'), feed.next()]
      const [otherGone, otherAfter] = [other.next(), other.next()]
      const record = beginRecord(there.log, [base], [gone, otherGone])
      return { ...there, feed, control, gone, base, after, otherGone, otherAfter, record }
    }

    async function bytesOf(store: RelayStore, log: { logId: TestFrame['logId'] }, asker: Asker) {
      const page = await store.frames(log.logId, { after: 0, maxBytes: 1e7 }, asker)
      return page.ok ? page.value.frames.map(toHex) : page.failure
    }
    const hex = (...frames: readonly TestFrame[]) => frames.map(frame => toHex(frame.bytes))

    test('begin() lets feeds go on after where a base stands, with the control frames of before', async () => {
      const { store, log, asker, feed, control, gone, base, after, otherAfter, record } = await pruned()
      const frames = [control, base]
      expect(await store.append(after, asker)).toMatchObject({ failure: { code: 'gap' } })
      expect(await store.begin({ record, frames }, 0, asker)).toEqual(
        ok({ stored: frames.map(({ bytes }, at) => ({ cursor: at + 1, bytes })) }),
      )
      for (const frame of [after, otherAfter]) expect(await store.append(frame, asker)).toMatchObject({ ok: true })
      expect(await bytesOf(store, log, asker)).toEqual(hex(control, base, after, otherAfter))
      expect(await store.append(gone, asker)).toMatchObject({ failure: { code: 'stale' } })
      expect(await store.append(control, asker)).toMatchObject({ value: { isNew: false, cursor: 1 } })
      expect(await store.append(feed.next(), asker)).toMatchObject({ value: { cursor: 5 } })
      const state = await store.state(log.logId, asker)
      const bytes = [control, base, after, otherAfter].reduce(
        (sum, frame) => sum + frame.bytes.length,
        after.bytes.length,
      )
      expect(state).toMatchObject({
        value: {
          cursor: 5,
          bytes,
          feeds: [
            { nextSeq: 5, keptFrom: 2 },
            { nextSeq: 2, keptFrom: 1, head: otherAfter.hash, bytes: otherAfter.bytes.length },
          ],
        },
      })
    })

    test('begin() again changes nothing, and brings what was not brought before', async () => {
      const { store, log, asker, control, base, after, record } = await pruned()
      expect(await store.begin({ record, frames: [base] }, 0, asker)).toMatchObject({ ok: true })
      expect(await store.append(after, asker)).toMatchObject({ ok: true })
      expect(await store.begin({ record, frames: [base] }, 0, asker)).toEqual(ok({ stored: [] }))
      expect(await store.begin({ record, frames: [control, control] }, 0, asker)).toEqual(
        ok({ stored: [{ cursor: 3, bytes: control.bytes }] }),
      )
      expect(await bytesOf(store, log, asker)).toEqual(hex(base, after, control))
      expect(await store.state(log.logId, asker)).toMatchObject({ value: { cursor: 3, feeds: [{ nextSeq: 4 }, {}] } })
    })

    test('begin() steps over frames that nobody has, in a feed that is there', async () => {
      const { store, log, asker, control, base, after, record } = await pruned()
      await store.append(control, asker)
      expect(await store.begin({ record, frames: [control, base, after] }, 0, asker)).toMatchObject({ ok: true })
      expect(await bytesOf(store, log, asker)).toEqual(hex(control, base, after))
    })

    test('begin() takes nothing without its base, of another kind, or that does not follow; and then nothing of it', async () => {
      const { store, log, asker, feed, control, gone, base, after, record } = await pruned()
      const begin = (frames: readonly TestFrame[], by = record, no = 0, who = asker) =>
        store.begin({ record: by, frames }, no, who)
      expect(await begin([control])).toEqual(fail('no-base'))
      expect(await begin([control], beginRecord(log, [], [gone]))).toEqual(fail('no-base'))
      expect(await begin([base], beginRecord(log, [{ ...base, hash: gone.hash }], [gone]))).toEqual(fail('no-base'))
      expect(await begin([after, base], beginRecord(log, [after], [gone]))).toEqual(fail('no-base'))
      expect(await begin([base, gone])).toEqual(fail('bad-request'))
      expect(await begin([base, feed.next()])).toEqual(fail('gap'))
      expect(await begin([new TestFeed(log).next(), base])).toEqual(fail('gap'))
      expect(await begin([base], beginRecord(log, [base], [{ ...gone, hash: control.hash }]))).toEqual(fail('fork'))
      expect(await begin([base], record, 1)).toEqual(fail('stale'))
      const reader = makeSigningKey()
      await store.register(capabilityOf(log, reader, { rights: 31 & ~RIGHTS.manage }), 0)
      const who = { ...asker, holders: [toHex(reader.publicKey)] }
      expect(await begin([base], record, 0, who)).toEqual(fail('not-allowed'))
      expect(await store.state(log.logId, asker)).toMatchObject({ value: { cursor: 0, bytes: 0, feeds: [] } })
      await store.closeLog(log.logId, asker)
      expect(await begin([base])).toEqual(fail('closed'))
    })

    test('begin() counts against the room and the feeds that a log has', async () => {
      const small = await pruned({ accountBytes: 300 })
      expect(await small.store.begin({ record: small.record, frames: [small.base] }, 0, small.asker)).toMatchObject({
        ok: true,
      })
      expect(await small.store.begin({ record: small.record, frames: [small.control] }, 0, small.asker)).toEqual(
        fail('quota'),
      )
      const narrow = await pruned({ feedsPerLog: 1 })
      expect(await narrow.store.begin({ record: narrow.record, frames: [narrow.base] }, 0, narrow.asker)).toEqual(
        fail('quota'),
      )
      expect(await narrow.store.state(narrow.log.logId, narrow.asker)).toMatchObject({ value: { feeds: [] } })
    })

    test('what began later is pruned as any other', async () => {
      const { store, log, asker, feed, control, base, after, record } = await pruned()
      await store.begin({ record, frames: [control, base, after] }, 0, asker)
      const next = feed.next('snapshot')
      await store.append(next, asker)
      await store.prune(pruneRecord(log, next, [after]), 0, NOW)
      expect(await store.sweep(NOW)).toEqual({ frames: 2, drops: 0 })
      expect(await bytesOf(store, log, asker)).toEqual(hex(control, next))
    })

    test('blobs() lists what a log has, for those who manage it, from any of them on', async () => {
      const { store, log, asker } = await withLog()
      const bodies = [randomBytes(500), randomBytes(60_000), randomBytes(3)]
      for (const bytes of bodies) await store.putBlob(log.logId, blobIdOf(bytes), bytes, asker)
      const blobs = bodies
        .map(bytes => ({ blobId: blobIdOf(bytes), bytes: bytes.length }))
        .toSorted((a, b) => (a.blobId < b.blobId ? -1 : 1))
      expect(await store.blobs(log.logId, undefined, asker)).toEqual(ok({ isEnd: true, blobs }))
      expect(await store.blobs(log.logId, blobs[1]!.blobId, asker)).toEqual(ok({ isEnd: true, blobs: blobs.slice(2) }))
      const reader = makeSigningKey()
      await store.register(capabilityOf(log, reader, { rights: 31 & ~RIGHTS.manage }), 0)
      const who = { ...asker, holders: [toHex(reader.publicKey)] }
      expect(await store.blobs(log.logId, undefined, who)).toEqual(fail('not-allowed'))
      expect(await store.blobs(makeLog().logId, undefined, asker)).toEqual(fail('unknown-log'))
    })
  })
}
