import { ThreadId } from '#schema/ids.ts'
import { type ItemContent, MAX_SUBJECT_CHARS } from '#schema/messages/item.ts'
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
import type { Clock } from '../ports.ts'
import type { Stop } from '../session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import type { KnownConversation } from './conversation-book.ts'
import { type Conversations, kept, nameFor } from './conversations.ts'
import {
  CONVERSATIONS_SHARD,
  type ConversationsDocument,
  isReadUntold,
  putMuted,
  putReadUntold,
} from './conversations-document.ts'
import type { FileDesk } from './files/file-desk.ts'
import { messageItem, wrongIn } from './said-message.ts'
import { hitsIn, type IsWaiting, shownThread, threadRows } from './shown-threads.ts'
import { reachOf, threadSaidBefore } from './thread-content.ts'

type Said<Value = void> = Promise<Result<Value, MessageFailure>>

const NOTHING: ThreadList = { threads: [], unreadCount: 0 }
/** What came is told as arrived so soon after, and what comes meanwhile with it. */
const GOT_MS = 1000

/** Writing to each other: what the session asks of it while a vault is open. */
export class MessageDesk implements MessageSession {
  readonly #clock: Clock
  readonly #slot: VaultSlot
  readonly #conversations: Conversations
  readonly #files: FileDesk
  readonly #list: LiveView<ThreadList>
  readonly #open = new Set<LiveView<ThreadDetail | undefined>>()
  #cancelGot: (() => void) | undefined

  constructor(clock: Clock, slot: VaultSlot, conversations: Conversations, files: FileDesk) {
    this.#clock = clock
    this.#slot = slot
    this.#conversations = conversations
    this.#files = files
    const source = () => conversations.source
    this.#list = new LiveView(NOTHING, source, () => this.#readList())
    conversations.onChange(() => this.#news())
    slot.onOpen(({ account }) => {
      const stop = account.logs.home.watch(CONVERSATIONS_SHARD, () => this.#changed())
      return () => {
        stop()
        this.#cancelGot?.()
        this.#cancelGot = undefined
      }
    })
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
      () => this.#conversations.source,
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
    const isLong = request.subject.length > MAX_SUBJECT_CHARS
    const wrong = isLong ? 'too-long' : await this.#wrongIn(request)
    if (wrong !== undefined) return fail({ kind: wrong })
    const found = await this.#conversations.between(request)
    if (!found.ok) return found
    const { id, conversation } = found.value
    const said = threadSaidBefore(await conversation.content(), request.key)
    const thread = said ?? ThreadId.of(nameFor('thread', request.key, ThreadId.size))
    const first = { kind: 'thread', thread, subject: request.subject.trim() } as const
    const done = said === undefined ? await this.#say(found.value, thread, request, [first]) : ok(undefined)
    return done.ok ? ok({ conversationId: id, threadId: thread }) : done
  }

  async sendMessage(place: ThreadPlace, message: NewMessage): Said {
    const found = await this.#found(place)
    if (!found.ok) return found
    const { known, thread } = found.value
    const wrong = await this.#wrongIn(message)
    if (wrong !== undefined) return fail({ kind: wrong })
    if (known.noReply !== undefined && known.noReply !== 'paused') return fail({ kind: 'over' })
    if (threadSaidBefore(await known.conversation.content(), message.key) !== undefined) return ok(undefined)
    return this.#say(known, thread, message)
  }

  async markThreadRead(place: ThreadPlace, isUntold = false): Said {
    const found = await this.#found(place)
    if (!found.ok) return found
    const { known, thread } = found.value
    const { threads } = await known.conversation.content()
    const messages = threads.find(one => one.id === thread)?.messages ?? []
    const others = messages.filter(({ by }) => known.authorOf(by).type !== 'you')
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    const { home } = vault.account.logs
    const isTold = !isUntold && !(await home.settings()).hidesRead
    if (isTold) return kept(await known.conversation.markRead(thread, reachOf(others)))
    return isReadUntold(await this.#own(), place, reachOf(others))
      ? ok(undefined)
      : this.#changeOwn(doc => putReadUntold(doc, place, reachOf(others)))
  }

  async muteThread(place: ThreadPlace, isOff: boolean): Said {
    const found = await this.#found(place)
    return found.ok ? this.#changeOwn(doc => putMuted(doc, place, isOff)) : found
  }

  async searchMessages(text: string): Promise<readonly MessageHit[]> {
    const hits: MessageHit[] = []
    if (text.trim() === '') return hits
    const shownBy = { own: await this.#own(), isWaiting: this.#isWaiting }
    for (const known of await this.#conversations.all()) hits.push(...(await hitsIn(known, text, shownBy)))
    return hits.toSorted((a, b) => b.message.at - a.message.at)
  }

  async sayAnswerTimes(conversationId: string, text: string): Said {
    const known = await this.#conversations.known(conversationId)
    if (known === undefined) return fail({ kind: 'not-found' })
    if (text.length > MAX_SUBJECT_CHARS) return fail({ kind: 'too-long' })
    return kept(await known.conversation.append([{ kind: 'answer-times', text: text.trim() }]))
  }

  async endConversation(conversationId: string): Said {
    const known = await this.#conversations.known(conversationId)
    return known === undefined ? fail({ kind: 'not-found' }) : this.#conversations.end(known)
  }

  /** What is to be said was looked at by who asks. `first`: before it. */
  sayIn(known: KnownConversation, thread: ThreadId, message: NewMessage, first: readonly ItemContent[] = []): Said {
    return this.#say(known, thread, message, first)
  }

  /** How far what was said is has changed. */
  filesSent(): void {
    this.#changed()
  }

  readonly #isWaiting: IsWaiting = (logId, id) => this.#files.isWaiting(logId, id)

  #changed(): void {
    this.#list.changed()
    for (const view of this.#open) view.changed()
  }

  #news(): void {
    this.#changed()
    this.#cancelGot ??= this.#clock.after(GOT_MS, () => {
      this.#cancelGot = undefined
      const { source } = this.#conversations
      void this.#markGot().catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#conversations.source === source) throw cause
      })
    })
  }

  /** Whoever wrote hears that it is here. What the disk refuses is said with the next message. */
  async #markGot(): Promise<void> {
    for (const known of await this.#conversations.all()) {
      if (known.noReply !== undefined) continue
      const { about, items } = await known.conversation.content()
      // Among strangers nobody is told who was there when.
      if (about?.is === 'circle') continue
      await known.conversation.markGot(reachOf(items.filter(({ by }) => known.authorOf(by).type !== 'you')))
    }
  }

  /** Its files stand beside the log before it names them: whoever breaks off in between says it again. */
  async #say(
    { conversation, visitor }: KnownConversation,
    thread: ThreadId,
    message: NewMessage,
    first: readonly ItemContent[] = [],
  ): Said {
    const ids = message.files ?? []
    const isTold = visitor !== undefined && message.isTheirs === true
    const files = await this.#files.named(ids)
    if (files === undefined) return fail({ kind: 'file-not-held' })
    const placed = await this.#files.place(conversation.log.id, ids)
    if (!placed.ok) return kept(placed)
    const said = kept(
      await conversation.append([
        ...first,
        messageItem(thread, message, { files, ...(isTold && { visitor: { how: 'told', name: visitor } }) }),
      ]),
    )
    if (said.ok && ids.length > 0) await this.#files.placed(ids)
    return said
  }

  async #wrongIn(message: NewMessage) {
    const vault = this.#slot.open
    return vault === undefined ? 'locked' : wrongIn(vault.record, message)
  }

  async #found(place: ThreadPlace) {
    const thread = ThreadId.parse(place.threadId)
    if (this.#slot.open === undefined) return fail({ kind: 'locked' } as const)
    const known = await this.#conversations.known(place.conversationId)
    if (known === undefined || thread === undefined) return fail({ kind: 'not-found' } as const)
    return ok({ known, thread })
  }

  async #readList(): Promise<ThreadList> {
    const own = await this.#own()
    const all = await this.#conversations.all()
    const rows = await Promise.all(all.map(known => threadRows(known, own)))
    const threads = rows.flat().toSorted((a, b) => b.last.at - a.last.at)
    const loud = threads.filter(row => !row.isMuted)
    return { threads, unreadCount: loud.reduce((sum, row) => sum + row.unreadCount, 0) }
  }

  async #readThread(place: ThreadPlace, count: number): Promise<ThreadDetail | undefined> {
    const found = await this.#found(place)
    if (!found.ok) return undefined
    const { known, thread } = found.value
    return shownThread(known, thread, count, { own: await this.#own(), isWaiting: this.#isWaiting })
  }

  async #changeOwn(change: (doc: ConversationsDocument) => void): Said {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    const home = vault.account.logs.home.log
    await home.change<ConversationsDocument>(CONVERSATIONS_SHARD, change)
    return kept(await home.flush())
  }

  async #own(): Promise<Readonly<ConversationsDocument>> {
    return (await this.#slot.open?.account.logs.home.log.read<ConversationsDocument>(CONVERSATIONS_SHARD)) ?? {}
  }
}
