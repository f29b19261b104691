import { randomBytes } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import type { ShareId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import type { KnownShare } from './given-document.ts'
import { type GrantKeys, grantKeys } from './grant.ts'

type Bytes = Uint8Array<ArrayBuffer>

const PREFIX = 'grant-seed/'

/** Seeds of grants, sealed on the device that made them, until their recipient was told. */
export class GrantSeeds {
  readonly #store: ByteStore
  readonly #key: Bytes

  constructor(store: ByteStore, key: Bytes) {
    this.#store = store
    this.#key = key
  }

  /** A fresh one, in place of what is kept of this share. */
  async make(id: ShareId): Promise<Result<GrantKeys, StoreFailure>> {
    const [seed, key] = [randomBytes(32), rowKey(id)]
    const kept = await this.#store.commit([{ table: 'sealed', key, value: sealSecret(this.#key, key, seed) }])
    return kept.ok ? ok(grantKeys(seed)) : kept
  }

  /** That of the share's G; undefined when another device made it. */
  async of({ id, principal }: Pick<KnownShare, 'id' | 'principal'>): Promise<Bytes | undefined> {
    const key = rowKey(id)
    const row = await this.#store.get('sealed', key)
    const opened = row && openSecret(this.#key, key, row)
    return opened?.ok && grantKeys(opened.value).principal === principal ? opened.value : undefined
  }

  async drop(id: ShareId): Promise<void> {
    await this.#store.commit([{ table: 'sealed', key: rowKey(id), remove: true }])
  }
}

const rowKey = (id: ShareId) => `${PREFIX}${id}`
