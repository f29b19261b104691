import { until } from './wait.ts'
import { makeMemoryDisk, type MemoryDisk } from '#tests/support/memory-store.ts'
import { makeSeededRandom } from '#tests/support/seeded-random.ts'
import { makeVirtualClock, VirtualTime } from '#tests/support/virtual-clock.ts'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { PairingState, Session, SyncStatus } from '#app/core/session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import { FaultyLink } from '../faulty-link.ts'
import { seedCrypto } from '../seed-crypto.ts'
import { SimRelay } from '../sim-relay.ts'
import type { Person } from './person-device.ts'
import { cheapPassphrases } from './cheap-passphrases.ts'
import { roomOf } from './seats.ts'

/** People with their records, at one relay, before anything happens: made once a process, and each seed begins with a copy. */
export interface Village {
  readonly nowMs: number
  readonly relay: SimRelay
  readonly settlers: readonly Settler[]
}

interface Settler {
  readonly person: Person
  readonly disks: readonly MemoryDisk[]
}

/** In every name; nothing that leaves a device may say it. */
export const NAME_CANARY = 'Kanarienvogel'
const PRACTICE = `Green Street ${NAME_CANARY}`
const NAMES = ['Ana', 'Bea', 'Cal', 'Dan', 'Eve'] as const
/** Who has a second device. */
const TWO_DEVICES: ReadonlySet<string> = new Set(['Ana', 'Bea'])
const MET: readonly (readonly [string, string])[] = [
  ['Ana', 'Bea'],
  ['Ana', 'Cal'],
]

const founded = new Map<Place, Promise<Village>>()

/** With a practice, or without one. */
export type Place = 'homes' | 'practice'

/** Plays by itself: must not be asked while another seed is played. */
export function village(place: Place): Promise<Village> {
  const known = founded.get(place) ?? found(place)
  founded.set(place, known)
  return known
}

async function found(place: Place): Promise<Village> {
  const time = new VirtualTime()
  const putBack = [seedCrypto(0x7077, work => time.track(work)), cheapPassphrases(), stillDate(time)]
  try {
    const founder = new Founder(time)
    await founder.settle()
    if (place === 'practice') await founder.openPractice()
    return await founder.village()
  } finally {
    for (const put of putBack.toReversed()) put()
  }
}

/** `Date.now` by virtual time, or a change that takes its own time would have another hash each time. */
export function stillDate(time: VirtualTime): () => void {
  const real = Date.now
  Date.now = () => time.now()
  return () => {
    Date.now = real
  }
}

interface Running extends Settler {
  readonly hosts: SessionHost[]
}

class Founder {
  readonly #time: VirtualTime
  readonly #random = makeSeededRandom(0x5e771e)
  readonly #running: Running[] = []
  #relay: SimRelay | undefined

  constructor(time: VirtualTime) {
    this.#time = time
  }

  async settle(): Promise<void> {
    this.#relay = await SimRelay.start({ time: this.#time, random: this.#random, onFrame: () => undefined })
    for (const name of NAMES) await this.#addPerson(name)
    for (const [inviter, guest] of MET) await this.#meet(inviter, guest)
    await this.#time.run(60_000)
  }

  /** Bea's, in which Cal acts too; Ana is their patient. */
  async openPractice(): Promise<void> {
    await this.#meet('Bea', 'Cal')
    const [bea, cal, ana] = [this.#session('Bea'), this.#session('Cal'), this.#session('Ana')]
    const made = await this.#done(bea.keepRecord({ personName: PRACTICE, birthDate: '', relation: 'practice' }))
    if (!made.ok) throw new Error(made.failure.kind)
    const { keptId } = made.value
    await this.#openAt('Bea', keptId)
    const contactId = this.#contact(bea, 'Cal')
    const { passphrase } = this.#running.find(({ person }) => person.name === 'Bea')!.person
    const room = roomOf(bea, keptId)
    await this.#done(room.addGuardian({ contactId: await contactId, passphrase }))
    const offered = { is: false }
    const stop = await cal.watchKept(({ offers }) => void (offered.is = offers.length > 0))
    await until(this.#time, 'Cal is asked', () => offered.is)
    stop()
    await this.#done(cal.answerGuardian(keptId, 'accept'))
    await this.#openAt('Cal', keptId)
    const invited = await this.#done(room.invite())
    if (!invited.ok) throw new Error(invited.failure.kind)
    await this.#done(ana.acceptInvitation(invited.value.code))
    const met = { is: false }
    const isMet = ({ name, state }: Contact) => name === PRACTICE && state === 'known'
    await ana.watchPeople(({ contacts }) => void (met.is = contacts.some(isMet)))
    await until(this.#time, 'Ana knows the practice', () => met.is)
    await this.#time.run(60_000)
  }

  async #openAt(name: string, keptId: string): Promise<void> {
    const { hosts } = this.#running.find(({ person }) => person.name === name)!
    for (const { session } of hosts) {
      const open = { is: false }
      const isOpen = (record: KeptRecord) => record.keptId === keptId && record.state === 'open'
      const stop = await session.watchKept(({ records }) => void (open.is = records.some(isOpen)))
      await until(this.#time, `${name} acts in the practice`, () => open.is)
      stop()
    }
  }

  async #contact(session: Session, name: string): Promise<string> {
    const told = Promise.withResolvers<People>()
    const stop = await session.watchPeople(told.resolve)
    stop()
    return (await told.promise).contacts.find(contact => contact.name.startsWith(name))!.contactId
  }

  async village(): Promise<Village> {
    for (const { hosts } of this.#running) {
      for (const { session } of hosts) await this.#time.runUntil(session.lock(), 60_000)
    }
    for (const { hosts } of this.#running) for (const host of hosts) host.dispose()
    await this.#time.drain()
    const settlers = this.#running.map(({ person, disks }) => ({ person, disks }))
    return { nowMs: this.#time.nowMs, relay: this.#relay!, settlers }
  }

  async #addPerson(name: string): Promise<void> {
    const person = { name, fullName: `${name} ${NAME_CANARY}`, passphrase: `${name} likes quiet herons` }
    const disks = [makeMemoryDisk()]
    const phone = await this.#open(disks[0]!)
    const created = phone.session.createRecord({
      personName: person.fullName,
      birthDate: '1961',
      passphrase: person.passphrase,
      deviceName: `${NAME_CANARY} phone`,
    })
    await this.#done(created)
    await this.#backedUp(phone.session)
    const hosts = [phone]
    if (TWO_DEVICES.has(name)) {
      disks.push(makeMemoryDisk())
      const tablet = await this.#open(disks[1]!)
      hosts.push(tablet)
      await this.#pair(phone.session, tablet.session, person.passphrase)
      await this.#backedUp(tablet.session)
    }
    this.#running.push({ person, disks, hosts })
  }

  async #open(disk: MemoryDisk): Promise<SessionHost> {
    const weather = { relay: this.#relay, isCut: false, loss: 0, rubbish: 0 }
    const relay = new FaultyLink(this.#time, this.#random, weather, () => undefined)
    const clock = makeVirtualClock(this.#time, 0)
    return makeSession({ store: disk.open(), relay, clock, random: this.#random })
  }

  async #pair(old: Session, young: Session, passphrase: string): Promise<void> {
    const state: { old?: PairingState; young?: PairingState } = {}
    await old.watchPairing(next => void (state.old = next))
    await young.watchPairing(next => void (state.young = next))
    const offer = await this.#done(young.startPairing({ passphrase, deviceName: `${NAME_CANARY} tablet` }))
    if (!offer.ok) throw new Error(offer.failure.kind)
    await this.#done(old.answerPairing(offer.value.words.join(' ')))
    await until(this.#time, 'they compare', () => state.old?.kind === 'compare')
    await this.#done(old.confirmPairing(true, passphrase))
    await until(this.#time, 'they are paired', () => state.young?.kind === 'done')
  }

  async #meet(inviter: string, guest: string): Promise<void> {
    const [from, to] = [this.#session(inviter), this.#session(guest)]
    const invited = await this.#done(from.invite())
    if (!invited.ok) throw new Error(invited.failure.kind)
    await this.#done(to.acceptInvitation(invited.value.code))
    const known = { from: false, to: false }
    const isMet = (people: People, name: string) =>
      people.contacts.some(contact => contact.state === 'known' && contact.name.startsWith(name))
    await from.watchPeople(people => void (known.from = isMet(people, guest)))
    await to.watchPeople(people => void (known.to = isMet(people, inviter)))
    await until(this.#time, `${inviter} and ${guest} know each other`, () => known.from && known.to)
  }

  #session(name: string): Session {
    const found = this.#running.find(({ person }) => person.name === name)?.hosts[0]
    if (found === undefined) throw new Error(`Nobody is called ${name}`)
    return found.session
  }

  async #backedUp(session: Session): Promise<void> {
    const seen: { status?: SyncStatus } = {}
    await session.watchStatus(status => void (seen.status = status))
    await until(this.#time, 'backed up', () => seen.status?.kind === 'backed-up')
  }

  async #done<Value extends { readonly ok: boolean }>(work: Promise<Value>): Promise<Value> {
    if (!(await this.#time.runUntil(work, 120_000))) throw new Error('It never answered')
    const answer = await work
    if (!answer.ok) throw new Error(`It was refused: ${JSON.stringify(answer)}`)
    return answer
  }
}
