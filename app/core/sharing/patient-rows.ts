import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import { type LogId, ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { ByteStore } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Cursors = Readonly<Record<LogId, number>>

/** What this device keeps of somebody's record beside the record: for a list of many that are closed. Goes with the share. */
export interface PatientRow {
  /** Left out: not yet on this device. */
  readonly lookedAt?: Instant
  /** The relay's cursor of each log when it was last looked at, and as last heard. */
  readonly seen: Cursors
  readonly newest: Cursors
  /** As a Patient resource of theirs says, where that section is shared. */
  readonly birthDate?: string
}

export const PATIENT_PREFIX = 'patient/'
const EMPTY: PatientRow = { seen: {}, newest: {} }
/** A look that goes on is written down this often. */
const WRITE_EVERY_MS = 60_000

export class PatientRows {
  readonly #store: ByteStore
  readonly #key: Bytes
  readonly #rows = new Map<ShareId, PatientRow>()

  private constructor(store: ByteStore, key: Bytes) {
    this.#store = store
    this.#key = key
  }

  static async open(store: ByteStore, key: Bytes): Promise<PatientRows> {
    const rows = new PatientRows(store, key)
    for (const [name, sealed] of await store.list('sealed', PATIENT_PREFIX)) {
      const id = ShareId.parse(name.slice(PATIENT_PREFIX.length))
      const opened = openSecret(key, name, sealed)
      // What opens under our own key we sealed ourselves.
      if (id !== undefined && opened.ok) rows.#rows.set(id, JSON.parse(new TextDecoder().decode(opened.value)))
    }
    return rows
  }

  get(id: ShareId): PatientRow {
    return this.#rows.get(id) ?? EMPTY
  }

  /** On the screen at `now`: all there is by `cursors` counts as seen. */
  async looked(id: ShareId, now: Instant, cursors: Cursors): Promise<void> {
    const row = this.get(id)
    const isSame = Object.entries(cursors).every(([logId, cursor]) => row.seen[logId as LogId] === cursor)
    if (isSame && row.lookedAt !== undefined && now - row.lookedAt < WRITE_EVERY_MS) return
    const next = { ...row, lookedAt: now, seen: { ...row.seen, ...cursors }, newest: { ...row.newest, ...cursors } }
    await this.#put(id, next)
  }

  async heard(id: ShareId, cursors: Cursors): Promise<void> {
    const row = this.get(id)
    const isSame = Object.entries(cursors).every(([logId, cursor]) => row.newest[logId as LogId] === cursor)
    if (!isSame) await this.#put(id, { ...row, newest: { ...row.newest, ...cursors } })
  }

  async putBirthDate(id: ShareId, birthDate: string): Promise<void> {
    const row = this.get(id)
    if (row.birthDate !== birthDate) await this.#put(id, { ...row, birthDate })
  }

  /** The share is over; the row on disk goes with the rest of it. */
  forget(id: ShareId): void {
    this.#rows.delete(id)
  }

  async #put(id: ShareId, row: PatientRow): Promise<void> {
    this.#rows.set(id, row)
    const key = `${PATIENT_PREFIX}${id}`
    await this.#store.commit([{ table: 'sealed', key, value: sealSecret(this.#key, key, utf8(JSON.stringify(row))) }])
  }
}

/** Whether anything came to one of `logIds` since the last look. */
export function hasMoved({ seen, newest }: PatientRow, logIds: readonly LogId[]): boolean {
  return logIds.some(logId => (newest[logId] ?? 0) > (seen[logId] ?? 0))
}
