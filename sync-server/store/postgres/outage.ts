import type { ErrorLog, EventLog } from '../../event-log.ts'
import { isAway, reasonOf } from './connect.ts'

const CHECK_MS = 1000
const SAY_AGAIN_MS = 60_000

interface OutageDeps {
  readonly log: EventLog
  /** What is no outage. */
  readonly failed: ErrorLog
  readonly isThere: () => Promise<boolean>
}

/**
 * A database that is away fails whatever the relay does, many times a second. It is a line when it goes, one a minute with how many
 * errors came of it, and one when it is back.
 */
export class Outage {
  readonly #deps: OutageDeps
  #timer: NodeJS.Timeout | undefined
  #reason = ''
  #since = 0
  #saidAt = 0
  #errors = 0

  constructor(deps: OutageDeps) {
    this.#deps = deps
  }

  readonly failed: ErrorLog = (where, error, fields) => {
    if (!isAway(error)) return this.#deps.failed(where, error, fields)
    this.#errors += 1
    this.#reason = reasonOf(error)
    if (this.#timer !== undefined) return
    this.#since = this.#saidAt = performance.now()
    this.#errors = 1
    this.#deps.log('database-away', { reason: this.#reason })
    this.#checkLater()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #checkLater(): void {
    this.#timer = setTimeout(() => void this.#check(), CHECK_MS)
  }

  async #check(): Promise<void> {
    const isThere = await this.#deps.isThere()
    const now = performance.now()
    const counts = { errors: this.#errors, seconds: Math.round((now - this.#since) / 1000) }
    if (isThere) {
      this.#timer = undefined
      return this.#deps.log('database-back', counts)
    }
    if (now - this.#saidAt >= SAY_AGAIN_MS) {
      this.#saidAt = now
      this.#deps.log('database-still-away', { reason: this.#reason, ...counts })
    }
    this.#checkLater()
  }
}
