import { beforeAll, expect, test } from 'vitest'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { headsText } from '#app/core/record/carry-over.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { carryUnsent } from '#app/core/sharing/carry-unsent.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { putRebased, REBASED_LABEL, rebasedIn, type RebasedDocument } from '#app/core/sharing/rebased-document.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const LABEL = 'entries/0'

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

test('carryLate() is not through before all is here with which the successor was begun', async () => {
  const { former, successor, there, noted, heads } = await twoLogs()
  expect(await carryLate(former, successor)).toEqual(ok(false))
  expect(await noted()).toBe(heads)
  await former.receive(await there.frames(there.writer, 0, 1e6))
  expect(await carryLate(former, successor)).toEqual(ok(true))
  expect((await entriesOf(successor)).toSorted()).toEqual(['ours.sent', 'ours.unsent'])
})
