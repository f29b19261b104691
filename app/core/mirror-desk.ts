import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { deviceKeys } from './home/account-row.ts'
import {
  deleteMirror,
  type Levelled,
  levelMirror,
  type Mirror,
  type MirrorFailure,
  mirrorAt,
  mirrorOf,
  registerAt,
} from './home/mirror.ts'
import { isRefused } from './home/registration.ts'
import { type KnownMirror, putMirror, RELAY_SHARD, type RelayDocument } from './home/relay-document.ts'
import type { ByteStore, Clock, Ports } from './ports.ts'
import type { AddMirror, AddMirrorFailure, MirrorState, RemoveMirrorFailure } from './relay-session.ts'
import { asksForAdmission } from './sync/relay-client.ts'
import { Turns } from './turns.ts'
import { freshUnlock, type PassphraseCheck } from './vault/fresh-unlock.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'

/** After an unlock, and once something changed: acts come in runs. */
const SOON_MS = 8000
/** What another device of this person's brought there alone is looked for as often; and what could not be told. */
const AGAIN_MS = 10 * 60_000
/** While somebody waits for the record to move there, and while it is away: that it is back is told by nothing else. */
const WAITED_FOR_MS = 30_000

type Levelling = (vault: OpenVault, mirror: Mirror, level: Result<Levelled, MirrorFailure>) => Promise<void>

/** Keeps a second relay level with this device, from unlock to lock. */
export class MirrorDesk {
  readonly mirror = new Watched<MirrorState | undefined>(undefined)
  readonly #clock: Clock
  readonly #store: ByteStore
  readonly #slot: VaultSlot
  readonly #vault: PassphraseCheck
  readonly #turns = new Turns()
  #cancel: (() => void) | undefined
  #isSoon = false
  /** By the person, until they go on or lock. */
  #isBrokenOff = false
  #isRemoving = false
  #levelled: Levelling = async () => undefined

  constructor({ clock, store }: Pick<Ports, 'clock' | 'store'>, slot: VaultSlot, vault: PassphraseCheck) {
    this.#clock = clock
    this.#store = store
    this.#slot = slot
    this.#vault = vault
    slot.onOpen(vault => this.#follow(vault))
  }

  /** Hears of each round, before the next one may begin. */
  onLevelled(heard: Levelling): void {
    this.#levelled = heard
  }

  async add(request: AddMirror): Promise<Result<void, AddMirrorFailure>> {
    const checked = await this.check(request)
    return checked.ok ? this.keep(checked.value.vault, doc => putMirror(doc, checked.value.mirror)) : checked
  }

  /** Whether that is a relay which takes this person, and it is they who ask. */
  async check({
    address,
    token: text = '',
    passphrase,
  }: AddMirror): Promise<Result<{ readonly vault: OpenVault; readonly mirror: KnownMirror }, AddMirrorFailure>> {
    const vault = this.#slot.open
    if (vault === undefined || vault.account.row.isSample) return fail({ kind: 'locked' })
    const origin = parseRelayOrigin(address.trim())
    if (origin === undefined) return fail({ kind: 'bad-address' })
    const { account } = vault
    if (account.relays.nameOf(origin) === '') return fail({ kind: 'own' })
    const token = parseAdmissionToken(text)
    if (token === undefined && text.trim() !== '') return fail({ kind: 'invalid' })
    const unlocked = await freshUnlock(this.#vault, passphrase)
    if (!unlocked.ok) return unlocked
    const mirror = mirrorAt(account, this.#clock, { origin, ...(token === undefined ? {} : { token }) })
    const asks = await asksForAdmission(mirror.link)
    if (!asks.ok) return fail({ kind: asks.failure.kind === 'unreachable' ? 'unreachable' : 'no-relay' })
    if (asks.value && token === undefined) return fail({ kind: 'needs-token' })
    const first = account.keyring.logs.find(log => log.section !== 'home')
    const tried = first && (await registerAt(account, first, mirror.client))
    if (tried && isRefused(tried, 'admission')) return fail({ kind: 'not-taken' })
    return ok({ vault, mirror: { origin, ...(token === undefined ? {} : { token }) } })
  }

  /** What was brought there by then stays. */
  copy(goesOn: boolean): void {
    const vault = this.#slot.open
    const state = this.mirror.value
    if (vault === undefined || state?.kind !== (goesOn ? 'broken-off' : 'working')) return
    this.#isBrokenOff = !goesOn
    this.mirror.set({ ...state, kind: goesOn ? 'working' : 'broken-off' })
    if (goesOn) this.#later(vault, 0)
  }

  /** With what is there, or leaving it: then whoever hosts it has it still, sealed. */
  async remove(deletesThere: boolean): Promise<Result<void, RemoveMirrorFailure>> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    // What is under way does not hold it up.
    this.#isRemoving = true
    return this.#turns.next(async () => {
      this.#isRemoving = false
      const { account } = vault
      const mirror = await mirrorOf(account, this.#clock)
      const { id } = account.logs.home.log
      // Of what was there before a move, nothing goes while this person's own relay is away.
      if (deletesThere && mirror?.isFormer === true && !(await account.client.state(id)).ok)
        return fail({ kind: 'unreachable' })
      if (mirror !== undefined && deletesThere) {
        const deleted = await deleteMirror({ account, client: mirror.client })
        if (!deleted.ok) {
          this.#later(vault, SOON_MS)
          return fail({ kind: 'unreachable' })
        }
      }
      return this.keep(vault, doc => putMirror(doc, undefined))
    })
  }

  async keep(
    { account }: OpenVault,
    edit: (doc: RelayDocument) => void,
  ): Promise<Result<void, Extract<AddMirrorFailure, { kind: 'not-stored' }>>> {
    const { log } = account.logs.home
    await log.change<RelayDocument>(RELAY_SHARD, edit)
    const stored = await log.flush()
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  #follow(vault: OpenVault): () => void {
    const { account } = vault
    if (account.row.isSample) return () => undefined
    const stops = [
      account.logs.home.watch(RELAY_SHARD, () => this.#later(vault, 0)),
      account.engine?.watchStatus(() => this.#changed(vault)),
    ]
    this.#later(vault, 0)
    return () => {
      for (const stop of stops) stop?.()
      this.#cancel?.()
      this.#cancel = undefined
      this.#isBrokenOff = false
      this.mirror.set(undefined)
    }
  }

  #changed(vault: OpenVault): void {
    if (this.mirror.value !== undefined && !this.#isSoon) this.#later(vault, SOON_MS)
  }

  #later(vault: OpenVault, delayMs: number): void {
    this.#cancel?.()
    this.#isSoon = delayMs <= SOON_MS
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#isSoon = false
      void this.#go(vault)
    })
  }

  /** A lock closes the logs under it. */
  async #go(vault: OpenVault): Promise<void> {
    try {
      await this.#turns.next(() => (this.#slot.open === vault ? this.#level(vault) : undefined))
    } catch (cause) {
      if (this.#slot.open === vault) throw cause
    }
  }

  async #level(vault: OpenVault): Promise<void> {
    const { account } = vault
    const mirror = account.isShutOut ? undefined : await mirrorOf(account, this.#clock)
    if (mirror === undefined) {
      this.#isBrokenOff = false
      return this.mirror.set(undefined)
    }
    if (this.#isBrokenOff) return
    const { origin } = mirror
    if (this.mirror.value?.origin !== origin) this.mirror.set({ origin, kind: 'working', share: 0 })
    const { holder } = deviceKeys(account.row.seeds)
    // What this device's own relay may still refuse is no word for another one.
    await account.settle()
    const isOver = () => this.#slot.open !== vault || this.#isBrokenOff || this.#isRemoving
    const told = (share: number) => {
      const known = this.mirror.value
      if (known?.kind === 'working' && known.share !== share) this.mirror.set({ ...known, share })
    }
    const deps = { account, store: this.#store, clock: this.#clock, holder, ...mirror, isOver, told }
    const level = await levelMirror(deps)
    if (isOver()) return
    this.mirror.set(stateOf(mirror, level, this.#clock))
    // What changed during it has asked for one sooner.
    const isWaitedFor = account.relay.moving !== undefined || (!level.ok && level.failure.kind === 'unreachable')
    if (!this.#isSoon) this.#later(vault, isWaitedFor ? WAITED_FOR_MS : AGAIN_MS)
    await this.#levelled(vault, mirror, level)
  }
}

function stateOf({ origin }: Mirror, level: Result<Levelled, MirrorFailure>, clock: Clock): MirrorState {
  if (level.ok && level.value.lacking === 0) return { origin, kind: 'level', at: clock.now() }
  if (level.ok) return { origin, kind: 'partly', lacking: level.value.lacking }
  const { failure } = level
  if (failure.kind === 'unreachable' || failure.kind === 'not-stored') return { origin, kind: 'unreachable' }
  if (failure.kind === 'nonsense') return { origin, kind: 'refused', reason: 'nonsense' }
  if (failure.code === 'admission') return { origin, kind: 'not-admitted' }
  return failure.code === 'quota' ? { origin, kind: 'full' } : { origin, kind: 'refused', reason: failure.code }
}
