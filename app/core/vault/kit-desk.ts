import { fail, ok, type Result } from '#schema/result.ts'
import type { Ports } from '../ports.ts'
import type { KitFailure, RecoveryKit } from '../session.ts'
import { askedPositions, checkAnswers, kitOf } from './kit.ts'
import type { VaultSlot } from './open-vault.ts'
import { KIT_REMOVAL, readKit } from './vault-store.ts'

/** The recovery kit of the record in a slot, until it is confirmed. */
export class KitDesk {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  #asked: readonly number[] = []

  constructor(ports: Ports, slot: VaultSlot) {
    this.#ports = ports
    this.#slot = slot
  }

  challenge(): readonly number[] {
    this.#asked = askedPositions(this.#ports.random)
    return this.#asked
  }

  async confirm(
    answers: readonly { readonly position: number; readonly word: string }[],
  ): Promise<Result<void, KitFailure>> {
    const vault = this.#slot.open
    const kit = await this.show()
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

  async show(): Promise<RecoveryKit | undefined> {
    const vault = this.#slot.open
    if (vault === undefined) return undefined
    const person = await vault.account.logs.home.person()
    const secret = await readKit(this.#ports.store, vault.keys.kit)
    return secret.ok && !person.kitConfirmed ? kitOf(secret.value, person.kitMadeAt) : undefined
  }
}
