import { afterEach, describe, expect, test } from 'vitest'
import type { ByteStore } from '#app/core/ports.ts'
import { ok } from '#schema/result.ts'

/** One place to keep rows, opened by as many processes as a test wants. `open` answers a store that claimed it. */
export interface StoreUnderTest {
  open(): Promise<ByteStore>
  close(): Promise<void>
}

const bytes = (...values: number[]) => new Uint8Array(values)

/** What every ByteStore promises. Each implementation's test calls it. */
export function describeByteStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a ByteStore`, () => {
    let opened: StoreUnderTest[] = []
    async function place() {
      const made = await make()
      opened.push(made)
      return made
    }
    afterEach(async () => {
      await Promise.all(opened.map(made => made.close()))
      opened = []
    })

    test('get() answers what commit() wrote, and undefined for the rest', async () => {
      const store = await (await place()).open()
      expect(await store.commit([{ table: 'frames', key: 'a', value: bytes(1, 2) }])).toEqual(ok(undefined))
      expect(await store.get('frames', 'a')).toEqual(bytes(1, 2))
      expect(await store.get('frames', 'b')).toBeUndefined()
      expect(await store.get('outbox', 'a')).toBeUndefined()
    })

    test('commit() replaces and removes in the order given', async () => {
      const store = await (await place()).open()
      await store.commit([
        { table: 'vault', key: 'a', value: bytes(1) },
        { table: 'vault', key: 'b', value: bytes(1) },
      ])
      await store.commit([
        { table: 'vault', key: 'a', value: bytes(2) },
        { table: 'vault', key: 'b', remove: true },
        { table: 'vault', key: 'c', remove: true },
      ])
      expect(await store.keys('vault', '')).toEqual(['a'])
      expect(await store.get('vault', 'a')).toEqual(bytes(2))
    })

    test('commit() of nothing is ok', async () => {
      const store = await (await place()).open()
      expect(await store.commit([])).toEqual(ok(undefined))
    })

    test('a row keeps no tie to the array it was written from or read into', async () => {
      const store = await (await place()).open()
      const written = bytes(7, 7)
      await store.commit([{ table: 'blobs', key: 'x', value: written }])
      written[0] = 0
      const read = (await store.get('blobs', 'x'))!
      expect(read).toEqual(bytes(7, 7))
      read[0] = 1
      expect(await store.get('blobs', 'x')).toEqual(bytes(7, 7))
    })

    test('a view on a larger buffer is stored without what surrounds it', async () => {
      const store = await (await place()).open()
      await store.commit([{ table: 'blobs', key: 'x', value: bytes(1, 2, 3, 4).subarray(1, 3) }])
      expect(await store.get('blobs', 'x')).toEqual(bytes(2, 3))
    })

    test('list() and keys() answer the prefix alone, in order of code units', async () => {
      const store = await (await place()).open()
      const names = ['log/b', 'log/a', 'log/a/2', 'log/a/10', 'lof/z', 'log0', 'log/é', 'log/Z']
      await store.commit(names.map((key, index) => ({ table: 'sealed' as const, key, value: bytes(index) })))
      const expected = ['log/Z', 'log/a', 'log/a/10', 'log/a/2', 'log/b', 'log/é']
      expect(await store.keys('sealed', 'log/')).toEqual(expected)
      expect((await store.list('sealed', 'log/')).map(([key]) => key)).toEqual(expected)
      expect((await store.list('sealed', 'log/'))[1]).toEqual(['log/a', bytes(1)])
      expect(await store.keys('sealed', 'nothing')).toEqual([])
    })

    test('list() pages with after and limit', async () => {
      const store = await (await place()).open()
      const keys = Array.from({ length: 10 }, (_, index) => `p/${index}`)
      await store.commit(keys.map(key => ({ table: 'frames' as const, key, value: bytes(0) })))
      const first = await store.list('frames', 'p/', { limit: 4 })
      expect(first.map(([key]) => key)).toEqual(keys.slice(0, 4))
      const second = await store.list('frames', 'p/', { after: 'p/3', limit: 4 })
      expect(second.map(([key]) => key)).toEqual(keys.slice(4, 8))
      expect((await store.list('frames', 'p/', { after: 'p/7' })).map(([key]) => key)).toEqual(keys.slice(8))
      expect(await store.list('frames', 'p/', { after: 'p/9', limit: 4 })).toEqual([])
    })

    test('what one process stored, the next one reads', async () => {
      const disk = await place()
      const first = await disk.open()
      await first.commit([{ table: 'vault', key: 'k', value: bytes(9) }])
      const second = await disk.open()
      expect(await second.get('vault', 'k')).toEqual(bytes(9))
    })

    test('an owner that was overtaken is fenced and changes nothing', async () => {
      const disk = await place()
      const first = await disk.open()
      const second = await disk.open()
      expect(await second.claim()).toEqual(ok(undefined))
      expect(await first.commit([{ table: 'vault', key: 'k', value: bytes(1) }])).toEqual({
        ok: false,
        failure: 'fenced',
      })
      expect(await second.get('vault', 'k')).toBeUndefined()
      expect(await second.commit([{ table: 'vault', key: 'k', value: bytes(2) }])).toEqual(ok(undefined))
      expect(await first.get('vault', 'k')).toEqual(bytes(2))
    })

    test('erase() leaves no row in any table', async () => {
      const store = await (await place()).open()
      const tables = ['vault', 'frames', 'outbox', 'sealed', 'blobs'] as const
      await store.commit(tables.map(table => ({ table, key: 'k', value: bytes(1) })))
      expect(await store.erase()).toEqual(ok(undefined))
      for (const table of tables) expect(await store.keys(table, '')).toEqual([])
    })
  })
}
