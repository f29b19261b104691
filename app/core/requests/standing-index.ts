import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import type { LogId } from '#schema/ids.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { RequestId } from '#schema/requests/request-id.ts'
import { requestStandings } from '../home/evict-log.ts'
import type { ByteStore, Clock } from '../ports.ts'
import type { Standing } from './standing.ts'

/** Raised with every change of `Standing` and of what a step does: rows of another one are made anew. */
const VERSION = 6
/** What changes meanwhile goes into the same row. */
const SAVE_MS = 1000

/** Of one conversation's requests, each with the heads of the shard that it was worked out from. */
type Standings = Map<RequestId, { readonly heads: string; readonly standing: Standing }>

/**
 * Where requests stand, as last worked out: one row of table `sealed` a conversation, of this device alone, made again when lost. So that
 * a list of thousands stands without one of their shards being opened.
 */
export class StandingIndex {
  readonly #store: ByteStore
  readonly #clock: Clock
  readonly #localKey: Uint8Array
  readonly #known = new Map<LogId, Promise<Standings>>()
  readonly #unsaved = new Set<LogId>()
  #cancel: (() => void) | undefined
  #isOver = false

  /** Takes over the key. */
  constructor(store: ByteStore, clock: Clock, localKey: Uint8Array) {
    this.#store = store
    this.#clock = clock
    this.#localKey = localKey
  }

  /** What was not saved is worked out once more. */
  stop(): void {
    this.#isOver = true
    this.#cancel?.()
    this.#localKey.fill(0)
  }

  /** As it was worked out from a shard with these heads. */
  async get(logId: LogId, id: RequestId, heads: string): Promise<Standing | undefined> {
    const kept = (await this.#of(logId)).get(id)
    return kept?.heads === heads ? kept.standing : undefined
  }

  async put(logId: LogId, id: RequestId, heads: string, standing: Standing): Promise<void> {
    const standings = await this.#of(logId)
    standings.set(id, { heads, standing })
    this.#unsaved.add(logId)
    if (!this.#isOver) this.#cancel ??= this.#clock.after(SAVE_MS, () => void this.#save())
  }

  #of(logId: LogId): Promise<Standings> {
    const known = this.#known.get(logId) ?? this.#read(logId)
    this.#known.set(logId, known)
    return known
  }

  async #read(logId: LogId): Promise<Standings> {
    const key = requestStandings(logId)
    const row = await this.#store.get('sealed', key)
    const opened = row === undefined || this.#isOver ? undefined : openSecret(this.#localKey, key, row)
    if (opened?.ok !== true) return new Map()
    const { version, rows } = parseObject(new TextDecoder().decode(opened.value))
    return new Map(version === VERSION ? (rows as [RequestId, { heads: string; standing: Standing }][]) : [])
  }

  async #save(): Promise<void> {
    this.#cancel = undefined
    const logs = [...this.#unsaved]
    this.#unsaved.clear()
    for (const logId of logs) {
      const rows = [...(await this.#of(logId))]
      if (this.#isOver) return
      const key = requestStandings(logId)
      const value = sealSecret(this.#localKey, key, utf8(JSON.stringify({ version: VERSION, rows })))
      // A full disk costs working it out again.
      await this.#store.commit([{ table: 'sealed', key, value }])
    }
  }
}
