import { beforeAll, expect, test } from 'vitest'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { headsText } from '#app/core/record/carry-over.ts'
import { binnedAt, type DocMap, setBinned } from '#app/core/record/flat-fields.ts'
import { addHandMade, entryIn } from '#app/core/record/stored-entry.ts'
import { carryUnsent } from '#app/core/sharing/carry-unsent.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { putRebased, REBASED_LABEL, rebasedIn, type RebasedDocument } from '#app/core/sharing/rebased-document.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const LABEL = 'entries/0'
const AT = instant(1_800_000_000_000)

const put = async (log: SealedLog, bucket: string, entry: string) => {
  await log.change<Record<string, Record<string, string>>>(LABEL, doc => {
    doc[bucket] ??= {}
    doc[bucket]![entry] = 'here'
  })
  expect((await log.flush()).ok).toBe(true)
}

const acknowledge = async (log: SealedLog) => log.acknowledged(await log.outbox(Number.MAX_SAFE_INTEGER))

const entriesOf = async (log: SealedLog) =>
  Object.entries(await log.read<DocMap>(LABEL)).flatMap(([bucket, entries]) =>
    Object.keys(entries as DocMap).map(entry => `${bucket}.${entry}`),
  )

/** A log of which this device has not all with which another one began its successor; one entry is backed up here, one is not. */
async function twoLogs() {
  const [story, { creator: next }] = [await tellStory(), await tellStory()]
  const [here, there] = [story.creator, await story.join()]
  await there.log.receive(await here.log.frames(here.log.writer, 0, 1e6))
  await put(there.log, 'theirs', 'other')
  await put(here.log, 'ours', 'sent')
  await acknowledge(here.log)
  await put(here.log, 'ours', 'unsent')
  const place = `${here.log.id}/${LABEL}`
  const heads = headsText(there.log.shards().find(({ label }) => label === LABEL)!.heads)
  const begun = new Map([[place, heads]])
  await next.log.change<RebasedDocument>(REBASED_LABEL, doc => putRebased(doc, here.log.id, begun))
  await next.log.flush()
  const noted = async () => (await rebasedIn(next.log))?.heads.get(place)
  return { former: here.log, successor: next.log, there: there.log, heads, noted }
}

test('carryUnsent() takes over what nobody has, also where the former log never gets level, and says nothing of how far it is', async () => {
  const { former, successor, heads, noted } = await twoLogs()
  expect(await carryUnsent(former, successor)).toEqual(ok(true))
  expect(await entriesOf(successor)).toEqual(['ours.unsent'])
  expect(await noted()).toBe(heads)
  expect(await carryUnsent(former, successor)).toEqual(ok(true))
  expect(await entriesOf(successor)).toEqual(['ours.unsent'])
})

test('carryUnsent() waits for the successor’s own frames', async () => {
  const { former } = await twoLogs()
  const { creator } = await tellStory()
  expect(await carryUnsent(former, creator.log)).toEqual(ok(false))
})

test('carryLate() of a closed log takes over what nobody has, where the rest of what it was begun with never comes', async () => {
  const { former, successor, heads, noted } = await twoLogs()
  expect(await carryLate(former, successor, { isClosed: true })).toEqual(ok(true))
  expect(await entriesOf(successor)).toEqual(['ours.unsent'])
  expect(await noted()).toBe(heads)
})

test('carryLate() brings from a log that was begun at once with another only what it came to say since, not what that one left behind', async () => {
  const [{ creator: first }, { creator: one }, { creator: other }] = [
    await tellStory(),
    await tellStory(),
    await tellStory(),
  ]
  await put(first.log, 'ours', 'binned')
  const place = `${first.log.id}/${LABEL}`
  const heads = headsText(first.log.shards().find(({ label }) => label === LABEL)!.heads)
  for (const { log } of [one, other]) {
    await log.change<RebasedDocument>(REBASED_LABEL, doc => putRebased(doc, first.log.id, new Map([[place, heads]])))
  }
  // The device that began `other` knew that it is in the bin.
  await put(one.log, 'ours', 'binned')
  await put(one.log, 'ours', 'since')
  expect(await carryLate(one.log, other.log, { origin: first.log })).toEqual(ok(true))
  expect(await entriesOf(other.log)).toEqual(['ours.since'])
})

test('carryLate() puts into the bin what a log that was begun at once with another left behind: it came back, for whoever reads in the other', async () => {
  const [{ creator: first }, { creator: one }, { creator: other }] = [
    await tellStory(),
    await tellStory(),
    await tellStory(),
  ]
  const at = instant(1_800_000_000_000)
  const add = (log: SealedLog, ...keys: string[]) =>
    log.change<DocMap>(LABEL, doc => {
      for (const key of keys) addHandMade(doc, 'ours', key, { kind: 'allergy', substance: key }, at)
    })
  const keys = ['stays', 'binned', 'private']
  for (const { log } of [first, other]) await add(log, ...keys)
  const heads = headsText(first.log.shards().find(({ label }) => label === LABEL)!.heads)
  const begun = new Map([[`${first.log.id}/${LABEL}`, heads]])
  for (const { log } of [one, other]) {
    await log.change<RebasedDocument>(REBASED_LABEL, doc => putRebased(doc, first.log.id, begun))
  }
  await add(one.log, 'stays')
  const leftBehind = { at, hiddenImports: new Set<string>() }
  const leftOut = new Map([[LABEL, new Set(['ours.private'])]])
  const carry = () => carryLate(one.log, other.log, { origin: first.log, leftBehind, leftOut })
  expect(await carry()).toEqual(ok(true))
  const isBinned = async (key: string) => {
    const entry = entryIn(LABEL, await other.log.read<DocMap>(LABEL), 'ours', key)
    return entry && binnedAt(entry.spot)
  }
  expect(await Promise.all(keys.map(isBinned))).toEqual([undefined, at, undefined])
  // Somebody takes it out of the bin: it is not put there again.
  await other.log.change<DocMap>(LABEL, doc => setBinned(entryIn(LABEL, doc, 'ours', 'binned')!.spot, undefined))
  await add(one.log, 'since')
  expect(await carry()).toEqual(ok(true))
  expect(await isBinned('binned')).toBeUndefined()
})

/** Two logs begun at once from `first`, which has these entries; how much of it `one` and `other` began with is theirs to say. */
async function begunAtOnce(...keys: string[]) {
  const [{ creator: first }, { creator: one }, { creator: other }] = [
    await tellStory(),
    await tellStory(),
    await tellStory(),
  ]
  const add = (log: SealedLog, ...added: string[]) =>
    log.change<DocMap>(LABEL, doc => {
      for (const key of added) addHandMade(doc, 'ours', key, { kind: 'allergy', substance: key }, AT)
    })
  await add(first.log, ...keys)
  const heads = headsText(first.log.shards().find(({ label }) => label === LABEL)!.heads)
  const begin = (log: SealedLog, from: ReadonlyMap<string, string>) =>
    log.change<RebasedDocument>(REBASED_LABEL, doc => putRebased(doc, first.log.id, from))
  const place = `${first.log.id}/${LABEL}`
  return { first: first.log, one: one.log, other: other.log, add, begin, all: new Map([[place, heads]]) }
}

const entryOf = async (log: SealedLog, key: string) => entryIn(LABEL, await log.read<DocMap>(LABEL), 'ours', key)

test('carryLate() puts into the bin also what a log left behind that has nothing of its shard any more', async () => {
  const { first, one, other, add, begin, all } = await begunAtOnce('binned')
  await add(other, 'binned')
  for (const log of [one, other]) await begin(log, all)
  const leftBehind = { at: AT, hiddenImports: new Set<string>() }
  expect(await carryLate(one, other, { origin: first, leftBehind })).toEqual(ok(true))
  expect(binnedAt((await entryOf(other, 'binned'))!.spot)).toBe(AT)
})

test('carryLate() takes nothing along that another log begun from it has in the bin or left behind: it could be read before it was binned', async () => {
  const { first, one, other, add, begin, all } = await begunAtOnce('stays', 'binned', 'behind')
  await add(one, 'stays', 'binned')
  await one.change<DocMap>(LABEL, doc => setBinned(entryIn(LABEL, doc, 'ours', 'binned')!.spot, AT))
  await begin(one, all)
  // The device that began the other one had nothing of the first yet.
  await begin(other, new Map())
  const rivals = { logs: [one], hiddenImports: new Set<string>() }
  expect(await carryLate(first, other, { rivals })).toEqual(ok(true))
  expect(await entriesOf(other)).toEqual(['ours.stays'])
})

test('carryLate() is not through before all is here with which the successor was begun', async () => {
  const { former, successor, there, noted, heads } = await twoLogs()
  expect(await carryLate(former, successor)).toEqual(ok(false))
  expect(await noted()).toBe(heads)
  await former.receive(await there.frames(there.writer, 0, 1e6))
  expect(await carryLate(former, successor)).toEqual(ok(true))
  expect((await entriesOf(successor)).toSorted()).toEqual(['ours.sent', 'ours.unsent'])
})
