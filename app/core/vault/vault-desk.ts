import { backupSecretOf } from '#crypto/backup-secret.ts'
import { readyCrypto, wipe } from '#crypto/sodium.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { ok, type Result, fail } from '#schema/result.ts'
import { deleteAtMirror, deleteAtRelay, leaveAccount } from '../devices/leave.ts'
import { type AccountRow, accountWrite, ACCOUNT_ROW_KEY, openAccountRow } from '../home/account-row.ts'
import { createAccount, type NewPerson, storeAccount } from '../home/create-account.ts'
import { type OpenLogs, openLogs } from '../home/open-account.ts'
import type { ByteStore, Ports, StoreWrite } from '../ports.ts'
import type { CreateFailure, CreateRecord, NotStored, RecoveryKit, UnlockFailure, VaultState } from '../session.ts'
import { Watched } from '../watched.ts'
import { backupSecretWrite } from './backup-secret-row.ts'
import { kitOf } from './kit.ts'
import type { VaultSlot } from './open-vault.ts'
import { type FillRecord, openState, RecordOpener, type OpenRecord } from './record-opener.ts'
import { makeStagedStore, type StagedStore } from './staged-store.ts'
import type { VaultHeader } from './vault-header.ts'
import {
  makeVaultKey,
  replacePassphrase,
  unwrapWithPassphrase,
  type VaultKeys,
  vaultKeys,
  wipeVaultKeys,
  wrapWithPassphrase,
} from './vault-key.ts'
import { headerWrite, kitWrite, readHeader } from './vault-store.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A sample has nothing to protect; its wrap has the same form as any other. */
const SAMPLE_PASSPHRASE = ''

/** Makes, opens and locks the vault. One act at a time: a second waits for the first. */
export class VaultDesk {
  readonly state = new Watched<VaultState>({ kind: 'starting' })
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #opener: RecordOpener
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ports: Ports, slot: VaultSlot, openRecord: OpenRecord) {
    this.#ports = ports
    this.#slot = slot
    this.#opener = new RecordOpener(ports, slot, openRecord, vault => this.state.set(openState(vault)))
  }

  /** Finds out what is in the store. A sample is opened at once: it has no passphrase. */
  async start(): Promise<void> {
    try {
      await readyCrypto()
    } catch {
      return this.state.set({ kind: 'unusable', reason: 'no-crypto' })
    }
    try {
      const claimed = await this.#ports.store.claim()
      // What a full disk holds can still be read, and taken elsewhere.
      if (!claimed.ok && claimed.failure !== 'quota') return this.state.set({ kind: 'unusable', reason: 'no-storage' })
      await this.#tellClosed()
    } catch {
      return this.state.set({ kind: 'unusable', reason: 'no-storage' })
    }
    if (this.state.value.kind === 'locked' && this.state.value.isSample) await this.unlock(SAMPLE_PASSPHRASE)
  }

  createRecord({
    personName: name,
    passphrase,
    ...about
  }: Omit<CreateRecord, 'locale' | 'relayToken'> & Pick<NewPerson, 'settings' | 'relayToken'>): Promise<
    Result<RecoveryKit, CreateFailure>
  > {
    return this.#inTurn(() => this.#create({ ...about, name, isSample: false }, passphrase))
  }

  /** The account of a made-up patient. Nobody sees it open before `fill` is done. */
  createSample(person: Omit<NewPerson, 'isSample'>, fill: FillRecord): Promise<Result<unknown, CreateFailure>> {
    return this.#inTurn(() => this.#create({ ...person, isSample: true }, SAMPLE_PASSPHRASE, fill))
  }

  unlock(passphrase: string): Promise<Result<void, UnlockFailure>> {
    return this.unlockBy(header => unwrapWithPassphrase(header, header.isSample ? SAMPLE_PASSPHRASE : passphrase))
  }

  /** By whatever opens one of the header's wraps. */
  unlockBy<Failure extends string>(
    unwrap: (header: VaultHeader) => Result<Bytes, Failure>,
  ): Promise<Result<void, { readonly kind: Failure } | Exclude<UnlockFailure, { kind: 'wrong-passphrase' }>>> {
    return this.#inTurn(async () => {
      if (this.#slot.open !== undefined) return ok(undefined)
      const header = await this.#header()
      if (!header.ok) return header
      const vaultKey = unwrap(header.value)
      return vaultKey.ok ? this.#enter(vaultKey.value) : fail({ kind: vaultKey.failure })
    })
  }

  /** For a worker that takes over from another one of this profile. */
  unlockWithKey(vaultKey: Bytes): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      if (this.#slot.open !== undefined) return ok(undefined)
      const header = await this.#header()
      return header.ok ? this.#enter(vaultKey.slice()) : header
    })
  }

  lock(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#slot.close()
      await this.#tellClosed()
    })
  }

  /** Everything that works for the open vault begins anew; nobody is told that it was closed meanwhile. */
  reopen(): Promise<void> {
    return this.#inTurn(async () => {
      const vaultKey = this.#slot.open?.vaultKey.slice()
      if (vaultKey === undefined) return
      await this.#slot.close()
      await this.#enterNew(vaultKey)
    })
  }

  /** A fresh unlock, before anybody is let in. */
  checkPassphrase(passphrase: string): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      const header = await this.#header()
      if (!header.ok) return header
      const vaultKey = unwrapWithPassphrase(header.value, header.value.isSample ? SAMPLE_PASSPHRASE : passphrase)
      if (!vaultKey.ok) return fail({ kind: vaultKey.failure })
      wipe(vaultKey.value)
      return ok(undefined)
    })
  }

  changePassphrase(current: string, next: string): Promise<Result<void, UnlockFailure>> {
    return this.changeHeader(current, (header, vaultKey) => replacePassphrase(header, vaultKey, next))
  }

  /** For what lets somebody in: takes the passphrase. `vaultKey` is wiped afterwards. */
  changeHeader(
    passphrase: string,
    change: (header: VaultHeader, vaultKey: Bytes) => VaultHeader,
  ): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      const header = await this.#header()
      if (!header.ok) return header
      const vaultKey = unwrapWithPassphrase(header.value, passphrase)
      if (!vaultKey.ok) return fail({ kind: vaultKey.failure })
      const changed = change(header.value, vaultKey.value)
      wipe(vaultKey.value)
      return this.#storeHeader(changed)
    })
  }

  /** For what takes a way in away. */
  narrowHeader(change: (header: VaultHeader) => VaultHeader): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      const header = await this.#header()
      return header.ok ? this.#storeHeader(change(header.value)) : header
    })
  }

  /** Everything of this device, which then stands in no other one's list; with the last device goes what the relay holds. */
  deleteEverything(): Promise<Result<void, NotStored>> {
    return this.#inTurn(async () => {
      const account = this.#slot.open?.account
      if (account !== undefined) await leaveAccount(account, this.#ports.clock)
      return this.#eraseHere()
    })
  }

  /** For every device: what the relay holds goes first, and unless all of it does, everything here stays. `before` is done in between. */
  deleteEverywhere(
    before: () => Promise<void>,
  ): Promise<Result<void, NotStored | { readonly kind: 'unreachable' } | { readonly kind: 'locked' }>> {
    return this.#inTurn(async () => {
      const account = this.#slot.open?.account
      if (account === undefined) return fail({ kind: 'locked' })
      if (!(await account.client.state(account.logs.home.log.id)).ok) return fail({ kind: 'unreachable' })
      await before()
      const isGone = (await deleteAtMirror(account, this.#ports.clock)) && (await deleteAtRelay(account))
      return isGone ? this.#eraseHere() : fail({ kind: 'unreachable' })
    })
  }

  async #eraseHere(): Promise<Result<void, NotStored>> {
    await this.#slot.close()
    await this.#ports.box?.empty()
    const erased = await this.#ports.store.erase()
    await this.#tellClosed()
    return erased.ok ? erased : fail({ kind: 'not-stored', why: erased.failure })
  }

  /**
   * For recovery and pairing: runs `join` beside the store and makes the vault of what it answers, in one commit. Until then,
   * whatever fails or is killed, the store is what it was: empty or, with `replace`, the vault that was there.
   */
  joinWith<Failure>(
    request: { readonly passphrase: string; readonly replace?: boolean },
    join: (
      keys: VaultKeys,
      store: ByteStore,
    ) => Promise<Result<{ readonly row: AccountRow; readonly logs: OpenLogs }, Failure>>,
  ): Promise<Result<void, Failure | CreateFailure>> {
    return this.#inTurn(async () => {
      const found = await readHeader(this.#ports.store)
      if (found.kind !== 'empty' && request.replace !== true) return fail({ kind: 'already-there' })
      const vaultKey = makeVaultKey()
      const keys = vaultKeys(vaultKey)
      const staged = makeStagedStore()
      const joined = await join(keys, staged)
      if (!joined.ok) return joined
      const { row, logs } = joined.value
      const header = { isSample: false, wraps: [wrapWithPassphrase(vaultKey, request.passphrase)] }
      await staged.commit([accountWrite(keys.account, row), headerWrite(header)])
      disposeAll(logs)
      wipeVaultKeys(keys)
      return this.#replaceBy(staged, vaultKey)
    })
  }

  /**
   * For a backup, which may be larger than memory: `fill` stores rows bit by bit where nothing is, and the account row and the header come
   * last. Until then, whatever fails or is killed, the store is as good as empty; what can be told is emptied at once.
   */
  restoreWith<Joined extends { readonly row: AccountRow; readonly logs: OpenLogs }, Failure>(
    passphrase: string,
    fill: (vaultKey: Bytes, keys: VaultKeys) => Promise<Result<Joined, Failure>>,
  ): Promise<Result<Joined, Failure | CreateFailure>> {
    return this.#inTurn(async () => {
      const isReady = await this.#makeRoom()
      if (!isReady.ok) return isReady
      const vaultKey = makeVaultKey()
      const keys = vaultKeys(vaultKey)
      const filled = await fill(vaultKey, keys)
      const sealed = filled.ok ? await this.#seal(passphrase, vaultKey, keys, filled.value) : filled
      wipeVaultKeys(keys)
      if (sealed.ok) {
        await this.#enterNew(vaultKey)
        return sealed
      }
      wipe(vaultKey)
      await this.#ports.store.erase()
      return sealed
    })
  }

  /** What makes the rows that are there count. */
  async #seal<Joined extends { readonly row: AccountRow; readonly logs: OpenLogs }>(
    passphrase: string,
    vaultKey: Bytes,
    keys: VaultKeys,
    joined: Joined,
  ): Promise<Result<Joined, CreateFailure>> {
    disposeAll(joined.logs)
    const header = { isSample: false, wraps: [wrapWithPassphrase(vaultKey, passphrase)] }
    const stored = await this.#commit([accountWrite(keys.account, joined.row), headerWrite(header)])
    return stored.ok ? ok(joined) : stored
  }

  async #replaceBy(staged: StagedStore, vaultKey: Bytes): Promise<Result<void, CreateFailure>> {
    await this.#slot.close()
    // What this device showed of the record before may be somebody else's.
    await this.#ports.box?.empty()
    const stored = await this.#commit(await staged.replacing(this.#ports.store))
    if (!stored.ok) {
      wipe(vaultKey)
      await this.#tellClosed()
      return stored
    }
    await this.#enterNew(vaultKey)
    return ok(undefined)
  }

  async #enterNew(vaultKey: Bytes): Promise<void> {
    const entered = await this.#enter(vaultKey)
    if (!entered.ok) throw new Error(`Cannot open the vault that was just made: ${entered.failure.kind}`)
  }

  async #create(person: NewPerson, passphrase: string, fill?: FillRecord): Promise<Result<RecoveryKit, CreateFailure>> {
    const isReady = await this.#makeRoom()
    if (!isReady.ok) return isReady
    const vaultKey = makeVaultKey()
    const keys = vaultKeys(vaultKey)
    const rootSecret = randomBytes(32)
    const { store, clock, random } = this.#ports
    const account = await createAccount({ store, clock, random, localKey: keys.local }, rootSecret, person)
    const header: VaultHeader = { isSample: person.isSample, wraps: [wrapWithPassphrase(vaultKey, passphrase)] }
    const kit = person.isSample ? [] : kitWrites(keys.kit, rootSecret)
    const also = [accountWrite(keys.account, account.row), ...kit, headerWrite(header)]
    const stored = await storeAccount(store, account, also)
    if (!stored.ok) return fail({ kind: 'not-stored', why: stored.failure })
    await this.#opener.open(vaultKey, keys, account.row, account, fill)
    const madeAt = (await account.home.person()).kitMadeAt
    const answer = kitOf(rootSecret, madeAt)
    wipe(rootSecret)
    return ok(answer)
  }

  async #commit(writes: readonly StoreWrite[]): Promise<Result<void, CreateFailure>> {
    const stored = await this.#ports.store.commit(writes)
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  /** What a creation cut short left behind has no header and counts for nothing. */
  async #makeRoom(): Promise<Result<void, CreateFailure>> {
    const found = await readHeader(this.#ports.store)
    if (found.kind !== 'empty') return fail({ kind: 'already-there' })
    const erased = await this.#ports.store.erase()
    return erased.ok ? erased : fail({ kind: 'not-stored', why: erased.failure })
  }

  async #storeHeader(header: VaultHeader): Promise<Result<void, NotStored>> {
    const stored = await this.#ports.store.commit([headerWrite(header)])
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  async #header(): Promise<Result<VaultHeader, Exclude<UnlockFailure, { kind: 'wrong-passphrase' }>>> {
    const found = await readHeader(this.#ports.store)
    return found.kind === 'there' ? ok(found.header) : fail({ kind: found.kind })
  }

  async #enter(vaultKey: Bytes): Promise<Result<void, { readonly kind: 'damaged' }>> {
    const keys = vaultKeys(vaultKey)
    const { store, clock, random } = this.#ports
    const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
    const logs = row.ok ? await openLogs({ store, clock, random, localKey: keys.local }, row.value) : row
    if (!row.ok || !logs.ok) {
      wipe(vaultKey)
      return fail({ kind: 'damaged' })
    }
    await this.#opener.open(vaultKey, keys, row.value, logs.value)
    return ok(undefined)
  }

  async #tellClosed(): Promise<void> {
    const found = await readHeader(this.#ports.store)
    if (found.kind === 'there') this.state.set({ kind: 'locked', isSample: found.header.isSample })
    else this.state.set(found.kind === 'empty' ? found : { kind: 'unusable', reason: 'damaged' })
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#turn.then(act)
    this.#turn = answer.catch(() => undefined)
    return answer
  }
}

/** R until the kit is confirmed, and for good what backups are sealed with. */
function kitWrites(kitKey: Bytes, rootSecret: Bytes): StoreWrite[] {
  return [kitWrite(kitKey, rootSecret), backupSecretWrite(kitKey, backupSecretOf(rootSecret))]
}

function disposeAll({ home, sections, former }: OpenLogs): void {
  for (const log of [home.log, ...sections.values(), ...former.values()]) log.dispose()
}
