import 'fake-indexeddb/auto'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openIndexedStore } from '#app/platform/indexed-store.ts'
import { fail, ok } from '#schema/result.ts'
import { describeByteStore } from '#tests/contract/byte-store.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

let places = 0

describeByteStore('IndexedStore (fake-indexeddb)', async () => {
  const name = `place-${places++}`
  return {
    async open() {
      const store = await openIndexedStore(name)
      await store.claim()
      return store
    },
    close: async () => undefined,
  }
})

describe('a claim that the full disk refuses', () => {
  let places = 0
  async function fullStore() {
    const name = `full ${places++}`
    const before = await openIndexedStore(name)
    await before.claim()
    await before.commit([{ table: 'vault', key: 'k', value: new Uint8Array([1]) }])
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('No space', 'QuotaExceededError')
    })
    onTestFinished(() => put.mockRestore())
    const store = await openIndexedStore(name)
    expect(await store.claim()).toEqual(fail('quota'))
    return { name, store, makeRoom: () => put.mockRestore() }
  }
  const write = { table: 'vault', key: 'k', value: new Uint8Array([2]) } as const

  test('lets everything be read, and is made up for by the first commit that has room', async () => {
    const { store, makeRoom } = await fullStore()
    expect(await store.get('vault', 'k')).toEqual(new Uint8Array([1]))
    expect(await store.commit([write])).toEqual(fail('quota'))
    makeRoom()
    expect(await store.commit([write])).toEqual(ok(undefined))
    expect(await store.get('vault', 'k')).toEqual(new Uint8Array([2]))
  })

  test('is not made up for once somebody else claimed', async () => {
    const { name, store, makeRoom } = await fullStore()
    makeRoom()
    const other = await openIndexedStore(name)
    expect(await other.claim()).toEqual(ok(undefined))
    expect(await store.commit([write])).toEqual(fail('fenced'))
    expect(await other.commit([write])).toEqual(ok(undefined))
  })
})

/** Until the test ends, `act` happens whenever such a request has its answer. */
function onAnswer(name: 'get' | 'getAll' | 'getAllKeys' | 'put', act: (transaction: IDBTransaction) => void): void {
  const ask = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest
  const asking = vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
    this: IDBObjectStore,
    ...args: unknown[]
  ) {
    const asked = ask.apply(this, args)
    asked.addEventListener('success', () => act(this.transaction))
    return asked
  })
  onTestFinished(() => asking.mockRestore())
}

describe('a tab that was frozen while it read, and whose transaction the browser broke off meanwhile', () => {
  const row = new Uint8Array([1])
  test.for([
    ['get', 'get', row],
    ['list', 'getAll', [['k', row]]],
    ['keys', 'getAllKeys', ['k']],
  ] as const)('has what %s() read, and nothing is left to reject unheard', async ([read, request, answer]) => {
    const store = await openIndexedStore(`frozen in ${read}`)
    await store.claim()
    await store.commit([{ table: 'frames', key: 'k', value: row }])
    onAnswer(request, transaction => transaction.abort())
    const unheard = await unheardDuring(async () => {
      expect(await store[read]('frames', 'k')).toEqual(answer)
      await new Promise(resolve => setTimeout(resolve, 20))
    })
    expect(unheard).toEqual([])
  })
})

describe('a write that the browser broke off', () => {
  async function brokenOff(isOvertaken: boolean) {
    const name = `broken off ${places++}`
    const store = await openIndexedStore(name)
    await store.claim()
    const other = await openIndexedStore(name)
    onAnswer('put', transaction => {
      if (!transaction.objectStoreNames.contains('vault')) return
      if (isOvertaken) void other.claim()
      transaction.abort()
    })
    const answer = await store.commit([{ table: 'vault', key: 'k', value: new Uint8Array([1]) }])
    expect(await store.keys('vault', '')).toEqual([])
    return answer
  }

  test('is refused as fenced where another owner waited for the store: that one is to be asked', async () => {
    expect(await brokenOff(true)).toEqual(fail('fenced'))
  })

  test('is told as broken off where nobody else has the store', async () => {
    expect(await brokenOff(false)).toEqual(fail('aborted'))
  })
})
