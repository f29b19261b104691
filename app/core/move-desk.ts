import { fail, type Result } from '#schema/result.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { deleteMirror, type Levelled, type Mirror, type MirrorFailure } from './home/mirror.ts'
import { commitMove, endLeft, endLinks, isLeft, LEFT_MS, LONGEST_LEFT_MS, linksOut, relayNow } from './home/move.ts'
import { putMirror, putMoving, readRelay, RELAY_SHARD, type RelayDocument } from './home/relay-document.ts'
import type { MirrorDesk } from './mirror-desk.ts'
import type { Clock } from './ports.ts'
import type { CancelMoveFailure, MoveState, StartMove, StartMoveFailure } from './relay-session.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'

/**
 * Moves the record to another relay (decision 61): that one is a second relay first, and takes the place of the first once it has
 * everything. Where a process ends, the next one, on any device, goes on by what the home log says.
 */
export class MoveDesk {
  readonly move = new Watched<MoveState | undefined>(undefined)
  readonly #clock: Clock
  readonly #slot: VaultSlot
  readonly #mirrors: MirrorDesk
  /** Links that a move waits for, as last looked at. */
  #waitsFor = 0

  constructor(clock: Clock, slot: VaultSlot, mirrors: MirrorDesk) {
    this.#clock = clock
    this.#slot = slot
    this.#mirrors = mirrors
    slot.onOpen(vault => this.#follow(vault))
    mirrors.onLevelled((...round) => this.#levelled(...round))
  }

  async start({ links, ...request }: StartMove): Promise<Result<void, StartMoveFailure>> {
    const checked = await this.#mirrors.check(request)
    if (!checked.ok) return checked
    const { vault, mirror } = checked.value
    const known = await relayOf(vault)
    if (known.movedAt !== undefined) return fail({ kind: 'still-moving' })
    if (known.mirror !== undefined && known.mirror.origin !== mirror.origin) return fail({ kind: 'has-second' })
    const out = await linksOut(vault.account)
    if (!out.ok) return fail({ kind: 'unreachable' })
    if (links === undefined && out.value.length > 0) return fail({ kind: 'links', count: out.value.length })
    return this.#mirrors.keep(vault, doc => {
      putMirror(doc, mirror)
      putMoving(doc, links ?? 'wait')
    })
  }

  async cancel(): Promise<Result<void, CancelMoveFailure>> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    if ((await relayOf(vault)).moving === undefined) return fail({ kind: 'too-late' })
    return this.#mirrors.keep(vault, doc => putMoving(doc, undefined))
  }

  #follow(vault: OpenVault): () => void {
    const stop = vault.account.logs.home.watch(RELAY_SHARD, () => void this.#tell(vault))
    void this.#tell(vault)
    return () => {
      stop()
      this.#waitsFor = 0
      this.move.set(undefined)
    }
  }

  async #tell(vault: OpenVault): Promise<void> {
    const known = this.#slot.open === vault ? await relayOf(vault) : undefined
    if (this.#slot.open === vault && known !== undefined) this.move.set(this.#stateOf(known, vault))
  }

  #stateOf(
    { mirror, moving, movedAt, address }: ReturnType<typeof readRelay>,
    { account }: OpenVault,
  ): MoveState | undefined {
    if (mirror === undefined || account.relays.nameOf(mirror.origin) === '') return undefined
    const { origin } = mirror
    if (moving !== undefined) {
      const count = this.#waitsFor
      return count > 0 ? { kind: 'waits-for-links', origin, count } : { kind: 'copying', origin }
    }
    if (movedAt === undefined || address === undefined) return undefined
    return { kind: 'moved', origin: address, before: origin, at: movedAt, until: instant(movedAt + LEFT_MS) }
  }

  /** After each round of the copy: goes over, or lets go of what is left. */
  async #levelled(vault: OpenVault, mirror: Mirror, level: Result<Levelled, MirrorFailure>): Promise<void> {
    const known = await relayOf(vault)
    if (this.#slot.open !== vault) return
    const now = relayNow(vault.account, this.#clock)
    if (known.moving !== undefined && isWhole(level)) await this.#goOver(vault, known.moving, now)
    else if (known.movedAt !== undefined) await this.#leave(vault, mirror, level, now)
  }

  async #goOver(vault: OpenVault, links: 'end' | 'wait', now: Instant): Promise<void> {
    const { account } = vault
    const out = await linksOut(account)
    if (!out.ok || this.#slot.open !== vault) return
    this.#waitsFor = links === 'wait' ? out.value.length : 0
    if (this.#waitsFor > 0) return this.#tell(vault)
    const ended = await endLinks(account, out.value)
    // They may have called it off meanwhile.
    if (!ended.ok || this.#slot.open !== vault || (await relayOf(vault)).moving === undefined) return
    await commitMove(account, now)
  }

  /**
   * Not before this person's own relay has all that is there. A relay that is away is tried again with the next round, for so long as
   * anybody may look for something there.
   */
  async #leave(
    vault: OpenVault,
    { client }: Mirror,
    level: Result<Levelled, MirrorFailure>,
    now: Instant,
  ): Promise<void> {
    const { account } = vault
    if (!(await isLeft(account, now)) || this.#slot.open !== vault) return
    const isGivenUp = now >= ((await relayOf(vault)).movedAt ?? now) + LONGEST_LEFT_MS
    const isEmptied = level.ok && level.value.isBrought && (await deleteMirror({ account, client })).ok
    if ((isEmptied || (isGivenUp && !level.ok)) && this.#slot.open === vault) await endLeft(account)
  }
}

const isWhole = (level: Result<Levelled, MirrorFailure>) =>
  level.ok && level.value.lacking === 0 && level.value.hasAllBlobs

async function relayOf({ account }: OpenVault): Promise<ReturnType<typeof readRelay>> {
  return readRelay(await account.logs.home.log.read<RelayDocument>(RELAY_SHARD))
}
