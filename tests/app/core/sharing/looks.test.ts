import { beforeAll, describe, expect, test } from 'vitest'
import { type LooksDocument, putKept, putLook, readLooks } from '#app/core/sharing/looks-document.ts'
import { OwnLooks } from '#app/core/sharing/own-looks.ts'
import {
  decodeShareKept,
  decodeShareOpened,
  encodeShareKept,
  encodeShareOpened,
  type ShareKept,
  type ShareOpened,
} from '#app/core/sharing/share-letters.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'

beforeAll(readyCrypto)

const DAY_MS = 86_400_000
const share = ShareId.of(new Uint8Array(16).fill(7))
const phone = DeviceId.of(new Uint8Array(32).fill(1))
const tablet = DeviceId.of(new Uint8Array(32).fill(2))
const at = (ms: number) => instant(1_800_000_000_000 + ms)
const look = (from: number, to: number, sections: ShareOpened['sections'] = ['problems']): ShareOpened => ({
  shareId: share,
  from: at(from),
  to: at(to),
  sections,
})
const kept = (ms: number): ShareKept => ({
  shareId: share,
  at: at(ms),
  what: 'copy',
  sections: ['problems', 'results'],
  reason: 'other',
  note: 'asked for by the court',
})

describe('the letters', () => {
  test('come back as they were written', () => {
    const opened = look(0, 5000, ['problems', 'vitals'])
    expect(decodeShareOpened(encodeShareOpened(opened))).toEqual(opened)
    for (const what of ['copy', 'file', 'print'] as const) {
      expect(decodeShareKept(encodeShareKept({ ...kept(1), what }))).toEqual({ ...kept(1), what })
    }
  })

  test('have one form: sections in order, each once, at least one, known; times that can be; a reason that is said', () => {
    expect(decodeShareOpened(encodeShareOpened(look(0, 0, ['vitals', 'problems'])))).toBeUndefined()
    expect(decodeShareOpened(encodeShareOpened(look(0, 0, ['vitals', 'vitals'])))).toBeUndefined()
    expect(decodeShareOpened(encodeShareOpened(look(0, 0, [])))).toBeUndefined()
    expect(decodeShareOpened(encodeShareOpened(look(0, 0, ['nonsense' as 'vitals'])))).toBeUndefined()
    expect(decodeShareOpened(encodeShareOpened(look(1, 0)))).toBeUndefined()
    expect(decodeShareKept(encodeShareKept({ ...kept(1), note: ' ' }))).toBeUndefined()
    expect(decodeShareKept(encodeShareKept({ ...kept(1), reason: 'duty', note: '' }))).toMatchObject({ reason: 'duty' })
    const named = encodeShareKept({ ...kept(1), what: 'print' })
    expect(decodeShareKept(named.with(-1, 2))).toBeUndefined()
    // Without its last byte it is the letter of a copy of whole sections.
    expect(decodeShareKept(named.slice(0, -1))).toEqual(kept(1))
    for (const bytes of [encodeShareOpened(look(0, 1)), encodeShareKept(kept(1))]) {
      for (let length = 0; length < bytes.length; length++) {
        expect(decodeShareOpened(bytes.slice(0, length))).toBeUndefined()
        expect(decodeShareKept(bytes.slice(0, length))).toBeUndefined()
      }
    }
  })
})

describe('what the home log keeps of them', () => {
  test('the same letter counts once, also when two devices took it', () => {
    const doc: LooksDocument = {}
    for (const device of [phone, tablet, phone]) {
      putLook(doc, device, look(0, 5000))
      putKept(doc, device, kept(1))
    }
    expect(Object.keys(doc)).toHaveLength(2)
    expect(readLooks(doc)).toEqual({ looks: [look(0, 5000)], kept: [kept(1)] })
  })

  test('what was kept is never dropped: after many in a day the last one is widened', () => {
    const doc: LooksDocument = {}
    for (let i = 0; i < 60; i++) putKept(doc, phone, { ...kept(i), what: 'file', sections: ['problems'] })
    putKept(doc, phone, { ...kept(70), what: 'print', sections: ['vitals'] })
    putKept(doc, phone, { ...kept(71), what: 'copy', sections: ['medicines'] })
    const all = readLooks(doc).kept
    expect(all).toHaveLength(48)
    const widened = { ...kept(47), sections: ['problems', 'medicines', 'vitals'] } as const
    expect(all.at(-1)).toEqual({
      ...widened,
      sections: SECTIONS.filter(one => widened.sections.some(each => each === one)),
    })
    expect(all.slice(0, -1).every(one => one.what === 'file')).toBe(true)
  })

  test('is bounded: a flood of letters widens the last look of the day, and copies are not crowded out by looks', () => {
    const doc: LooksDocument = {}
    for (let i = 0; i < 1000; i++) putLook(doc, phone, look(i, i, i === 999 ? ['vitals'] : ['problems']))
    putKept(doc, phone, kept(5))
    const { looks, kept: copies } = readLooks(doc)
    expect(looks).toHaveLength(48)
    expect(looks.at(-1)).toEqual(look(47, 999, ['problems', 'vitals']))
    expect(copies).toEqual([kept(5)])
    expect(Object.values(doc).reduce((sum, bytes) => sum + bytes.length, 0)).toBeLessThan(4096)
  })

  test('goes after some four hundred days, when something new comes', () => {
    const doc: LooksDocument = {}
    putLook(doc, phone, look(0, 0))
    putLook(doc, phone, look(399 * DAY_MS, 399 * DAY_MS))
    expect(readLooks(doc).looks).toHaveLength(2)
    putLook(doc, phone, look(402 * DAY_MS, 402 * DAY_MS))
    expect(readLooks(doc).looks.map(one => one.from)).toEqual([at(399 * DAY_MS), at(402 * DAY_MS)])
  })
})

test('OwnLooks gather what was looked at until it is told, over a restart too, sealed', async () => {
  const store = makeMemoryDisk().open()
  await store.claim()
  const key = randomBytes(32)
  const looks = await OwnLooks.open(store, key)
  await looks.note(share, ['vitals'], at(10))
  await looks.note(share, ['problems'], at(20))
  await looks.save()
  const again = await OwnLooks.open(store, key)
  expect(again.take(share)).toEqual(look(10, 20, ['problems', 'vitals']))
  expect(again.take(share)).toBeUndefined()
  await again.save()
  expect((await OwnLooks.open(store, key)).take(share)).toBeUndefined()
})
