import type { ShareId } from '#schema/ids.ts'
import type { KnownGrant } from './received-document.ts'
import type { OpenShare } from './shared-logs.ts'

/** So many records of others are open and level with the relay at once; beyond it only those that somebody looks at. */
export const OPEN_AT_ONCE = 8

/** Those of the shared records and conversations that are open, the most recently used last. Whoever calls sees to it that one call follows another. */
export class OpenRecords {
  readonly #openRecord: (grant: KnownGrant) => Promise<OpenShare | undefined>
  readonly #open = new Map<ShareId, OpenShare>()
  readonly #holds = new Map<ShareId, number>()
  #opened: unknown = Symbol()

  constructor(openRecord: (grant: KnownGrant) => Promise<OpenShare | undefined>) {
    this.#openRecord = openRecord
  }

  /** Another one once one of them was closed: its logs are not to be used from then on. */
  get opened(): unknown {
    return this.#opened
  }

  get(id: ShareId): OpenShare | undefined {
    return this.#open.get(id)
  }

  /** Counts as used just now. */
  use(id: ShareId): OpenShare | undefined {
    const found = this.#open.get(id)
    if (found !== undefined && this.#open.delete(id)) this.#open.set(id, found)
    return found
  }

  isHeld(id: ShareId): boolean {
    return (this.#holds.get(id) ?? 0) > 0
  }

  /** Stays open, once it is, until the answer is called. */
  hold(id: ShareId): () => void {
    this.#holds.set(id, (this.#holds.get(id) ?? 0) + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#holds.set(id, (this.#holds.get(id) ?? 1) - 1)
    }
  }

  async openOrRefresh(grant: KnownGrant): Promise<void> {
    const there = this.#open.get(grant.id)
    if (there !== undefined && (await there.refresh(grant))) return
    await this.close(grant.id)
    const opened = await this.#openRecord(grant)
    if (opened !== undefined) this.#open.set(grant.id, opened)
  }

  /** Beyond what may be open at once the least recently used go. */
  async closeUnused(): Promise<void> {
    const records = [...this.#open].flatMap(([id, { record }]) => (record === undefined ? [] : id))
    const spare = records.filter(id => !this.isHeld(id))
    const count = Math.min(spare.length, records.length - OPEN_AT_ONCE)
    for (const id of spare.slice(0, Math.max(0, count))) await this.close(id)
  }

  async close(id: ShareId): Promise<void> {
    const there = this.#open.get(id)
    if (!this.#open.delete(id)) return
    this.#opened = Symbol()
    await there?.close()
  }

  async closeAll(): Promise<void> {
    for (const id of Array.from(this.#open.keys())) await this.close(id)
  }
}
