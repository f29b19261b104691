import type { LogId } from '#schema/ids.ts'
import { encodeRelayMessages } from '#schema/protocol/stream.ts'

/** Something that wants to hear of a log: a socket. */
export interface Watcher {
  /** New frames of a watched log, oldest first, those this watcher appended left out. */
  appended(logId: LogId, appended: Appended): void
  /** Capabilities of the log changed, or the log was deleted: check again whether watching is allowed. */
  changed(logId: LogId): void
}

export interface Growth {
  readonly before: number
  readonly cursor: number
  readonly frames: readonly Uint8Array<ArrayBuffer>[]
}

/** What watchers of a log are told. Made once for all who are told the same. */
export class Appended implements Growth {
  readonly before: number
  readonly cursor: number
  readonly frames: readonly Uint8Array<ArrayBuffer>[]
  /** Of the frames together. */
  readonly bytes: number
  readonly #logId: LogId
  #push: Uint8Array<ArrayBuffer> | undefined

  constructor(logId: LogId, { before, cursor, frames }: Growth) {
    this.#logId = logId
    this.before = before
    this.cursor = cursor
    this.frames = frames
    this.bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
  }

  /** The message that pushes the frames, for every socket the same bytes. */
  push(): Uint8Array<ArrayBuffer> {
    const { before, cursor, frames } = this
    this.#push ??= encodeRelayMessages([{ type: 'push', logId: this.#logId, before, cursor, frames }])
    return this.#push
  }
}

interface Pending {
  readonly before: number
  cursor: number
  readonly frames: { readonly bytes: Uint8Array<ArrayBuffer>; readonly origin: Watcher | undefined }[]
}

/** Tells sockets what others appended, gathered over one turn of the event loop. */
export class Hub {
  readonly #watchers = new Map<LogId, Set<Watcher>>()
  readonly #schedule: (run: () => void) => void
  #pending = new Map<LogId, Pending>()

  constructor(schedule: (run: () => void) => void) {
    this.#schedule = schedule
  }

  watch(logId: LogId, watcher: Watcher): void {
    const watchers = this.#watchers.get(logId) ?? new Set()
    watchers.add(watcher)
    this.#watchers.set(logId, watchers)
  }

  unwatch(logId: LogId, watcher: Watcher): void {
    const watchers = this.#watchers.get(logId)
    watchers?.delete(watcher)
    if (watchers?.size === 0) this.#watchers.delete(logId)
  }

  /** `origin` is not told of its own. */
  published(logId: LogId, cursor: number, bytes: Uint8Array<ArrayBuffer>, origin: Watcher | undefined): void {
    if (!this.#watchers.has(logId)) return
    const pending = this.#pending.get(logId) ?? { before: cursor - 1, cursor, frames: [] }
    pending.cursor = cursor
    pending.frames.push({ bytes, origin })
    if (this.#pending.size === 0) this.#schedule(() => this.#dispatch())
    this.#pending.set(logId, pending)
  }

  isWatched(logId: LogId): boolean {
    return this.#watchers.has(logId)
  }

  watchedLogs(): LogId[] {
    return [...this.#watchers.keys()]
  }

  /** Another relay on the same store took these. Where they are none, whoever watches has to fetch them. */
  grewElsewhere(logId: LogId, grown: Growth): void {
    const appended = new Appended(logId, grown)
    for (const watcher of this.#watchers.get(logId) ?? []) watcher.appended(logId, appended)
  }

  changed(logId: LogId): void {
    for (const watcher of this.#watchers.get(logId) ?? []) watcher.changed(logId)
  }

  #dispatch(): void {
    const pending = this.#pending
    this.#pending = new Map()
    for (const [logId, { before, cursor, frames }] of pending) {
      const all = new Appended(logId, { before, cursor, frames: frames.map(frame => frame.bytes) })
      const origins = new Set(frames.map(frame => frame.origin))
      for (const watcher of this.#watchers.get(logId) ?? []) {
        if (!origins.has(watcher)) {
          watcher.appended(logId, all)
          continue
        }
        const others = frames.filter(frame => frame.origin !== watcher).map(frame => frame.bytes)
        if (others.length > 0) watcher.appended(logId, new Appended(logId, { before, cursor, frames: others }))
      }
    }
  }
}
