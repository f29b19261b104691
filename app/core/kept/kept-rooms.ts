import { wipe } from '#crypto/sodium.ts'
import type { LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import type { Ports } from '../ports.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { endKept, type KeptPerson, putKeptPerson, putKeptRelay, putKeptUntil } from './kept-changes.ts'
import { actingDevice, type GuardianDevice, type KeptEnd, type KnownKept } from './kept-document.ts'
import { KeptRoom } from './kept-room.ts'
import { isOffer } from './kept-view.ts'
import { changeKept, keptVaultKey, knownKept } from './new-kept.ts'
import { dropScopes, keptPorts, storedDevice, unsentIn } from './open-kept.ts'
import { SILENT_LINK } from '../sync/silent-link.ts'

/** This person is out of it; what was written on a device and reached nobody stays there to be read. */
const OUT: ReadonlySet<KeptEnd | undefined> = new Set(['removed', 'handed-over', 'expired', 'put-away'])

export interface RoomsDeps {
  readonly ports: Ports
  readonly vault: Pick<VaultDesk, 'checkPassphrase'>
  readonly people: PeopleDesk
  readonly isOnline: () => boolean
  /** One's own, while it is unlocked. */
  readonly own: () => OpenVault | undefined
  /** What a room says has changed, or its end is to be looked at. */
  readonly onNews: () => void
}

/** The kept records that are open on this device, level with what the keyring says of each. */
export class KeptRooms implements Iterable<readonly [LogId, KeptRoom]> {
  readonly #deps: RoomsDeps
  readonly #rooms = new Map<LogId, KeptRoom>()
  /** Not here, and the relay does not give them out. */
  readonly #notServed = new Set<LogId>()
  /** Called when rooms came or went. */
  readonly #listeners = new Set<() => void>()

  constructor(deps: RoomsDeps) {
    this.#deps = deps
  }

  [Symbol.iterator](): Iterator<readonly [LogId, KeptRoom]> {
    return this.#rooms[Symbol.iterator]()
  }

  get(id: LogId): KeptRoom | undefined {
    return this.#rooms.get(id)
  }

  isNotServed(id: LogId): boolean {
    return this.#notServed.has(id)
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Opens and closes; false when it has to be tried again. */
  async follow(own: OpenVault, known: readonly KnownKept[]): Promise<boolean> {
    const going = known.filter(record => record.endedBy === undefined && record.isAccepted)
    const out = await this.outWithUnsent(known)
    const ids = new Set<string>([...going, ...out].map(record => record.id))
    for (const [id] of this.#rooms) if (!ids.has(id)) await this.close(id)
    await dropScopes(this.#deps.ports.store, id => ids.has(id))
    let isLevel = true
    for (const record of going) {
      if (this.#deps.own() !== own) return true
      isLevel = (await this.#openOne(own, record)) && isLevel
    }
    for (const record of out) if (this.#deps.own() === own) await this.#openOut(own, record)
    return isLevel
  }

  /**
   * Ends, for all of this person's devices, the records from which they were removed by somebody who may: the relay's word alone ends
   * nothing. False when it has to be tried again.
   */
  async endRemoved(own: OpenVault, known: readonly KnownKept[]): Promise<boolean> {
    let isLevel = true
    for (const record of known) {
      const room = this.#rooms.get(record.id)
      if (room === undefined || record.endedBy !== undefined || !record.isAccepted) continue
      const isOut = room.isRemoved || (await this.#isSaid(own, room, record))
      if (isOut) isLevel = (await this.#end(own, record, room)) && isLevel
    }
    return isLevel
  }

  /** Whose record this person manages may have given them another end. */
  async followEnds(own: OpenVault, known: readonly KnownKept[]): Promise<void> {
    for (const record of known) if (record.endedBy === undefined) await this.followEnd(own, record)
  }

  /** As far as it is here; answers the end that counts. */
  async followEnd(own: OpenVault, record: KnownKept): Promise<Instant> {
    const room = this.#rooms.get(record.id)
    const isActing = room !== undefined && !room.isOut && actingDevice(record)?.deviceId === room.device.deviceId
    const until = isActing && record.purpose === 'manager' ? await room.guardians.ownEnd() : undefined
    if (until === undefined || until === record.until || this.#deps.own() !== own) return record.until
    await changeKept(own, doc => putKeptUntil(doc, record.id, until))
    return until
  }

  async outWithUnsent(known: readonly KnownKept[]): Promise<readonly KnownKept[]> {
    const out: KnownKept[] = []
    for (const record of known) {
      // Offered once more: it is theirs again when they accept.
      const isOut = OUT.has(record.endedBy) || isOffer(record)
      if (isOut && (await this.unsent(record.id)) > 0) out.push(record)
    }
    return out
  }

  unsent(id: LogId): Promise<number> {
    return unsentIn(keptPorts(this.#deps.ports, id).store, id)
  }

  async close(id: LogId): Promise<void> {
    const room = this.#rooms.get(id)
    this.#rooms.delete(id)
    await room?.close()
    this.#changed()
  }

  async closeAll(): Promise<void> {
    this.#notServed.clear()
    for (const [id] of this.#rooms) await this.close(id)
  }

  /** Somebody who acts there said by letter that this person's device is out. */
  async #isSaid(own: OpenVault, room: KeptRoom, record: KnownKept): Promise<boolean> {
    if (record.saidBy.length === 0 || actingDevice(record)?.deviceId !== room.device.deviceId) return false
    const book = await this.#deps.people.sharing?.office.book()
    if (this.#deps.own() !== own) return false
    for (const { id, card } of book?.contacts ?? []) {
      if (record.saidBy.includes(id) && (await room.guardians.acts(card.idSign))) return true
    }
    return false
  }

  /** What was being written is stored first, so that it is found. */
  async #end(own: OpenVault, { id, until }: KnownKept, room: KeptRoom): Promise<boolean> {
    await room.session.flush()
    // Another of this person's devices may have put another one in its place.
    const isLevel = own.account.isRemoved || (await own.account.levelHome()).ok
    if (!isLevel || this.#deps.own() !== own) return false
    const plan = room.handOver.plan
    const now = this.#deps.people.sharing?.office.now() ?? this.#deps.ports.clock.now()
    const isHandedOver = plan !== undefined && (plan.takenAt !== undefined || plan.isEarly || now >= plan.at)
    // Whoever's record it is takes out at the end whose time is over.
    const endedBy = isHandedOver ? 'handed-over' : now >= until ? 'expired' : 'removed'
    return (await changeKept(own, doc => endKept(doc, id, endedBy, room.device.deviceId))).ok
  }

  async #openOut(own: OpenVault, record: KnownKept): Promise<void> {
    const there = this.#rooms.get(record.id)
    if (there?.isOut === true && !there.isRefused) return
    if (there !== undefined) await this.close(record.id)
    const vaultKey = keptVaultKey(own, record.id)
    const device = await storedDevice(keptPorts(this.#deps.ports, record.id).store, vaultKeys(vaultKey))
    wipe(vaultKey)
    if (device !== undefined) await this.#openWith(own, record, device, true)
  }

  async #openOne(own: OpenVault, record: KnownKept): Promise<boolean> {
    const device = actingDevice(record)
    const there = this.#rooms.get(record.id)
    if (device === undefined || there?.device.deviceId === device.deviceId) return true
    if (there !== undefined) await this.close(record.id)
    return this.#openWith(own, record, device)
  }

  async #openWith(own: OpenVault, record: KnownKept, device: GuardianDevice, isOut = false): Promise<boolean> {
    const { id, purpose } = record
    const room = this.#roomOf(own, record, device, isOut)
    const opened = await room.open(keptVaultKey(own, id), record)
    this.#notServed.delete(id)
    if (!opened.ok || this.#deps.own() !== own) {
      if (!opened.ok && opened.failure === 'refused') this.#notServed.add(id)
      await room.close()
      return false
    }
    this.#rooms.set(id, room)
    await this.#keepRelay(own, record, room)
    this.#changed()
    room.handOver.handOver.watch(() => this.#deps.onNews())
    room.guardians.guardians.watch(() => this.#deps.onNews())
    const { principal } = own.account.keyring
    if (purpose !== 'hand-over' && !isOut)
      await room.guardians.introduce(principal, own.about.person.name, record.until)
    return true
  }

  #roomOf(
    own: OpenVault,
    { id, purpose, relation, relay: said }: KnownKept,
    device: GuardianDevice,
    isOut: boolean,
  ): KeptRoom {
    const { ports, vault, people, isOnline } = this.#deps
    const { relays: known } = own.account
    const at = known.nameSaid(said)
    const relay = isOut ? SILENT_LINK : known.linkTo(at)
    const to = isOut ? () => SILENT_LINK : known.to
    const relays = ports.relays && { own: parseRelayOrigin(at) ?? known.own, to }
    return new KeptRoom({ ...keptPorts(ports, id), relay, ...(relays && { relays }) }, device, {
      // Its name could tell who somebody is.
      namesRelay: relation !== 'circle',
      vault,
      people,
      purpose,
      isOut,
      isOnline: () => !isOut && isOnline(),
      record: () => this.#deps.own()?.record,
      name: () => this.#deps.own()?.about.person.name ?? '',
      onPerson: person => void this.#keepPerson(id, person),
      onStanding: () => this.#deps.onNews(),
      // A rotation may be through, or somebody to be told that they are out.
      onKeyring: () => people.roundSoon(),
      onMoved: () => void this.close(id).then(() => this.#deps.onNews()),
    })
  }

  /** Where it moved to, other devices of this person's that do not have it yet find it by that. */
  async #keepRelay(own: OpenVault, { id, relay }: KnownKept, { slot }: KeptRoom): Promise<void> {
    const { address } = slot.open?.account.relay ?? {}
    if (address !== undefined && address !== relay) await changeKept(own, doc => putKeptRelay(doc, id, address))
  }

  async #keepPerson(id: LogId, person: KeptPerson): Promise<void> {
    const own = this.#deps.own()
    const known = own && (await knownKept(own)).find(record => record.id === id)
    const isSame =
      known?.name === person.name &&
      known.birthDate === person.birthDate &&
      (known.relation === 'practice') === (person.isPractice === true)
    if (own !== undefined && !isSame) await changeKept(own, doc => putKeptPerson(doc, id, person))
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
