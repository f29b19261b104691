import type { Page } from 'playwright'

/** All bytes of every table of IndexedDB and every answer in Cache Storage, with their keys, as the page's scripts can read them. */
export async function scriptStorage(page: Page): Promise<Buffer> {
  const encoded = await page.evaluate(async () => {
    const parts: (string | Uint8Array<ArrayBuffer>)[] = []
    const put = (value: unknown) => {
      if (value instanceof Uint8Array) parts.push(new Uint8Array(value))
      else parts.push(JSON.stringify(value) ?? '')
    }
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
      })
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      put(name)
      const database = await asked(indexedDB.open(name))
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table)
        const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())])
        put([table, keys])
        values.forEach(put)
      }
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        put(request.url)
        const found = await cache.match(request)
        if (found) put(new Uint8Array(await found.arrayBuffer()))
      }
    }
    for (const storage of [localStorage, sessionStorage]) put(Object.entries(storage))
    const bytes = new Uint8Array(await new Blob(parts.flatMap(part => [part, '\n'])).arrayBuffer())
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  })
  return Buffer.from(encoded, 'base64')
}
