import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type Stuck, stuckBy } from './stuck.ts'
import type { RelayClient, SyncOptions } from './sync.ts'

const REGISTER_CODES: ReadonlySet<RefusalCode> = new Set(['unknown-log', 'not-allowed', 'expired', 'gone'])

/** Whether the relay knows a log, this device and every succession of O. */
export class Standing {
  readonly #options: SyncOptions
  /** Registering helps once; a relay that says yes to it and no to everything else would be asked forever. */
  #mayRegisterNow = true
  /** On this connection the relay was asked whether it has every succession of O that is known here. */
  #isOwnerKnown = false
  #wantsOwner = false

  constructor(options: SyncOptions) {
    this.#options = options
  }

  connected(): void {
    this.#mayRegisterNow = true
    this.#isOwnerKnown = false
  }

  /** What the relay was asked about is not all that has ended by now. */
  ownerIsUnknown(): void {
    this.#isOwnerKnown = false
    this.#wantsOwner = true
  }

  get wantsOwner(): boolean {
    return this.#wantsOwner
  }

  /** The relay did what it was asked. */
  isKnown(): void {
    this.#mayRegisterNow = true
  }

  /** Where the relay does not know the log or us, registering may help; otherwise the failure stands. */
  async mayRegister(client: RelayClient, stuck: Stuck): Promise<Result<void, Stuck>> {
    const { failure } = stuck
    if (failure.kind !== 'refused' || !REGISTER_CODES.has(failure.code) || !this.#mayRegisterNow) return fail(stuck)
    const registered = await this.#options.ensureRegistered(client)
    if (!registered.ok) return fail(stuckBy(registered.failure))
    this.#mayRegisterNow = false
    return registered
  }

  /** Once a connection, and where more ended since: a relay that lost a succession of O takes ended capabilities again. */
  async restoreOwner(client: RelayClient): Promise<Result<'level' | 'restored', Stuck>> {
    this.#wantsOwner = false
    if (this.#isOwnerKnown) return ok('level')
    const restored = await this.#options.restoreOwner(client)
    if (!restored.ok) return fail(stuckBy(restored.failure))
    this.#isOwnerKnown = true
    return restored
  }

  /** Nothing goes out to whom it is not for any more. */
  async endOver(client: RelayClient): Promise<Result<void, Stuck>> {
    const ended = (await this.#options.endOver?.(client)) ?? ok(undefined)
    return ended.ok ? ended : this.mayRegister(client, stuckBy(ended.failure))
  }
}
