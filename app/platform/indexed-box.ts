import { type DBSchema, openDB } from 'idb'
import type { DeviceBox, StoreFailure } from '#app/core/ports.ts'
import { fail, ok } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface Sealed {
  /** AES-256-GCM, not extractable: this browser alone can use it, and nobody can take it out. */
  readonly key: CryptoKey
  readonly nonce: Bytes
  readonly sealed: Bytes
}

interface BoxSchema extends DBSchema {
  box: { key: string; value: Sealed }
}

const ROW = 'box'
const ALGORITHM = 'AES-GCM'

/**
 * `DeviceBox` over a database of its own, so that what opens it opens no row of the record's store. Key and text are one row: they come
 * and go together.
 */
export function indexedBox(name = 'wellkeep-box'): DeviceBox {
  const open = () => openDB<BoxSchema>(name, 1, { upgrade: fresh => void fresh.createObjectStore('box') })

  async function acting(act: (database: Awaited<ReturnType<typeof open>>) => Promise<unknown>) {
    try {
      const database = await open()
      try {
        await act(database)
        return ok(undefined)
      } finally {
        database.close()
      }
    } catch (error) {
      return fail(failureOf(error))
    }
  }

  return {
    async read() {
      let found: Sealed | undefined
      const looked = await acting(async database => (found = await database.get('box', ROW)))
      return looked.ok && found !== undefined ? opened(found) : undefined
    },
    put: plain =>
      acting(async database => {
        const row = await sealed(plain)
        const transaction = database.transaction('box', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.put(row, ROW), transaction.done])
      }),
    empty: () =>
      acting(async database => {
        const transaction = database.transaction('box', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.clear(), transaction.done])
      }),
  }
}

/** A new key each time: whatever of an earlier text is left on the disk has none. */
async function sealed(plain: Bytes): Promise<Sealed> {
  const key = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce }, key, plain)
  return { key, nonce, sealed: new Uint8Array(bytes) }
}

async function opened({ key, nonce, sealed: bytes }: Sealed): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: ALGORITHM, iv: nonce }, key, bytes))
  } catch {
    return undefined
  }
}

function failureOf(error: unknown): StoreFailure {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'quota' : 'aborted'
}
