import { until } from './wait.ts'
import { makeMemoryDisk, type MemoryDisk } from '#tests/support/memory-store.ts'
import { makeSeededRandom } from '#tests/support/seeded-random.ts'
import { makeVirtualClock, VirtualTime } from '#tests/support/virtual-clock.ts'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { PairingState, Session, SyncStatus } from '#app/core/session.ts'
import type { CircleDetail } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import { FaultyLink } from '../faulty-link.ts'
import { seedCrypto } from '../seed-crypto.ts'
import { SimRelay } from '../sim-relay.ts'
import type { Person, Topic } from './person-device.ts'
import { cheapPassphrases } from './cheap-passphrases.ts'
import { roomOf } from './seats.ts'

/** People with their records, at one relay, before anything happens: made once a process, and each seed begins with a copy. */
export interface Village {
  readonly nowMs: number
  readonly relay: SimRelay
  readonly settlers: readonly Settler[]
  /** Bea's, if there is one; its owner is the first of its members. */
  readonly circle?: { readonly name: string; readonly members: readonly FoundedAlias[] }
}

interface FoundedAlias {
  readonly keptId: string
  readonly personName: string
  readonly pseudonym: string
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

/** What there is beside homes. */
type Place = 'homes' | 'practice' | 'circles'

/** Plays by itself: must not be asked while another seed is played. */
export function village(topic: Topic): Promise<Village> {
  const place = topic === 'practice' || topic === 'circles' ? topic : 'homes'
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
    if (place === 'circles') await founder.openCircle()
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
  #circle: Village['circle']

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

  /** Bea's, in which Ana and Cal are; each by another name. */
  async openCircle(): Promise<void> {
    const [owl, fox, elk] = [
      await this.#aliasOf('Bea', 'Owl'),
      await this.#aliasOf('Ana', 'Fox'),
      await this.#aliasOf('Cal', 'Elk'),
    ] as const
    const name = `Asthma ${NAME_CANARY}`
    const request = { name, rules: `Be kind, ${NAME_CANARY}`, avatar: 'bird', key: 'circle' }
    await this.#done(owl.room.beginCircle(request))
    for (const guest of [fox, elk]) {
      const invited = await this.#done(owl.room.invite())
      if (!invited.ok) throw new Error(invited.failure.kind)
      await this.#done(guest.room.acceptInvitation(invited.value.code))
      const state: { circle?: CircleDetail | undefined; isIn?: boolean } = {}
      const stop = await owl.room.watchCircle(circle => void (state.circle = circle))
      await until(this.#time, 'somebody asks to come in', () => state.circle?.asking.length === 1)
      await this.#done(owl.room.letIn(state.circle!.asking[0]!.contactId))
      const leave = await guest.room.watchCircle(circle => void (state.isIn = circle !== undefined))
      await until(this.#time, 'somebody is let in', () => state.isIn === true)
      stop()
      leave()
      await this.#done(guest.room.changeProfile({ name: guest.pseudonym, avatar: 'tree' }))
    }
    await this.#done(owl.room.sayInCircle({ text: `Welcome, ${NAME_CANARY}`, key: 'welcome' }))
    await this.#time.run(60_000)
    this.#circle = { name, members: [owl, fox, elk] }
  }

  async #aliasOf(personName: string, called: string) {
    const session = this.#session(personName)
    const pseudonym = `${called} ${NAME_CANARY}`
    const made = await this.#done(session.keepRecord({ personName: pseudonym, birthDate: '', relation: 'circle' }))
    if (!made.ok) throw new Error(made.failure.kind)
    const { keptId } = made.value
    for (const host of this.#running.find(({ person }) => person.name === personName)!.hosts) {
      const open = { is: false }
      const isOpen = (record: KeptRecord) => record.keptId === keptId && record.state === 'open'
      const stop = await host.session.watchCircles(records => void (open.is = records.some(isOpen)))
      await until(this.#time, `${personName} has an account for a circle`, () => open.is)
      stop()
    }
    return { keptId, personName, pseudonym, room: roomOf(session, keptId) }
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
    const circle = this.#circle
    return { nowMs: this.#time.nowMs, relay: this.#relay!, settlers, ...(circle === undefined ? {} : { circle }) }
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
