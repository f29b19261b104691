import { ADMISSION_HEADER, LOGS_PATH } from '#schema/protocol/http.ts'
import { fail, type Result } from '#schema/result.ts'
import type { RelayLink, StoreFailure } from '../ports.ts'
import type { RelayFailure } from '../sync/sync.ts'
import { Watched } from '../watched.ts'
import type { HomeLog } from './home-log.ts'
import { isRefused } from './registration.ts'
import { putToken, RELAY_SHARD, type RelayDocument, readRelay, tokenAt } from './relay-document.ts'

/** `not-taken`: the relay knows no such token. */
export type TokenFailure = { readonly kind: 'not-taken' } | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** With what this person's devices make logs at a relay that does not take everybody. */
export class AdmissionToken {
  readonly isKnown = new Watched(false)
  readonly #home: HomeLog
  readonly #own: () => string | undefined
  #token: string | undefined

  /** `own`: the address of the relay that is asked. */
  constructor(home: HomeLog, own: () => string | undefined) {
    this.#home = home
    this.#own = own
  }

  /** As the home log says by now. */
  async load(): Promise<void> {
    this.#token = tokenAt(readRelay(await this.#home.log.read<RelayDocument>(RELAY_SHARD)), this.#own())
    this.isKnown.set(this.#token !== undefined)
  }

  /** Kept for all devices, unless `ask`, by the new one, says that the relay does not know it; kept too where the relay can't be asked. */
  async take(token: string, ask: () => Promise<Result<unknown, RelayFailure>>): Promise<Result<void, TokenFailure>> {
    const before = this.#token
    this.#token = token
    const answer = await ask()
    if (isRefused(answer, 'admission')) {
      this.#token = before
      return fail({ kind: 'not-taken' })
    }
    await this.#home.log.change<RelayDocument>(RELAY_SHARD, doc => putToken(doc, token, this.#own()))
    const stored = await this.#home.log.flush()
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  link(link: RelayLink): RelayLink {
    return sayingToken(link, () => this.#token)
  }
}

/** Says it where a log is made, unless whoever asks says one of their own. */
export function sayingToken(link: RelayLink, token: () => string | undefined): RelayLink {
  return {
    request: asked => {
      const said = asked.method === 'POST' && asked.path === LOGS_PATH ? token() : undefined
      if (said === undefined) return link.request(asked)
      return link.request({ ...asked, headers: { [ADMISSION_HEADER]: said, ...asked.headers } })
    },
    openStream: handlers => link.openStream(handlers),
  }
}
