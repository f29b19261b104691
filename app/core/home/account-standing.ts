import type { LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ByteStore, Clock } from '../ports.ts'
import { endAgain, probeEnded } from '../sharing/ended-capabilities.ts'
import { putCapabilityEnded, putCapabilityLost } from '../sharing/given-changes.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from '../sharing/given-document.ts'
import { type Made, liveIn, overIn, restoreLive } from '../sharing/live-capabilities.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { isFromBackup } from './from-backup.ts'
import type { Keyring, LogKeys } from './keyring.ts'
import type { OpenLogs } from './open-account.ts'
import { keptCapabilities } from './own-capability.ts'
import { bringLog, isRefused, registerDevice, restoreOwner } from './registration.ts'
import type { RefusalKind } from './refusal.ts'
import { capabilitiesEnded, everyOwner, ownersTaken, ownersToRestore } from './taken-owners.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface StandingDeps {
  readonly logs: OpenLogs
  readonly store: ByteStore
  readonly clock: Clock
  /** This device's, as the relay knows it. */
  readonly holderKey: Bytes
  readonly keyring: () => Keyring
  /** By the relay's word this device has no place in the home log. */
  readonly onRefused: (kind: RefusalKind) => void
  /** The relay was put back, and has its removals of this log again: what else it serves is to be looked through. */
  readonly onRestored: (logId: LogId) => void
}

/** What an account tells the relay of its logs: that this device is of them, and what has ended. */
export class AccountStanding {
  readonly #deps: StandingDeps

  constructor(deps: StandingDeps) {
    this.#deps = deps
  }

  async register(logId: LogId, client: RelayClient): Promise<Result<void, RelayFailure>> {
    const { keyring, holderKey, onRefused } = this.#deps
    const keys = keyring().logs.find(log => log.logId === logId)
    if (keys === undefined) return fail({ kind: 'refused', code: 'unknown-log' })
    const answer = await registerDevice(client, keys, holderKey, keyring())
    if (keys.section !== 'home') return answer
    if (isRefused(answer, 'gone')) onRefused('record-gone')
    if (isRefused(answer, 'bad-proof') || isRefused(answer, 'stale')) onRefused(await this.#whyRefused())
    return answer
  }

  /** Makes one log, as whoever asks whether a token lets it: not the home log, by whose answers this device hears that it was removed. */
  async bringOne(client: RelayClient): Promise<Result<void, RelayFailure>> {
    const { keyring, holderKey } = this.#deps
    const log = keyring().logs.find(one => one.section !== 'home')
    return log === undefined ? ok(undefined) : bringLog(client, log, holderKey, keyring())
  }

  /** A device that came from a backup may know only keys from before a removal that it never heard of. */
  async #whyRefused(): Promise<RefusalKind> {
    return (await isFromBackup(this.#deps.store)) ? 'keys-changed' : 'refused-here'
  }

  /** Registering alone would not tell: of the device that was there at the log's birth it is always refused. */
  async isServed(client: RelayClient): Promise<Result<unknown, RelayFailure>> {
    const { id } = this.#deps.logs.home.log
    const state = await client.state(id)
    return state.ok || state.failure.kind !== 'refused' ? state : this.register(id, client)
  }

  async restoreOwner(logId: LogId, client: RelayClient): ReturnType<typeof restoreOwner> {
    const log = this.#deps.keyring().logs.find(one => one.logId === logId)
    if (log === undefined) return ok('level')
    const restored = await this.#levelDevices(log, client)
    if (!restored.ok) return restored
    if (restored.value === 'restored') this.#deps.onRestored(logId)
    const shares = await this.#levelShares(log, client, true)
    return shares.ok && restored.value === 'restored' ? restored : shares
  }

  /** At a relay that serves this person's devices alone: what has ended has ended there too. */
  async endElsewhere(logId: LogId, client: RelayClient): Promise<Result<unknown, RelayFailure>> {
    const log = this.#deps.keyring().logs.find(one => one.logId === logId)
    if (log === undefined) return ok('level')
    const devices = await this.#levelDevices(log, client)
    return devices.ok ? this.#levelShares(log, client, false) : devices
  }

  async #levelDevices(log: LogKeys, client: RelayClient): ReturnType<typeof restoreOwner> {
    const keyring = this.#deps.keyring()
    const { logId } = log
    const { birth, devices } = keyring
    const ended = capabilitiesEnded(keyring, logId)
    if (ended.size === 0) return ok('level')
    const known = { ended, kept: keptCapabilities(devices, logId), ...(birth ? { birth } : {}) }
    return restoreOwner(client, ownersToRestore(keyring, log), ownersTaken(keyring, logId), known)
  }

  /**
   * Ends the capabilities of whoever has no part in the section any more, as far as is known here: what is written after a stop, perhaps
   * with no relay in reach, may be sent before the round that takes everything back (decision 0011).
   */
  async endOver(logId: LogId, client: RelayClient): Promise<Result<void, RelayFailure>> {
    const log = this.#deps.keyring().logs.find(one => one.logId === logId)
    const shares = readGiven(await this.#deps.logs.home.log.read<GivenDocument>(GIVEN_SHARD))
    const ended: Made[] = []
    for (const one of log === undefined ? [] : overIn(shares, log)) {
      const answer = await client.revokeCapability(logId, one.made.id)
      if (answer.ok) ended.push(one)
      // Where nobody knows of it nobody is served; the round sees to it that nobody can bring it.
      else if (!isRefused(answer, 'not-found')) return answer
    }
    await this.#note(ended, putCapabilityEnded)
    return ok(undefined)
  }

  /** Capabilities of this log that shares had and have no more are to be ended, and those that they have served. */
  async #levelShares(
    log: LogKeys,
    client: RelayClient,
    servesOthers: boolean,
  ): Promise<Result<'level' | 'restored', RelayFailure>> {
    const { home, sections } = this.#deps.logs
    const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD))
    const ended = shares.flatMap(share => share.ended.filter(({ logId }) => logId === log.logId))
    const isOpen = log.section !== 'home' && log.section !== 'private' && sections.get(log.section)?.id === log.logId
    const live = isOpen && servesOthers ? liveIn(shares, log.section, log.logId) : []
    if (ended.length === 0 && live.length === 0) return ok('level')
    const signers = everyOwner(log, await home.refusedKeyring())
    const probed = await probeEnded(client, signers, ended)
    if (!probed.ok) return probed
    const state = await client.ownerState(log.logId)
    if (!state.ok) return state
    const { capabilities } = state.value
    const lost = await restoreLive(client, signers, live, capabilities)
    if (!lost.ok) return lost
    await this.#note(lost.value, putCapabilityLost)
    const isLevel = probed.value === 'there' && !ended.some(({ id }) => capabilities.includes(id))
    return isLevel ? ok('level') : endAgain(client, signers, ended)
  }

  /** What the disk refuses is looked for again: at the next connection, and in a round. */
  async #note(ended: readonly Made[], put: typeof putCapabilityEnded): Promise<void> {
    if (ended.length === 0) return
    const { log } = this.#deps.logs.home
    const endedAt = this.#deps.clock.now()
    await log.change<GivenDocument>(GIVEN_SHARD, doc => {
      for (const { share, made } of ended) {
        const { logId, id, principal } = made
        put(doc, share.id, { logId, id, principal, endedAt })
      }
    })
    await log.flush()
  }
}
