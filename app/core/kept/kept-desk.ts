import { wipe } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { homeLogOf } from '../home/create-account.ts'
import {
  type GuardianFailure,
  type KeepFailure,
  type KeepRecord,
  type KeptRecords,
  ROOM_METHODS,
} from '../kept-session.ts'
import type { Ports } from '../ports.ts'
import type { RecoverFailure, RecoveryKit, Stop } from '../session.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { Watched } from '../watched.ts'
import { GuardianDesk } from './guardian-desk.ts'
import { HandOverDesk } from './hand-over-desk.ts'
import { KeptClerk } from './kept-clerk.ts'
import {
  actingDevice,
  answerOffer,
  endKept,
  type GuardianDevice,
  KEPT_SHARD,
  type KeptEnd,
  type KnownKept,
  putKeptPerson,
} from './kept-document.ts'
import { KeptRoom } from './kept-room.ts'
import { isOffer, RECORD_ACTS, shownOffer, shownPast, shownRecord } from './kept-view.ts'
import { changeKept, keptVaultKey, knownKept, makeKept, recoverKept } from './new-kept.ts'
import { dropScopes, keptPorts, storedDevice, unsentIn } from './open-kept.ts'
import { SILENT_LINK } from './silent-link.ts'

type AnyMethod = (...args: readonly unknown[]) => unknown

const NOTHING: KeptRecords = { records: [], offers: [], past: [] }
const RETRY_MS = 60_000
const MAX_NAME_LENGTH = 100

export interface KeptDeps {
  readonly ports: Ports
  /** Of one's own record. */
  readonly slot: VaultSlot
  readonly vault: Pick<VaultDesk, 'checkPassphrase'>
  readonly people: PeopleDesk
  readonly isOnline: () => boolean
}

/** Records that this person keeps for others: each opens with the vault, in a room of its own. */
export class KeptDesk {
  readonly kept = new Watched<KeptRecords>(NOTHING)
  /** Who manages one's own record. */
  readonly managers: GuardianDesk
  /** One's own record is handed over to nobody. */
  readonly noHandOver: HandOverDesk
  readonly #deps: KeptDeps
  readonly #rooms = new Map<LogId, KeptRoom>()
  /** Called when rooms came or went. */
  readonly #listeners = new Set<() => void>()
  #own: OpenVault | undefined
  #following: Promise<void> = Promise.resolve()
  /** Since the last unlock. */
  #firstLook: Promise<void> = Promise.resolve()
  #cancelRetry: (() => void) | undefined

  constructor(deps: KeptDeps) {
    this.#deps = deps
    const { ports, slot, people, vault } = deps
    const { store, clock } = ports
    const acting = { store, clock, slot, people, vault, purpose: 'manager' } as const
    this.managers = new GuardianDesk(acting)
    this.noHandOver = new HandOverDesk(acting, this.managers)
    people.employ(new KeptClerk({ clock, people, managers: this.managers, rooms: this.#rooms, own: () => this.#own }))
    slot.onOpen(own => this.#follow(own))
  }

  async keepRecord(
    request: KeepRecord,
  ): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>> {
    const own = this.#own
    if (own === undefined) return fail({ kind: 'not-here' })
    const name = request.personName.trim().slice(0, MAX_NAME_LENGTH)
    if (name === '') return fail({ kind: 'invalid', field: 'name' })
    const made = this.#following.then(() => makeKept(this.#deps.ports, own, { ...request, personName: name }))
    this.#following = made.then(
      () => undefined,
      () => undefined,
    )
    const answer = await made
    await this.#followSoon()
    return answer.ok ? answer : fail({ kind: 'not-stored', why: answer.failure })
  }

  /** To an offer. Once accepted, the record comes from the relay. */
  async answer(id: string, answer: 'accept' | 'decline', passphrase = ''): Promise<Result<void, GuardianFailure>> {
    const own = this.#own
    const offer = own && (await knownKept(own)).find(one => one.id === id && isOffer(one))
    if (own === undefined) return fail({ kind: 'not-here' })
    if (offer === undefined) return fail({ kind: 'not-found' })
    if (offer.purpose === 'hand-over' && answer === 'accept') {
      const unlocked = await this.#unlocked(passphrase)
      if (!unlocked.ok) return unlocked
    }
    const given = answer === 'accept' ? 'accepted' : 'declined'
    const kept = await changeKept(own, doc => answerOffer(doc, offer.id, given))
    this.#deps.people.roundSoon()
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }

  /** Ends it for this person: one of the other guardians' devices removes theirs. Refused to the last guardian. */
  async leave(id: string): Promise<Result<void, GuardianFailure>> {
    const room = this.#room(id)
    const logId = LogId.parse(id)
    if (room === undefined || logId === undefined) return fail({ kind: 'not-found' })
    if (room.isOut) {
      await this.#close(logId, room)
      await dropScopes(this.#deps.ports.store, other => other !== id)
      await this.#followSoon()
      return ok(undefined)
    }
    const left = await room.leave()
    if (!left.ok) return left
    await this.#end(logId, 'left')
    return ok(undefined)
  }

  /** Its words are enough: the record opens here and is brought over by itself. */
  async takeOverByWords(request: {
    readonly words: string
    readonly passphrase: string
  }): Promise<Result<void, GuardianFailure | RecoverFailure>> {
    const own = this.#own
    if (own === undefined) return fail({ kind: 'not-here' })
    const root = rootOfWords(request.words)
    if (!root.ok) return fail({ kind: 'words', check: root.failure })
    const unlocked = await this.#unlocked(request.passphrase)
    if (!unlocked.ok) return unlocked
    const id = homeLogOf(root.value)
    const isHere = this.#rooms.has(id) || own.account.logs.home.log.id === id
    const opened = isHere ? undefined : this.#following.then(() => recoverKept(this.#deps.ports, own, id, root.value))
    if (opened === undefined) return fail({ kind: 'already-in' })
    this.#following = opened.then(
      () => undefined,
      () => undefined,
    )
    const answer = await opened
    wipe(root.value)
    await this.#followSoon()
    this.#deps.people.roundSoon()
    return answer
  }

  /** After an unlock, what is here is opened first. */
  async ask(id: string, method: string, args: readonly unknown[]): Promise<{ readonly answer: unknown } | undefined> {
    if (this.#room(id) === undefined) await this.#firstLook
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

  /**
   * Before this person's last device deletes everything: other guardians' lists are to be true. What only this person keeps stays at the
   * relay, for whoever has its words.
   */
  async leaveAll(): Promise<void> {
    const own = this.#own?.account
    const isLast = own?.keyring.devices.every(one => one.removedAt !== undefined || one.deviceId === own.deviceId)
    if (isLast !== true) return
    const rooms = [...this.#rooms.values()].filter(room => !room.isOut)
    await Promise.all(rooms.map(room => room.leave()))
  }

  /** Those that are open and still this person's to keep. */
  openRecords(): readonly { readonly id: LogId; readonly vault: OpenVault }[] {
    return [...this.#rooms].flatMap(([id, room]) => {
      const vault = room.isOut ? undefined : room.slot.open
      return vault === undefined ? [] : [{ id, vault }]
    })
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
    const room = this.#room(id)
    if (room?.isReadOnly === true && RECORD_ACTS.has(name)) return async () => fail({ kind: 'not-allowed' })
    const methods = room?.session as unknown as Record<string, AnyMethod> | undefined
    return Object.hasOwn(ROOM_METHODS, name) ? methods?.[name] : undefined
  }

  #follow(own: OpenVault): () => void {
    const { account } = own
    if (account.row.isSample || account.isShutOut) return () => undefined
    this.#own = own
    const stop = account.logs.home.watch(KEPT_SHARD, () => void this.#followSoon())
    this.#deps.slot.beforeClose(() => this.#closeAll())
    this.#firstLook = this.#followSoon()
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
    const known = await knownKept(own)
    const going = known.filter(record => record.endedBy === undefined && record.isAccepted)
    const out = await this.#withUnsent(known)
    const ids = new Set<string>([...going, ...out].map(record => record.id))
    for (const [id, room] of this.#rooms) if (!ids.has(id)) await this.#close(id, room)
    await dropScopes(this.#deps.ports.store, id => ids.has(id))
    let isWaiting = false
    for (const record of going) {
      if (this.#own !== own) return
      isWaiting = !(await this.#openOne(own, record)) || isWaiting
    }
    for (const record of out) if (this.#own === own) await this.#openOut(own, record)
    this.#cancelRetry?.()
    if (isWaiting) this.#cancelRetry = this.#deps.ports.clock.after(RETRY_MS, () => void this.#followSoon())
    await this.#tell(own, known)
  }

  /** This person is out, but what was written here last reached nobody: it stays to be read. */
  async #withUnsent(known: readonly KnownKept[]): Promise<readonly KnownKept[]> {
    const out: KnownKept[] = []
    for (const record of known) {
      const isOver = record.endedBy === 'removed' || record.endedBy === 'handed-over' || record.endedBy === 'expired'
      // Offered once more: it is theirs again when they accept.
      const isOut = isOver || isOffer(record)
      if (isOut && (await this.#unsent(record.id)) > 0) out.push(record)
    }
    return out
  }

  #unsent(id: LogId): Promise<number> {
    return unsentIn(keptPorts(this.#deps.ports, id).store, id)
  }

  async #openOut(own: OpenVault, record: KnownKept): Promise<void> {
    const there = this.#rooms.get(record.id)
    if (there?.isOut === true) return
    if (there !== undefined) await this.#close(record.id, there)
    const vaultKey = keptVaultKey(own, record.id)
    const device = await storedDevice(keptPorts(this.#deps.ports, record.id).store, vaultKeys(vaultKey))
    wipe(vaultKey)
    if (device !== undefined) await this.#openWith(own, record, device, true)
  }

  /** False when it has to be tried again. */
  async #openOne(own: OpenVault, record: KnownKept): Promise<boolean> {
    const device = actingDevice(record)
    const there = this.#rooms.get(record.id)
    if (device === undefined || there?.device.deviceId === device.deviceId) return true
    if (there !== undefined) await this.#close(record.id, there)
    return this.#openWith(own, record, device)
  }

  async #openWith(own: OpenVault, record: KnownKept, device: GuardianDevice, isOut = false): Promise<boolean> {
    const relay = isOut ? SILENT_LINK : own.account.link
    const room = new KeptRoom({ ...keptPorts(this.#deps.ports, record.id), relay }, device, {
      vault: this.#deps.vault,
      people: this.#deps.people,
      purpose: record.purpose,
      isOut,
      isOnline: () => !isOut && this.#deps.isOnline(),
      onPerson: ({ name, birthDate }) => void this.#keepPerson(record.id, name, birthDate),
      onRemoved: () => void this.#removed(record.id),
      onKeyring: () => record.purpose === 'hand-over' && this.#deps.people.roundSoon(),
    })
    const opened = await room.open(keptVaultKey(own, record.id), record)
    if (opened.ok && this.#own === own) {
      this.#rooms.set(record.id, room)
      this.#changed()
      room.handOver.handOver.watch(() => void this.#followSoon())
      const { principal } = own.account.keyring
      if (record.purpose !== 'hand-over' && !isOut) await room.guardians.introduce(principal, own.about.person.name)
      return true
    }
    await room.close()
    return false
  }

  async #keepPerson(id: LogId, name: string, birthDate: string): Promise<void> {
    const own = this.#own
    const known = own && (await knownKept(own)).find(record => record.id === id)
    const isSame = known?.name === name && known.birthDate === birthDate
    if (own !== undefined && !isSame) await changeKept(own, doc => putKeptPerson(doc, id, name, birthDate))
  }

  /** What was being written is stored first, so that it is found. */
  async #removed(id: LogId): Promise<void> {
    const room = this.#rooms.get(id)
    const plan = room?.handOver.plan
    await room?.session.flush()
    const now = this.#deps.people.sharing?.office.now() ?? this.#deps.ports.clock.now()
    const isHandedOver = plan !== undefined && (plan.takenAt !== undefined || plan.isEarly || now >= plan.at)
    await this.#end(id, isHandedOver ? 'handed-over' : 'removed')
  }

  async #unlocked(passphrase: string): Promise<Result<void, GuardianFailure>> {
    const checked = await this.#deps.vault.checkPassphrase(passphrase)
    if (checked.ok) return checked
    const { kind } = checked.failure
    return fail({ kind: kind === 'wrong-passphrase' ? kind : 'locked' })
  }

  async #end(id: LogId, endedBy: KeptEnd): Promise<void> {
    if (this.#own !== undefined) await changeKept(this.#own, doc => endKept(doc, id, endedBy))
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

  async #tell(own: OpenVault, known: readonly KnownKept[]): Promise<void> {
    const book = await this.#deps.people.sharing?.office.book()
    const unsent = new Map<LogId, number>()
    for (const record of await this.#withUnsent(known)) unsent.set(record.id, await this.#unsent(record.id))
    if (this.#own !== own) return
    const people = new Map(book?.contacts.map(one => [one.card.idSign as string, one.name] as const))
    const nameOf = (record: KnownKept) => book?.contacts.find(one => one.id === record.contact)?.name ?? ''
    this.kept.set({
      records: known
        .filter(record => unsent.has(record.id) || (record.endedBy === undefined && record.isAccepted))
        .map(record => shownRecord(record, this.#rooms.get(record.id), unsent.get(record.id))),
      offers: known.filter(isOffer).map(record => shownOffer(record, nameOf(record), people)),
      past: known.filter(record => !unsent.has(record.id)).flatMap(record => shownPast(record, people)),
    })
  }
}
