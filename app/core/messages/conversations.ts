import { hash } from '#crypto/hash.ts'
import { utf8 } from '#schema/bytes.ts'
import { ContactId, ConversationId, type LogId } from '#schema/ids.ts'
import type { ConversationKind } from '#schema/messages/item.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { conversationName, type SharedName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { BeginThread, MessageFailure } from '../message-session.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import { isReady } from '../sharing/people-document.ts'
import type { Sharing } from '../sharing/sharing.ts'
import { shownName } from '../shown-name.ts'
import type { SyncEngine } from '../sync/sync.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { beginConversation } from './begin-conversation.ts'
import { ConversationBook, type KnownConversation } from './conversation-book.ts'
import { aboutOf } from './shown-threads.ts'

type Said<Value = void> = Promise<Result<Value, MessageFailure>>

/** With whom, about what; `key`: made at random for what is said first in it. */
export type Between = Pick<BeginThread, 'contactIds' | 'about' | 'key' | 'visitor'>

/** The conversations of whatever vault is open: found, and begun where there is none. */
export class Conversations {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #people: PeopleDesk
  readonly #staffName: (() => string | undefined) | undefined
  readonly #listeners = new Set<() => void>()
  #book: ConversationBook | undefined

  /** `staffName`: who acts here, where that is a practice's account. */
  constructor(ports: Ports, slot: VaultSlot, people: PeopleDesk, staffName?: () => string | undefined) {
    this.#staffName = staffName
    this.#ports = ports
    this.#slot = slot
    this.#people = people
    slot.onOpen(vault => this.#follow(vault))
    people.onSharing(() => this.#changed())
  }

  /** Calls when something may have been said, heard or sent, and when a vault was opened or locked. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Another one once the vault was locked, or somebody's conversation was closed: what was read from before then is not to be used. */
  get source(): unknown {
    return this.#people.sharing?.received.records.opened
  }

  /** As `act` answers; what broke off since a conversation was closed under it, to be opened anew, is done again. */
  async carryOut<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const { source } = this
      try {
        return await act()
      } catch (cause) {
        if (source === undefined || this.source === undefined || this.source === source) throw cause
      }
    }
  }

  async all(): Promise<readonly KnownConversation[]> {
    const { sharing } = this.#people
    return sharing === undefined || this.#book === undefined ? [] : this.#book.all(sharing)
  }

  async known(id: string): Promise<KnownConversation | undefined> {
    const conversationId = ConversationId.parse(id)
    return (await this.all()).find(one => one.id === conversationId)
  }

  /** Who serves its log just now. */
  clientOf(logId: LogId): ReturnType<SyncEngine['served']> {
    const [vault, { sharing }] = [this.#slot.open, this.#people]
    return vault?.account.engine?.served(logId) ?? sharing?.received.records.served(logId)
  }

  /** At a relay that is not this person's own, and knows nothing of what wakes their devices. */
  isElsewhere(logId: LogId): boolean {
    return this.#people.sharing?.received.records.isElsewhere(logId) === true
  }

  /** The one that exactly these people and this person have already for this, or a new one. */
  async between(request: Between): Said<KnownConversation> {
    const [vault, { sharing }] = [this.#slot.open, this.#people]
    if (vault === undefined || sharing === undefined) return fail({ kind: 'not-here' })
    if (request.visitor !== undefined) return this.#withVisitor(vault, request.visitor, request)
    const contacts = await readyContacts(sharing, request.contactIds)
    if (!contacts.ok) return contacts
    for (const known of await this.all()) {
      if (known.noReply !== undefined || !isAmong(known, contacts.value)) continue
      if (aboutOf(known, (await known.conversation.content()).about) === request.about) return ok(known)
    }
    return this.#begin(vault, sharing, contacts.value, request)
  }

  async #withVisitor(vault: OpenVault, called: string, { about, key }: Between): Said<KnownConversation> {
    const name = shownName(called)
    if (called.trim() === '') return fail({ kind: 'nobody-chosen' })
    if (about !== 'my-care') return fail({ kind: 'not-here' })
    const known = (await this.all()).find(one => one.visitor === name)
    if (known !== undefined) return ok(known)
    const id = ConversationId.of(nameFor('conversation', key, ConversationId.size))
    const deps = { ports: this.#ports, account: vault.account, keys: vault.keys }
    const begun = await beginConversation(deps, id, { is: 'care', patient: 'opener', visitor: name })
    if (!begun.ok) return notStored(begun.failure)
    const made = await this.known(id)
    return made === undefined ? fail({ kind: 'not-found' }) : ok(made)
  }

  /** A new one of this kind with nobody else in it yet; the same key again begins nothing twice. */
  async beginAlone(kind: ConversationKind, key: string): Said<KnownConversation> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'not-here' })
    const id = ConversationId.of(nameFor('conversation', key, ConversationId.size))
    const begun = await beginConversation({ ports: this.#ports, account: vault.account, keys: vault.keys }, id, kind)
    if (!begun.ok) return notStored(begun.failure)
    const made = await this.known(id)
    return made === undefined ? fail({ kind: 'not-found' }) : ok(made)
  }

  /** Into one that this person opened; they get all of it. Once they are in nothing is done. */
  async letIn({ id }: KnownConversation, contactId: string): Said {
    const { sharing } = this.#people
    if (sharing === undefined) return fail({ kind: 'not-here' })
    const ready = await readyContacts(sharing, [contactId])
    if (!ready.ok) return ready
    const [contact] = ready.value
    const name = conversationName(id)
    const shares = await sharing.given.shares()
    const isIn = shares.some(one => one.contact === contact && one.endedBy === undefined && one.sections.includes(name))
    if (isIn || contact === undefined) return ok(undefined)
    return this.#done(await giveConversation(sharing, contact, name))
  }

  /** Nobody writes in it from now on. */
  async end({ id, isOwn }: KnownConversation): Said {
    const { sharing } = this.#people
    if (sharing === undefined) return fail({ kind: 'not-here' })
    const name = conversationName(id)
    if (isOwn) {
      const given = await sharing.given.shares()
      const shares = given.filter(one => one.sections.includes(name) && one.endedBy === undefined)
      return this.#done(await sharing.given.end(shares, 'stopped'))
    }
    const going = (await sharing.received.grants()).filter(one => one.endedBy === undefined)
    const grant = going.find(one => one.logs.some(log => log.section === name))
    return this.#done(grant === undefined ? ok(undefined) : await sharing.received.answer(grant.id, 'left'))
  }

  async #begin(
    vault: OpenVault,
    sharing: Sharing,
    contacts: readonly ContactId[],
    { about, key }: Between,
  ): Said<KnownConversation> {
    const id = ConversationId.of(nameFor('conversation', key, ConversationId.size))
    // Shares first: whoever is not there any more to make the log finds them under its name when they are asked again.
    const noted = (await sharing.given.shares()).filter(one => one.sections.includes(conversationName(id)))
    for (const contact of contacts.filter(one => noted.every(share => share.contact !== one))) {
      const given = await giveConversation(sharing, contact, conversationName(id))
      if (!given.ok) return notStored(given.failure)
    }
    const deps = { ports: this.#ports, account: vault.account, keys: vault.keys }
    const begun = await beginConversation(deps, id, kindOf(about))
    if (!begun.ok) return notStored(begun.failure)
    this.#people.roundSoon()
    const made = await this.known(id)
    return made === undefined ? fail({ kind: 'not-found' }) : ok(made)
  }

  #done(stored: Result<void, StoreFailure>): Result<void, MessageFailure> {
    this.#people.roundSoon()
    return kept(stored)
  }

  #follow(vault: OpenVault): () => void {
    const book = new ConversationBook(vault, this.#ports.clock, () => this.#changed(), this.#staffName)
    this.#book = book
    return () => {
      book.stop()
      this.#book = undefined
      this.#changed()
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The same when it is sent again: what was cut short is carried to its end, and nothing is begun twice. */
export function nameFor(what: 'conversation' | 'thread' | 'request', key: string, size: number): Uint8Array {
  return hash(utf8(`wk/1/${what}/${key}`)).subarray(0, size)
}

async function giveConversation(
  { given, office }: Sharing,
  contact: ContactId,
  name: SharedName,
): Promise<Result<void, StoreFailure>> {
  const grant = { role: 'write', until: NEVER, withHistory: true, createdAt: office.now(), sections: [name] } as const
  const begun = await given.begin({ ...grant, contact })
  return begun.ok ? ok(undefined) : begun
}

async function readyContacts({ office }: Sharing, ids: readonly string[]): Said<readonly ContactId[]> {
  const { contacts } = await office.book()
  const chosen = new Set(ids.flatMap(id => ContactId.parse(id) ?? []))
  const found = contacts.filter(({ id }) => chosen.has(id))
  if (found.length === 0) return fail({ kind: 'nobody-chosen' })
  return found.every(isReady) ? ok(found.map(({ id }) => id)) : fail({ kind: 'contact-not-ready' })
}

function isAmong({ others }: KnownConversation, contacts: readonly ContactId[]): boolean {
  const isOne = (contact: ContactId | undefined) => contact !== undefined && contacts.includes(contact)
  return others.length === contacts.length && others.every(one => isOne(one.contact))
}

function kindOf(about: BeginThread['about']): ConversationKind {
  return about === 'family' ? { is: 'family' } : { is: 'care', patient: about === 'my-care' ? 'opener' : 'other' }
}

export function kept(stored: Result<void, StoreFailure>): Result<void, MessageFailure> {
  return stored.ok ? stored : notStored(stored.failure)
}

function notStored(why: StoreFailure) {
  return fail({ kind: 'not-stored', why } as const)
}
