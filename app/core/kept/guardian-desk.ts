import { randomBytes } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { ContactId, DeviceId, type PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { beginRotation } from '../devices/rotation.ts'
import type { Account } from '../home/account.ts'
import { deviceKeys, type DeviceSeeds } from '../home/account-row.ts'
import { KEYRING_SHARD } from '../home/keyring-document.ts'
import type { GuardianFailure, Guardians, Purpose } from '../kept-session.ts'
import type { ByteStore, Clock, StoreFailure } from '../ports.ts'
import { contactIdOf } from '../sharing/contact-card.ts'
import type { Letter } from '../sharing/letter.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import { isReady, type KnownContact } from '../sharing/people-document.ts'
import { everyStep, type Step } from '../sharing/clerk.ts'
import type { PostOffice } from '../sharing/post-office.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { Watched } from '../watched.ts'
import { enrol } from './enrol.ts'
import { decodeGuardianAnswer, encodeGuardianEnded, encodeGuardianOffer, MAX_HOME_KEYS } from './guardian-letter.ts'
import { readPlan } from './hand-over-document.ts'
import {
  GUARDIANS_SHARD,
  type GuardiansDocument,
  type KnownGuardian,
  putEndTold,
  putGuardian,
  putGuardianAnswer,
  putGuardianTold,
  putGuardianUntil,
  readGuardians,
} from './guardians-document.ts'
import { shownGuardians } from './shown-guardians.ts'

type Done<Value = void> = Promise<Result<Value, GuardianFailure>>

export interface GuardianDeps {
  readonly store: ByteStore
  readonly clock: Clock
  /** Of the record that guardians are let into. */
  readonly slot: VaultSlot
  /** This person's own: whom they know, and by whose hand letters go. */
  readonly people: PeopleDesk
  readonly vault: Pick<VaultDesk, 'checkPassphrase'>
  readonly purpose: 'guardian' | 'manager'
}

const NOBODY: Guardians = { guardians: [] }
const SEEDS_PREFIX = 'guardian-seeds/'

/** Who else acts in one record: lets them in, removes them when their time is over. Every step asks first what is true already. */
export class GuardianDesk {
  readonly guardians = new Watched<Guardians>(NOBODY)
  readonly #deps: GuardianDeps

  constructor(deps: GuardianDeps) {
    this.#deps = deps
    deps.slot.onOpen(vault => {
      const { home } = vault.account.logs
      const tell = () => void this.#tell(vault)
      // Watching people tells them at once, before anything changed.
      const stops = [home.watch(GUARDIANS_SHARD, tell), home.watch(KEYRING_SHARD, tell), deps.people.people.watch(tell)]
      return () => {
        for (const stop of stops) stop()
        this.guardians.set(NOBODY)
      }
    })
  }

  async add(request: { readonly contactId: string; readonly until?: Instant; readonly passphrase: string }): Done {
    const ready = await this.#ready(request.contactId)
    if (!ready.ok) return ready
    const { office, contact, vault } = ready.value
    const until = await this.#within(request.until)
    if (until <= office.now()) return fail({ kind: 'in-the-past' })
    const isIn = (await this.#active(vault)).some(one => one.person === contact.card.idSign)
    if (isIn || contact.card.idSign === vault.account.keyring.principal) return fail({ kind: 'already-in' })
    const unlocked = await this.#unlocked(request.passphrase)
    if (!unlocked.ok) return unlocked
    const begun = await this.begin(vault, contact, until, this.#deps.purpose)
    return begun.ok ? ok(undefined) : fail({ kind: 'not-stored', why: begun.failure })
  }

  /** Of who manages the record, by whichever devices: their own app reads it there. Less asks for nothing. */
  async changeEnd(request: {
    readonly contactId: string
    readonly until?: Instant
    readonly passphrase?: string
  }): Done {
    const [vault, office] = [this.#deps.slot.open, this.#deps.people.sharing?.office]
    if (vault === undefined || office === undefined || vault.account.isShutOut) return fail({ kind: 'not-here' })
    const contact = (await office.book()).contacts.find(one => one.id === ContactId.parse(request.contactId))
    const theirs = (await this.#active(vault)).filter(
      one => one.purpose === 'manager' && one.person === contact?.card.idSign && one.until > office.now(),
    )
    if (contact === undefined || theirs.length === 0) return fail({ kind: 'not-found' })
    const until = await this.#within(request.until)
    if (until <= office.now()) return fail({ kind: 'in-the-past' })
    if (theirs.some(one => until > one.until)) {
      if (!isReady(contact)) return fail({ kind: 'contact-not-ready' })
      const unlocked = await this.#unlocked(request.passphrase ?? '')
      if (!unlocked.ok) return unlocked
    }
    const changed = await change(vault.account, doc =>
      theirs.forEach(({ deviceId }) => putGuardianUntil(doc, deviceId, until)),
    )
    return changed.ok ? changed : fail({ kind: 'not-stored', why: changed.failure })
  }

  /** Until when this device may act here, by what the record says. */
  async ownEnd(): Promise<Instant | undefined> {
    const vault = this.#deps.slot.open
    const own = vault && (await readAll(vault.account)).find(one => one.deviceId === vault.account.deviceId)
    return own?.purpose === 'manager' ? own.until : undefined
  }

  /** Nobody lets others stay for longer than they do themselves. */
  async #within(until: Instant = NEVER): Promise<Instant> {
    return instant(Math.min(until, (await this.ownEnd()) ?? NEVER))
  }

  /** Notes a new guardian device and keeps its seeds here until the letter went; `round` does the rest. */
  async begin(
    vault: OpenVault,
    contact: KnownContact,
    until: Instant,
    purpose: Purpose,
  ): Promise<Result<DeviceId, StoreFailure>> {
    const seeds = { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) }
    const deviceId = DeviceId.of(deviceKeys(seeds).device.publicKey)
    const key = `${SEEDS_PREFIX}${deviceId}`
    const bytes = new ByteWriter().bytes(seeds.device).bytes(seeds.kem).bytes(seeds.holder).done()
    const value = sealSecret(vault.keys.account, key, bytes)
    const kept = await this.#deps.store.commit([{ table: 'sealed', key, value }])
    if (!kept.ok) return kept
    const { idSign } = contact.card
    const createdAt = this.#deps.clock.now()
    const guardian = { deviceId, person: idSign, name: contact.name, purpose, until, createdAt, isTold: false }
    const noted = await change(vault.account, doc => putGuardian(doc, guardian))
    if (!noted.ok) return noted
    this.#deps.people.roundSoon()
    return ok(deviceId)
  }

  /** Who each device that acts here belongs to. */
  async known(): Promise<readonly KnownGuardian[]> {
    const vault = this.#deps.slot.open
    return vault === undefined ? [] : readAll(vault.account)
  }

  /** Who acts here, so that their word about others counts: the relay's does not. */
  async acts(person: PrincipalId): Promise<boolean> {
    const vault = this.#deps.slot.open
    if (vault === undefined) return false
    const { principal, devices } = vault.account.keyring
    const isIn = (one: KnownGuardian) => devices.some(device => device.deviceId === one.deviceId)
    return person === principal || (await this.#active(vault)).some(one => one.person === person && isIn(one))
  }

  /** Whether this person was asked, whatever came of it, and nobody took the offer back. */
  async hasOffer(person: PrincipalId, purpose: Purpose): Promise<boolean> {
    return (await this.known()).some(one => one.person === person && one.purpose === purpose && one.answer !== 'left')
  }

  /** Whether that person has not declined it, nor lost the device that was made for it. */
  async hasOpenOffer(person: PrincipalId, purpose: Purpose): Promise<boolean> {
    const vault = this.#deps.slot.open
    const active = vault === undefined ? [] : await this.#active(vault)
    return active.some(one => one.person === person && one.purpose === purpose)
  }

  /**
   * Takes back every offer of this kind, of `person` alone where named; who declined can be asked once more. Stores it with whatever
   * else waits in the home log.
   */
  async endOffers(purpose: Purpose, person?: PrincipalId): Promise<Result<void, StoreFailure>> {
    const vault = this.#deps.slot.open
    if (vault === undefined) return ok(undefined)
    const isMeant = (one: KnownGuardian) => one.purpose === purpose && (person ?? one.person) === one.person
    const open = (await readAll(vault.account)).filter(one => isMeant(one) && one.answer !== 'left')
    if (open.length === 0) return vault.account.logs.home.log.flush()
    return change(vault.account, doc => open.forEach(({ deviceId }) => putGuardianAnswer(doc, deviceId, 'left')))
  }

  /** Says to the others who act here whose this device is. One that took the place of another keeps that one's end, else it has this one. */
  async introduce(person: PrincipalId, name: string, end: Instant): Promise<void> {
    const vault = this.#deps.slot.open
    if (vault === undefined || vault.account.isShutOut) return
    const { deviceId } = vault.account
    const all = await readAll(vault.account)
    if (all.some(one => one.deviceId === deviceId)) return
    const until = all.findLast(one => one.person === person && one.purpose === this.#deps.purpose)?.until ?? end
    const createdAt = this.#deps.clock.now()
    const { purpose } = this.#deps
    const guardian = {
      deviceId,
      person,
      name,
      purpose,
      until,
      createdAt,
      isTold: true,
      answer: 'accepted',
    } as const
    await change(vault.account, doc => putGuardian(doc, guardian))
  }

  /** Everything there is to do for guardians of this record, once. */
  async round(office: PostOffice): Step {
    const vault = this.#deps.slot.open
    if (vault === undefined || vault.account.isShutOut) return ok(undefined)
    const known = await readAll(vault.account)
    const over = known.filter(guardian => isOver(guardian, office))
    const coming = known.filter(guardian => !over.includes(guardian) && !guardian.isTold)
    // Whose mailbox takes nothing keeps nobody else from coming.
    return everyStep([
      ...over.map(guardian => () => this.#remove(vault.account, guardian.deviceId)),
      ...coming.map(guardian => () => this.#letIn(vault, office, guardian)),
      ...outUntold(vault.account, known).map(guardian => () => this.#tellEnd(vault.account, office, guardian)),
    ])
  }

  /** What became of an offer of ours. */
  async take(letter: Letter, contact: KnownContact): Step {
    const vault = this.#deps.slot.open
    const answer = letter.kind === 'guardian-answer' ? decodeGuardianAnswer(letter.body) : undefined
    if (vault === undefined || answer === undefined) return ok(undefined)
    const known = (await readAll(vault.account)).find(one => one.deviceId === answer.device)
    if (known === undefined || known.person !== contact.card.idSign) return ok(undefined)
    return stored(await change(vault.account, doc => putGuardianAnswer(doc, known.deviceId, answer.answer)))
  }

  async #letIn(vault: OpenVault, office: PostOffice, guardian: KnownGuardian): Step {
    const { account } = vault
    const seeds = await this.#seeds(vault, guardian.deviceId)
    const contact = (await office.book()).contacts.find(one => one.card.idSign === guardian.person)
    // Only the device that began it can tell of it; whoever is no contact any more gets nothing.
    if (seeds === undefined || contact === undefined) return ok(undefined)
    const device = await enrol(account, this.#deps.clock, guardian.name, seeds)
    if (!device.ok) return device
    const { person } = vault.about
    const relay = account.relays.own
    const body = encodeGuardianOffer({
      seeds,
      principal: account.row.principal,
      chain: device.value.chain,
      homeGenesis: account.row.homeGenesis,
      homeKeys: account.row.homeKeys.slice(-MAX_HOME_KEYS),
      purpose: guardian.purpose,
      ...(person.isPractice === true && guardian.purpose === 'guardian' ? { isPractice: true } : {}),
      until: guardian.until,
      name: person.name,
      birthDate: person.birthDate,
      terms: guardian.purpose === 'hand-over' ? ((await readPlan(account.logs.home.log))?.terms ?? []) : [],
      // Else it is where this person's own card says.
      ...(relay === undefined || office.isOwnRelay(relay) ? {} : { relay }),
    })
    const written = await office.write(contact.card, 'guardian', body)
    if (!written.ok) return written
    const told = await change(account, doc => putGuardianTold(doc, guardian.deviceId))
    const key = `${SEEDS_PREFIX}${guardian.deviceId}`
    if (told.ok) await this.#deps.store.commit([{ table: 'sealed', key, remove: true }])
    return stored(told)
  }

  /** Whom this person does not know, another guardian's app tells. */
  async #tellEnd(account: Account, office: PostOffice, { deviceId, person }: KnownGuardian): Step {
    const { contacts, removed } = await office.book()
    const contact = [...contacts, ...removed].find(one => one.card.idSign === person)
    if (contact === undefined) return ok(undefined)
    const written = await office.write(contact.card, 'guardian-ended', encodeGuardianEnded(deviceId))
    return written.ok ? stored(await change(account, doc => putEndTold(doc, deviceId))) : written
  }

  /** The rotation that it begins is carried on by itself. */
  async #remove(account: Account, deviceId: DeviceId): Step {
    const device = account.keyring.devices.find(one => one.deviceId === deviceId)
    if (device === undefined || device.removedAt !== undefined || deviceId === account.deviceId) return ok(undefined)
    return stored(await beginRotation(account.logs.home, this.#deps.clock, account.deviceId, [deviceId]))
  }

  async #seeds(vault: OpenVault, deviceId: DeviceId): Promise<DeviceSeeds | undefined> {
    const key = `${SEEDS_PREFIX}${deviceId}`
    const row = await this.#deps.store.get('sealed', key)
    const opened = row && openSecret(vault.keys.account, key, row)
    const seeds =
      opened?.ok &&
      decodeAll(opened.value, reader => ({ device: reader.bytes(32), kem: reader.bytes(32), holder: reader.bytes(32) }))
    return seeds && seeds.ok ? seeds.value : undefined
  }

  async #active(vault: OpenVault): Promise<KnownGuardian[]> {
    return (await readAll(vault.account)).filter(staysIn(vault.account))
  }

  async #ready(
    id: string,
  ): Done<{ readonly office: PostOffice; readonly contact: KnownContact; readonly vault: OpenVault }> {
    const vault = this.#deps.slot.open
    const office = this.#deps.people.sharing?.office
    if (vault === undefined || office === undefined || vault.account.isShutOut) return fail({ kind: 'not-here' })
    const contact = (await office.book()).contacts.find(one => one.id === ContactId.parse(id))
    if (contact === undefined) return fail({ kind: 'not-found' })
    return isReady(contact) ? ok({ office, contact, vault }) : fail({ kind: 'contact-not-ready' })
  }

  async #unlocked(passphrase: string): Done {
    const checked = await this.#deps.vault.checkPassphrase(passphrase)
    if (checked.ok) return checked
    const { kind } = checked.failure
    return fail({ kind: kind === 'wrong-passphrase' ? kind : 'locked' })
  }

  async #tell(vault: OpenVault): Promise<void> {
    const { slot, people, purpose } = this.#deps
    const office = people.sharing?.office
    const read = async () => {
      const known = await readAll(vault.account)
      return { known, contacts: (await office?.book())?.contacts ?? [] }
    }
    const told = await read().catch((cause: unknown) => {
      // A lock closes the logs under what is being read.
      if (slot.open === vault && people.sharing?.office === office) throw cause
    })
    if (told === undefined || slot.open !== vault) return
    const stays = staysIn(vault.account)
    const contactOf = (guardian: KnownGuardian) =>
      stays(guardian)
        ? (told.contacts.find(one => one.card.idSign === guardian.person)?.id ?? contactIdOf(guardian.person))
        : undefined
    this.guardians.set({ guardians: shownGuardians(vault.account, told.known, purpose, contactOf) })
  }
}

function staysIn({ keyring }: Account): (guardian: KnownGuardian) => boolean {
  const gone = new Set(keyring.devices.flatMap(one => (one.removedAt === undefined ? [] : one.deviceId)))
  return ({ answer, deviceId }) => answer !== 'declined' && answer !== 'left' && !gone.has(deviceId)
}

/** Who was offered to act here, is out, and has not heard so. Whose device another one took the place of is not out. */
function outUntold(account: Account, known: readonly KnownGuardian[]): KnownGuardian[] {
  const staying = new Set(known.filter(staysIn(account)).map(one => one.person))
  return known.filter(one => one.isTold && !one.isEndTold && one.answer !== 'declined' && !staying.has(one.person))
}

function isOver({ answer, until }: KnownGuardian, office: PostOffice): boolean {
  return answer === 'declined' || answer === 'left' || office.now() >= until
}

async function readAll(account: Account): Promise<KnownGuardian[]> {
  return readGuardians(await account.logs.home.log.read<GuardiansDocument>(GUARDIANS_SHARD))
}

async function change(account: Account, edit: (doc: GuardiansDocument) => void): Promise<Result<void, StoreFailure>> {
  const { log } = account.logs.home
  await log.change<GuardiansDocument>(GUARDIANS_SHARD, edit)
  return log.flush()
}

function stored(answer: Result<void, StoreFailure>): Awaited<Step> {
  return answer.ok ? answer : fail({ kind: 'not-stored', why: answer.failure })
}
