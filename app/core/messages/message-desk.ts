import { hash } from '#crypto/hash.ts'
import { utf8 } from '#schema/bytes.ts'
import { ContactId, ConversationId, ThreadId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { conversationName } from '#schema/record/sections.ts'
import { type ConversationKind, MAX_MESSAGE_CHARS, MAX_SUBJECT_CHARS } from '#schema/messages/item.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { LiveView } from '../live-view.ts'
import type {
  BeginThread,
  MessageFailure,
  MessageHit,
  MessageSession,
  NewMessage,
  ThreadDetail,
  ThreadList,
  ThreadPlace,
} from '../message-session.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import { isReady } from '../sharing/people-document.ts'
import type { Sharing } from '../sharing/sharing.ts'
import type { Stop } from '../session.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { beginConversation } from './begin-conversation.ts'
import { ConversationBook, type KnownConversation } from './conversation-book.ts'
import { CONVERSATIONS_SHARD, type ConversationsDocument, isMuted, putMuted } from './conversations-document.ts'
import { reachOf, threadSaidBefore } from './thread-content.ts'
import { aboutOf, hitsIn, shownThread, threadRows } from './shown-threads.ts'

type Said<Value = void> = Promise<Result<Value, MessageFailure>>

const NOTHING: ThreadList = { threads: [], unreadCount: 0 }
/** What came is told as arrived so soon after, and what comes meanwhile with it. */
const GOT_MS = 1000

/** Writing to each other: what the session asks of it while a vault is open. */
export class MessageDesk implements MessageSession {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #people: PeopleDesk
  readonly #list: LiveView<ThreadList>
  readonly #open = new Set<LiveView<ThreadDetail | undefined>>()
  #book: ConversationBook | undefined
  #cancelGot: (() => void) | undefined

  constructor(ports: Ports, slot: VaultSlot, people: PeopleDesk) {
    this.#ports = ports
    this.#slot = slot
    this.#people = people
    this.#list = new LiveView(
      NOTHING,
      () => people.sharing,
      () => this.#readList(),
    )
    slot.onOpen(vault => this.#follow(vault))
    people.onSharing(() => this.#changed())
  }

  watchThreads(listener: (threads: ThreadList) => void): Promise<Stop> {
    return this.#list.watch(listener)
  }

  async watchThread(
    place: ThreadPlace,
    count: number,
    listener: (thread: ThreadDetail | undefined) => void,
  ): Promise<Stop> {
    const view = new LiveView<ThreadDetail | undefined>(
      undefined,
      () => this.#people.sharing,
      () => this.#readThread(place, count),
    )
    this.#open.add(view)
    const stop = await view.watch(listener)
    return () => {
      this.#open.delete(view)
      stop()
    }
  }

  async beginThread(request: BeginThread): Said<ThreadPlace> {
    const [vault, { sharing }] = [this.#slot.open, this.#people]
    if (vault === undefined || sharing === undefined) return fail({ kind: 'not-here' })
    const wrong = wrongIn(request) ?? (request.subject.length > MAX_SUBJECT_CHARS ? 'too-long' : undefined)
    if (wrong !== undefined) return fail({ kind: wrong })
    const contacts = await readyContacts(sharing, request.contactIds)
    if (!contacts.ok) return contacts
    const found = await this.#conversationWith(vault, sharing, contacts.value, request)
    if (!found.ok) return found
    const { id, conversation } = found.value
    const said = threadSaidBefore(await conversation.content(), request.key)
    const thread = said ?? ThreadId.of(nameOf('thread', request))
    const { key, text, subject } = request
    const first = { kind: 'thread', thread, subject: subject.trim() } as const
    const kept = said === undefined && (await conversation.append([first, { kind: 'message', thread, key, text }]))
    return kept === false || kept.ok ? ok({ conversationId: id, threadId: thread }) : notStored(kept.failure)
  }

  async sendMessage(place: ThreadPlace, message: NewMessage): Said {
    const found = await this.#found(place)
    if (!found.ok) return found
    const { known, thread } = found.value
    const wrong = wrongIn(message)
    if (wrong !== undefined) return fail({ kind: wrong })
    if (known.noReply !== undefined && known.noReply !== 'paused') return fail({ kind: 'over' })
    const { key, text } = message
    if (threadSaidBefore(await known.conversation.content(), key) !== undefined) return ok(undefined)
    return kept(await known.conversation.append([{ kind: 'message', thread, key, text }]))
  }

  async markThreadRead(place: ThreadPlace): Said {
    const found = await this.#found(place)
    if (!found.ok) return found
    const { known, thread } = found.value
    const { threads } = await known.conversation.content()
    const messages = threads.find(one => one.id === thread)?.messages ?? []
    const others = messages.filter(({ by }) => known.authorOf(by).type !== 'you')
    return kept(await known.conversation.markRead(thread, reachOf(others)))
  }

  async muteThread(place: ThreadPlace, isOff: boolean): Said {
    const found = await this.#found(place)
    if (!found.ok) return found
    const home = found.value.vault.account.logs.home.log
    await home.change<ConversationsDocument>(CONVERSATIONS_SHARD, doc => putMuted(doc, place, isOff))
    const answer = kept(await home.flush())
    this.#changed()
    return answer
  }

  async searchMessages(text: string): Promise<readonly MessageHit[]> {
    const { sharing } = this.#people
    const hits: MessageHit[] = []
    if (this.#book === undefined || sharing === undefined || text.trim() === '') return hits
    for (const known of await this.#book.all(sharing)) hits.push(...(await hitsIn(known, text)))
    return hits.toSorted((a, b) => b.message.at - a.message.at)
  }

  async sayAnswerTimes(conversationId: string, text: string): Said {
    const known = await this.#known(conversationId)
    if (known === undefined) return fail({ kind: 'not-found' })
    if (text.length > MAX_SUBJECT_CHARS) return fail({ kind: 'too-long' })
    return kept(await known.conversation.append([{ kind: 'answer-times', text: text.trim() }]))
  }

  async endConversation(conversationId: string): Said {
    const [known, { sharing }] = [await this.#known(conversationId), this.#people]
    if (known === undefined || sharing === undefined) return fail({ kind: 'not-found' })
    const name = conversationName(known.id)
    if (known.isOwn) {
      const shares = (await sharing.given.shares()).filter(
        one => one.sections.includes(name) && one.endedBy === undefined,
      )
      const ended = kept(await sharing.given.end(shares, 'stopped'))
      this.#people.roundSoon()
      return ended
    }
    const going = (await sharing.received.grants()).filter(one => one.endedBy === undefined)
    const grant = going.find(one => one.logs.some(log => log.section === name))
    const left = grant === undefined ? ok(undefined) : kept(await sharing.received.answer(grant.id, 'left'))
    this.#people.roundSoon()
    return left
  }

  #follow(vault: OpenVault): () => void {
    const book = new ConversationBook(vault, this.#ports.clock, () => this.#news())
    this.#book = book
    const stop = vault.account.logs.home.watch(CONVERSATIONS_SHARD, () => this.#changed())
    return () => {
      stop()
      book.stop()
      this.#cancelGot?.()
      this.#book = undefined
      this.#changed()
    }
  }

  #changed(): void {
    this.#list.changed()
    for (const view of this.#open) view.changed()
  }

  #news(): void {
    this.#changed()
    this.#cancelGot ??= this.#ports.clock.after(GOT_MS, () => {
      this.#cancelGot = undefined
      const book = this.#book
      void this.#markGot().catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#book === book) throw cause
      })
    })
  }

  /** Whoever wrote hears that it is here. What the disk refuses is said with the next message. */
  async #markGot(): Promise<void> {
    for (const known of await this.#all()) {
      if (known.noReply !== undefined) continue
      const { items } = await known.conversation.content()
      await known.conversation.markGot(reachOf(items.filter(({ by }) => known.authorOf(by).type !== 'you')))
    }
  }

  async #all(): Promise<readonly KnownConversation[]> {
    const { sharing } = this.#people
    return sharing === undefined || this.#book === undefined ? [] : this.#book.all(sharing)
  }

  async #known(id: string): Promise<KnownConversation | undefined> {
    const conversationId = ConversationId.parse(id)
    return (await this.#all()).find(one => one.id === conversationId)
  }

  async #found(place: ThreadPlace) {
    const [vault, thread] = [this.#slot.open, ThreadId.parse(place.threadId)]
    if (vault === undefined) return fail({ kind: 'locked' } as const)
    const known = await this.#known(place.conversationId)
    if (known === undefined || thread === undefined) return fail({ kind: 'not-found' } as const)
    return ok({ vault, known, thread })
  }

  /** The one that exactly these people and this person have already for this, or a new one. */
  async #conversationWith(
    vault: OpenVault,
    sharing: Sharing,
    contacts: readonly ContactId[],
    request: BeginThread,
  ): Said<Pick<KnownConversation, 'id' | 'conversation'>> {
    const { about } = request
    for (const known of await this.#all()) {
      if (known.noReply !== undefined || !isAmong(known, contacts)) continue
      if (aboutOf(known, (await known.conversation.content()).about) === about) return ok(known)
    }
    const id = ConversationId.of(nameOf('conversation', request))
    const [createdAt, sections] = [sharing.office.now(), [conversationName(id)]]
    const grant = { role: 'write', until: NEVER, withHistory: true, createdAt, sections } as const
    // Shares first: whoever is not there any more to make the log finds them under its name when they are asked again.
    const noted = (await sharing.given.shares()).filter(one => one.sections.includes(conversationName(id)))
    for (const contact of contacts.filter(one => noted.every(share => share.contact !== one))) {
      const given = await sharing.given.begin({ ...grant, contact })
      if (!given.ok) return notStored(given.failure)
    }
    const begun = await beginConversation(
      { ports: this.#ports, account: vault.account, keys: vault.keys },
      id,
      kindOf(about),
    )
    if (!begun.ok) return notStored(begun.failure)
    this.#people.roundSoon()
    const made = (await this.#all()).find(one => one.id === id)
    return made === undefined ? fail({ kind: 'not-found' }) : ok(made)
  }

  async #readList(): Promise<ThreadList> {
    const vault = this.#slot.open
    if (vault === undefined) return NOTHING
    const muted = await vault.account.logs.home.log.read<ConversationsDocument>(CONVERSATIONS_SHARD)
    const rows = await Promise.all((await this.#all()).map(known => threadRows(known, place => isMuted(muted, place))))
    const threads = rows.flat().toSorted((a, b) => b.last.at - a.last.at)
    const loud = threads.filter(row => !row.isMuted)
    return { threads, unreadCount: loud.reduce((sum, row) => sum + row.unreadCount, 0) }
  }

  async #readThread(place: ThreadPlace, count: number): Promise<ThreadDetail | undefined> {
    const found = await this.#found(place)
    if (!found.ok) return undefined
    const { vault, known, thread } = found.value
    const muted = await vault.account.logs.home.log.read<ConversationsDocument>(CONVERSATIONS_SHARD)
    return shownThread(known, thread, count, isMuted(muted, place))
  }
}

/** The same when it is sent again: what was cut short is carried to its end, and nothing is begun twice. */
function nameOf(what: 'conversation' | 'thread', { key }: NewMessage): Uint8Array {
  return hash(utf8(`wk/1/${what}/${key}`)).subarray(0, 8)
}

function wrongIn({ text }: NewMessage): 'empty' | 'too-long' | undefined {
  if (text.trim() === '') return 'empty'
  return text.length > MAX_MESSAGE_CHARS ? 'too-long' : undefined
}

async function readyContacts({ office }: Sharing, ids: readonly string[]): Said<readonly ContactId[]> {
  const { contacts } = await office.book()
  const chosen = new Set(ids.flatMap(id => ContactId.parse(id) ?? []))
  const found = contacts.filter(({ id }) => chosen.has(id))
  if (found.length === 0) return fail({ kind: 'nobody-chosen' })
  return found.every(isReady) ? ok(found.map(({ id }) => id)) : fail({ kind: 'contact-not-ready' })
}

function isAmong({ others }: KnownConversation, contacts: readonly ContactId[]): boolean {
  return (
    others.length === contacts.length &&
    others.every(one => one.contact !== undefined && contacts.includes(one.contact))
  )
}

function kindOf(about: BeginThread['about']): ConversationKind {
  return about === 'family' ? { is: 'family' } : { is: 'care', patient: about === 'my-care' ? 'opener' : 'other' }
}

function kept(stored: Result<void, StoreFailure>): Result<void, MessageFailure> {
  return stored.ok ? stored : notStored(stored.failure)
}

function notStored(why: StoreFailure) {
  return fail({ kind: 'not-stored', why } as const)
}
