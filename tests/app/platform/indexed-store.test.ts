import 'fake-indexeddb/auto'
import { openIndexedStore } from '#app/platform/indexed-store.ts'
import { describeByteStore } from '#tests/contract/byte-store.ts'

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
