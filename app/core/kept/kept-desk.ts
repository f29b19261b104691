import { deriveKey } from '#crypto/hash.ts'
import { randomBytes, wipe } from '#crypto/sodium.ts'
import { DeviceId, idBytes, LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { accountWrite, deviceKeys } from '../home/account-row.ts'
import { createAccount, homeLogOf, storeAccount } from '../home/create-account.ts'
import { type KeepFailure, type KeepRecord, type KeptRecord, type KeptRecords, ROOM_METHODS } from '../kept-session.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { RecoveryKit, Stop } from '../session.ts'
import { kitOf } from '../vault/kit.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { kitWrite } from '../vault/vault-store.ts'
import { Watched } from '../watched.ts'
import {
  endKept,
  KEPT_SHARD,
  type KeptDocument,
  type KnownKept,
  putKept,
  putKeptPerson,
  readKept,
} from './kept-document.ts'
import { KeptRoom } from './kept-room.ts'
import { dropScopes, keptPorts } from './open-kept.ts'

type Bytes = Uint8Array<ArrayBuffer>
type AnyMethod = (...args: readonly unknown[]) => unknown

const NOTHING: KeptRecords = { records: [] }
const RETRY_MS = 60_000
const MAX_NAME_LENGTH = 100

/** Records that this person keeps for others: each opens with the vault, in a room of its own. */
export class KeptDesk {
  readonly kept = new Watched<KeptRecords>(NOTHING)
  readonly #ports: Ports
  readonly #vault: Pick<VaultDesk, 'checkPassphrase'>
  readonly #isOnline: () => boolean
  readonly #rooms = new Map<LogId, KeptRoom>()
  /** Called when rooms came or went. */
  readonly #listeners = new Set<() => void>()
  #own: OpenVault | undefined
  #following: Promise<void> = Promise.resolve()
  #cancelRetry: (() => void) | undefined

  constructor(ports: Ports, slot: VaultSlot, vault: Pick<VaultDesk, 'checkPassphrase'>, isOnline: () => boolean) {
    this.#ports = ports
    this.#vault = vault
    this.#isOnline = isOnline
    slot.onOpen(own => this.#follow(own, slot))
  }

  async keepRecord(
    request: KeepRecord,
  ): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>> {
    const own = this.#own
    if (own === undefined) return fail({ kind: 'not-here' })
    const name = request.personName.trim().slice(0, MAX_NAME_LENGTH)
    if (name === '') return fail({ kind: 'invalid', field: 'name' })
    const made = this.#following.then(() => this.#make(own, { ...request, personName: name }))
    this.#following = made.then(
      () => undefined,
      () => undefined,
    )
    const answer = await made
    await this.#followSoon()
    return answer.ok ? answer : fail({ kind: 'not-stored', why: answer.failure })
  }

  async ask(id: string, method: string, args: readonly unknown[]): Promise<{ readonly answer: unknown } | undefined> {
    const ask = this.#method(id, method)
    return ask === undefined ? undefined : { answer: await ask(...args) }
  }

  /** Goes on when the record is opened again. */
  async watch(id: string, method: string, args: readonly unknown[], listener: (told: never) => void): Promise<Stop> {
    let followed: KeptRoom | undefined
    let stop: Promise<Stop> | undefined
    const leave = () => void stop?.then(end => end())
    const look = () => {
      const room = this.#room(id)
      if (room === followed) return
      leave()
      followed = room
      stop = this.#method(id, method)?.(...args, listener) as Promise<Stop> | undefined
    }
    this.#listeners.add(look)
    look()
    await stop
    return () => {
      this.#listeners.delete(look)
      leave()
    }
  }

  setOnline(isOnline: boolean): void {
    for (const room of this.#rooms.values()) room.setOnline(isOnline)
  }

  async flush(): Promise<void> {
    for (const room of this.#rooms.values()) await room.session.flush()
  }

  #room(id: string): KeptRoom | undefined {
    const logId = LogId.parse(id)
    return logId && this.#rooms.get(logId)
  }

  #method(id: string, name: string): AnyMethod | undefined {
    const methods = this.#room(id)?.session as unknown as Record<string, AnyMethod> | undefined
    return Object.hasOwn(ROOM_METHODS, name) ? methods?.[name] : undefined
  }

  #follow(own: OpenVault, slot: VaultSlot): () => void {
    const { account } = own
    if (account.row.isSample || account.isShutOut) return () => undefined
    this.#own = own
    const stop = account.logs.home.watch(KEPT_SHARD, () => void this.#followSoon())
    slot.beforeClose(() => this.#closeAll())
    void this.#followSoon()
    return () => {
      stop()
      this.#cancelRetry?.()
      this.#own = undefined
      this.kept.set(NOTHING)
    }
  }

  /** Brings the open rooms level with the keyring. */
  #followSoon(): Promise<void> {
    this.#following = this.#following
      .then(() => this.#followNow())
      .catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#own !== undefined) throw cause
      })
    return this.#following
  }

  async #followNow(): Promise<void> {
    const own = this.#own
    if (own === undefined) return
    const going = (await this.#known(own)).filter(record => record.endedBy === undefined)
    const ids = new Set<string>(going.map(record => record.id))
    for (const [id, room] of this.#rooms) if (!ids.has(id)) await this.#close(id, room)
    await dropScopes(this.#ports.store, id => ids.has(id))
    let isWaiting = false
    for (const record of going) {
      if (this.#own !== own) return
      isWaiting = !(await this.#openOne(own, record)) || isWaiting
    }
    this.#cancelRetry?.()
    if (isWaiting) this.#cancelRetry = this.#ports.clock.after(RETRY_MS, () => void this.#followSoon())
    this.#tell(going)
  }

  /** False when it has to be tried again. */
  async #openOne(own: OpenVault, record: KnownKept): Promise<boolean> {
    if (this.#rooms.has(record.id)) return true
    const [device] = record.devices
    if (device === undefined) return true
    const room = new KeptRoom(keptPorts(this.#ports, record.id), {
      vault: this.#vault,
      isOnline: this.#isOnline,
      onPerson: ({ name, birthDate }) => void this.#keepPerson(record.id, name, birthDate),
      onRemoved: () => void this.#end(record.id),
    })
    const opened = await room.open(this.#keyOf(own, record.id), record, device)
    if (opened.ok && this.#own === own) {
      this.#rooms.set(record.id, room)
      this.#changed()
      return true
    }
    await room.close()
    if (!opened.ok && opened.failure === 'removed') await this.#end(record.id)
    return !opened.ok && opened.failure === 'removed'
  }

  async #keepPerson(id: LogId, name: string, birthDate: string): Promise<void> {
    const own = this.#own
    const known = own && (await this.#known(own)).find(record => record.id === id)
    const isSame = known?.name === name && known.birthDate === birthDate
    if (own !== undefined && !isSame) await change(own, doc => putKeptPerson(doc, id, name, birthDate))
  }

  async #end(id: LogId): Promise<void> {
    if (this.#own !== undefined) await change(this.#own, doc => endKept(doc, id, 'removed'))
  }

  async #make(
    own: OpenVault,
    { personName, birthDate, relation }: KeepRecord,
  ): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, StoreFailure>> {
    const rootSecret = randomBytes(32)
    // Where its rows stand is named by the home log, which R fixes: known only once the account is made.
    const id = homeLogOf(rootSecret)
    const vaultKey = this.#keyOf(own, id)
    const keys = vaultKeys(vaultKey)
    const { store, clock, random } = keptPorts(this.#ports, id)
    const deviceName = own.about.person.name
    const account = await createAccount({ store, clock, random, localKey: keys.local }, rootSecret, {
      name: personName,
      birthDate,
      deviceName,
      isSample: false,
    })
    const also = [accountWrite(keys.account, account.row), kitWrite(keys.kit, rootSecret)]
    const stored = await storeAccount(store, account, also)
    const kit = kitOf(rootSecret, (await account.home.person()).kitMadeAt)
    for (const log of [account.home.log, ...account.sections.values()]) log.dispose()
    wipe(rootSecret)
    wipe(vaultKey)
    if (!stored.ok) return stored
    const { seeds, chain, principal, homeGenesis, homeKeys } = account.row
    const madeAt = clock.now()
    const device = { deviceId: DeviceId.of(deviceKeys(seeds).device.publicKey), seeds, chain, madeAt }
    const entry = {
      id,
      name: personName,
      birthDate,
      relation,
      addedAt: madeAt,
      principal,
      homeGenesis,
      homeKeys,
      device,
    }
    const noted = await change(own, doc => putKept(doc, entry))
    return noted.ok ? ok({ keptId: id, kit }) : noted
  }

  #keyOf(own: OpenVault, id: LogId): Bytes {
    return deriveKey(own.vaultKey, 'vault.kept', idBytes(id))
  }

  async #known(own: OpenVault): Promise<KnownKept[]> {
    return readKept(await own.account.logs.home.log.read<KeptDocument>(KEPT_SHARD))
  }

  async #close(id: LogId, room: KeptRoom): Promise<void> {
    this.#rooms.delete(id)
    await room.close()
    this.#changed()
  }

  async #closeAll(): Promise<void> {
    await this.#following
    for (const [id, room] of this.#rooms) await this.#close(id, room)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #tell(going: readonly KnownKept[]): void {
    if (this.#own === undefined) return
    const records = going.map(
      ({ id, name, birthDate, relation, addedAt }): KeptRecord => ({
        keptId: id,
        name,
        birthDate,
        relation,
        addedAt,
        state: this.#rooms.has(id) ? 'open' : 'fetching',
      }),
    )
    this.kept.set({ records })
  }
}

async function change(own: OpenVault, edit: (doc: KeptDocument) => void): Promise<Result<void, StoreFailure>> {
  const { log } = own.account.logs.home
  await log.change<KeptDocument>(KEPT_SHARD, edit)
  return log.flush()
}
