import { expect, test } from 'vitest'
import { frameKey, outboxKey } from '#app/core/log/log-core.ts'
import { dropUnsent, keepUnsent, lateWritingOf, nextUnsent } from '#app/core/sharing/unsent-frames.ts'
import { utf8 } from '#schema/bytes.ts'
import { BlobId, LogId, ShareId, WriterId } from '#schema/ids.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'

const id = ShareId.of(new Uint8Array(16).fill(7))
const logId = LogId.of(new Uint8Array(16).fill(1))
const writer = WriterId.of(new Uint8Array(32).fill(2))
const blob = BlobId.of(new Uint8Array(32).fill(3))
const grant = { id, role: 'write', endedBy: 'stopped' } as const
const KIB = 1024

/** A device where these rows of the outbox wait, each a frame of so many bytes. */
async function waiting(
  rows: readonly (readonly [kind: 'change' | 'upkeep' | 'restored' | 'blob', frameBytes: number])[],
) {
  const store = makeMemoryDisk().open()
  await store.claim()
  for (const [order, [kind, bytes]] of rows.entries()) {
    const row = kind === 'blob' ? `blob/${blob}` : `${kind}/${writer}/${order}`
    await store.commit([
      { table: 'outbox', key: outboxKey(logId, order), value: utf8(row) },
      { table: 'frames', key: frameKey(logId, writer, order), value: new Uint8Array(bytes) },
    ])
  }
  return store
}

test('keepUnsent() notes that something waits until the last letter is written, and then that it went', async () => {
  const store = await waiting([
    ['change', 6 * KIB],
    ['change', 6 * KIB],
  ])
  expect(await lateWritingOf(store, id)).toEqual({})
  await keepUnsent(store, grant, [logId])
  for (const _ of ['first letter', 'second letter']) {
    expect(await lateWritingOf(store, id)).toEqual({ lateWriting: 'waiting' })
    await dropUnsent(store, (await nextUnsent(store, id))!, false)
  }
  expect(await nextUnsent(store, id)).toBeUndefined()
  expect(await lateWritingOf(store, id)).toEqual({ lateWriting: 'sent' })
})

test('keepUnsent() brings the first frame of a feed along, which the relay took and may have lost: it alone says whose the feed is', async () => {
  const store = await waiting([
    ['change', KIB],
    ['change', 2 * KIB],
    ['change', 3 * KIB],
  ])
  await store.commit([{ table: 'outbox', key: outboxKey(logId, 0), remove: true }])
  await keepUnsent(store, grant, [logId])
  expect((await nextUnsent(store, id))?.frames.map(frame => frame.length)).toEqual([KIB, 2 * KIB, 3 * KIB])
})

test('nextUnsent() brings the first frame along in every letter where it fits: another device may have read the letter before', async () => {
  const store = await waiting([
    ['change', KIB],
    ['change', 8 * KIB],
    ['change', 7 * KIB],
    ['change', 9.5 * KIB],
    ['change', 2 * KIB],
  ])
  await store.commit([{ table: 'outbox', key: outboxKey(logId, 0), remove: true }])
  await keepUnsent(store, grant, [logId])
  const letters: number[][] = []
  for (let next = await nextUnsent(store, id); next !== undefined; next = await nextUnsent(store, id)) {
    letters.push(next.frames.map(frame => frame.length / KIB))
    await dropUnsent(store, next, false)
  }
  expect(letters).toEqual([[1, 8], [1, 7], [9.5], [1, 2]])
  expect(await store.keys('sealed', 'unsent')).toEqual([`unsent-said/${id}`])
})

test('keepUnsent() sends the first frame alone where it fits into no letter with another', async () => {
  const store = await waiting([
    ['change', 6 * KIB],
    ['change', 5 * KIB],
  ])
  await store.commit([{ table: 'outbox', key: outboxKey(logId, 0), remove: true }])
  await keepUnsent(store, grant, [logId])
  const first = await nextUnsent(store, id)
  await dropUnsent(store, first!, false)
  const second = await nextUnsent(store, id)
  expect([first, second].map(letter => letter?.frames.map(frame => frame.length / KIB))).toEqual([[6], [5]])
})

test('keepUnsent() says of upkeep alone that nobody wrote anything, and nothing at all of a share to see', async () => {
  const store = await waiting([['upkeep', KIB]])
  await keepUnsent(store, grant, [logId])
  expect(await lateWritingOf(store, id)).toEqual({})
  const reader = await waiting([['change', KIB]])
  await keepUnsent(reader, { ...grant, role: 'read' }, [logId])
  expect(await lateWritingOf(reader, id)).toEqual({})
})

test('keepUnsent() says nothing of what somebody else wrote and the relay has lost, and sends it along', async () => {
  const store = await waiting([
    ['restored', KIB],
    ['restored', 11 * KIB],
    ['blob', 0],
    ['restored', 2 * KIB],
  ])
  await keepUnsent(store, grant, [logId])
  expect((await nextUnsent(store, id))?.frames.map(frame => frame.length)).toEqual([KIB])
  expect(await lateWritingOf(store, id)).toEqual({})
})

test('keepUnsent() says that what lies in a blob or fits no letter is lost', async () => {
  for (const large of [[['blob', 0] as const, ['change', KIB] as const], [['change', 11 * KIB] as const]]) {
    const store = await waiting([...large, ['change', KIB]])
    await keepUnsent(store, grant, [logId])
    await dropUnsent(store, (await nextUnsent(store, id))!, false)
    expect(await lateWritingOf(store, id)).toEqual({ lateWriting: 'sent', hasLost: true })
  }
})

test('dropUnsent() claims nothing was sent where there is nobody to write to', async () => {
  const store = await waiting([['change', KIB]])
  await keepUnsent(store, grant, [logId])
  await dropUnsent(store, (await nextUnsent(store, id))!, true)
  expect(await lateWritingOf(store, id)).toEqual({ hasLost: true })
})
