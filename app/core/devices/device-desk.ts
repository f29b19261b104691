import { backupSecretOf } from '#crypto/backup-secret.ts'
import { wipe } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { AccountDeps } from '../home/create-account.ts'
import type { ByteStore, Ports } from '../ports.ts'
import type { PairingFailure, PairingOffer, PairingState, RecoverFailure, WordsCheck } from '../session.ts'
import { backupSecretWrite } from '../vault/backup-secret-row.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import type { VaultKeys } from '../vault/vault-key.ts'
import { Watched } from '../watched.ts'
import type { NewDevicePairing } from './pair-new.ts'
import type { OldDevicePairing } from './pair-old.ts'
import type { PairingMailbox } from './pairing-mailbox.ts'
import { cleanDeviceName } from './person-devices.ts'
import { recoverAccount } from './recover.ts'

/** Second devices: by words, by pairing. One pairing at a time; what does it is loaded then. */
export class DeviceDesk {
  readonly pairing = new Watched<PairingState>({ kind: 'idle' })
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #vault: VaultDesk
  readonly #onBehind: () => void
  #mailbox: PairingMailbox | undefined
  #met: OldDevicePairing | undefined

  /** `onBehind`: the relay showed a just paired device less than its sponsor knows. */
  constructor(ports: Ports, slot: VaultSlot, vault: VaultDesk, onBehind: () => void) {
    this.#ports = ports
    this.#slot = slot
    this.#vault = vault
    this.#onBehind = onBehind
    // A locked vault admits nobody.
    slot.onOpen(() => () => this.cancelPairing())
  }

  checkWords(words: string): WordsCheck {
    const root = rootOfWords(words)
    if (!root.ok) return root.failure
    wipe(root.value)
    return { kind: 'ok' }
  }

  async recover(request: {
    readonly words: string
    readonly passphrase: string
    readonly deviceName: string
    readonly replace?: boolean
  }): Promise<Result<void, RecoverFailure>> {
    const root = rootOfWords(request.words)
    if (!root.ok) return fail({ kind: 'words', check: root.failure })
    const { relay } = this.#ports
    const device = { name: cleanDeviceName(request.deviceName), fetchAll: request.replace === true }
    const done = await this.#vault.joinWith<RecoverFailure>(request, async (keys, store) => {
      await store.commit([backupSecretWrite(keys.kit, backupSecretOf(root.value))])
      const { relays } = this.#ports
      const here = relays?.own
      const deps = { ...this.#accountDeps(keys, store), relay, ...(relays && { relays }), ...(here && { here }) }
      return recoverAccount(deps, root.value, device)
    })
    wipe(root.value)
    return done
  }

  async startPairing(request: {
    readonly passphrase: string
    readonly deviceName: string
  }): Promise<Result<PairingOffer, PairingFailure>> {
    const { offerPairing } = await import('./pair-new.ts')
    const { kind } = this.#vault.state.value
    if (kind !== 'empty') return fail({ kind: 'already-there' })
    this.#drop()
    const offered = await offerPairing(this.#ports, cleanDeviceName(request.deviceName))
    if (!offered.ok) return offered
    this.#mailbox = offered.value.mailbox
    this.pairing.set({ kind: 'waiting' })
    void this.#join(request.passphrase, offered.value)
    return ok(offered.value.offer)
  }

  async answerPairing(offer: string): Promise<Result<void, PairingFailure>> {
    const { readOffer } = await import('./pair-old.ts')
    const account = this.#slot.open?.account
    if (account === undefined || account.row.isSample || account.isShutOut) return fail({ kind: 'cancelled' })
    this.#drop()
    const read = readOffer(
      {
        client: account.client,
        clock: this.#ports.clock,
        home: account.logs.home,
        row: () => account.row,
        settle: () => account.settle(),
        saveHomeKey: key => account.saveHomeKey(key),
      },
      offer,
    )
    if (!read.ok) return fail({ kind: 'bad-offer', words: read.failure })
    const reading = read.value
    this.#mailbox = reading.mailbox
    this.pairing.set({ kind: 'waiting' })
    const met = await reading.meet()
    if (this.#mailbox !== reading.mailbox) return fail({ kind: 'cancelled' })
    if (!met.ok) {
      if (met.failure.kind === 'digits-differ') reading.mailbox.cancel('digits-differ')
      this.#end(met)
      return met
    }
    this.#met = met.value
    const { digits, deviceName } = met.value
    this.pairing.set({ kind: 'compare', digits, deviceName, role: 'old' })
    void this.#heedOther(reading.mailbox)
    return ok(undefined)
  }

  async confirmPairing(isSame: boolean): Promise<Result<void, PairingFailure>> {
    const [met, mailbox] = [this.#met, this.#mailbox]
    if (mailbox === undefined) return fail({ kind: 'cancelled' })
    if (met === undefined) return this.#sayOnNew(mailbox, isSame)
    this.#met = undefined
    if (!isSame) {
      mailbox.cancel('digits-differ')
      return this.#end(fail({ kind: 'digits-differ' }))
    }
    this.pairing.set({ kind: 'receiving' })
    const why = await mailbox.calledOff()
    return this.#end(why === undefined ? await met.admit() : fail(why))
  }

  cancelPairing(): void {
    this.#drop()
    this.pairing.set({ kind: 'idle' })
  }

  /** The old device's "same" counts; the new one's "they differ" ends it on both. */
  #sayOnNew(mailbox: PairingMailbox, isSame: boolean): Result<void, PairingFailure> {
    const { value } = this.pairing
    if (value.kind !== 'compare' || value.role !== 'new') return fail({ kind: 'cancelled' })
    if (isSame) return ok(undefined)
    mailbox.cancel('digits-differ')
    return this.#end(fail({ kind: 'digits-differ' }))
  }

  /** While the old device asks, the new one may say that the digits differ. */
  async #heedOther(mailbox: PairingMailbox): Promise<void> {
    const isAsking = () => this.#mailbox === mailbox && this.#met !== undefined
    const why = await mailbox.untilCalledOff(isAsking)
    if (why !== undefined && isAsking()) this.#end(fail(why))
  }

  /** A pairing under way ends with the session. */
  stop(): void {
    this.#drop()
  }

  async #join(passphrase: string, young: NewDevicePairing): Promise<void> {
    const { mailbox } = young
    let isBehind = false
    const done = await this.#vault.joinWith<PairingFailure>({ passphrase }, async (keys, store) => {
      const joined = await young.join(
        this.#accountDeps(keys, store),
        state => this.#mailbox === mailbox && this.pairing.set(state),
      )
      if (joined.ok) isBehind = joined.value.isBehind
      return joined
    })
    if (isBehind) this.#onBehind()
    if (this.#mailbox === mailbox) this.#end(done)
  }

  #end(done: Result<void, PairingFailure>): Result<void, PairingFailure> {
    this.#mailbox = undefined
    this.#met = undefined
    this.pairing.set(done.ok ? { kind: 'done' } : { kind: 'failed', failure: done.failure })
    return done
  }

  #drop(): void {
    this.#mailbox?.cancel('cancelled')
    this.#mailbox = undefined
    this.#met = undefined
  }

  #accountDeps(keys: VaultKeys, store: ByteStore): AccountDeps {
    const { clock, random } = this.#ports
    return { store, clock, random, localKey: keys.local }
  }
}
