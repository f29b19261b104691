import type { KemKey } from '#crypto/keys.ts'
import type { Result } from '#schema/result.ts'
import { recoverHomeKeys, unopenedControls } from '../log/recover-keys.ts'
import type { EpochKey, SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import { type AccountRow, accountWrite, deviceKeys } from './account-row.ts'
import { readMakerKem } from './from-backup.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The account row, and in it the keys of the home log, in which all others are. */
export class HomeKeys {
  readonly #store: ByteStore
  readonly #accountKey: Bytes
  readonly #log: SealedLog
  #row: AccountRow
  /** Of the device that made the backup which this one came from. */
  #makerKem: KemKey | undefined

  /** `accountKey` seals the row; `log`: the home log. */
  constructor(store: ByteStore, accountKey: Bytes, log: SealedLog, row: AccountRow) {
    this.#store = store
    this.#accountKey = accountKey
    this.#log = log
    this.#row = row
  }

  get row(): AccountRow {
    return this.#row
  }

  /** To be called once, before anything else. */
  async load(): Promise<void> {
    this.#makerKem = await readMakerKem(this.#store, this.#accountKey)
  }

  async save(keys: readonly EpochKey[]): Promise<Result<void, StoreFailure>> {
    const row = { ...this.#row, homeKeys: [...this.#row.homeKeys, ...keys] }
    const saved = await this.#store.commit([accountWrite(this.#accountKey, row)])
    if (saved.ok) this.#row = row
    return saved
  }

  /** Those that are new here. Refused by a full disk: asked again with the next change, and the keyring has them. */
  async keep(keys: readonly EpochKey[]): Promise<void> {
    const had = new Set(this.#row.homeKeys.map(key => key.keyId))
    const fresh = keys.filter(key => !had.has(key.keyId))
    if (fresh.length > 0) await this.save(fresh)
  }

  /** Another device rotated the home log: the new epoch's key came in an envelope for this device. Also where its EPOCH is past a cut. */
  async openEnvelopes(): Promise<void> {
    const known = new Set(this.#row.homeKeys.map(key => key.keyId))
    const frames = await unopenedControls(this.#log, known)
    if (frames.length === 0) return
    const { kem } = deviceKeys(this.#row.seeds)
    const kems = this.#makerKem === undefined ? [kem] : [kem, this.#makerKem]
    const found = kems.flatMap(each => recoverHomeKeys(this.#row.homeGenesis, frames, each))
    await this.keep(found)
    if (found.length > 0) await this.#log.addKeys(found)
  }
}
