import type { Account } from '../home/account.ts'
import type { Rotation } from '../home/keyring.ts'
import type { Clock } from '../ports.ts'
import { exposedTo } from './exposed-keys.ts'
import { beginRotation, endUnknown, type RotationDeps, rotationToRun, runRotation } from './rotation.ts'

const RETRY_MS = 15_000
/** After so long another device does what the first in line has not done. */
const IN_LINE_MS = 60_000

/** Carries on the rotations that this device has to, from unlock to lock; rests when relay or disk refuse, and tries again. */
export class RotationRunner {
  readonly #account: Account
  readonly #clock: Clock
  readonly #tell: (left: number) => void
  readonly #stopWatching: () => void
  #cancelRetry: (() => void) | undefined
  #isRunning = false
  #isStopped = false
  /** Since when somebody else is to make a removal again; monotonic. */
  #waitsSinceMs: number | undefined

  /** `tell` hears how many steps are left; 0 when there is nothing to do. */
  constructor(account: Account, clock: Clock, tell: (left: number) => void) {
    this.#account = account
    this.#clock = clock
    this.#tell = tell
    this.#stopWatching = account.watchKeyring(() => this.#go())
    this.#go()
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelRetry?.()
    this.#stopWatching()
  }

  /** Locking cuts a step short, wherever it is: the next unlock takes it up again. */
  #go(): void {
    void this.#run().catch((cause: unknown) => {
      if (!this.#isStopped) throw cause
    })
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isStopped) return
    this.#cancelRetry?.()
    this.#isRunning = true
    const isThrough = (await this.#rotate()) && (await this.#removeAgain()) && (await this.#endUnknown())
    this.#isRunning = false
    if (!isThrough) this.#retryLater()
    else if (this.#next() !== undefined) this.#go()
  }

  #next(): Rotation | undefined {
    const { isShutOut, keyring, deviceId } = this.#account
    return isShutOut || this.#isStopped ? undefined : rotationToRun(keyring, deviceId)
  }

  /** False when it has to be tried again. */
  async #rotate(): Promise<boolean> {
    const account = this.#account
    for (;;) {
      const rotation = this.#next()
      if (rotation === undefined) return true
      const done = await runRotation(this.#deps, rotation.id)
      if (!done.ok) return false
      await account.refreshed()
    }
  }

  /** A removal that somebody did not know of who noted keys since. False when it has to be looked at again. */
  async #removeAgain(): Promise<boolean> {
    const account = this.#account
    const isOver = () => account.isShutOut || this.#isStopped
    if (isOver() || exposedTo(account).removed.length === 0) {
      this.#waitsSinceMs = undefined
      return true
    }
    // What mends it may be on its way.
    if (!(await account.settle()).ok || isOver()) return false
    await account.refreshed()
    const { removed, firstIn } = exposedTo(account)
    if (removed.length === 0) return true
    this.#waitsSinceMs ??= this.#clock.monotonicMs()
    const isInLine = firstIn !== account.deviceId && this.#clock.monotonicMs() - this.#waitsSinceMs < IN_LINE_MS
    if (isInLine || isOver()) return false
    const begun = await beginRotation(account.logs.home, this.#clock, account.deviceId, removed)
    await account.refreshed()
    return begun.ok
  }

  /** False when it has to be tried again. */
  async #endUnknown(): Promise<boolean> {
    const account = this.#account
    for (const logId of account.restoredLogs) {
      if (account.isShutOut || this.#isStopped) return true
      const done = await endUnknown(this.#deps, logId)
      if (!done.ok) return false
      account.restoredLogs.delete(logId)
    }
    return true
  }

  get #deps(): RotationDeps {
    const account = this.#account
    return {
      me: account.deviceId,
      home: account.logs.home,
      sections: () => account.sectionLogs(),
      client: account.client,
      clock: this.#clock,
      settle: () => account.settle(),
      levelHome: () => account.levelHome(),
      saveHomeKey: key => account.saveHomeKey(key),
      progress: left => this.#isStopped || this.#tell(left),
    }
  }

  #retryLater(): void {
    if (this.#isStopped) return
    this.#cancelRetry = this.#clock.after(RETRY_MS, () => this.#go())
  }
}
