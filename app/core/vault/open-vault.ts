import { wipe } from '#crypto/sodium.ts'
import type { Account } from '../home/account.ts'
import type { Person } from '../home/person-document.ts'
import type { RecordService } from '../record/open-record.ts'
import { Watched } from '../watched.ts'
import { type VaultKeys, wipeVaultKeys } from './vault-key.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** All that exists only while the vault is unlocked. */
export interface OpenVault {
  readonly vaultKey: Bytes
  readonly keys: VaultKeys
  readonly account: Account
  /** Another one when a section goes on in another log. */
  record: RecordService
  /** As of opening; a kit that is confirmed meanwhile goes. */
  readonly hadKit: boolean
  /** Who it is about, as last read from the home log. */
  readonly about: { person: Person }
}

/** The one open vault, if any; parts of the session start and end with it. */
export class VaultSlot {
  readonly #open = new Watched<OpenVault | undefined>(undefined)
  readonly #record = new Watched<RecordService | undefined>(undefined)
  readonly #closers = new Set<() => Promise<void>>()

  get open(): OpenVault | undefined {
    return this.#open.value
  }

  /** Calls `start` for each vault that opens, now or later, until the answer is called; what it answers is called before that vault closes. */
  onOpen(start: (vault: OpenVault) => () => void): () => void {
    let stop: (() => void) | undefined
    return this.#open.watch(vault => {
      stop?.()
      stop = vault && start(vault)
    })
  }

  /** As `onOpen`, for each record service in turn. */
  onRecord(start: (record: RecordService) => () => void): () => void {
    let stop: (() => void) | undefined
    return this.#record.watch(record => {
      stop?.()
      stop = record && start(record)
    })
  }

  replaceRecord(record: RecordService): void {
    const vault = this.#open.value
    if (vault === undefined) throw new Error('Cannot replace a record: the vault is locked')
    vault.record = record
    this.#record.set(record)
  }

  /** What the open vault has to wait for when it closes, once: keys and logs are still there. */
  beforeClose(closer: () => Promise<void>): void {
    this.#closers.add(closer)
  }

  put(vault: OpenVault): void {
    this.#open.set(vault)
    this.#record.set(vault.record)
  }

  /** Saves what can be saved, then wipes every key, also when the store is broken (which is thrown). */
  async close(): Promise<void> {
    const vault = this.#open.value
    if (vault === undefined) return
    this.#record.set(undefined)
    this.#open.set(undefined)
    // A lock waits for no relay.
    vault.account.disconnect()
    const closers = [...this.#closers]
    this.#closers.clear()
    try {
      for (const closer of closers) await closer()
      await vault.record.idle()
      await vault.record.idle()
      await vault.account.flush()
      await vault.record.flushIndex()
      for (const log of vault.account.allLogs()) await log.saveCaches()
    } finally {
      vault.record.dispose()
      await vault.account.close()
      wipeVaultKeys(vault.keys)
      wipe(vault.vaultKey)
    }
  }
}
