import type { KeptRecord } from '#app/core/kept-session.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import type { FrameHash, LogId } from '#schema/ids.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { NewFrame } from '#sync-server/store/relay-store.ts'
import type { MemoryDisk } from '#tests/support/memory-store.ts'
import { makeSeededRandom, type SeededRandom } from '#tests/support/seeded-random.ts'
import { VirtualTime } from '#tests/support/virtual-clock.ts'
import { Broken } from '../world.ts'
import { Circles } from './circles.ts'
import { type DeviceWorld, type Person, PersonDevice, type Topic } from './person-device.ts'
import { type Party, Seat } from './seats.ts'
import { Talk } from './talk.ts'
import { NAME_CANARY, type Village } from './village.ts'
import { WickedRelay } from './wicked-relay.ts'

/** What the world knows of one entry, beside what any record says. */
export interface EntryStory {
  readonly id: EntryId
  readonly owner: Person
  readonly section: Section
  readonly addedBy: PersonDevice
  /** The share by which somebody else wrote it. */
  readonly shareId?: string
  /** Each text it ever had, oldest first, and on which device it was typed. */
  readonly texts: EntryText[]
  isBinned: boolean
  /** Devices that said it is in the bin when their person put it there. */
  readonly binnedOn: Set<PersonDevice>
}

export interface EntryText {
  readonly text: string
  /** Counts with the shares': what was typed before a share began, and what after. */
  readonly order: number
  readonly by: PersonDevice
  /** Recipients to whom the writing device still gave the section, or something not known to have ended. */
  readonly openTo: ReadonlySet<Person>
}

/** What a share gave at one moment: these sections as they were then, and what is written in them since. */
export interface Giving {
  /** The device that decided it. */
  readonly by: PersonDevice
  readonly order: number
  readonly sections: ReadonlySet<Section>
  /** What the device that decided it knew to be overwritten or deleted. */
  readonly gone: ReadonlySet<string>
}

/** A share somebody began, as the world saw it. */
export interface ShareStory {
  readonly id: string
  readonly giver: Person
  readonly recipient: Person
  readonly role: 'read' | 'write'
  readonly withHistory: boolean
  /** Its beginning, and each change of its sections since. */
  readonly givings: Giving[]
  /** Sections were taken out of it at some time: what was written under them may be past a cut. */
  wasNarrowed: boolean
  /** It had a day to end on at some time: it may have run out at its recipient before more time came. */
  hadDay: boolean
  /** The devices that accepted it. */
  readonly acceptedOn: Set<PersonDevice>
}

/** Whether it ever named this section. */
export function everGave({ givings }: Pick<ShareStory, 'givings'>, section: Section): boolean {
  return givings.some(({ sections }) => sections.has(section))
}

/** An account in which several people act. */
export interface Practice {
  readonly person: Person
  /** Taken out of it, and not let in again. */
  readonly out: Set<Person>
}

/** What may go wrong besides crashes and a bad network. */
export type Peril = 'relay' | 'rollback' | 'clocks'
/** By the seed's remainder. */
const PERILS: readonly (readonly Peril[])[] = [
  [],
  ['relay'],
  [],
  ['clocks'],
  ['relay'],
  ['rollback'],
  ['relay', 'clocks'],
]

/** By the seed's remainder, too: of as many as have nothing in common with the number of perils. */
const TOPICS: readonly Topic[] = ['records', 'messages', 'requests', 'practice', 'circles']

/** One seed's people, devices, relay and network, and what the judge has to know of what happened. */
export class PeopleWorld implements DeviceWorld {
  readonly random: SeededRandom
  readonly time = new VirtualTime()
  readonly devices: PersonDevice[] = []
  readonly people: Person[] = []
  /** The first is the one that stays. */
  readonly relays: WickedRelay[] = []
  readonly entries = new Map<string, EntryStory>()
  readonly shares = new Map<string, ShareStory>()
  /** Begun by a process that has not answered: one that died meanwhile may have begun them. */
  readonly attempts = new Set<Omit<ShareStory, 'id'>>()
  /** Who was ever removed as a contact, by whom: their letters were thrown away unread until the two met again. */
  readonly removedContacts = new Map<Person, Set<string>>()
  /** Codes of invitations that are out, and whose they are. */
  readonly invitations: { readonly by: Person; readonly code: string; readonly forName?: string }[] = []
  /** Every frame that anybody gave to any relay. */
  readonly frames = new Map<LogId, Map<FrameHash, Uint8Array<ArrayBuffer>>>()
  /** Typed by somebody who may not write there: in nobody's record. */
  readonly forbidden: string[] = []
  readonly trace: string[] = []
  readonly counts = new Map<string, number>()
  readonly canary: string
  readonly perils: ReadonlySet<Peril>
  readonly topic: Topic
  readonly talk = new Talk()
  readonly circles = new Circles()
  readonly seats: Seat[] = []
  /** By its account. */
  readonly practices = new Map<string, Practice>()
  /** What was on the devices of whoever was taken out of a practice, just before. */
  readonly leavers: { readonly keptId: string; readonly device: PersonDevice; readonly disk: MemoryDisk }[] = []
  isStormy = true
  /** The relay was put back to an earlier day, or told two histories. */
  hasLostDays = false
  failure: unknown
  /** Texts that a device ever showed, or said it had saved, of its own person's record. */
  readonly #seen = new Map<PersonDevice, Set<string>>()
  readonly #gone = new Map<PersonDevice, Set<string>>()
  #textCount = 0
  #order = 0

  constructor(seed: number) {
    this.random = makeSeededRandom(seed)
    this.perils = new Set(PERILS[seed % PERILS.length])
    this.topic = TOPICS[seed % TOPICS.length] ?? 'records'
    this.canary = `CANARY-${seed}-`
  }

  /** Everybody as the village left them; who lives there differs from seed to seed. */
  async moveIn(village: Village): Promise<void> {
    this.time.nowMs = village.nowMs
    const inner = await village.relay.copyInto({
      time: this.time,
      random: this.random,
      onFrame: frame => this.onFrame(frame),
    })
    this.relays.push(new WickedRelay(this.time, this.random, inner))
    const count = this.random.pick([3, 3, 3, 4, 5])
    for (const { person, disks } of village.settlers.slice(0, count)) {
      this.people.push(person)
      // A second device may lie in a drawer, where it does nothing.
      const isOne = this.random.chance(person.name === 'Ana' ? 0.3 : 0.7)
      for (const [index, disk] of disks.slice(0, isOne ? 1 : 2).entries()) {
        const device = new PersonDevice(this, person, `${person.name}${index === 0 ? '' : ' again'}`, disk.clone())
        this.addDevice(device)
      }
    }
    if (village.circle !== undefined) this.#noteCircle(village.circle)
    for (const device of this.devices) await device.open()
  }

  get relay(): WickedRelay {
    return this.relays[0]!
  }

  /** Those who count, and show the same record in the end. */
  devicesOf(person: Person): PersonDevice[] {
    return this.devices.filter(device => device.person === person && !device.isRemoved)
  }

  /** Whoever can be met: people, and practices. */
  get parties(): readonly Person[] {
    return [...this.people, ...[...this.practices.values()].map(({ person }) => person)]
  }

  /** Who acts for somebody and counts: their devices, or the staff of a practice. */
  actingFor(party: Person): readonly Party[] {
    return [...this.devices, ...this.seats].filter(one => one.person === party && !one.isRemoved)
  }

  onSeat(device: PersonDevice, { keptId, name }: KeptRecord): void {
    const practice = this.practices.get(keptId) ?? { person: { name, fullName: name, passphrase: '' }, out: new Set() }
    this.practices.set(keptId, practice)
    if (this.seats.some(seat => seat.device === device && seat.keptId === keptId)) return
    this.seats.push(new Seat(practice.person, device, keptId, () => practice.out.has(device.person)))
  }

  /** Each account for a circle that a device has, also one that a dying process made. */
  onAlias(device: PersonDevice, { keptId, name }: KeptRecord): void {
    this.circles.noteAlias(keptId, device.person, name)
  }

  #noteCircle({ name, members }: NonNullable<Village['circle']>): void {
    const aliases = members.flatMap(({ keptId, personName, pseudonym }) => {
      const person = this.people.find(one => one.name === personName)
      return person === undefined ? [] : [this.circles.noteAlias(keptId, person, pseudonym)]
    })
    const [owner, ...others] = aliases
    if (owner === undefined) return
    const circle = this.circles.noteCircle(name, owner)
    for (const other of others) {
      other.circle = circle
      circle.everAsked.add(other.person)
      circle.everIn.add(other.person)
    }
  }

  person(fullName: string): Person | undefined {
    return this.parties.find(one => one.fullName === fullName)
  }

  note(what: string): void {
    this.trace.push(`${(this.time.nowMs / 1000).toFixed(1)}s ${what}`)
  }

  /** What really happens, by deed and how it ended. */
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  nextOrder(): number {
    return this.#order++
  }

  seenBy(device: PersonDevice): Set<string> {
    const seen = this.#seen.get(device) ?? new Set()
    this.#seen.set(device, seen)
    return seen
  }

  /** Of these, those that it knows to be overwritten or deleted. */
  goneOn(device: PersonDevice): Set<string> {
    const gone = this.#gone.get(device) ?? new Set()
    this.#gone.set(device, gone)
    return gone
  }

  nextText(): string {
    return `${this.canary}${this.#textCount++}.`
  }

  addDevice(device: PersonDevice): void {
    device.weather.relay = this.relay
    device.died = () => {
      this.note(`${device.name} died`)
      this.count('death')
      this.time.after(this.random.below(40_000), () => this.restart(device))
    }
    this.devices.push(device)
  }

  restart(device: PersonDevice): void {
    if (device.process !== undefined) return
    const dieIn = this.isStormy && this.random.chance(0.1) ? 1 + this.random.below(150) : undefined
    this.run(device.open(dieIn))
  }

  /** Work that nobody waits for: it may fail the seed, and may never end when its process dies. */
  run(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error))
  }

  fail(error: unknown): void {
    this.failure ??= error
  }

  async pass(durationMs: number): Promise<void> {
    const untilMs = this.time.nowMs + durationMs
    while (this.time.nowMs < untilMs) {
      await this.time.run(Math.min(1000, untilMs - this.time.nowMs))
      if (this.failure !== undefined) throw this.failure
    }
  }

  onSent(bytes: Uint8Array): void {
    const sent = Buffer.from(bytes)
    if (sent.includes(this.canary) || sent.includes(NAME_CANARY)) this.fail(new Broken('1: plain text left a device'))
  }

  onCommit(_device: PersonDevice, writes: readonly StoreWrite[]): void {
    for (const write of writes) {
      if ('remove' in write) continue
      const stored = Buffer.from(write.value)
      if (stored.includes(this.canary) || stored.includes(NAME_CANARY))
        this.fail(new Broken(`1: plain text on the disk, in ${write.table}`))
    }
  }

  onFrame({ logId, hash, bytes }: NewFrame): void {
    const frames = this.frames.get(logId) ?? new Map<FrameHash, Uint8Array<ArrayBuffer>>()
    this.frames.set(logId, frames.set(hash, bytes))
  }

  free(): void {
    for (const device of this.devices) device.free()
  }
}
