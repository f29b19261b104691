import { openIndexedStore } from '#app/platform/indexed-store.ts'
import { describeByteStore } from '#tests/contract/byte-store.ts'

let places = 0

describeByteStore('IndexedStore in Chromium', async () => {
  const name = `place-${Date.now()}-${places++}`
  return {
    async open() {
      const store = await openIndexedStore(name)
      await store.claim()
      return store
    },
    close: async () => undefined,
  }
})
