import type { LateWriting } from '#app/core/late-session.ts'
import type { SaveFailure, Session, Stop } from '#app/core/session.ts'
import type {
  CompareFailure,
  Contact,
  Invitation,
  Inviter,
  MeetFailure,
  People,
  SafetyNumber,
} from '#app/core/people-session.ts'
import type { GivenShare, ReceivedShare, ShareFailure, ShareRequest, Shares } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeRecord } from './fake-record.ts'
import { Watched } from './fake-watch.ts'

export const FAKE_CODE = '00112233445566778899aa'
export const FAKE_INVITATION_WORDS = ['cinema', 'valley', 'ribbon', 'falcon', 'meadow', 'button', 'oyster', 'lantern']

/** People in memory: set `people` to act as the worker, `nextMeetFailure` to make the next call fail with it. */
export class FakePeople extends FakeRecord {
  readonly people = new Watched<People>({ contacts: [], invitations: [] })
  readonly shares = new Watched<Shares>({ given: [], received: [] })
  readonly late = new Watched<readonly LateWriting[]>([])
  /** Of everybody's safety number. */
  digits = '0123456789'.repeat(6)
  readonly lateDecisions: (readonly [string, 'take' | 'leave'])[] = []
  nextMeetFailure: MeetFailure | undefined
  nextShareFailure: ShareFailure | undefined
  inviter: Inviter = { name: 'Tom Jansen', isKnown: false }

  async watchPeople(listener: (people: People) => void): Promise<Stop> {
    return this.people.watch(listener)
  }

  async invite(contactId?: string): Promise<Result<Invitation, MeetFailure>> {
    const failure = this.#failure()
    if (failure) return failure
    const invitation: Invitation = {
      invitationId: `i${this.people.value.invitations.length + 1}`,
      code: FAKE_CODE,
      words: FAKE_INVITATION_WORDS,
      endsAt: instant(Date.UTC(2026, 10, 29, 9)),
      ...(contactId === undefined ? {} : { contactId }),
    }
    this.people.set({ ...this.people.value, invitations: [invitation, ...this.people.value.invitations] })
    return ok(invitation)
  }

  async withdrawInvitation(invitationId: string): Promise<Result<void, MeetFailure>> {
    const { contacts, invitations } = this.people.value
    this.people.set({ contacts, invitations: invitations.filter(one => one.invitationId !== invitationId) })
    return this.#failure() ?? ok(undefined)
  }

  async readInvitation(_text: string): Promise<Result<Inviter, MeetFailure>> {
    return this.#failure() ?? ok(this.inviter)
  }

  async acceptInvitation(): Promise<Result<{ readonly contactId: string }, MeetFailure>> {
    const failure = this.#failure()
    if (failure) return failure
    const contact: Contact = {
      contactId: 'c9',
      name: this.inviter.name,
      addedAt: instant(Date.UTC(2026, 10, 22, 9)),
      state: 'waiting',
    }
    this.people.set({ ...this.people.value, contacts: [...this.people.value.contacts, contact] })
    return ok({ contactId: contact.contactId })
  }

  async safetyNumber(contactId: string): Promise<SafetyNumber | undefined> {
    if (this.people.value.contacts.every(one => one.contactId !== contactId)) return undefined
    return {
      digits: this.digits,
      words: Array.from({ length: 18 }, (_, index) => FAKE_INVITATION_WORDS[index % 8]!),
    }
  }

  async markCompared(contactId: string, digits?: string, passphrase?: string): Promise<Result<void, CompareFailure>> {
    const isCompared = digits !== undefined
    const isChanged = this.people.value.contacts.find(one => one.contactId === contactId)?.state === 'changed'
    if (isCompared && digits !== (await this.safetyNumber(contactId))?.digits) return fail({ kind: 'other-number' })
    if (isCompared && isChanged && passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    return this.#changeContact(contactId, contact => {
      const { comparedAt: _, ...rest } = contact
      return { ...rest, state: 'known', ...(isCompared ? { comparedAt: instant(Date.UTC(2026, 10, 22, 9)) } : {}) }
    })
  }

  async markDiffering(contactId: string, digits: string): Promise<Result<void, CompareFailure>> {
    if (digits !== (await this.safetyNumber(contactId))?.digits) return fail({ kind: 'other-number' })
    return this.#changeContact(contactId, contact => {
      const { comparedAt: _, ...rest } = contact
      return contact.state === 'changed' ? contact : { ...rest, state: 'differs' }
    })
  }

  async decideChangedKeys(
    contactId: string,
    decision: 'use' | 'keep',
    passphrase?: string,
  ): Promise<Result<void, SaveFailure>> {
    if (decision === 'use' && passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    return this.#changeContact(contactId, contact => ({ ...contact, state: 'known' }))
  }

  async renameContact(contactId: string, name: string): Promise<Result<void, SaveFailure>> {
    return this.#changeContact(contactId, contact => ({ ...contact, name }))
  }

  async removeContact(contactId: string): Promise<Result<void, SaveFailure>> {
    return this.#changeContact(contactId, () => undefined)
  }

  async checkMail(): Promise<void> {}

  async watchShares(listener: (shares: Shares) => void): Promise<Stop> {
    return this.shares.watch(listener)
  }

  async share(request: ShareRequest): Promise<Result<{ readonly shareId: string }, ShareFailure>> {
    const failure = this.#shareFailure()
    if (failure) return failure
    const { contactId, sections, role, until, withHistory } = request
    const contactName = this.people.value.contacts.find(one => one.contactId === contactId)?.name ?? ''
    const shareId = `s${this.shares.value.given.length + 1}`
    const createdAt = instant(Date.UTC(2026, 10, 22, 9))
    const about = { shareId, contactId, contactName, sections, role, withHistory, createdAt } as const
    const offered = { ...about, begunAnew: [], state: 'offered' } as const
    const given = [{ ...offered, ...(until === undefined ? {} : { until }) }, ...this.shares.value.given]
    this.shares.set({ ...this.shares.value, given })
    return ok({ shareId })
  }

  async changeShare(
    shareId: string,
    change: Parameters<Session['changeShare']>[1],
  ): Promise<Result<void, ShareFailure>> {
    const failure = this.#shareFailure()
    if (failure) return failure
    const given = this.shares.value.given.map((share): GivenShare => {
      if (share.shareId !== shareId) return share
      const { until: before, ...rest } = share
      const until = change.until === undefined ? before : (change.until ?? undefined)
      return {
        ...rest,
        sections: change.sections ?? share.sections,
        ...(until === undefined ? {} : { until }),
        ...(change.isPaused === undefined ? {} : { state: change.isPaused ? 'paused' : 'accepted' }),
      }
    })
    this.shares.set({ ...this.shares.value, given })
    return ok(undefined)
  }

  async stopShare(shareId: string): Promise<Result<void, ShareFailure>> {
    const given = this.shares.value.given.map(
      (share): GivenShare => (share.shareId === shareId ? { ...share, state: 'ended', endedBy: 'stopped' } : share),
    )
    this.shares.set({ ...this.shares.value, given })
    return this.#shareFailure() ?? ok(undefined)
  }

  async answerShare(shareId: string, answer: 'accept' | 'decline'): Promise<Result<void, ShareFailure>> {
    const received = this.shares.value.received.flatMap((share): ReceivedShare[] => {
      if (share.shareId !== shareId) return [share]
      return answer === 'accept' ? [{ ...share, state: 'accepted' }] : []
    })
    this.shares.set({ ...this.shares.value, received })
    return this.#shareFailure() ?? ok(undefined)
  }

  async putShareAway(shareId: string): Promise<Result<void, SaveFailure>> {
    const { given, received } = this.shares.value
    this.shares.set({ given, received: received.filter(one => one.shareId !== shareId) })
    return ok(undefined)
  }

  /** Every shared record is this fake's own. */
  async watchLate(listener: (late: readonly LateWriting[]) => void): Promise<Stop> {
    return this.late.watch(listener)
  }

  async decideLate(lateId: string, decision: 'take' | 'leave'): Promise<Result<void, SaveFailure>> {
    this.lateDecisions.push([lateId, decision])
    this.late.set(this.late.value.filter(one => one.lateId !== lateId))
    return ok(undefined)
  }

  askShared: Session['askShared'] = async (_id, method, args) => {
    const call = (this as unknown as Record<string, (...args: unknown[]) => never>)[method]
    return call?.apply(this, [...args])
  }

  watchShared: Session['watchShared'] = async (_id, method, args, listener) => {
    const watch = (this as unknown as Record<string, (...args: unknown[]) => Promise<Stop>>)[method]
    return watch?.apply(this, [...args, listener]) ?? (() => undefined)
  }

  #shareFailure() {
    const failure = this.nextShareFailure
    this.nextShareFailure = undefined
    return failure === undefined ? undefined : fail(failure)
  }

  #failure() {
    const failure = this.nextMeetFailure
    this.nextMeetFailure = undefined
    return failure === undefined ? undefined : fail(failure)
  }

  #changeContact(id: string, change: (contact: Contact) => Contact | undefined): Result<void, SaveFailure> {
    const { contacts, invitations } = this.people.value
    if (contacts.every(one => one.contactId !== id)) return fail({ kind: 'not-found' })
    const next = contacts.flatMap(one => (one.contactId === id ? (change(one) ?? []) : one))
    this.people.set({ contacts: next, invitations })
    return ok(undefined)
  }
}
