import { type ContactId, ContactId as ContactIds, ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { sectionsAmong } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RecordService } from '../record/open-record.ts'
import type { SaveFailure, Session, Stop } from '../session.ts'
import {
  type GivenShare,
  type ReceivedShare,
  SHARED_CALLS,
  SHARED_WATCHES,
  type ShareFailure,
  type Shares,
} from '../share-session.ts'
import { freshUnlock, type PassphraseCheck } from '../vault/fresh-unlock.ts'
import { Watched } from '../watched.ts'
import { changeShare } from './given-changes.ts'
import type { KnownShare } from './given-document.ts'
import type { PeopleDesk } from './people-desk.ts'
import type { Sharing } from './sharing.ts'
import { isDoubted, isReady, type KnownContact } from './people-document.ts'
import { putAway } from './received-changes.ts'
import type { KnownGrant } from './received-document.ts'
import { bringsConversation, givesConversation, sectionsOf } from './shared-names.ts'
import { shownSections } from './shown-sections.ts'

type Shared<Value = void> = Promise<Result<Value, ShareFailure>>
type AnyMethod = (...args: readonly unknown[]) => unknown

const NOTHING: Shares = { given: [], received: [] }

/** What a person shares and what is shared with them, as the session tells it. */
export class ShareDesk {
  readonly shares = new Watched<Shares>(NOTHING)
  readonly #people: PeopleDesk
  readonly #vault: PassphraseCheck
  /** Of what is read for the screen only the latest counts. */
  #turn = 0

  constructor(people: PeopleDesk, vault: PassphraseCheck) {
    this.#people = people
    this.#vault = vault
    people.onSharing(sharing => void this.#tell(sharing))
  }

  async share(request: Parameters<Session['share']>[0]): Shared<{ readonly shareId: string }> {
    const sharing = this.#people.sharing
    if (sharing === undefined) return fail({ kind: 'not-here' })
    if (request.sections.length === 0) return fail({ kind: 'nothing-chosen' })
    const { office, given } = sharing
    if (request.until !== undefined && request.until <= office.now()) return fail({ kind: 'in-the-past' })
    const contact = await this.#contact(sharing, ContactIds.parse(request.contactId))
    if (contact === undefined) return fail({ kind: 'not-found' })
    if (!isReady(contact)) return fail({ kind: 'contact-not-ready' })
    const shares = await given.shares()
    if (hasAny(shares, contact.id, request.sections)) return fail({ kind: 'already-shared' })
    const unlocked = await this.#unlocked(request.passphrase)
    if (!unlocked.ok) return unlocked
    const { role, sections, withHistory } = request
    const until = request.until ?? NEVER
    const begun = await given.begin({
      contact: contact.id,
      role,
      sections,
      withHistory,
      until,
      createdAt: office.now(),
    })
    if (!begun.ok) return fail({ kind: 'not-stored', why: begun.failure })
    this.#people.roundSoon()
    return ok({ shareId: begun.value })
  }

  async change(id: string, change: Parameters<Session['changeShare']>[1]): Shared {
    const found = await this.#given(id)
    if (!found.ok) return found
    const { sharing, share } = found.value
    const { sections, isPaused } = change
    if (sections?.length === 0) return fail({ kind: 'nothing-chosen' })
    const others = (await sharing.given.shares()).filter(one => one.id !== share.id)
    if (hasAny(others, share.contact, sections ?? [])) return fail({ kind: 'already-shared' })
    const until = change.until === null ? NEVER : change.until
    if (until !== undefined && until <= sharing.office.now()) return fail({ kind: 'in-the-past' })
    if (isWider(share, { ...change, until })) {
      const contact = await this.#contact(sharing, share.contact)
      if (contact !== undefined && isDoubted(contact)) return fail({ kind: 'contact-not-ready' })
      const unlocked = await this.#unlocked(change.passphrase ?? '')
      if (!unlocked.ok) return unlocked
    }
    const since = sections && (await sharing.given.heldOf(sections))
    const pausedAt = isPaused === undefined ? undefined : isPaused ? sharing.office.now() : null
    return this.#kept(
      sharing.given.change(doc =>
        changeShare(doc, share.id, {
          ...(sections === undefined ? {} : { sections }),
          ...(since === undefined ? {} : { since }),
          ...(until === undefined ? {} : { until }),
          ...(pausedAt === undefined ? {} : { pausedAt }),
        }),
      ),
    )
  }

  async stop(id: string): Shared {
    const found = await this.#given(id)
    if (!found.ok) return (await this.#hasEnded(id)) ? ok(undefined) : found
    const { sharing, share } = found.value
    return this.#kept(sharing.given.end([share], 'stopped'))
  }

  async answer(id: string, answer: 'accept' | 'decline'): Shared {
    const sharing = this.#people.sharing
    const grant = (await sharing?.received.grants())?.find(one => one.id === id && one.endedBy === undefined)
    if (sharing === undefined) return fail({ kind: 'not-here' })
    if (grant === undefined) return fail({ kind: 'not-found' })
    const refusal = grant.isAccepted ? 'left' : 'declined'
    return this.#kept(sharing.received.answer(grant.id, answer === 'accept' ? 'accepted' : refusal))
  }

  /** Of a share that is over. */
  async putAway(id: string): Promise<Result<void, SaveFailure>> {
    const { sharing } = this.#people
    if (sharing === undefined) return fail({ kind: 'locked' })
    const grant = (await sharing.received.grants()).find(one => one.id === id && one.endedBy !== undefined)
    if (grant === undefined) return fail({ kind: 'not-found' })
    const kept = await sharing.received.change(doc => putAway(doc, grant.id))
    return kept.ok ? ok(undefined) : fail({ kind: 'not-stored', why: kept.failure })
  }

  async ask(id: string, method: string, args: readonly unknown[]): Promise<unknown> {
    if (!SHARED_CALLS.some(one => one === method)) return undefined
    return this.#withRecord(id, async record => {
      const answer = await methodOf(record, method)?.(...args)
      await this.#noteLook(id, method, answer)
      return answer
    })
  }

  /** Goes on with the next one when the share is opened anew. */
  async watch(id: string, method: string, args: readonly unknown[], listener: (told: never) => void): Promise<Stop> {
    if (!SHARED_WATCHES.some(one => one === method)) return () => undefined
    const shareId = ShareId.parse(id)
    let followed: RecordService | undefined
    let stop: Promise<Stop> | undefined
    let held: { readonly by: Sharing; readonly release: () => void } | undefined
    const leave = () => void stop?.then(end => end())
    const hold = (sharing: Sharing | undefined) => {
      if (sharing === held?.by) return
      held?.release()
      held = sharing && shareId && { by: sharing, release: sharing.received.records.hold(shareId) }
    }
    const look = () => {
      const { sharing } = this.#people
      hold(sharing)
      const record = shareId && sharing?.received.records.get(shareId)?.record
      if (record === followed) return
      leave()
      followed = record
      stop = methodOf(record, method)?.(...args, (told: never) => {
        void this.#noteLook(id, method, told)
        listener(told)
      }) as Promise<Stop> | undefined
    }
    const end = this.#people.onSharing(look)
    look()
    if (shareId !== undefined) await this.#people.sharing?.received.records.open(shareId)
    look()
    await stop
    return () => {
      end()
      leave()
      held?.release()
    }
  }

  async #tell(sharing: Sharing | undefined): Promise<void> {
    const turn = ++this.#turn
    if (sharing === undefined) return this.shares.set(NOTHING)
    try {
      const { contacts } = await sharing.office.book()
      const nameOf = (id: ContactId) => contacts.find(one => one.id === id)?.name ?? ''
      const given = await Promise.all(
        (await sharing.given.shares())
          .filter(share => !givesConversation(share))
          .map(async share => shownGiven(share, nameOf(share.contact), await sharing.given.canRead(share))),
      )
      const grants = (await sharing.received.grants()).filter(
        one => one.endedBy !== 'declined' && one.endedBy !== 'left' && !one.isPutAway && !bringsConversation(one),
      )
      const { records } = sharing.received
      const received = await Promise.all(
        grants.map(async grant => ({
          ...shownReceived(grant, nameOf(grant.contact), records.isOver(grant)),
          ...(records.isUnsure(grant) ? { isUnsure: true as const } : {}),
          ...(records.isOver(grant) ? await records.lateWriting(grant.id) : {}),
        })),
      )
      if (this.#people.sharing === sharing && turn === this.#turn) this.shares.set({ given, received })
    } catch (cause) {
      // A lock closes the log under what is being read.
      if (this.#people.sharing === sharing) throw cause
    }
  }

  /** Opened if it was closed, and open until `act` is through. */
  async #withRecord<Value>(id: string, act: (record: RecordService) => Promise<Value>): Promise<Value | undefined> {
    const shareId = ShareId.parse(id)
    const { sharing } = this.#people
    if (shareId === undefined || sharing === undefined) return undefined
    const release = sharing.received.records.hold(shareId)
    try {
      const found = await sharing.received.records.open(shareId)
      return found?.record && (await act(found.record))
    } finally {
      release()
    }
  }

  async #noteLook(id: string, method: string, answer: unknown): Promise<void> {
    const sections = shownSections(method, answer)
    const shareId = ShareId.parse(id)
    const received = this.#people.sharing?.received
    if (shareId === undefined || received === undefined || sections.length === 0) return
    await received.noteLook(shareId, sections)
    await received.records.looked(shareId)
  }

  async #given(id: string): Shared<{ readonly sharing: Sharing; readonly share: KnownShare }> {
    const sharing = this.#people.sharing
    if (sharing === undefined) return fail({ kind: 'not-here' })
    const isOpen = (one: KnownShare) => one.endedBy === undefined && sharing.office.now() < one.until
    const share = (await sharing.given.shares()).find(one => one.id === id && isOpen(one))
    return share === undefined ? fail({ kind: 'not-found' }) : ok({ sharing, share })
  }

  async #hasEnded(id: string): Promise<boolean> {
    const shares = (await this.#people.sharing?.given.shares()) ?? []
    return shares.some(one => one.id === id && one.endedBy !== undefined)
  }

  async #contact(sharing: Sharing, id: ContactId | undefined): Promise<KnownContact | undefined> {
    return (await sharing.office.book()).contacts.find(one => one.id === id)
  }

  async #unlocked(passphrase: string): Shared {
    return freshUnlock(this.#vault, passphrase)
  }

  async #kept(kept: ReturnType<Sharing['given']['change']>): Shared {
    const answer = await kept
    if (!answer.ok) return fail({ kind: 'not-stored', why: answer.failure })
    this.#people.roundSoon()
    return ok(undefined)
  }
}

function methodOf(record: RecordService | undefined, name: string): AnyMethod | undefined {
  const methods = record as unknown as Record<string, AnyMethod> | undefined
  return methods?.[name]
}

/** Two grants of one log would make two writers of one place on the recipient's device. */
function hasAny(shares: readonly KnownShare[], contact: ContactId, sections: KnownShare['sections']): boolean {
  return shares.some(
    share =>
      share.contact === contact &&
      share.endedBy === undefined &&
      share.sections.some(section => sections.includes(section)),
  )
}

function isWider(
  share: KnownShare,
  {
    sections,
    until,
    isPaused,
  }: { readonly sections?: KnownShare['sections']; readonly until?: Instant; readonly isPaused?: boolean },
): boolean {
  const hasMore = sections?.some(section => !share.sections.includes(section)) ?? false
  return hasMore || (until !== undefined && until > share.until) || (isPaused === false && share.isPaused)
}

function shownGiven(share: KnownShare, contactName: string, canRead: boolean): GivenShare {
  const { id, contact, sections, role, until, withHistory, begunAnew, createdAt, endedBy, openedAt } = share
  return {
    shareId: id,
    contactId: contact,
    contactName,
    sections: sectionsAmong(sections),
    role,
    withHistory,
    begunAnew: sectionsAmong(begunAnew),
    createdAt,
    state: givenState(share, canRead),
    ...(until === NEVER ? {} : { until }),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(openedAt === undefined ? {} : { lastOpenedAt: openedAt }),
  }
}

/** It has ended when nothing that is written on this device from now on can be read by them (`canRead`). */
function givenState(share: KnownShare, canRead: boolean): GivenShare['state'] {
  if (share.endedBy !== undefined)
    return canRead || share.capabilities.length > 0 || share.told < share.version ? 'ending' : 'ended'
  if (share.isPaused) return 'paused'
  if (share.told === 0) return 'preparing'
  return share.isAccepted ? 'accepted' : 'offered'
}

/** `isOver`: by its time, also before this device is sure of it. */
function shownReceived(grant: KnownGrant, contactName: string, isOver: boolean): ReceivedShare {
  const { id, contact, recordName, role, until, isAccepted, isPaused } = grant
  const endedBy = grant.endedBy === 'stopped' ? 'stopped' : 'expired'
  return {
    shareId: id,
    contactId: contact,
    contactName,
    recordName,
    sections: sectionsOf(grant),
    role,
    isPaused,
    state: isOver ? 'ended' : isAccepted ? 'accepted' : 'offered',
    ...(until === NEVER ? {} : { until }),
    ...(isOver ? { endedBy } : {}),
  }
}
