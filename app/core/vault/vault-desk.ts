import { readyCrypto, wipe } from '#crypto/sodium.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { ok, type Result, fail } from '#schema/result.ts'
import { leaveAccount } from '../devices/leave.ts'
import { Account } from '../home/account.ts'
import { type AccountRow, accountWrite, ACCOUNT_ROW_KEY, openAccountRow } from '../home/account-row.ts'
import { createAccount } from '../home/create-account.ts'
import { type OpenLogs, openLogs } from '../home/open-account.ts'
import { PERSON_SHARD, type Person } from '../home/person-document.ts'
import type { ByteStore, Ports, StoreWrite } from '../ports.ts'
import type {
  CreateFailure,
  CreateRecord,
  KitFailure,
  NotStored,
  RecoveryKit,
  UnlockFailure,
  VaultState,
} from '../session.ts'
import { Watched } from '../watched.ts'
import { askedPositions, checkAnswers, kitOf } from './kit.ts'
import type { OpenVault, VaultSlot } from './open-vault.ts'
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
import { headerWrite, KIT_REMOVAL, kitWrite, readHeader, readKit } from './vault-store.ts'

type Bytes = Uint8Array<ArrayBuffer>
/** `person` answers who the record is about, as known by then. */
type OpenRecord = (account: Account, keys: VaultKeys, person: () => Person) => Promise<OpenVault['record']>
type FillRecord = (record: OpenVault['record']) => Promise<void>

/** A sample has nothing to protect; its wrap has the same form as any other. */
const SAMPLE_PASSPHRASE = ''

/** Makes, opens and locks the vault. One act at a time: a second waits for the first. */
export class VaultDesk {
  readonly state = new Watched<VaultState>({ kind: 'starting' })
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #openRecord: OpenRecord
  #asked: readonly number[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #reopening: Promise<void> = Promise.resolve()

  constructor(ports: Ports, slot: VaultSlot, openRecord: OpenRecord) {
    this.#ports = ports
    this.#slot = slot
    this.#openRecord = openRecord
    slot.onOpen(vault => vault.account.logs.home.watch(PERSON_SHARD, () => void this.#personChanged(vault)))
    slot.onOpen(vault => vault.account.watchSections(() => this.#reopenRecord(vault)))
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

  createRecord(request: CreateRecord): Promise<Result<RecoveryKit, CreateFailure>> {
    const { personName: name, birthDate, deviceName, passphrase } = request
    return this.#inTurn(() => this.#create({ name, birthDate, deviceName, isSample: false }, passphrase))
  }

  /** The account of a made-up patient. Nobody sees it open before `fill` is done. */
  createSample(
    person: { readonly name: string; readonly birthDate: string; readonly deviceName: string },
    fill: FillRecord,
  ): Promise<Result<unknown, CreateFailure>> {
    return this.#inTurn(() => this.#create({ ...person, isSample: true }, SAMPLE_PASSPHRASE, fill))
  }

  unlock(passphrase: string): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      if (this.#slot.open !== undefined) return ok(undefined)
      const header = await this.#header()
      if (!header.ok) return header
      const typed = header.value.isSample ? SAMPLE_PASSPHRASE : passphrase
      const vaultKey = unwrapWithPassphrase(header.value, typed)
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

  /** A fresh unlock, before anybody is let in. */
  checkPassphrase(passphrase: string): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      const header = await this.#header()
      if (!header.ok) return header
      const vaultKey = unwrapWithPassphrase(header.value, passphrase)
      if (!vaultKey.ok) return fail({ kind: vaultKey.failure })
      wipe(vaultKey.value)
      return ok(undefined)
    })
  }

  changePassphrase(current: string, next: string): Promise<Result<void, UnlockFailure>> {
    return this.#inTurn(async () => {
      const header = await this.#header()
      if (!header.ok) return header
      const vaultKey = unwrapWithPassphrase(header.value, current)
      if (!vaultKey.ok) return fail({ kind: vaultKey.failure })
      const changed = headerWrite(replacePassphrase(header.value, vaultKey.value, next))
      wipe(vaultKey.value)
      const stored = await this.#ports.store.commit([changed])
      return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
    })
  }

  /** Everything of this device, which then stands in no other one's list; with the last device goes what the relay holds. */
  deleteEverything(): Promise<Result<void, NotStored>> {
    return this.#inTurn(async () => {
      const account = this.#slot.open?.account
      if (account !== undefined) await leaveAccount(account, this.#ports.clock)
      await this.#slot.close()
      const erased = await this.#ports.store.erase()
      await this.#tellClosed()
      return erased.ok ? erased : fail({ kind: 'not-stored', why: erased.failure })
    })
  }

  kitChallenge(): readonly number[] {
    this.#asked = askedPositions(this.#ports.random)
    return this.#asked
  }

  async confirmKit(
    answers: readonly { readonly position: number; readonly word: string }[],
  ): Promise<Result<void, KitFailure>> {
    const vault = this.#slot.open
    const kit = await this.showKit()
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

  async showKit(): Promise<RecoveryKit | undefined> {
    const vault = this.#slot.open
    if (vault === undefined) return undefined
    const person = await vault.account.logs.home.person()
    const secret = await readKit(this.#ports.store, vault.keys.kit)
    return secret.ok && !person.kitConfirmed ? kitOf(secret.value, person.kitMadeAt) : undefined
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
      for (const log of [logs.home.log, ...logs.sections.values(), ...logs.former.values()]) log.dispose()
      wipeVaultKeys(keys)
      return this.#replaceBy(staged, vaultKey)
    })
  }

  async #replaceBy(staged: StagedStore, vaultKey: Bytes): Promise<Result<void, CreateFailure>> {
    await this.#slot.close()
    const stored = await this.#commit(await staged.replacing(this.#ports.store))
    if (!stored.ok) {
      wipe(vaultKey)
      await this.#tellClosed()
      return stored
    }
    const entered = await this.#enter(vaultKey)
    if (!entered.ok) throw new Error(`Cannot open the vault that was just made: ${entered.failure.kind}`)
    return ok(undefined)
  }

  async #create(
    person: {
      readonly name: string
      readonly birthDate: string
      readonly deviceName: string
      readonly isSample: boolean
    },
    passphrase: string,
    fill?: FillRecord,
  ): Promise<Result<RecoveryKit, CreateFailure>> {
    const isReady = await this.#makeRoom()
    if (!isReady.ok) return isReady
    const vaultKey = makeVaultKey()
    const keys = vaultKeys(vaultKey)
    const rootSecret = randomBytes(32)
    const { store, clock, random } = this.#ports
    const account = await createAccount({ store, clock, random, localKey: keys.local }, rootSecret, person)
    const first = await this.#commit(account.firstWrites.flatMap(write => write.writes))
    if (!first.ok) return first
    for (const write of account.firstWrites) write.committed()
    const rest = await account.home.log.prepare()
    if (rest === 'no-key') throw new Error('Cannot create an account: its home log has no key')
    const header: VaultHeader = { isSample: person.isSample, wraps: [wrapWithPassphrase(vaultKey, passphrase)] }
    const kit = person.isSample ? [] : [kitWrite(keys.kit, rootSecret)]
    const writes = [...(rest?.writes ?? []), accountWrite(keys.account, account.row), ...kit, headerWrite(header)]
    const stored = await this.#commit(writes)
    if (!stored.ok) return stored
    rest?.committed()
    await this.#open(vaultKey, keys, account.row, account, fill)
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

  async #header(): Promise<Result<VaultHeader, UnlockFailure>> {
    const found = await readHeader(this.#ports.store)
    return found.kind === 'there' ? ok(found.header) : fail({ kind: found.kind })
  }

  async #enter(vaultKey: Bytes): Promise<Result<void, UnlockFailure>> {
    const keys = vaultKeys(vaultKey)
    const { store, clock, random } = this.#ports
    const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
    const logs = row.ok ? await openLogs({ store, clock, random, localKey: keys.local }, row.value) : row
    if (!row.ok || !logs.ok) {
      wipe(vaultKey)
      return fail({ kind: 'damaged' })
    }
    await this.#open(vaultKey, keys, row.value, logs.value)
    return ok(undefined)
  }

  async #open(vaultKey: Bytes, keys: VaultKeys, row: AccountRow, logs: OpenLogs, fill?: FillRecord): Promise<void> {
    const account = await Account.start(this.#ports, keys, row, logs)
    const about = { person: await logs.home.person() }
    const record = await this.#openRecord(account, keys, () => about.person)
    const kit = await readKit(this.#ports.store, keys.kit)
    // A crash, or a refusal, between the confirmation and this: confirmed here or elsewhere, R is kept on no device.
    if (kit.ok && about.person.kitConfirmed) await this.#ports.store.commit([KIT_REMOVAL])
    await fill?.(record)
    const vault: OpenVault = { vaultKey, keys, account, record, hadKit: kit.ok, about }
    this.#slot.put(vault)
    this.#tellOpen(vault)
  }

  /** A section goes on in another log. Who looks at the record sees the new one; what was noted to be undone is forgotten. */
  #reopenRecord(vault: OpenVault): void {
    this.#reopening = this.#reopening
      .then(() => this.#openAgain(vault))
      .catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#slot.open === vault) throw cause
      })
  }

  async #openAgain(vault: OpenVault): Promise<void> {
    if (this.#slot.open !== vault) return
    const before = vault.record
    await before.idle()
    await before.flushIndex()
    const next = await this.#openRecord(vault.account, vault.keys, () => vault.about.person)
    if (this.#slot.open === vault) this.#slot.replaceRecord(next)
    else next.dispose()
    before.dispose()
  }

  async #personChanged(vault: OpenVault): Promise<void> {
    const person = await vault.account.logs.home.person()
    if (this.#slot.open !== vault) return
    vault.about.person = person
    vault.record.refresh()
    this.#tellOpen(vault)
  }

  #tellOpen({ about: { person }, hadKit }: OpenVault): void {
    this.state.set({
      kind: 'open',
      personName: person.name,
      birthDate: person.birthDate,
      isSample: person.isSample,
      kitConfirmed: person.kitConfirmed || person.isSample,
      kitIsHere: hadKit && !person.kitConfirmed,
    })
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
