import type { Session } from '#app/core/session.ts'
import { handedCall } from './handed-call.ts'
import { isWatchMethod } from './session-methods.ts'

/** Any method of a Session, as the switch sees it. */
type AnyMethod = (...args: readonly unknown[]) => unknown
type Target = Readonly<Record<string, AnyMethod>>
type Listener = (...args: readonly unknown[]) => void

interface Watch {
  readonly name: string
  readonly args: readonly unknown[]
  readonly listener: Listener
  /** Ends it at the present target. */
  stop: (() => void) | undefined
}

/** Stands for the answer of a target that went away. */
const LOST = Symbol('lost')

/**
 * A Session whose real one may change: here, or in another tab's worker. Watches move over to the new one, and so do calls
 * under way, as far as they may (`FATES`).
 */
export class SessionSwitch {
  #target: Target | undefined
  /** Raised whenever the target changes: what an earlier one still says is not passed on. */
  #epoch = 0
  #openCalls = 0
  #arrived: PromiseWithResolvers<void> = Promise.withResolvers()
  #gone: PromiseWithResolvers<void> = Promise.withResolvers()
  readonly #watches = new Set<Watch>()

  /** What windows talk to. */
  readonly session: Session = new Proxy({} as Session, {
    get: (_none, name) => (typeof name === 'string' && name !== 'then' ? this.#method(name) : undefined),
  })

  /** Whether somebody waits for an answer. */
  get isWaiting(): boolean {
    return this.#openCalls > 0
  }

  connect(target: Session): void {
    this.#epoch++
    this.#target = target as unknown as Target
    this.#gone = Promise.withResolvers()
    this.#arrived.resolve()
    for (const watch of this.#watches) void this.#begin(watch)
  }

  /** The present target is no more. */
  disconnect(): void {
    if (this.#target === undefined) return
    this.#epoch++
    this.#target = undefined
    this.#arrived = Promise.withResolvers()
    this.#gone.resolve()
    for (const watch of this.#watches) watch.stop = undefined
  }

  /** Ends every watch: the window behind it is gone. */
  stopAll(): void {
    for (const watch of this.#watches) watch.stop?.()
    this.#watches.clear()
  }

  #method(name: string): AnyMethod {
    if (!isWatchMethod(name)) return (...args) => this.#call(name, args)
    return (...args) =>
      this.#watch({ name, args: args.slice(0, -1), listener: args.at(-1) as Listener, stop: undefined })
  }

  async #call(name: string, args: readonly unknown[]): Promise<unknown> {
    const call = handedCall(name, args)
    this.#openCalls++
    try {
      for (let isAgain = false; ; isAgain = true) {
        const target = await this.#arrival()
        if (isAgain && !call.maySendAgain()) return call.cutOff
        const lost = this.#gone.promise.then(() => LOST)
        const answer = await Promise.race([target[name]?.(...call.args(isAgain)), lost])
        const isFenced = call.isFenced(answer)
        if (answer !== LOST && !isFenced) return answer
        if (!call.maySendAgain()) return isFenced ? answer : call.cutOff
        // A fenced owner is about to hear of it; who has the store now answers.
        await lost
      }
    } finally {
      this.#openCalls--
    }
  }

  async #arrival(): Promise<Target> {
    for (;;) {
      await this.#arrived.promise
      if (this.#target !== undefined) return this.#target
    }
  }

  async #watch(watch: Watch): Promise<() => void> {
    this.#watches.add(watch)
    // Not waited for: a target that goes away meanwhile would never answer, and the watch has moved on by then.
    if (this.#target !== undefined) void this.#begin(watch)
    return () => {
      this.#watches.delete(watch)
      watch.stop?.()
    }
  }

  async #begin(watch: Watch): Promise<void> {
    const epoch = this.#epoch
    const hear: Listener = (...told) => {
      if (epoch === this.#epoch && this.#watches.has(watch)) watch.listener(...told)
    }
    const stop = (await this.#target?.[watch.name]?.(...watch.args, hear)) as (() => void) | undefined
    if (epoch === this.#epoch && this.#watches.has(watch)) watch.stop = stop
    else stop?.()
  }
}
