import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { DraftSession } from './draft-session.ts'
import type { ByteStore } from './ports.ts'
import type { NotStored } from './session.ts'
import type { VaultSlot } from './vault/open-vault.ts'

/** One row of table `sealed` for all places: its key says nothing of what is being written. */
const ROW = 'drafts'
const MAX_PLACES = 20
const MAX_CHARS = 1024 * 1024

type Drafts = Readonly<Record<string, string>>

/** Keeps what was typed and not saved, under the vault's local key. */
export class DraftDesk implements DraftSession {
  readonly #slot: VaultSlot
  readonly #store: ByteStore
  #last: Promise<unknown> = Promise.resolve()

  constructor(slot: VaultSlot, store: ByteStore) {
    this.#slot = slot
    this.#store = store
  }

  async keepDraft(place: string, text: string): Promise<Result<void, NotStored | { readonly kind: 'locked' }>> {
    // One after the other: all share a row.
    const kept = this.#last.then(() => this.#keep(place, text))
    this.#last = kept.catch(() => undefined)
    return kept
  }

  async keptDraft(place: string): Promise<string | undefined> {
    await this.#last
    const vault = this.#slot.open
    return vault && (await this.#read(vault.keys.local))[place]
  }

  /** Whether any of them has this word in it, as one names what was put aside for it. */
  async mentions(word: string): Promise<boolean> {
    await this.#last
    const vault = this.#slot.open
    return vault !== undefined && Object.values(await this.#read(vault.keys.local)).some(text => text.includes(word))
  }

  async #keep(place: string, text: string): Promise<Result<void, NotStored | { readonly kind: 'locked' }>> {
    const key = this.#slot.open?.keys.local.slice()
    if (key === undefined) return fail({ kind: 'locked' })
    const { [place]: was, ...others } = await this.#read(key)
    if ((was ?? '') === text) return ok(undefined)
    const isKept = text !== '' && text.length <= MAX_CHARS
    const rest = Object.entries(others).slice(isKept ? 1 - MAX_PLACES : -MAX_PLACES)
    const drafts: Drafts = Object.fromEntries(isKept ? [...rest, [place, text]] : rest)
    const value = sealSecret(key, ROW, utf8(JSON.stringify(drafts)))
    const isEmpty = Object.keys(drafts).length === 0
    const row = { table: 'sealed', key: ROW } as const
    const stored = await this.#store.commit([isEmpty ? { ...row, remove: true } : { ...row, value }])
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  /** What does not open is of a record that was here before: nobody can read it again. */
  async #read(key: Uint8Array): Promise<Drafts> {
    const sealed = await this.#store.get('sealed', ROW)
    const opened = sealed && openSecret(key, ROW, sealed)
    if (opened?.ok !== true) return {}
    return JSON.parse(new TextDecoder().decode(opened.value)) as Drafts
  }
}
