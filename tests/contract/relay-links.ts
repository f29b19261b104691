import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { LinkId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { MAX_LINK_ANSWERS, type NewLink } from '#schema/protocol/link.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { OPENINGS_KEPT_MS } from '#sync-server/store/links.ts'
import type { RelayStore, StoreLimits } from '#sync-server/store/relay-store.ts'
import { capabilityOf, makeLog } from '../support/signed.ts'

const NOW = instant(1_800_000_000_000)
const END = instant(NOW + 1000)

/** What every RelayStore promises of health links. `open` gives a new, empty one. */
export function relayLinksContract(
  name: string,
  open: (limits: StoreLimits) => RelayStore | Promise<RelayStore>,
): void {
  describe(`${name} keeps the relay store's promises on links`, () => {
    const opened: RelayStore[] = []
    beforeAll(readyCrypto)
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
    })

    async function withLink(more: Partial<NewLink> = {}, limits: StoreLimits = DEFAULT_LIMITS) {
      const store = await open(limits)
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
      const given = taken.filter(one => one !== undefined)
      expect(given.map(one => one.triesLeft).toSorted((a, b) => b - a)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
      expect(given[0]).toMatchObject(lock)
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

    test('takeAnswer() keeps answers for who manages the log, in their order, until they are removed or the link is destroyed', async () => {
      const { store, link, log, asker } = await withLink({ takesAnswers: true, isLongTerm: true })
      const room = () => store.state(log.logId, asker)
      const before = await room()
      expect(await store.takeAnswer(link.linkId, utf8('one'), NOW)).toEqual(ok(undefined))
      expect(await store.takeAnswer(link.linkId, utf8('second'), NOW)).toEqual(ok(undefined))
      const listed = await store.answers(log.logId, link.linkId, asker)
      if (!listed.ok) throw new Error(listed.failure)
      expect(listed.value.map(({ bytes }) => bytes)).toEqual([3, 6])
      const [first, second] = listed.value.map(({ no }) => no)
      expect(await store.answer(log.logId, link.linkId, first!, asker)).toEqual(ok(utf8('one')))
      expect(await store.answer(log.logId, link.linkId, first!, { ...asker, holders: [] })).toEqual(fail('not-allowed'))
      expect(await store.removeAnswer(log.logId, link.linkId, first!, asker)).toEqual(ok(undefined))
      expect(await store.removeAnswer(log.logId, link.linkId, first!, asker)).toEqual(ok(undefined))
      expect(await store.answer(log.logId, link.linkId, second!, asker)).toEqual(ok(utf8('second')))
      expect(await store.changeLink(log.logId, link.linkId, 'destroy', asker)).toEqual(ok(undefined))
      expect(await store.answers(log.logId, link.linkId, asker)).toEqual(fail('not-found'))
      const { bytes: fileBytes } = { bytes: link.file.length }
      const after = await room()
      if (!before.ok || !after.ok) throw new Error('no state')
      expect(after.value.bytes).toBe(before.value.bytes - fileBytes)
    })

    test('takeAnswer() takes none for a link without a box, one that is over or paused, too many, or without room', async () => {
      const plain = await withLink()
      expect(await plain.store.takeAnswer(plain.link.linkId, utf8('a'), NOW)).toEqual(fail('not-found'))
      const { store, link, log, asker } = await withLink({ takesAnswers: true })
      expect(await store.takeAnswer(link.linkId, utf8('a'), END)).toEqual(fail('not-found'))
      await store.changeLink(log.logId, link.linkId, 'pause', asker)
      expect(await store.takeAnswer(link.linkId, utf8('a'), NOW)).toEqual(fail('not-found'))
      await store.changeLink(log.logId, link.linkId, 'arm', asker)
      for (let count = 0; count < MAX_LINK_ANSWERS; count += 1) {
        expect(await store.takeAnswer(link.linkId, utf8('a'), NOW)).toEqual(ok(undefined))
      }
      expect(await store.takeAnswer(link.linkId, utf8('a'), NOW)).toEqual(fail('quota'))
      const full = await withLink({ takesAnswers: true }, { ...DEFAULT_LIMITS, accountBytes: 6 })
      expect(await full.store.takeAnswer(full.link.linkId, utf8('too long'), NOW)).toEqual(fail('quota'))
    })

    test('answers that nobody fetched are forgotten a month after the link’s end, and their room is given back', async () => {
      const { store, link, log, asker } = await withLink({ takesAnswers: true })
      await store.takeAnswer(link.linkId, utf8('late'), NOW)
      await store.sweep(END)
      expect(await store.answers(log.logId, link.linkId, asker)).toMatchObject({ value: [{ bytes: 4 }] })
      await store.sweep(instant(END + OPENINGS_KEPT_MS))
      const state = await store.state(log.logId, asker)
      expect(state).toMatchObject({ value: { bytes: 0 } })
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
