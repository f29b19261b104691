import type { Account } from '../home/account.ts'
import type { Clock } from '../ports.ts'
import { rotationToRun, runRotation } from './rotation.ts'

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
    const account = this.#account
    if (this.#isRunning || this.#isStopped) return
    this.#cancelRetry?.()
    this.#isRunning = true
    for (;;) {
      const rotation = account.isShutOut ? undefined : rotationToRun(account.keyring, account.deviceId)
      if (rotation === undefined || this.#isStopped) break
      const done = await runRotation(
        {
          me: account.deviceId,
          home: account.logs.home,
          sections: () => account.sectionLogs(),
          client: account.client,
          clock: this.#clock,
          settle: () => account.settle(),
          levelHome: () => account.levelHome(),
          saveHomeKey: key => account.saveHomeKey(key),
          progress: left => this.#isStopped || this.#tell(left),
        },
        rotation.id,
      )
      if (!done.ok) {
        this.#retryLater()
        break
      }
      await account.refreshed()
    }
    this.#isRunning = false
  }

  #retryLater(): void {
    if (this.#isStopped) return
    this.#cancelRetry = this.#clock.after(RETRY_MS, () => this.#go())
  }
}
