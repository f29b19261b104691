import { wipe } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { deleteAtRelay } from '../devices/leave.ts'
import { homeLogOf } from '../home/create-account.ts'
import {
  type GuardianFailure,
  type KeepFailure,
  type KeepRecord,
  type KeptRecord,
  type KeptRecords,
} from '../kept-session.ts'
import { ROOM_METHODS, TOGETHER_METHODS } from '../room-session.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { RecoverFailure, RecoveryKit, Stop } from '../session.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import { Turns } from '../turns.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { Watched } from '../watched.ts'
import { GuardianDesk } from './guardian-desk.ts'
import { HandOverDesk } from './hand-over-desk.ts'
import { KeptClerk } from './kept-clerk.ts'
import { answerOffer, endKept, putAway } from './kept-changes.ts'
import { KEPT_SHARD, type KnownKept } from './kept-document.ts'
import type { KeptRoom } from './kept-room.ts'
import { KeptRooms } from './kept-rooms.ts'
import { isOffer, isTakenBack, RECORD_ACTS, shownOffer, shownPast, shownRecord } from './kept-view.ts'
import { changeKept, knownKept, makeKept, recoverKept } from './new-kept.ts'
import { dropScopes } from './open-kept.ts'
import { SAID_SHARD } from './said-over.ts'

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
  readonly circles = new Watched<readonly KeptRecord[]>([])
  /** Who manages one's own record. */
  readonly managers: GuardianDesk
  /** One's own record is handed over to nobody. */
  readonly noHandOver: HandOverDesk
  readonly #deps: KeptDeps
  readonly #rooms: KeptRooms
  #own: OpenVault | undefined
  readonly #following = new Turns()
  /** Since the last unlock. */
  #firstLook: Promise<void> = Promise.resolve()
  #cancelRetry: (() => void) | undefined

  constructor(deps: KeptDeps) {
    this.#deps = deps
    const { ports, slot, people, vault } = deps
    const { store, clock } = ports
    const own = () => this.#own
    this.#rooms = new KeptRooms({ ...deps, own, onNews: () => void this.#followSoon() })
    const acting = { store, clock, slot, people, vault, purpose: 'manager' } as const
    this.managers = new GuardianDesk(acting)
    this.noHandOver = new HandOverDesk(acting, this.managers)
    people.employ(new KeptClerk({ clock, people, managers: this.managers, rooms: this.#rooms, own }))
    slot.onOpen(own => this.#follow(own))
  }

  async keepRecord(
    request: KeepRecord,
  ): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>> {
    const own = this.#own
    if (own === undefined) return fail({ kind: 'not-here' })
    const name = request.personName.trim().slice(0, MAX_NAME_LENGTH)
    if (name === '') return fail({ kind: 'invalid', field: 'name' })
    const make = () => makeKept(this.#deps.ports, own, { ...request, personName: name })
    const answer = await this.#following.next(make)
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
    const noted = await changeKept(own, doc => answerOffer(doc, offer.id, given))
    this.#deps.people.roundSoon()
    return asFailure(noted)
  }

  /**
   * Ends it for this person: one of the other guardians' devices removes theirs. Refused to the last guardian. Of one that is over, or
   * that the relay refuses, nothing is left here, and it is told of no more.
   */
  async leave(id: string): Promise<Result<void, GuardianFailure>> {
    const own = this.#own
    const record = own && (await knownKept(own)).find(one => one.id === id)
    if (own === undefined || record === undefined) return fail({ kind: 'not-found' })
    const room = this.#rooms.get(record.id)
    // Nobody else acts with it, and who has to know was told.
    if (record.relation === 'circle') {
      await deleteOwn(room)
      return this.#drop(own, record)
    }
    if (room === undefined || room.isOut) return this.#putAway(own, record)
    const left = await room.leave()
    return left.ok ? asFailure(await changeKept(own, doc => endKept(doc, record.id, 'left'))) : left
  }

  async #drop(own: OpenVault, { id }: KnownKept): Promise<Result<void, GuardianFailure>> {
    const noted = await changeKept(own, doc => {
      endKept(doc, id, 'left')
      putAway(doc, id)
    })
    await this.#followSoon()
    return asFailure(noted)
  }

  async #putAway(own: OpenVault, record: KnownKept): Promise<Result<void, GuardianFailure>> {
    const isRefused = this.#rooms.isNotServed(record.id) || this.#rooms.get(record.id) !== undefined
    if (record.endedBy === undefined && !isRefused) return fail({ kind: 'not-found' })
    const endedBy = isTakenBack(record) ? 'withdrawn' : 'put-away'
    const noted = await changeKept(own, doc => {
      endKept(doc, record.id, endedBy)
      putAway(doc, record.id)
    })
    if (!noted.ok) return asFailure(noted)
    await this.#rooms.close(record.id)
    await dropScopes(this.#deps.ports.store, other => other !== record.id)
    await this.#followSoon()
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
    const isHere = this.#rooms.get(id) !== undefined || own.account.logs.home.log.id === id
    if (isHere) return fail({ kind: 'already-in' })
    const answer = await this.#following.next(() => recoverKept(this.#deps.ports, own, id, root.value))
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

  /** Not before it is known what is kept: nobody is told of nothing where there is something. */
  async watchKept(listener: (kept: KeptRecords) => void): Promise<Stop> {
    await this.#firstLook
    return this.kept.watch(listener)
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
    const stopWatching = this.#rooms.watch(look)
    look()
    await stop
    return () => {
      stopWatching()
      leave()
    }
  }

  /**
   * Before this person's last device deletes everything, or `everywhere`: other guardians' lists are to be true, and circles hear that they
   * are gone. What only this person keeps stays at the relay, for whoever has its words.
   */
  async leaveAll(everywhere = false): Promise<void> {
    const own = this.#own?.account
    const isLast = own?.keyring.devices.every(one => one.removedAt !== undefined || one.deviceId === own.deviceId)
    if (this.#own === undefined || (!everywhere && isLast !== true)) return
    const circles = new Set(
      (await knownKept(this.#own)).flatMap(({ id, relation }) => (relation === 'circle' ? id : [])),
    )
    const rooms = [...this.#rooms].filter(([, room]) => !room.isOut)
    await Promise.all(
      rooms.map(async ([id, room]) => {
        if (!circles.has(id)) return room.leave()
        await room.session.leaveCircle()
        return deleteOwn(room)
      }),
    )
  }

  /** Those that are open and still this person's to keep, once all that can be opened are; and the names of those that are not here. */
  async openRecords(): Promise<{
    readonly open: readonly { readonly id: LogId; readonly vault: OpenVault }[]
    readonly missing: readonly string[]
  }> {
    await this.#following.idle()
    const open = [...this.#rooms].flatMap(([id, room]) => {
      const vault = room.isOut ? undefined : room.slot.open
      return vault === undefined ? [] : [{ id, vault }]
    })
    const known = this.#own === undefined ? [] : await knownKept(this.#own)
    const going = known.filter(record => record.endedBy === undefined && record.isAccepted)
    const missing = going.filter(record => open.every(one => one.id !== record.id))
    return { open, missing: missing.map(record => record.name) }
  }

  setOnline(isOnline: boolean): void {
    for (const [, room] of this.#rooms) room.setOnline(isOnline)
  }

  /** Reaches for the relay of each record that is open. */
  tryNow(): void {
    for (const [, room] of this.#rooms) void room.slot.open?.account.tryNow()
  }

  async flush(): Promise<void> {
    for (const [, room] of this.#rooms) await room.session.flush()
  }

  #room(id: string): KeptRoom | undefined {
    const logId = LogId.parse(id)
    return logId && this.#rooms.get(logId)
  }

  #method(id: string, name: string): AnyMethod | undefined {
    const room = this.#room(id)
    if (room?.isReadOnly === true && RECORD_ACTS.has(name)) return async () => fail({ kind: 'not-allowed' })
    if (room?.isManaged === true && TOGETHER_METHODS.has(name)) return undefined
    const methods = room?.session as unknown as Record<string, AnyMethod> | undefined
    return Object.hasOwn(ROOM_METHODS, name) ? methods?.[name] : undefined
  }

  #follow(own: OpenVault): () => void {
    const { account } = own
    if (account.row.isSample || account.isRemoved) return () => undefined
    this.#own = own
    const stops = [KEPT_SHARD, SAID_SHARD].map(label => account.logs.home.watch(label, () => void this.#followSoon()))
    this.#deps.slot.beforeClose(() => this.#closeAll())
    void this.#followSoon()
    this.#firstLook = this.#following.idle()
    return () => {
      for (const stop of stops) stop()
      this.#cancelRetry?.()
      this.#own = undefined
      this.kept.set(NOTHING)
      this.circles.set([])
    }
  }

  /** Brings the open rooms level with the keyring. */
  #followSoon(): Promise<void> {
    return this.#following
      .next(() => this.#followNow())
      .catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#own !== undefined) throw cause
      })
  }

  async #followNow(): Promise<void> {
    const own = this.#own
    if (own === undefined) return
    const known = await knownKept(own)
    const isOpen = await this.#rooms.follow(own, known)
    await this.#tell(own, known)
    if (this.#own !== own) return
    await this.#rooms.followEnds(own, known)
    const isLevel = await this.#rooms.endRemoved(own, known)
    this.#cancelRetry?.()
    if (!isOpen || !isLevel) this.#cancelRetry = this.#deps.ports.clock.after(RETRY_MS, () => void this.#followSoon())
  }

  async #unlocked(passphrase: string): Promise<Result<void, GuardianFailure>> {
    const checked = await this.#deps.vault.checkPassphrase(passphrase)
    if (checked.ok) return checked
    const { kind } = checked.failure
    return fail({ kind: kind === 'wrong-passphrase' ? kind : 'locked' })
  }

  async #closeAll(): Promise<void> {
    await this.#following.idle()
    await this.#rooms.closeAll()
  }

  async #tell(own: OpenVault, known: readonly KnownKept[]): Promise<void> {
    const book = await this.#deps.people.sharing?.office.book()
    const unsent = new Map<LogId, number>()
    const refused = known.filter(record => this.#rooms.get(record.id)?.isOut)
    for (const record of [...refused, ...(await this.#rooms.outWithUnsent(known))])
      unsent.set(record.id, await this.#rooms.unsent(record.id))
    if (this.#own !== own) return
    const people = new Map(book?.contacts.map(one => [one.card.idSign as string, one.name] as const))
    const nameOf = (record: KnownKept) => book?.contacts.find(one => one.id === record.contact)?.name ?? ''
    const shown = (record: KnownKept) => {
      const room = this.#rooms.get(record.id)
      const isNotServed = this.#rooms.isNotServed(record.id)
      return shownRecord(record, { room, isNotServed, contactName: nameOf(record) }, unsent.get(record.id))
    }
    const here = known.filter(record => unsent.has(record.id) || (record.endedBy === undefined && record.isAccepted))
    this.circles.set(here.filter(({ relation, endedBy }) => relation === 'circle' && endedBy === undefined).map(shown))
    this.kept.set({
      records: here.filter(({ relation }) => relation !== 'circle').map(shown),
      offers: known.filter(isOffer).map(record => shownOffer(record, nameOf(record), people)),
      past: known
        .filter(({ id, relation }) => !unsent.has(id) && relation !== 'circle')
        .flatMap(record => shownPast(record, people)),
    })
  }
}

/** What an account for a circle has at the relay, as far as that can be reached: what others said is in their own logs, or their devices. */
async function deleteOwn(room: KeptRoom | undefined): Promise<void> {
  const account = room?.slot.open?.account
  if (account !== undefined && room?.isOut === false) await deleteAtRelay(account)
}

function asFailure(noted: Result<void, StoreFailure>): Result<void, GuardianFailure> {
  return noted.ok ? noted : fail({ kind: 'not-stored', why: noted.failure })
}
