import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { LinkId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { NewLink } from '#schema/protocol/link.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import type { RelayStore, StoreLimits } from '#sync-server/store/relay-store.ts'
import { capabilityOf, makeLog } from '../support/signed.ts'

const NOW = instant(1_800_000_000_000)
const END = instant(NOW + 1000)

/** What every RelayStore promises of health links. `open` gives a new, empty one. */
export function relayLinksContract(name: string, open: (limits: StoreLimits) => RelayStore): void {
  describe(`${name} keeps the relay store's promises on links`, () => {
    const opened: RelayStore[] = []
    beforeAll(readyCrypto)
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
    })

    async function withLink(more: Partial<NewLink> = {}, limits: StoreLimits = DEFAULT_LIMITS) {
      const store = open(limits)
      opened.push(store)
      const [log, holder] = [makeLog('home'), makeSigningKey()]
      const capability = capabilityOf(log, holder)
      await store.createLog({ ...log, capability, account: 'a', now: NOW })
      const asker = { holders: [toHex(holder.publicKey)], now: NOW }
      const linkId = LinkId.of(randomBytes(16))
      const form = { expiresAt: END, isDirect: false, isLongTerm: false, origin: 'https://relay.example' }
      const link: NewLink = { linkId, ...form, file: utf8('file'), ...more }
      expect(await store.putLink(log.logId, link, asker)).toEqual(ok('created'))
      return { store, log, asker, link }
    }
    const lock = { salt: new Uint8Array(16).fill(1), verifier: new Uint8Array(32).fill(2) }
    const opening = { at: NOW, recipient: 'Dr. Weber', returnsTry: false }

    test('takeTry() hands out each try once, also at the same time; openLink() gives one back', async () => {
      const { store, link } = await withLink({ lock })
      const taken = await Promise.all(Array.from({ length: 12 }, () => store.takeTry(link.linkId, NOW)))
      expect(taken.map(one => one?.triesLeft)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, undefined, undefined])
      expect(taken[0]).toMatchObject(lock)
      expect(await store.openLink(link.linkId, { ...opening, returnsTry: true })).toMatchObject({ file: utf8('file') })
      expect(await store.linkDoor(link.linkId, NOW)).toEqual({ isDirect: false, triesLeft: 1 })
    })

    test('openLink() counts and gives, or does neither', async () => {
      const { store, link, log, asker } = await withLink({ maxOpens: 1 })
      const both = await Promise.all([store.openLink(link.linkId, opening), store.openLink(link.linkId, opening)])
      expect(both.filter(one => one !== undefined)).toHaveLength(1)
      expect(await store.openLink(link.linkId, { ...opening, at: END })).toBeUndefined()
      expect(await store.links(log.logId, asker)).toMatchObject({ value: [{ standing: 'used-up', opens: 1 }] })
      expect(await store.takeTry(link.linkId, NOW)).toBeUndefined()
    })

    test('replaceLinkFile() keeps the room that files take level, and gives the new file', async () => {
      const { store, link, log, asker } = await withLink({ isLongTerm: true })
      const room = () => store.state(log.logId, asker)
      const before = await room()
      const same = utf8('elif')
      expect(await store.replaceLinkFile(log.logId, link.linkId, same, asker)).toEqual(ok(undefined))
      expect(await store.openLink(link.linkId, opening)).toMatchObject({ file: same, isLongTerm: true })
      expect(await room()).toEqual(before)
      expect(await store.replaceLinkFile(log.logId, link.linkId, same, { ...asker, now: END })).toMatchObject({
        ok: false,
      })
    })

    test('replaceLinkFile() needs only the room by which a file grows: a full account keeps its links up to date', async () => {
      const file = utf8('a file')
      const { store, link, log, asker } = await withLink(
        { isLongTerm: true, file },
        {
          ...DEFAULT_LIMITS,
          accountBytes: file.length + 2,
        },
      )
      const put = (text: string) => store.replaceLinkFile(log.logId, link.linkId, utf8(text), asker)
      expect(await put('a twin')).toEqual(ok(undefined))
      expect(await put('grew by 3')).toEqual(fail('quota'))
      expect(await put('by two..')).toEqual(ok(undefined))
      expect(await put('as long.')).toEqual(ok(undefined))
      expect(await store.openLink(link.linkId, opening)).toMatchObject({ file: utf8('as long.') })
      expect(await put('short')).toEqual(ok(undefined))
      expect(await put('by two..')).toEqual(ok(undefined))
    })

    test('replaceLinkFile() takes what is no longer also once the operator took room away', async () => {
      const limits = { ...DEFAULT_LIMITS }
      const { store, link, log, asker } = await withLink({ isLongTerm: true }, limits)
      Object.assign(limits, { accountBytes: 0, totalBytes: 0 })
      const put = (text: string) => store.replaceLinkFile(log.logId, link.linkId, utf8(text), asker)
      expect(await put('elif')).toEqual(ok(undefined))
      expect(await put('files')).toEqual(fail('quota'))
      expect(await store.openLink(link.linkId, opening)).toMatchObject({ file: utf8('elif') })
    })

    test('what is paused is not there, what is over neither, and sweep() leaves only who opened it', async () => {
      const { store, link, log, asker } = await withLink()
      await store.openLink(link.linkId, opening)
      await store.changeLink(log.logId, link.linkId, 'pause', asker)
      expect(await store.linkDoor(link.linkId, NOW)).toBeUndefined()
      expect(await store.linkFile(link.linkId, NOW)).toBeUndefined()
      await store.changeLink(log.logId, link.linkId, 'arm', asker)
      expect(await store.linkFile(link.linkId, NOW)).toMatchObject({ file: utf8('file') })
      await store.sweep(END)
      expect(await store.linkFile(link.linkId, NOW)).toMatchObject({ file: new Uint8Array() })
      const openings = [{ at: NOW, recipient: 'Dr. Weber' }]
      expect(await store.links(log.logId, { ...asker, now: END })).toMatchObject({ value: [{ openings }] })
    })
  })
}
