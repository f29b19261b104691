import { RIGHTS, type Right } from '#schema/protocol/capability.ts'
import type { CapabilityId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { Database } from './database.ts'

interface Note {
  readonly log: number
  readonly minute: number
  readonly capability: CapabilityId
  readonly right: number
  count: number
  bytes: number
}

/** Gathers the access log in memory and adds it to the tables with the next commit. */
export class AccessNotes {
  readonly #notes = new Map<string, Note>()

  get isEmpty(): boolean {
    return this.#notes.size === 0
  }

  add(log: number, capability: CapabilityId, right: Right, bytes: number, now: Instant): void {
    const minute = now - (now % 60_000)
    const key = `${log} ${minute} ${capability} ${right}`
    const note = this.#notes.get(key) ?? { log, minute, capability, right: RIGHTS[right], count: 0, bytes: 0 }
    note.count += 1
    note.bytes += bytes
    this.#notes.set(key, note)
  }

  /** Inside a transaction; `clear` follows its commit. */
  write(db: Database): void {
    for (const note of this.#notes.values()) {
      db.run(
        `INSERT INTO access (log, minute, capability, right, count, bytes) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes`,
        note.log,
        note.minute,
        note.capability,
        note.right,
        note.count,
        note.bytes,
      )
    }
  }

  /** The log is gone. */
  forget(log: number): void {
    for (const [key, note] of this.#notes) if (note.log === log) this.#notes.delete(key)
  }

  clear(): void {
    this.#notes.clear()
  }
}
