import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import type { ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import type { ByteStore } from '../ports.ts'
import { decodeShareOpened, encodeShareOpened, type ShareOpened } from './share-letters.ts'
import { inOrder } from './shown-sections.ts'

type Bytes = Uint8Array<ArrayBuffer>

const ROW_KEY = 'looks'
const MAX_BODY_BYTES = 4096

/** What was looked at on this device, of records that others share, and who shares has not heard of yet. */
export class OwnLooks {
  readonly #store: ByteStore
  readonly #key: Bytes
  readonly #pending = new Map<ShareId, ShareOpened>()
  #isChanged = false

  private constructor(store: ByteStore, key: Bytes) {
    this.#store = store
    this.#key = key
  }

  static async open(store: ByteStore, key: Bytes): Promise<OwnLooks> {
    const looks = new OwnLooks(store, key)
    const sealed = await store.get('sealed', ROW_KEY)
    const opened = sealed && openSecret(key, ROW_KEY, sealed)
    const rows = opened?.ok ? decodeAll(opened.value, r => r.list(0xffff, one => one.sized(MAX_BODY_BYTES))) : undefined
    for (const row of rows?.ok ? rows.value : []) {
      const look = decodeShareOpened(row)
      if (look !== undefined) looks.#pending.set(look.shareId, look)
    }
    return looks
  }

  /** The first since the last telling is stored at once; how long it went on, now and then. */
  async note(shareId: ShareId, sections: readonly Section[], now: Instant): Promise<void> {
    const isFirst = !this.#pending.has(shareId)
    this.add({ shareId, from: now, to: now, sections })
    if (isFirst) await this.save()
  }

  /** Unites with what waits already. */
  add(look: ShareOpened): void {
    const there = this.#pending.get(look.shareId)
    this.#isChanged = true
    this.#pending.set(look.shareId, there === undefined ? look : united(there, look))
  }

  /** Nothing waits any more: to be told now, or to be added again. */
  take(shareId: ShareId): ShareOpened | undefined {
    const look = this.#pending.get(shareId)
    this.#isChanged ||= this.#pending.delete(shareId)
    return look
  }

  /** What the disk refuses is tried again with the next change. */
  async save(): Promise<void> {
    if (!this.#isChanged) return
    this.#isChanged = false
    const rows = new ByteWriter().list([...this.#pending.values()], (w, look) => w.sized(encodeShareOpened(look)))
    const value = sealSecret(this.#key, ROW_KEY, rows.done())
    const kept = await this.#store.commit([{ table: 'sealed', key: ROW_KEY, value }])
    if (!kept.ok) this.#isChanged = true
  }
}

/** One look from the first to the last of two. */
export function united(a: ShareOpened, b: ShareOpened): ShareOpened {
  const [from, to] = [instant(Math.min(a.from, b.from)), instant(Math.max(a.to, b.to))]
  return { shareId: a.shareId, from, to, sections: inOrder([...a.sections, ...b.sections]) }
}
