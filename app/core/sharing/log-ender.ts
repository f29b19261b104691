import type { LogId } from '#schema/ids.ts'
import { isConversation, type LogSection } from '#schema/record/sections.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { LogKeys } from '../home/keyring.ts'
import { type KeyringDocument, putClosed, putGone } from '../home/keyring-document.ts'
import { successorsOf } from './successors.ts'
import type { GivenShares } from './given-shares.ts'
import type { Clerk, Rest, Step } from './clerk.ts'
import type { PostOffice } from './post-office.ts'

/** A device that has not come for so long is not waited for: it carries over what it has when it comes. */
const WAIT_MS = 90 * 24 * 3600_000

/** A former log that is not deleted yet. */
export interface EndingLog {
  readonly section: LogSection
  readonly begunAt: Instant
  /** Names of devices that may hold something of it which is nowhere else. */
  readonly waitingFor: readonly string[]
}

/** Closes former logs that nobody needs any more, and has the relay delete them (decision 12). Every step asks what is true already. */
export class LogEnder implements Clerk {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #given: GivenShares

  constructor(account: Account, office: PostOffice, given: GivenShares) {
    this.#account = account
    this.#office = office
    this.#given = given
  }

  async take(): Step {
    return ok(undefined)
  }

  async round(): Step {
    const gone = this.#former().filter(({ logId }) => this.#isGone(logId))
    for (const log of [...gone, ...(await this.#ready())]) {
      const closed = await this.#close(log.logId)
      if (!closed.ok) return closed
    }
    for (const { logId, goneAt } of this.#account.keyring.closedLogs) {
      if (goneAt !== undefined) continue
      const deleted = await this.#account.client.deleteLog(logId)
      if (!deleted.ok && !isGone(deleted.failure)) return deleted
      const noted = await this.#note(doc => putGone(doc, logId, this.#office.now()))
      if (!noted.ok) return noted
    }
    return ok(undefined)
  }

  /** Former logs that the relay has still, newest first. */
  ending(): EndingLog[] {
    const former = this.#former().map(log => ({ log, waitingFor: this.#waitingFor(log) }))
    const closed = this.#account.keyring.closedLogs.flatMap(log =>
      log.goneAt === undefined ? { log, waitingFor: [] } : [],
    )
    return [...former, ...closed]
      .flatMap(({ log, waitingFor }) =>
        log.section === 'home' || isConversation(log.section)
          ? []
          : { section: log.section, begunAt: this.#begunAt(log), waitingFor },
      )
      .toSorted((a, b) => b.begunAt - a.begunAt)
  }

  /** Deleted by a device whose word does not count any more: what lies here of it is carried over all the same. */
  #isGone(logId: LogId): boolean {
    return this.#account.engine?.isGone(logId) === true
  }

  #former(): LogKeys[] {
    const { keyring, logs } = this.#account
    return keyring.logs.filter(log => logs.former.has(log.logId))
  }

  /** When its successor was begun. */
  #begunAt({ logId }: LogKeys): Instant {
    const { keyring } = this.#account
    const successor = successorsOf(keyring).get(logId)
    return keyring.logs.find(log => log.logId === successor)?.begunAt ?? this.#office.now()
  }

  #waitingFor({ moved }: LogKeys): string[] {
    const here = this.#account.keyring.devices.filter(device => device.removedAt === undefined)
    return here.filter(device => !moved.includes(device.deviceId)).map(device => device.name)
  }

  /** The oldest of a chain first: what it still carries over goes into the next one. */
  async #ready(): Promise<LogKeys[]> {
    const former = this.#former()
    if (former.length === 0) return []
    const isLevel = await this.#account.settle()
    if (!isLevel.ok) return []
    const shared = new Set((await this.#given.shares()).flatMap(share => share.capabilities.map(made => made.logId)))
    const successors = successorsOf(this.#account.keyring)
    const isFed = (id: LogId) => former.some(log => successors.get(log.logId) === id)
    return former.filter(log => {
      const isOver = this.#office.now() >= this.#begunAt(log) + WAIT_MS
      const isLeft = isOver || this.#waitingFor(log).length === 0
      return isLeft && !shared.has(log.logId) && !isFed(log.logId)
    })
  }

  /** Our devices hear of it before the relay deletes it: whoever still fetched it would bring it there again. */
  async #close(logId: LogId): Step {
    const noted = await this.#note(doc => putClosed(doc, logId, instant(this.#office.now())))
    if (!noted.ok) return noted
    await this.#account.refreshed()
    return this.#account.settle()
  }

  async #note(edit: (doc: KeyringDocument) => void): Step {
    const noted = await this.#account.logs.home.changeKeyring(edit)
    return noted.ok ? noted : fail({ kind: 'not-stored', why: noted.failure })
  }
}

function isGone(failure: Rest): boolean {
  return failure.kind === 'refused' && ['gone', 'not-found', 'unknown-log'].includes(failure.code)
}
