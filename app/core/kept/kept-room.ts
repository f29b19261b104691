import { wipe } from '#crypto/sodium.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { leaveAccount } from '../devices/leave.ts'
import type { GuardianFailure, Purpose } from '../kept-session.ts'
import type { RoomSession } from '../room-session.ts'
import type { Ports } from '../ports.ts'
import { makeRoom, recordOf } from '../room.ts'
import type { VaultState } from '../session.ts'
import type { RecordService } from '../record/open-record.ts'
import { PeopleDesk } from '../sharing/people-desk.ts'
import { PrivacyDesk } from '../sharing/privacy-desk.ts'
import { ShareDesk } from '../sharing/share-desk.ts'
import { StatusDesk } from '../status-desk.ts'
import { makeTogether } from '../together.ts'
import { VaultSlot } from '../vault/open-vault.ts'
import { openState, RecordOpener } from '../vault/record-opener.ts'
import type { PassphraseCheck } from '../vault/fresh-unlock.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { Watched } from '../watched.ts'
import { GuardianDesk } from './guardian-desk.ts'
import { HandOverDesk } from './hand-over-desk.ts'
import type { KeptPerson } from './kept-changes.ts'
import type { GuardianDevice, KnownKept } from './kept-document.ts'
import { keptLogs, keptRow } from './open-kept.ts'

type Bytes = Uint8Array<ArrayBuffer>

const REFUSALS: ReadonlySet<string> = new Set(['relay-refused', 'not-found'])

export interface KeptRoomDeps {
  readonly vault: PassphraseCheck
  /** This person's own. */
  readonly people: PeopleDesk
  readonly purpose: Purpose
  /** This person's part in it is over; opened to read what reached nobody. */
  readonly isOut: boolean
  readonly isOnline: () => boolean
  /** This person's own, whose entries may go along with what they say here. */
  readonly record: () => RecordService | undefined
  /** Those whom it meets hear where it is. */
  readonly namesRelay: boolean
  /** This person's own. */
  readonly name: () => string
  /** How the record calls itself by now. */
  readonly onPerson: (person: KeptPerson) => void
  /** This person's device was removed, the relay refuses it, or serves it again. */
  readonly onStanding: () => void
  /** Its keyring says something new. */
  readonly onKeyring: () => void
  /** Whose record it is moved to another relay: it has to be opened anew. */
  readonly onMoved: () => void
}

/** One kept record at work: an account, its record, and people of its own. */
export class KeptRoom {
  readonly session: RoomSession
  readonly slot = new VaultSlot()
  readonly guardians: GuardianDesk
  readonly handOver: HandOverDesk
  /** With which this person acts here. */
  readonly device: GuardianDevice
  readonly #ports: Ports
  readonly #opener: RecordOpener
  readonly #purpose: Purpose
  readonly #isOut: boolean

  constructor(ports: Ports, device: GuardianDevice, deps: KeptRoomDeps) {
    const { vault, people: own, purpose, isOnline, onPerson, onStanding, onKeyring } = deps
    this.#ports = ports
    this.device = device
    this.#purpose = purpose
    this.#isOut = deps.isOut
    const { slot } = this
    const { store, clock } = ports
    const state = new Watched<VaultState>({ kind: 'starting' })
    const status = new StatusDesk(slot, clock)
    const people = new PeopleDesk(slot, ports, { readsOthers: purpose !== 'manager', namesRelay: deps.namesRelay })
    const shares = new ShareDesk(people, vault)
    const acting = {
      store,
      clock,
      slot,
      people: own,
      vault,
      purpose: purpose === 'manager' ? purpose : 'guardian',
    } as const
    this.guardians = new GuardianDesk(acting)
    this.handOver = new HandOverDesk(acting, this.guardians)
    this.#opener = new RecordOpener(ports, slot, recordOf.bind(undefined, ports), opened => {
      state.set(openState(opened))
      onPerson(opened.about.person)
    })
    const privacy = new PrivacyDesk(slot, vault, people)
    const together = makeTogether({ ports, slot, people, vault, record: deps.record, name: deps.name })
    const desks = {
      vault,
      status,
      people,
      shares,
      privacy,
      guardians: this.guardians,
      handOver: this.handOver,
      together,
    }
    this.session = makeRoom({ ports, slot, state, ...desks, isOnline })
    slot.onOpen(({ account }) => account.watchMoved(deps.onMoved))
    slot.onOpen(({ account }) => {
      let wasShutOut = account.isShutOut
      return account.watchKeyring(() => {
        if (wasShutOut !== account.isShutOut || account.isRemoved) onStanding()
        wasShutOut = account.isShutOut
        onKeyring()
      })
    })
  }

  /** Takes over the key. `refused`: there is nothing of it here, and the relay gives it out to nobody, or not to this person. */
  async open(vaultKey: Bytes, kept: KnownKept): Promise<Result<void, 'not-now' | 'refused'>> {
    const opened = await this.#open(vaultKey, kept)
    if (!opened.ok) wipe(vaultKey)
    return opened
  }

  async #open(vaultKey: Bytes, kept: KnownKept): Promise<Result<void, 'not-now' | 'refused'>> {
    const keys = vaultKeys(vaultKey)
    const row = await keptRow(this.#ports.store, keys, kept, this.device)
    if (!row.ok) return fail('not-now')
    const logs = await keptLogs(this.#ports, keys, row.value)
    // Also where the relay says that there is none, it is asked again: this person's other devices may have the only copy.
    if (!logs.ok) return fail(REFUSALS.has(logs.failure.kind) ? 'refused' : 'not-now')
    await this.#opener.open(vaultKey, keys, row.value, logs.value)
    return ok(undefined)
  }

  /** Notes that this person's device goes; another guardian's carries that out. */
  async leave(): Promise<Result<void, GuardianFailure>> {
    const account = this.slot.open?.account
    if (account === undefined) return fail({ kind: 'not-found' })
    const others = account.keyring.devices.filter(
      device => device.removedAt === undefined && device.deviceId !== account.deviceId,
    )
    if (others.length === 0) return fail({ kind: 'last-guardian' })
    await leaveAccount(account, this.#ports.clock)
    return ok(undefined)
  }

  /** It is its owner's own: what they and others write to each other is not for who manages it. */
  get isManaged(): boolean {
    return this.#purpose === 'manager'
  }

  /** Somebody who may has removed this person's device. */
  get isRemoved(): boolean {
    return this.slot.open?.account.isRemoved ?? false
  }

  /** By the relay's word alone. */
  get isRefused(): boolean {
    return !this.#isOut && !this.isRemoved && this.isOut
  }

  /** What is here can be read, and goes nowhere. */
  get isOut(): boolean {
    return this.#isOut || (this.slot.open?.account.isShutOut ?? false)
  }

  /** Whom it is about takes it over, or this person is out. Who takes it over goes on writing in their own. */
  get isReadOnly(): boolean {
    return this.isOut || this.#purpose === 'hand-over' || this.handOver.plan?.takenAt !== undefined
  }

  setOnline(isOnline: boolean): void {
    this.slot.open?.account.setOnline(isOnline && !this.#isOut)
  }

  close(): Promise<void> {
    return this.slot.close()
  }
}
