import { fail, type Result } from '#schema/result.ts'
import { DEFAULT_SETTINGS, invalidSetting, SETTINGS_SHARD } from './home/person-document.ts'
import type { Clock } from './ports.ts'
import type { SaveFailure, Settings } from './session.ts'
import { AutoLock } from './vault/auto-lock.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'

/** Settings, the same on all of the person's devices; and the auto-lock that follows them. */
export class SettingsDesk {
  readonly settings = new Watched<Settings>(DEFAULT_SETTINGS)
  readonly #slot: VaultSlot
  readonly #clock: Clock
  readonly #lock: () => void
  #autoLock: AutoLock | undefined

  constructor(slot: VaultSlot, clock: Clock, lock: () => void) {
    this.#slot = slot
    this.#clock = clock
    this.#lock = lock
    slot.onOpen(vault => this.#follow(vault))
  }

  async change(change: Partial<Settings>): Promise<Result<void, SaveFailure>> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    const field = invalidSetting(change)
    if (field !== undefined) return fail({ kind: 'invalid', field })
    const saved = await vault.account.logs.home.changeSettings(change)
    return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
  }

  touch(): void {
    this.#autoLock?.touch()
  }

  /** The last known settings stay while locked: the lock screen keeps language and size. */
  #follow(vault: OpenVault): () => void {
    const { home } = vault.account.logs
    const autoLock = vault.account.row.isSample
      ? undefined
      : new AutoLock(this.#clock, this.settings.value.autoLockMinutes, this.#lock)
    this.#autoLock = autoLock
    const read = async () => {
      const settings = await home.settings()
      if (this.#slot.open !== vault) return
      autoLock?.setMinutes(settings.autoLockMinutes)
      this.settings.set(settings)
    }
    const stop = home.watch(SETTINGS_SHARD, () => void read())
    void read()
    return () => {
      stop()
      autoLock?.stop()
      this.#autoLock = undefined
    }
  }
}
