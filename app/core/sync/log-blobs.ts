import type { BlobId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { OutboxItem, SealedLog } from '../log/sealed-log.ts'
import { NOT_STORED, type Stuck, stuckBy } from './stuck.ts'
import type { RelayClient } from './sync.ts'

export type BlobItem = Extract<OutboxItem, { kind: 'blob' }>

/** One that arrives damaged is asked for again, so often. */
const ATTEMPTS = 4

/** One log's blobs on their way to and from the relay. */
export class LogBlobs {
  readonly #log: SealedLog
  /** Whose frames are not acknowledged yet. Another connection may lead to a relay that was put back to before it had them. */
  #sent = new Set<BlobId>()
  /** Those that the relay does not have, or has wrong; asked for again when there is news, and over another connection. */
  #vain = new Set<BlobId>()

  constructor(log: SealedLog) {
    this.#log = log
  }

  get sent(): ReadonlySet<BlobId> {
    return this.#sent
  }

  /** A key that came by the keyring may be what shows that a frame names a blob. */
  get isWanting(): boolean {
    return this.#log.missingBlobs().some(blobId => !this.#vain.has(blobId))
  }

  connected(): void {
    this.#sent = new Set()
    this.#vain = new Set()
  }

  hadNews(): void {
    this.#vain = new Set()
  }

  /**
   * The next one: between two of them what others send is taken. One that the relay does not have, or has wrong, leaves the log incomplete;
   * the others are fetched all the same.
   */
  async fetchNext(client: RelayClient): Promise<Result<void, Stuck>> {
    const next = this.#log.missingBlobs().find(blobId => !this.#vain.has(blobId))
    return next === undefined ? ok(undefined) : this.#fetchOne(client, next)
  }

  async send(client: RelayClient, { blobId, ciphertext }: BlobItem): Promise<Result<void, Stuck>> {
    const sent = this.#sent
    const put = await client.putBlob(this.#log.id, blobId, ciphertext)
    if (!put.ok) return fail(stuckBy(put.failure))
    sent.add(blobId)
    return ok(undefined)
  }

  async #fetchOne(client: RelayClient, blobId: BlobId): Promise<Result<void, Stuck>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const ciphertext = await client.getBlob(this.#log.id, blobId)
      if (!ciphertext.ok) {
        const isMissing = ciphertext.failure.kind === 'refused' && ciphertext.failure.code === 'not-found'
        if (!isMissing) return fail(stuckBy(ciphertext.failure))
        break
      }
      const kept = await this.#log.receiveBlob(blobId, ciphertext.value)
      if (kept.ok) return ok(undefined)
      if (kept.failure !== 'not-it') return NOT_STORED
    }
    this.#vain.add(blobId)
    return ok(undefined)
  }
}
