import { fail, ok, type Result } from '#schema/result.ts'
import type { Ports } from '../ports.ts'
import type { KitFailure, RecoveryKit, ShowKitFailure } from '../session.ts'
import { askedPositions, checkAnswers, kitOf } from './kit.ts'
import { freshUnlock, type PassphraseCheck } from './fresh-unlock.ts'
import type { VaultSlot } from './open-vault.ts'
import { KIT_REMOVAL, readKit } from './vault-store.ts'

const JUST_MADE_MS = 15 * 60_000

/** The recovery kit of the record in a slot, until it is confirmed. */
export class KitDesk {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #vault: PassphraseCheck
  #asked: readonly number[] = []

  constructor(ports: Ports, slot: VaultSlot, vault: PassphraseCheck) {
    this.#ports = ports
    this.#slot = slot
    this.#vault = vault
  }

  challenge(): readonly number[] {
    this.#asked = askedPositions(this.#ports.random)
    return this.#asked
  }

  async confirm(
    answers: readonly { readonly position: number; readonly word: string }[],
  ): Promise<Result<void, KitFailure>> {
    const vault = this.#slot.open
    const kit = await this.#read()
    if (vault === undefined || kit === undefined || this.#asked.length === 0) return fail({ kind: 'no-kit' })
    const checked = checkAnswers(kit.words, this.#asked, answers)
    if (!checked.ok) return checked
    const confirmed = await vault.account.logs.home.changePerson(doc => {
      doc.kitConfirmedAt = this.#ports.clock.now()
    })
    // A refusal leaves R here and the kit unconfirmed: the same words may be given again, and home goes on reminding.
    if (!confirmed.ok) return fail({ kind: 'not-stored', why: confirmed.failure })
    this.#asked = []
    await this.#ports.store.commit([KIT_REMOVAL])
    return ok(undefined)
  }

  /** Whoever makes a record is looking at it; later it takes the passphrase. */
  async show(passphrase?: string): Promise<Result<RecoveryKit, ShowKitFailure>> {
    const kit = await this.#read()
    if (kit === undefined) return fail({ kind: 'no-kit' })
    const isJustMade = this.#ports.clock.now() < kit.madeAt + JUST_MADE_MS
    const unlocked = isJustMade ? ok(undefined) : await freshUnlock(this.#vault, passphrase)
    return unlocked.ok ? ok(kit) : unlocked
  }

  async #read(): Promise<RecoveryKit | undefined> {
    const vault = this.#slot.open
    if (vault === undefined) return undefined
    const person = await vault.account.logs.home.person()
    const secret = await readKit(this.#ports.store, vault.keys.kit)
    return secret.ok && !person.kitConfirmed ? kitOf(secret.value, person.kitMadeAt) : undefined
  }
}
