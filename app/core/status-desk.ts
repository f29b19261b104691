import { RotationRunner } from './devices/rotation-runner.ts'
import type { Clock } from './ports.ts'
import type { SyncProblem, SyncStatus } from './session.ts'
import { joinSync, type SharedSync } from './sharing/shared-engines.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'

const AT_REST: SyncStatus = { kind: 'waiting', waitingCount: 0, link: { kind: 'none' }, problems: [] }

const NOTHING_SHARED: SharedSync = { kind: 'backed-up', waitingCount: 0 }

/** What people are told of saving and backing up: the engine's word, with what only the rest of the session knows. */
export class StatusDesk {
  readonly status = new Watched<SyncStatus>(AT_REST)
  readonly #clock: Clock
  #engine: SyncStatus = AT_REST
  #vault: OpenVault | undefined
  #left = 0
  #isBehind = false
  #isFull = false
  #late = { waiting: 0, known: 0 }
  #shared = NOTHING_SHARED

  constructor(slot: VaultSlot, clock: Clock) {
    this.#clock = clock
    slot.onOpen(vault => this.#follow(vault))
  }

  /** The relay showed less than another device of ours knows. */
  noteBehind(): void {
    this.#isBehind = true
    this.#tell()
  }

  /** The disk had no room for the last write. */
  noteRoom(isFull: boolean): void {
    if (this.#isFull === isFull) return
    this.#isFull = isFull
    this.#tell()
  }

  /** `waiting`: people whose late writing nobody has decided about. `known`: frames that are shown there, or were. */
  noteLate(late: { readonly waiting: number; readonly known: number }): void {
    this.#late = late
    this.#tell()
  }

  /** In records that others share; what is wrong with those is no trouble of this person's record. */
  noteShared({ kind, waitingCount }: SharedSync): void {
    this.#shared = { kind, waitingCount }
    this.#tell()
  }

  #follow(vault: OpenVault): () => void {
    const { account } = vault
    this.#vault = vault
    const stops = [
      account.watchKeyring(() => this.#tell()),
      account.engine?.watchStatus(status => this.#heard(status)) ?? followSample(vault, status => this.#heard(status)),
    ]
    const runner = new RotationRunner(account, this.#clock, left => {
      this.#left = left
      this.#tell()
    })
    this.#tell()
    return () => {
      runner.stop()
      for (const stop of stops) stop()
      this.#vault = undefined
      this.#left = 0
      this.#isBehind = false
      this.#engine = AT_REST
      this.#shared = NOTHING_SHARED
      this.#tell()
    }
  }

  #heard(status: SyncStatus): void {
    this.#engine = status
    this.#tell()
  }

  #tell(): void {
    const { problems, ...rest } = { ...this.#engine, ...joinSync([this.#engine, this.#shared]) }
    const shutOutBy = this.#vault?.account.shutOutBy
    if (shutOutBy !== undefined) {
      const kind = rest.kind === 'saving' ? 'saving' : 'waiting'
      this.status.set({ ...rest, kind, link: { kind: 'none' }, problems: [{ kind: shutOutBy }] })
      return
    }
    const own: SyncProblem[] = []
    if (this.#left > 0) own.push({ kind: 'rotating', left: this.#left })
    if (this.#isBehind && problems.every(one => one.kind !== 'relay-behind')) own.push({ kind: 'relay-behind' })
    if (this.#isFull && problems.every(one => one.kind !== 'storage-full')) own.push({ kind: 'storage-full' })
    if (this.#late.waiting > 0) own.push({ kind: 'late', count: this.#late.waiting })
    this.status.set({ ...rest, problems: [...problems.flatMap(one => this.#withoutLate(one)), ...own] })
  }

  /** What is shown to be taken in or left out, or was, is no frame that waits to be verified. */
  #withoutLate(problem: SyncProblem): SyncProblem[] {
    if (problem.kind !== 'quarantined') return [problem]
    const count = problem.count - this.#late.known
    return count > 0 ? [{ ...problem, count }] : []
  }
}

/** A sample goes nowhere: it is saved here, or about to be. */
function followSample(vault: OpenVault, tell: (status: SyncStatus) => void): () => void {
  const logs = vault.account.allLogs()
  const look = () => tell({ ...AT_REST, kind: logs.some(log => log.hasPending) ? 'saving' : 'waiting' })
  const stops = logs.map(log => log.subscribe(look))
  return () => {
    for (const stop of stops) stop()
  }
}
