import type { Client } from 'pg'
import { LogId } from '#schema/ids.ts'
import { newClient, SIGN_OF_LIFE } from './connect.ts'

const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 2000
/** Nothing said and a line that was cut sound alike. */
const ASK_MS = 5000

/** Logs that other relays said grew, between two cursors. */
export interface Grown {
  readonly logId: LogId
  readonly before: number
  readonly cursor: number
}

interface ListenerDeps {
  readonly url: string
  /** What this relay calls itself: its own words are not for it. */
  readonly relay: string
  grew(logs: readonly Grown[]): Promise<void>
  changed(logId: LogId): void
  /** Some of what others said was not heard. */
  mayHaveMissed(): Promise<void>
  failed(error: Error): void
}

/**
 * Hears what other relays on the same database did, by PostgreSQL's NOTIFY: a hint, never the only way to something. Whatever was missed
 * while the connection was lost is found by `mayHaveMissed`.
 */
export class Listener {
  readonly #deps: ListenerDeps
  #client: Client | undefined
  #retryMs = FIRST_RETRY_MS
  #retry: NodeJS.Timeout | undefined
  #asking: NodeJS.Timeout | undefined
  #isClosed = false
  /** One after the other, as they were said. */
  #telling: Promise<void> = Promise.resolve()
  #grown: Grown[] = []

  constructor(deps: ListenerDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const client = newClient(this.#deps.url)
    client.on('notification', ({ payload }) => this.#take(payload ?? ''))
    client.on('error', error => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('The database ended the connection')))
    this.#client = client
    try {
      await client.connect()
      await client.query('LISTEN wellkeep')
      this.#retryMs = FIRST_RETRY_MS
      if (this.#client === client) this.#askLater(client)
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : new Error('unknown'))
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    clearTimeout(this.#asking)
    await this.#client?.end().catch(() => undefined)
    await this.#telling
  }

  #askLater(client: Client): void {
    this.#asking = setTimeout(() => {
      client.query(SIGN_OF_LIFE).then(
        () => this.#client === client && !this.#isClosed && this.#askLater(client),
        (error: unknown) => this.#lost(client, error instanceof Error ? error : new Error('unknown')),
      )
    }, ASK_MS)
  }

  #lost(client: Client, error: Error): void {
    if (this.#isClosed || this.#client !== client) return
    clearTimeout(this.#asking)
    this.#client = undefined
    this.#deps.failed(error)
    client.end().catch(() => undefined)
    this.#retry = setTimeout(() => void this.#again(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  async #again(): Promise<void> {
    await this.start()
    const client = this.#client
    if (client === undefined) return
    // Listening first: what is said from here on is heard, what was said before is looked for.
    this.#tell(() => this.#deps.mayHaveMissed().catch((error: Error) => this.#lost(client, error)))
  }

  /** `relay log`: who may do what there changed. `relay log before cursor …`: those logs grew. */
  #take(payload: string): void {
    const [relay, ...words] = payload.split(' ')
    if (relay === this.#deps.relay) return
    if (words.length === 1) {
      const logId = LogId.parse(words[0]!)
      if (logId !== undefined) this.#tell(async () => this.#deps.changed(logId))
      return
    }
    for (let at = 0; at + 2 < words.length; at += 3) {
      const logId = LogId.parse(words[at]!)
      if (logId === undefined) continue
      if (this.#grown.length === 0) this.#tell(() => this.#tellGrown())
      this.#grown.push({ logId, before: Number(words[at + 1]), cursor: Number(words[at + 2]) })
    }
  }

  async #tellGrown(): Promise<void> {
    const grown = this.#grown
    this.#grown = []
    await this.#deps.grew(grown)
  }

  #tell(act: () => Promise<void>): void {
    this.#telling = this.#telling.then(act).catch((error: unknown) => {
      this.#deps.failed(error instanceof Error ? error : new Error('unknown'))
    })
  }
}
