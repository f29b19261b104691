import type { ContactId, ConversationId, PrincipalId } from '#schema/ids.ts'
import { conversationIn, conversationName, type SharedName } from '#schema/record/sections.ts'
import type { ConversationKind } from '#schema/messages/item.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { authorsIn, type AuthorNames } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { Clock } from '../ports.ts'
import type { KnownShare } from '../sharing/given-document.ts'
import { MEMBERS_LABEL, readMemberNames } from '../sharing/member-names.ts'
import type { KnownContact } from '../sharing/people-document.ts'
import { grantKeys } from '../sharing/grant.ts'
import { ownAuthorNames } from '../sharing/own-authors.ts'
import type { KnownGrant } from '../sharing/received-document.ts'
import { sharedAuthorNames } from '../sharing/shared-authors.ts'
import type { Sharing } from '../sharing/sharing.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { ThreadDetail } from '../message-session.ts'
import { Conversation } from './conversation.ts'

/** Who takes part beside this person. */
export interface Other {
  readonly name: string
  /** Undefined for whom only who opened the conversation knows. */
  readonly contact?: ContactId
  isThey(principal: PrincipalId): boolean
}

export interface KnownConversation {
  readonly id: ConversationId
  readonly conversation: Conversation
  /** This person opened it, and says who takes part. */
  readonly isOwn: boolean
  readonly others: readonly Other[]
  readonly noReply?: NonNullable<ThreadDetail['noReply']>
  /** Of those whom this person let in: who has not taken it up for so long, or after ending another one, that they may never. */
  readonly untakenBy: readonly ContactId[]
  /** With somebody who has no Wellkeep: how this person calls them. */
  readonly visitor?: string
  authorOf(principal: PrincipalId): EntryAuthor
}

/** Whoever unlocks now and then has it by then. Who removed this person as a contact is told of no conversation, and nobody tells that. */
const TAKEN_MS = 3 * 24 * 3600_000

/** All conversations of an open vault: those that this person opened, and those of others that are open here. */
export class ConversationBook {
  readonly #vault: OpenVault
  readonly #clock: Clock
  readonly #onNews: () => void
  readonly #staffName: (() => string | undefined) | undefined
  readonly #conversations = new Map<SealedLog, { readonly conversation: Conversation; readonly stop: () => void }>()
  readonly #stops: (() => void)[] = []
  #names: Promise<AuthorNames> | undefined

  /** `onNews`: something may have been said, heard, or sent. */
  constructor(vault: OpenVault, clock: Clock, onNews: () => void, staffName?: () => string | undefined) {
    this.#vault = vault
    this.#clock = clock
    this.#onNews = onNews
    this.#staffName = staffName
    this.#stops.push(vault.account.watchSections(onNews))
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    for (const { stop } of this.#conversations.values()) stop()
    this.#conversations.clear()
  }

  async all(sharing: Sharing): Promise<readonly KnownConversation[]> {
    const received = await this.#received(sharing)
    const shares = await sharing.given.shares()
    const ended = new Set([
      ...shares.filter(isEndedByThem).map(share => share.contact),
      ...received.filter(isEndedByOpener).flatMap(({ others }) => others[0]?.contact ?? []),
    ])
    return [...(await this.#own(sharing, shares, ended)), ...received]
  }

  /** `ended`: who ended a conversation with this person. */
  async #own(
    sharing: Sharing,
    shares: readonly KnownShare[],
    ended: ReadonlySet<ContactId>,
  ): Promise<KnownConversation[]> {
    const { account } = this.#vault
    const before = this.#clock.now() - TAKEN_MS
    const book = await sharing.office.book()
    const contacts = [...book.contacts, ...book.removed]
    const names = await (this.#names ??= this.#ownNames())
    const sharesOf = bySection(shares)
    const found: KnownConversation[] = []
    for (const [section, log] of account.logs.sections) {
      const id = conversationIn(section)
      if (id === undefined) continue
      const conversation = this.#of(log)
      // Also what another of those wrote who act in this account: who it was says their journal.
      const authorOf = (principal: PrincipalId): EntryAuthor =>
        principal === account.keyring.principal ? { type: 'you' } : names.authorOf({ principal })
      const ofThis = sharesOf.get(conversationName(id)) ?? []
      const isEmpty = ofThis.every(share => share.endedBy !== undefined)
      const about = isEmpty ? (await conversation.content()).about : undefined
      // A circle goes on when everybody else has left it.
      const isOver = isEmpty && about?.is !== 'circle'
      const byThem = ofThis.some(isEndedByThem)
      const untaken = ofThis.filter(share => share.endedBy === undefined && !share.isAccepted)
      const visitor = ofThis.length === 0 ? visitorIn(about) : undefined
      found.push({
        id,
        conversation,
        isOwn: true,
        others:
          visitor === undefined
            ? ofThis.map(share => otherOf(share, contacts))
            : [{ name: visitor, isThey: () => false }],
        untakenBy: untaken.filter(one => one.createdAt < before || ended.has(one.contact)).map(one => one.contact),
        authorOf,
        ...(visitor === undefined ? {} : { visitor }),
        ...(isOver && ofThis.length > 0
          ? { noReply: byThem ? ('ended-by-them' as const) : ('ended-by-you' as const) }
          : {}),
      })
    }
    return found
  }

  async #received(sharing: Sharing): Promise<KnownConversation[]> {
    const found: KnownConversation[] = []
    const { contacts, removed } = await sharing.office.book()
    for (const { grant, log } of await sharing.received.records.conversations()) {
      const id = grant.logs.map(({ section }) => conversationIn(section)).find(one => one !== undefined)
      if (id === undefined) continue
      const name = [...contacts, ...removed].find(one => one.id === grant.contact)?.name ?? grant.recordName
      found.push(await this.#receivedOne(id, grant, log, name))
    }
    return found
  }

  async #receivedOne(id: ConversationId, grant: KnownGrant, log: SealedLog, name: string): Promise<KnownConversation> {
    const mine = new Set(grant.seeds.map(seed => grantKeys(seed).principal))
    const authors = authorsIn(log)
    const members = readMemberNames(await log.read<DocMap>(MEMBERS_LABEL), authors)
    const names = await sharedAuthorNames({ logs: [log], mine, recordName: name })
    const beside = [
      ...Map.groupBy(
        [...members].filter(([principal]) => !mine.has(principal)),
        ([, each]) => each,
      ),
    ]
    const noReply = noReplyOf(grant)
    return {
      id,
      conversation: this.#of(log),
      isOwn: false,
      others: [
        { name, contact: grant.contact, isThey: principal => authors.isOwner(principal) },
        ...beside.map(([each, theirs]) => {
          const principals = new Set(theirs.map(([principal]) => principal))
          return { name: each, isThey: (principal: PrincipalId) => principals.has(principal) }
        }),
      ],
      untakenBy: [],
      authorOf: principal => names.authorOf({ principal }),
      ...(noReply === undefined ? {} : { noReply }),
    }
  }

  #of(log: SealedLog): Conversation {
    const known = this.#conversations.get(log)
    if (known !== undefined) return known.conversation
    const conversation = new Conversation(log, this.#clock, this.#staffName)
    this.#conversations.set(log, { conversation, stop: log.subscribe(() => this.#onNews()) })
    return conversation
  }

  async #ownNames(): Promise<AuthorNames> {
    const names = await ownAuthorNames(this.#vault.account)
    this.#stops.push(names.subscribe(this.#onNews))
    return names
  }
}

/** Each as they follow each other: looked up for each conversation, of which somebody may have hundreds. */
function bySection(shares: readonly KnownShare[]): ReadonlyMap<SharedName, readonly KnownShare[]> {
  const found = new Map<SharedName, KnownShare[]>()
  for (const share of shares) {
    for (const name of share.sections) {
      const known = found.get(name)
      if (known === undefined) found.set(name, [share])
      else known.push(share)
    }
  }
  return found
}

const isEndedByThem = ({ sections, endedBy }: KnownShare) =>
  (endedBy === 'left' || endedBy === 'declined') && sections.some(name => conversationIn(name) !== undefined)

const isEndedByOpener = ({ noReply }: KnownConversation) => noReply === 'ended-by-them'

function visitorIn(about: ConversationKind | undefined): string | undefined {
  return about?.is === 'care' ? about.visitor : undefined
}

function otherOf({ contact, principals }: KnownShare, contacts: readonly KnownContact[]): Other {
  const name = contacts.find(one => one.id === contact)?.name ?? ''
  return { name, contact, isThey: principal => principals.includes(principal) }
}

function noReplyOf({ endedBy, isPaused }: KnownGrant): KnownConversation['noReply'] {
  if (endedBy !== undefined) return endedBy === 'left' || endedBy === 'declined' ? 'ended-by-you' : 'ended-by-them'
  return isPaused ? 'paused' : undefined
}
