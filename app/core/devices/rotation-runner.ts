import type { Account } from '../home/account.ts'
import type { Rotation } from '../home/keyring.ts'
import type { Clock } from '../ports.ts'
import { endUnknown, type RotationDeps, rotationToRun, runRotation } from './rotation.ts'

const RETRY_MS = 15_000

/** Carries on the rotations that this device has to, from unlock to lock; rests when relay or disk refuse, and tries again. */
export class RotationRunner {
  readonly #account: Account
  readonly #clock: Clock
  readonly #tell: (left: number) => void
  readonly #stopWatching: () => void
  #cancelRetry: (() => void) | undefined
  #isRunning = false
  #isStopped = false

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
    const isThrough = (await this.#rotate()) && (await this.#endUnknown())
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
