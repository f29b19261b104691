import { ContactId, type PrincipalId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok, type Result } from '#schema/result.ts'

import type { GuardianFailure, HandOver, HandOverRequest } from '../kept-session.ts'
import type { StoreFailure } from '../ports.ts'
import { isDoubted, type KnownContact } from '../sharing/people-document.ts'
import type { Step } from '../sharing/clerk.ts'
import type { PostOffice } from '../sharing/post-office.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { Watched } from '../watched.ts'
import type { GuardianDeps, GuardianDesk } from './guardian-desk.ts'
import type { HandOverTerm } from './guardian-letter.ts'
import { GUARDIANS_SHARD } from './guardians-document.ts'
import {
  changePlan,
  dropPlan,
  HAND_OVER_SHARD,
  type HandOverDocument,
  type HandOverPlan,
  planOf,
  putEarly,
  putPlan,
} from './hand-over-document.ts'

type Done = Promise<Result<void, GuardianFailure>>

const NO_PLAN: HandOver = {}

/** The guardians' side of a hand-over: the plan, and the letter on the day. */
export class HandOverDesk {
  readonly handOver = new Watched<HandOver>(NO_PLAN)
  readonly #deps: GuardianDeps
  readonly #guardians: GuardianDesk
  #plan: HandOverPlan | undefined

  constructor(deps: GuardianDeps, guardians: GuardianDesk) {
    this.#deps = deps
    this.#guardians = guardians
    deps.slot.onOpen(vault => {
      const { logs } = vault.account
      const tell = () => void this.#tell(vault)
      const shards = [HAND_OVER_SHARD, GUARDIANS_SHARD].map(label => logs.home.watch(label, tell))
      const stops = [...shards, vault.account.watchKeyring(tell)]
      tell()
      return () => {
        for (const stop of stops) stop()
        this.#plan = undefined
        this.handOver.set(NO_PLAN)
      }
    })
  }

  /** As last read. */
  get plan(): HandOverPlan | undefined {
    return this.#plan
  }

  async planHandOver(request: HandOverRequest): Done {
    const [vault, office] = [this.#deps.slot.open, this.#deps.people.sharing?.office]
    const isKept = this.#deps.purpose === 'guardian'
    if (!vault || !office || !isKept || vault.account.isShutOut) return fail({ kind: 'not-here' })
    const contact = (await office.book()).contacts.find(one => one.id === ContactId.parse(request.contactId))
    if (contact === undefined) return fail({ kind: 'not-found' })
    if (contact.changedCard !== undefined || contact.via !== undefined) return fail({ kind: 'contact-not-ready' })
    if (contact.compared?.key !== contact.card.idSign) return fail({ kind: 'not-compared' })
    if (this.#plan?.takenAt !== undefined) return fail({ kind: 'being-taken' })
    const terms = await this.#termsOf(vault, office.me, request.terms)
    const unlocked = await this.#unlocked(request.passphrase)
    if (!unlocked.ok) return unlocked
    const plan = { at: request.at, person: contact.card.idSign, name: contact.name, terms }
    return this.#kept(this.#anew(vault, doc => putPlan(doc, plan)))
  }

  async now(passphrase: string): Done {
    const vault = this.#deps.slot.open
    if (vault === undefined || this.#plan === undefined) return fail({ kind: 'not-found' })
    const unlocked = await this.#unlocked(passphrase)
    if (!unlocked.ok) return unlocked
    const isAsked = await this.#guardians.hasOpenOffer(this.#plan.person, 'hand-over')
    return this.#kept(isAsked ? changePlan(vault.account, putEarly) : this.#anew(vault, putEarly))
  }

  /** Nobody's any more: an offer that is out already ends with its device. */
  async cancel(): Done {
    const vault = this.#deps.slot.open
    if (vault === undefined || this.#plan === undefined) return fail({ kind: 'not-found' })
    if (this.#plan.takenAt !== undefined) return fail({ kind: 'being-taken' })
    return this.#kept(this.#anew(vault, dropPlan))
  }

  /** In one transaction with what becomes of the plan: what was offered by the one before was offered by its terms. */
  async #anew({ account }: OpenVault, edit: (doc: HandOverDocument) => void): Promise<Result<void, StoreFailure>> {
    await account.logs.home.log.change<HandOverDocument>(HAND_OVER_SHARD, edit)
    return this.#guardians.endOffers('hand-over')
  }

  /** On the day, or when a guardian said now: a device for whom the record is about, once. Who declined is not pressed. */
  async round(office: PostOffice): Step {
    const vault = this.#deps.slot.open
    const plan = vault && (await planOf(vault.account))
    if (vault === undefined || plan === undefined || vault.account.isShutOut || plan.takenAt !== undefined)
      return ok(undefined)
    const isDue = plan.isEarly || office.now() >= plan.at
    if (!isDue || (await this.#guardians.hasOffer(plan.person, 'hand-over'))) return ok(undefined)
    const contact = await this.#contact(office, plan.person)
    // Not this guardian's contact: another one's app does it, or the words.
    if (contact === undefined) return ok(undefined)
    const begun = await this.#guardians.begin(vault, contact, NEVER, 'hand-over')
    return begun.ok ? ok(undefined) : fail({ kind: 'not-stored', why: begun.failure })
  }

  async #contact(office: PostOffice, person: PrincipalId): Promise<KnownContact | undefined> {
    const { contacts } = await office.book()
    return contacts.find(one => one.card.idSign === person && one.changedCard === undefined && !isDoubted(one))
  }

  /** Only guardians that there are, under the keys their own identity has. */
  async #termsOf(
    { account }: OpenVault,
    me: PrincipalId,
    planned: HandOverRequest['terms'],
  ): Promise<readonly HandOverTerm[]> {
    const known = await this.#guardians.known()
    return planned.flatMap(({ deviceId, sections, role, until }): HandOverTerm[] => {
      const guardian = known.find(one => one.deviceId === deviceId)
      const device = account.keyring.devices.find(one => one.deviceId === deviceId)
      const person = guardian?.person ?? (deviceId === account.deviceId ? me : undefined)
      if (person === undefined || sections.length === 0) return []
      const name = guardian?.name ?? device?.name ?? ''
      return [{ guardian: person, name, role, until: until ?? NEVER, sections }]
    })
  }

  async #unlocked(passphrase: string): Done {
    const checked = await this.#deps.vault.checkPassphrase(passphrase)
    if (checked.ok) return checked
    const { kind } = checked.failure
    return fail({ kind: kind === 'wrong-passphrase' ? kind : 'locked' })
  }

  async #kept(stored: Promise<Result<void, StoreFailure>>): Done {
    const answer = await stored
    if (!answer.ok) return fail({ kind: 'not-stored', why: answer.failure })
    this.#deps.people.roundSoon()
    return ok(undefined)
  }

  async #tell(vault: OpenVault): Promise<void> {
    const known = await this.#read(vault).catch((cause: unknown) => {
      // A lock closes the log under what is being read.
      if (this.#deps.slot.open === vault) throw cause
      return undefined
    })
    if (this.#deps.slot.open !== vault) return
    this.#plan = known?.plan
    this.handOver.set(known === undefined ? NO_PLAN : { plan: shown(known.plan, known.isDeclined) })
  }

  async #read({ account }: OpenVault): Promise<{ plan: HandOverPlan; isDeclined: boolean } | undefined> {
    const plan = await planOf(account)
    if (plan === undefined) return undefined
    const isAsked = await this.#guardians.hasOffer(plan.person, 'hand-over')
    return { plan, isDeclined: isAsked && !(await this.#guardians.hasOpenOffer(plan.person, 'hand-over')) }
  }
}

function shown(plan: HandOverPlan, isDeclined: boolean): NonNullable<HandOver['plan']> {
  return {
    at: plan.at,
    name: plan.name,
    state: plan.takenAt !== undefined ? 'taking' : isDeclined ? 'declined' : plan.isEarly ? 'now' : 'planned',
    terms: plan.terms.map(shownTerm),
  }
}

export function shownTerm({ name, role, until, sections }: HandOverTerm) {
  return { name, role, sections, ...(until === NEVER ? {} : { until }) }
}
