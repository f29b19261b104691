import { logIdOf } from '#crypto/hash.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { Letter } from '../sharing/letter.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import type { KnownContact } from '../sharing/people-document.ts'
import { type Clerk, everyStep, type Step } from '../sharing/clerk.ts'
import type { PostOffice } from '../sharing/post-office.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { GuardianDesk } from './guardian-desk.ts'
import { decodeGuardianEnded, decodeGuardianOffer, encodeGuardianAnswer } from './guardian-letter.ts'
import { endKept, putAnswerTold, putOffer } from './kept-changes.ts'
import { KEPT_SHARD, type KeptDocument, type KnownKept, removalsIn } from './kept-document.ts'
import type { KeptRooms } from './kept-rooms.ts'
import { isOffer } from './kept-view.ts'
import { changeKept, knownKept, noteSaid } from './new-kept.ts'
import { replaceDevice } from './replace-device.ts'
import { takeOver } from './take-over.ts'
import { joinTwinOffers } from './twin-offers.ts'

type Edit = (doc: KeptDocument) => void

export interface KeptClerkDeps {
  readonly clock: Clock
  /** This person's own. */
  readonly people: PeopleDesk
  readonly managers: GuardianDesk
  readonly rooms: KeptRooms
  /** While it is unlocked. */
  readonly own: () => OpenVault | undefined
}

/** Letters about kept records, and what is to be done for these in a round. */
export class KeptClerk implements Clerk {
  readonly #deps: KeptClerkDeps

  constructor(deps: KeptClerkDeps) {
    this.#deps = deps
  }

  async take(letter: Letter, contact: KnownContact): Step {
    const own = this.#deps.own()
    if (own === undefined) return ok(undefined)
    if (letter.kind === 'guardian') {
      const offer = decodeGuardianOffer(letter.body)
      if (!offer.ok || offer.value.principal === own.account.keyring.principal) return ok(undefined)
      const id = logIdOf(offer.value.homeGenesis)
      const after = removalsIn(own.account.keyring)
      const relay = offer.value.relay ?? contact.card.relay
      const from = { contact: contact.id, at: this.#deps.clock.now(), after, relay }
      return asStep(await changeKept(own, doc => putOffer(doc, id, offer.value, from)))
    }
    if (letter.kind === 'guardian-ended') return this.#takeEnd(own, letter, contact)
    for (const desk of [this.#deps.managers, ...[...this.#deps.rooms].map(([, room]) => room.guardians)]) {
      const taken = await desk.take(letter, contact)
      if (!taken.ok) return taken
    }
    return ok(undefined)
  }

  /** Ends an offer that waits for an answer; of a record that is here already, it itself says who may end what. */
  async #takeEnd(own: OpenVault, letter: Letter, contact: KnownContact): Step {
    const device = decodeGuardianEnded(letter.body)
    const known = device && (await knownKept(own)).find(({ knownDevices }) => knownDevices.includes(device))
    if (device === undefined || known === undefined || known.endedBy !== undefined) return ok(undefined)
    const isTakenBack = isOffer(known) && known.contact === contact.id
    return asStep(
      isTakenBack
        ? await changeKept(own, doc => endKept(doc, known.id, 'withdrawn', device))
        : await noteSaid(own, device, contact.id),
    )
  }

  async round(): Step {
    const [own, office] = [this.#deps.own(), this.#deps.people.sharing?.office]
    if (own === undefined || office === undefined) return ok(undefined)
    const joined = await this.#joinTwins(own)
    if (!joined.ok) return joined
    for (const record of await knownKept(own)) {
      const done = await this.#tellAnswer(own, office, record)
      if (!done.ok && done.failure.kind !== 'refused') return done
    }
    const rooms = [...this.#deps.rooms].flatMap(([, room]) => (room.isOut ? [] : room))
    const desks = [this.#deps.managers, ...rooms.flatMap(room => [room.handOver, room.guardians])]
    // Whose mailbox takes nothing keeps nobody from being removed.
    return everyStep([
      ...desks.map(desk => () => desk.round(office)),
      () => this.#replaceDevices(own),
      () => this.#takeOver(own, office),
    ])
  }

  async #joinTwins(own: OpenVault): Step {
    const changes = joinTwinOffers(await own.account.logs.home.log.read<KeptDocument>(KEPT_SHARD))
    const join = (doc: KeptDocument) => changes.forEach(change => change(doc))
    return changes.length === 0 ? ok(undefined) : asStep(await changeKept(own, join))
  }

  /** Also without a relay, by the time that it told last. */
  async endOver(): Promise<void> {
    const [own, office] = [this.#deps.own(), this.#deps.people.sharing?.office]
    if (own === undefined || office === undefined) return
    for (const record of await knownKept(own)) {
      if (record.endedBy !== undefined || !record.isAccepted || office.atLeast() < record.until) continue
      if (await this.#hasMoreTime(own, office, record)) continue
      // What was being written is stored first, so that it is found.
      await this.#deps.rooms.get(record.id)?.session.flush()
      await changeKept(own, doc => endKept(doc, record.id, 'expired'))
    }
  }

  /** Whose record it is may have given more: asked once more where the relay answers, for the record goes for good. */
  async #hasMoreTime(own: OpenVault, office: PostOffice, record: KnownKept): Promise<boolean> {
    const account = this.#deps.rooms.get(record.id)?.slot.open?.account
    if (account !== undefined && !account.isShutOut) await account.levelHome()
    return office.atLeast() < (await this.#deps.rooms.followEnd(own, record))
  }

  /** Nobody manages one's own record who is no contact any more. */
  async forget({ card }: KnownContact): Promise<Result<void, StoreFailure>> {
    return this.#deps.managers.endOffers('manager', card.idSign)
  }

  /** What was handed over to this person, or opened by its words. */
  async #takeOver(own: OpenVault, office: PostOffice): Step {
    const given = this.#deps.people.sharing?.given
    for (const record of await knownKept(own)) {
      const account = this.#deps.rooms.get(record.id)?.slot.open?.account
      const isTaking = record.purpose === 'hand-over' && record.isAccepted && record.endedBy === undefined
      if (!isTaking || given === undefined || account === undefined) continue
      // Once all was brought over, the relay may call its logs gone: an earlier round deleted them.
      if (account.isShutOut && !record.isBrought) continue
      const { clock } = this.#deps
      const deps = { own, account, office, given, clock, change: (edit: Edit) => changeKept(own, edit) }
      const done = await takeOver(deps, record)
      if (!done.ok) return done
    }
    return ok(undefined)
  }

  async #tellAnswer(own: OpenVault, office: PostOffice, { id, toTell, contact, knownDevices }: KnownKept): Step {
    const to = toTell && (await office.book()).contacts.find(one => one.id === contact)
    if (toTell === undefined || to === undefined) return ok(undefined)
    for (const device of knownDevices) {
      const written = await office.write(to.card, 'guardian-answer', encodeGuardianAnswer({ device, answer: toTell }))
      if (!written.ok) return written
    }
    return asStep(await changeKept(own, doc => putAnswerTold(doc, id, toTell)))
  }

  /** A device of this person's that was removed knew with what they act in every kept record. */
  async #replaceDevices(own: OpenVault): Step {
    const { clock } = this.#deps
    for (const [id, room] of this.#deps.rooms) {
      const known = (await knownKept(own)).find(record => record.id === id)
      if (known === undefined || known.endedBy !== undefined || known.purpose === 'hand-over') continue
      const deps = { own: own.account, room, clock, change: (edit: Edit) => changeKept(own, edit) }
      const done = await replaceDevice(deps, known)
      if (!done.ok) return done
    }
    return ok(undefined)
  }
}

function asStep(answer: Result<void, StoreFailure>): Awaited<Step> {
  return answer.ok ? answer : fail({ kind: 'not-stored', why: answer.failure })
}
