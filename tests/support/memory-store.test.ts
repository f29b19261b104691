import { expect, test } from 'vitest'
import { describeByteStore } from '#tests/contract/byte-store.ts'
import { fail, ok } from '#schema/result.ts'
import { makeMemoryDisk, ProcessKilled } from './memory-store.ts'

describeByteStore('the memory store', async () => {
  const disk = makeMemoryDisk()
  return { open: async () => disk.open(), close: async () => {} }
})

const write = { table: 'vault', key: 'k', value: new Uint8Array([1]) } as const

test('failNext() refuses and keeps what was there', async () => {
  const store = makeMemoryDisk().open()
  store.failNext('quota')
  expect(await store.commit([write])).toEqual(fail('quota'))
  expect(await store.get('vault', 'k')).toBeUndefined()
  expect(await store.commit([write])).toEqual(ok(undefined))
})

test.each([
  ['before', undefined],
  ['after', new Uint8Array([1])],
] as const)('killAt() %s the commit leaves the disk as it then was', async (when, left) => {
  const disk = makeMemoryDisk()
  const store = disk.open()
  store.killAt(1, when)
  await expect(store.commit([write])).rejects.toThrow(ProcessKilled)
  await expect(store.get('vault', 'k')).rejects.toThrow(ProcessKilled)
  expect(await disk.open().get('vault', 'k')).toEqual(left)
})
