import { frameKey } from '#app/core/log/log-core.ts'
import { type LogKey, logKeyOf, openSigned } from '#app/core/log/open-frame.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import { frameHash } from '#crypto/hash.ts'
import type { FrameHash, KeyId, WriterId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import type { Family } from './family.ts'
import type { Process, Replica } from './replica.ts'

/** One EPOCH that some device stored. */
interface Epoch {
  readonly writer: WriterId
  readonly seq: number
  readonly hash: FrameHash
  readonly keyId: KeyId
  readonly parents: readonly FrameHash[]
}

/** A frame that was sealed under an EPOCH whose successor its device had. */
interface Late {
  readonly by: Replica
  readonly seq: number
  readonly successor: Epoch
}

/** A row of `frames` as a transaction leaves it. */
type Rows = (key: string) => Uint8Array | undefined

/** Looks at every frame a device makes: is it sealed under the newest key it can use (invariant 12)? */
export class KeyWatch {
  readonly #family: Family
  readonly #epochs = new Map<FrameHash, Epoch>()
  readonly #keys = new Map<KeyId, LogKey>()
  readonly #late: Late[] = []

  constructor(family: Family) {
    this.#family = family
  }

  /** Before the rows are on the disk. */
  onCommit(replica: Replica, writes: readonly StoreWrite[]): void {
    const queued = new Set(
      writes.flatMap(write =>
        write.table === 'outbox' && !('remove' in write) ? [new TextDecoder().decode(write.value)] : [],
      ),
    )
    const rowAfter = rowsAfter(replica, writes)
    for (const write of writes) {
      if (write.table !== 'frames' || 'remove' in write) continue
      const parts = decodeFrame(write.value)
      if (!parts.ok) continue
      const { writer, seq, keyId, kind } = parts.value.header
      const hash = frameHash(write.value)
      if (kind === 'control') this.#note(openSigned(parts.value, hash, this.#known()).fact)
      // Of what is stored, only what is to be sent was made here, and only once.
      else if (queued.has(`change/${writer}/${seq}`) && replica.row('frames', write.key) === undefined) {
        this.#check(replica, seq, keyId, rowAfter)
      }
    }
  }

  /** Those whose successor counts in the end: an EPOCH that a removal defeats never was one. */
  judged({ log }: Process): readonly string[] {
    const held = new Map(log.feeds().map(feed => [feed.writer, feed.next]))
    const refused = new Set(log.quarantine().map(({ writer, seq }) => `${writer}/${seq}`))
    return this.#late
      .filter(({ successor }) => successor.seq < (held.get(successor.writer) ?? 0))
      .filter(({ successor }) => !refused.has(`${successor.writer}/${successor.seq}`))
      .map(({ by, seq }) => `${by.name} sealed its frame ${seq} under a superseded key`)
  }

  #check(replica: Replica, seq: number, keyId: KeyId, rowAfter: Rows): void {
    const under = [...this.#epochs.values()].filter(epoch => epoch.keyId === keyId)
    for (const successor of this.#epochs.values()) {
      const follows = under.some(epoch => successor.parents.includes(epoch.hash))
      // Held with all that it follows, back to the first one, and its key has been given to the log.
      const isUsable = replica.usableKeys.has(successor.keyId) && this.#isDecidable(rowAfter, successor)
      if (follows && isUsable) this.#late.push({ by: replica, seq, successor })
    }
  }

  #isDecidable(rowAfter: Rows, epoch: Epoch): boolean {
    // This very frame: where a feed was forked, another one may be in its place.
    const row = rowAfter(this.#rowOf(epoch))
    if (row === undefined || frameHash(row) !== epoch.hash) return false
    // Nobody can say who wrote it before the certificate in frame 0 is here.
    if (rowAfter(this.#rowOf({ ...epoch, seq: 0 })) === undefined) return false
    return epoch.parents.every(parent => {
      const before = this.#epochs.get(parent)
      return before !== undefined && this.#isDecidable(rowAfter, before)
    })
  }

  #rowOf({ writer, seq }: Epoch): string {
    return frameKey(this.#family.logId, writer, seq)
  }

  #note({ writer, seq, hash, keyId, content }: ReturnType<typeof openSigned>['fact']): void {
    if (content.kind !== 'control' || content.record.type !== 'epoch') return
    this.#epochs.set(hash, { writer, seq, hash, keyId, parents: content.record.parents })
  }

  #known(): ReadonlyMap<KeyId, LogKey> {
    for (const key of this.#family.epochs) {
      if (!this.#keys.has(key.keyId)) this.#keys.set(key.keyId, logKeyOf(key, this.#family.logId))
    }
    return this.#keys
  }
}

/** Mending takes frames away and puts others in their places. */
function rowsAfter(replica: Replica, writes: readonly StoreWrite[]): Rows {
  const changed = new Map<string, Uint8Array | undefined>()
  for (const write of writes) {
    if (write.table === 'frames') changed.set(write.key, 'remove' in write ? undefined : write.value)
  }
  return key => (changed.has(key) ? changed.get(key) : replica.row('frames', key))
}
