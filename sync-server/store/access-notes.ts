import { RIGHTS, type Right } from '#schema/protocol/capability.ts'
import type { CapabilityId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { get, run, type Work } from './work.ts'

interface Note {
  readonly log: number
  readonly minute: number
  readonly capability: CapabilityId
  readonly right: number
  count: number
  bytes: number
}

/** Gathers the access log in memory, for at most a second. */
export class AccessNotes {
  #notes = new Map<string, Note>()

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

  /** What was noted so far, which is not noted here any more. */
  take(): AccessNotes {
    const taken = new AccessNotes()
    taken.#notes = this.#notes
    this.#notes = new Map()
    return taken
  }

  /** What was taken could not be written. */
  putBack(taken: AccessNotes): void {
    for (const [key, note] of taken.#notes) {
      const since = this.#notes.get(key)
      this.#notes.set(key, {
        ...note,
        count: note.count + (since?.count ?? 0),
        bytes: note.bytes + (since?.bytes ?? 0),
      })
    }
  }

  /** All but those of logs that are gone. */
  *written(): Work<void> {
    for (const note of this.#notes.values()) {
      if ((yield* get('SELECT 1 FROM logs WHERE no = ?', note.log)) === undefined) continue
      yield* run(
        `INSERT INTO access (log, minute, capability, "right", count, bytes) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (log, minute, capability, "right")
         DO UPDATE SET count = access.count + excluded.count, bytes = access.bytes + excluded.bytes`,
        note.log,
        note.minute,
        note.capability,
        note.right,
        note.count,
        note.bytes,
      )
    }
  }

  /** As `written`, in one statement that only PostgreSQL knows. */
  *writtenAtOnce(): Work<void> {
    const notes = [...this.#notes.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note)
    yield* run(
      `INSERT INTO access (log, minute, capability, "right", count, bytes)
       SELECT n.* FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[])
         AS n (log, minute, capability, "right", count, bytes)
       WHERE EXISTS (SELECT 1 FROM logs WHERE logs.no = n.log)
       ON CONFLICT (log, minute, capability, "right")
       DO UPDATE SET count = access.count + excluded.count, bytes = access.bytes + excluded.bytes`,
      notes.map(note => note.log),
      notes.map(note => note.minute),
      notes.map(note => note.capability),
      notes.map(note => note.right),
      notes.map(note => note.count),
      notes.map(note => note.bytes),
    )
  }

  /** The log is gone. */
  forget(log: number): void {
    for (const [key, note] of this.#notes) if (note.log === log) this.#notes.delete(key)
  }
}
