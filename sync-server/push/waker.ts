import type { LogId, MailboxId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { ErrorLog } from '../event-log.ts'
import type { Metrics } from '../metrics.ts'
import type { Asker } from '../store/relay-store.ts'
import type { PushDevice, PushStore } from '../store/push-store.ts'
import { parseEndpoint } from './endpoint.ts'
import { Presence } from './presence.ts'
import type { PushPost } from './post.ts'
import type { VapidKey } from './vapid.ts'
import { pushDueAt } from './when.ts'

/** How pushes leave the relay. */
export interface PushWay {
  /** Where they may go. */
  readonly hosts: readonly string[]
  readonly key: VapidKey
  readonly post: PushPost
}

interface WakerDeps {
  readonly store: PushStore
  readonly metrics: Metrics
  readonly failed: ErrorLog
  readonly now: () => Instant
}

/** Sent in one turn of `send`. */
const AT_ONCE = 64
const MAX_TRIES = 3
const FIRST_RETRY_MS = 30_000

/** Tells devices that are not connected that something came. Holds no timer: whoever runs the relay calls `send`. */
export class Waker {
  readonly presence = new Presence()
  /** Undefined where the operator has no push. */
  readonly way: PushWay | undefined
  readonly #deps: WakerDeps

  constructor(deps: WakerDeps, way: PushWay | undefined) {
    this.#deps = deps
    this.way = way
  }

  /** A frame of `writer` is stored, and it says something to others. */
  frameArrived(logId: LogId, writer: Asker): void {
    if (this.way !== undefined) this.#wake(this.#deps.store.logListeners(logId, writer))
  }

  letterArrived(mailbox: MailboxId): void {
    if (this.way !== undefined) this.#wake(this.#deps.store.mailboxListeners(mailbox))
  }

  /** Whoever is connected hears everything by itself: nothing is due, and the next push comes soon again. */
  connected(holder: string): void {
    this.presence.came(holder)
    if (this.way !== undefined)
      this.#deps.store.pushDeviceConnected(holder).catch((error: unknown) => this.#report(error))
  }

  /** What is due. Settles when all of it was answered; never throws. */
  async send(): Promise<void> {
    const { way } = this
    if (way === undefined) return
    const due = await this.#deps.store.duePushes(this.#deps.now(), AT_ONCE)
    await Promise.all(due.map(device => this.#sendTo(device, way).catch((error: unknown) => this.#report(error))))
  }

  #wake(listening: Promise<readonly PushDevice[]>): void {
    const wake = async () => {
      const now = this.#deps.now()
      const absent = (await listening).filter(one => one.dueAt === undefined && !this.presence.isHere(one.device))
      await Promise.all(absent.map(one => this.#deps.store.setPushDue(one.no, pushDueAt(one, now))))
    }
    wake().catch((error: unknown) => this.#report(error))
  }

  async #sendTo(device: PushDevice, way: PushWay): Promise<void> {
    const { store, metrics } = this.#deps
    if (this.presence.isHere(device.device)) return store.setPushDue(device.no, undefined)
    const endpoint = parseEndpoint(device.endpoint, way.hosts)
    // The operator took its host off the list.
    if (endpoint === undefined) return store.endPush(device.endpoint)
    const outcome = await way.post(endpoint, way.key.authorization(endpoint.origin, this.#deps.now()))
    const now = this.#deps.now()
    metrics.add('pushes', 1, `outcome="${outcome}"`)
    if (outcome === 'gone') return store.endPush(device.endpoint)
    if (outcome === 'sent') return store.pushSent(device.no, now)
    const tries = device.failures + 1
    const nextAt = tries < MAX_TRIES ? pushDueAt(device, instant(now + FIRST_RETRY_MS * tries)) : undefined
    await store.pushFailed(device.no, nextAt)
  }

  #report(error: unknown): void {
    this.#deps.failed('push', error)
  }
}
