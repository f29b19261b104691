import { InvitationId, PrincipalId, ThreadId } from '#schema/ids.ts'
import {
  AVATARS,
  type CircleMark,
  MAX_CIRCLE_MEMBERS,
  MAX_CIRCLE_NAME_CHARS,
  MAX_PSEUDONYM_CHARS,
  MAX_RULES_CHARS,
  MAX_WHY_CHARS,
} from '#schema/messages/circle.ts'
import type { ItemContent } from '#schema/messages/item.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { CircleDetail, CircleFailure, CircleNews, CircleSession, PostDetail, PostList } from '../circle-session.ts'
import { LiveView } from '../live-view.ts'
import type { NewMessage } from '../message-session.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { type Conversations, nameFor } from '../messages/conversations.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import type { MessageDesk } from '../messages/message-desk.ts'
import { wrongIn } from '../messages/said-message.ts'
import { isWithinReach, NO_MARKS } from '../messages/marks.ts'
import { type ConversationContent, reachOf, threadSaidBefore } from '../messages/thread-content.ts'
import type { Clock } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { RecordService } from '../record/open-record.ts'
import { authorsIn, type LogAuthors } from '../record/authors.ts'
import type { Stop } from '../session.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { type CircleContent, circleIn } from './circle-content.ts'
import {
  CIRCLE_SHARD,
  putDealtWith,
  putHidden,
  putInvitedFor,
  putMuted,
  putSeen,
  putSeenModerating,
  putSeenOver,
} from './circle-document.ts'
import { newsIn } from './circle-news.ts'
import { RosterClerk } from './roster-clerk.ts'
import { type CircleSight, circleSight } from './circle-sight.ts'
import { isNameTaken, memberOf, postWith, shownCircle, shownPost } from './shown-circle.ts'
import { foldName } from './told-apart.ts'
import { type Asker, askingIn, sharesIn } from './who-is-in.ts'

type Done = Promise<Result<void, CircleFailure>>

const NO_POSTS: PostList = { posts: [], count: 0 }
/** What an owner's app says by itself it says so soon after something came, and what comes meanwhile with it. */
const SAY_MS = 1000
const HEAR_MS = 2000

interface CircleDeps {
  readonly clock: Clock
  readonly slot: VaultSlot
  readonly people: PeopleDesk
  readonly conversations: Conversations
  readonly messages: MessageDesk
  readonly files: FileDesk
  /** Whose entries may go along in a chart: this person's own record, whatever account they write with. */
  readonly record: () => RecordService | undefined
}

/** The circle in which an account takes part: what the session asks of it while the account is open. */
export class CircleDesk implements CircleSession {
  readonly #deps: CircleDeps
  readonly #open = new Set<{ changed(): void }>()
  readonly #roster: RosterClerk
  /** What was worked out last, and from which items. */
  #worked: { readonly items: unknown; readonly circle: CircleContent } | undefined
  #cancelSay: (() => void) | undefined

  constructor(deps: CircleDeps) {
    this.#deps = deps
    this.#roster = new RosterClerk({ slot: deps.slot, people: deps.people, owned: () => this.#owned() })
    deps.people.employ(this.#roster)
    deps.conversations.onChange(() => this.#news())
    deps.slot.onOpen(({ account }) => {
      const stop = account.logs.home.watch(CIRCLE_SHARD, () => this.#changed())
      return () => {
        stop()
        this.#cancelSay?.()
        this.#cancelSay = undefined
      }
    })
  }

  watchCircle(listener: (circle: CircleDetail | undefined) => void): Promise<Stop> {
    return this.#watch<CircleDetail | undefined>(undefined, listener, async () => {
      const sight = await this.#sight()
      return sight && shownCircle(sight, await this.#asking(sight))
    })
  }

  watchCircleNews(listener: (news: CircleNews | undefined) => void): Promise<Stop> {
    return this.#watch<CircleNews | undefined>(undefined, listener, async () => {
      const sight = await this.#sight()
      return sight && newsIn(sight, await this.#asking(sight))
    })
  }

  async lookAtCircle(postId?: string): Done {
    const sight = await this.#sight()
    if (sight === undefined) return fail({ kind: 'not-here' })
    const { known, content, seen } = sight
    const thread = content.threads.find(({ id }) => id === postId)
    if (postId !== undefined && thread === undefined) return fail({ kind: 'not-found' })
    const [name, said] = thread ? [thread.id, thread.messages] : ['posts', content.threads.map(one => one.messages[0]!)]
    const reach = reachOf(said.filter(({ by }) => !memberOf(sight, by).isYou))
    const isOver = known.noReply !== undefined
    const isModerator = memberOf(sight, sight.me).role === 'moderator'
    const before = seen.get(name) ?? (known.isOwn || thread ? NO_MARKS.got : undefined)
    const isStandingSeen = (!isOver || sight.hasSeenOver) && isModerator === sight.hasSeenModerating
    if (before && isWithinReach(before, reach) && isStandingSeen) return ok(undefined)
    return this.#keep(doc => {
      putSeen(doc, name, reach)
      if (isModerator !== sight.hasSeenModerating) putSeenModerating(doc, isModerator)
      if (isOver) putSeenOver(doc)
    })
  }

  muteCircle(isMuted: boolean): Done {
    return this.#keep(doc => putMuted(doc, isMuted))
  }

  watchPosts(count: number, listener: (posts: PostList) => void): Promise<Stop> {
    return this.#watch(NO_POSTS, listener, async () => {
      const sight = await this.#sight()
      if (sight === undefined) return NO_POSTS
      const { threads } = sight.content
      return { posts: threads.slice(0, count).map(thread => shownPost(sight, thread)), count: threads.length }
    })
  }

  watchPost(postId: string, listener: (post: PostDetail | undefined) => void): Promise<Stop> {
    return this.#watch<PostDetail | undefined>(undefined, listener, async () => {
      const [sight, id] = [await this.#sight(), ThreadId.parse(postId)]
      return sight && id && postWith(sight, id)
    })
  }

  async beginCircle({
    name,
    rules,
    avatar,
    key,
  }: {
    readonly name: string
    readonly rules: string
    readonly avatar: string
    readonly key: string
  }): Done {
    const called = name.trim()
    if (called === '') return fail({ kind: 'name-missing' })
    if (called.length > MAX_CIRCLE_NAME_CHARS || rules.length > MAX_RULES_CHARS) return fail({ kind: 'too-long' })
    const begun = await this.#deps.conversations.beginAlone({ is: 'circle', name: called, rules: rules.trim() }, key)
    if (!begun.ok) return begun
    return this.changeProfile({ name: this.#deps.slot.open?.about.person.name ?? '', avatar })
  }

  async sayInCircle(said: NewMessage, postId?: string): Done {
    const found = await this.#known()
    const record = this.#deps.record()
    if (found === undefined || record === undefined) return fail({ kind: 'not-here' })
    if (found.noReply !== undefined) return fail({ kind: 'over' })
    const wrong = await wrongIn(record, { ...said, entries: [] })
    if (wrong !== undefined) return fail({ kind: wrong })
    if (threadSaidBefore(await found.conversation.content(), said.key) !== undefined) return ok(undefined)
    const message = { ...said, entries: [] }
    if (postId !== undefined) {
      const thread = ThreadId.parse(postId)
      return thread === undefined ? fail({ kind: 'not-found' }) : this.#deps.messages.sayIn(found, thread, message)
    }
    const thread = ThreadId.of(nameFor('thread', said.key, ThreadId.size))
    return this.#deps.messages.sayIn(found, thread, message, [{ kind: 'thread', thread, subject: '' }])
  }

  react(target: string, mark: CircleMark | undefined): Done {
    return this.#append(() => ({ kind: 'reaction', target, mark: mark ?? '' }))
  }

  report(target: string, why: string): Done {
    if (why.length > MAX_WHY_CHARS) return Promise.resolve(fail({ kind: 'too-long' }))
    return this.#append(() => ({ kind: 'report', target, why: why.trim() }))
  }

  /** Of a report it means as well that its reader dealt with it. */
  hideInCircle(saidId: string, isHidden: boolean): Done {
    return this.#keep(doc => {
      putHidden(doc, saidId, isHidden)
      putDealtWith(doc, saidId)
    })
  }

  takeDown(target: string): Done {
    return this.#append(sight => {
      const said = sight.content.items.find(({ id }) => id === target)
      const isTheirs = (said && memberOf(sight, said.by).isYou) || memberOf(sight, sight.me).role !== 'member'
      return isTheirs ? { kind: 'take-down', target } : undefined
    })
  }

  async changeProfile({ name, avatar }: { readonly name: string; readonly avatar: string }): Done {
    const [called, known] = [name.trim(), AVATARS.find(one => one === avatar)]
    if (foldName(called) === '' || known === undefined) return fail({ kind: 'name-missing' })
    if (called.length > MAX_PSEUDONYM_CHARS) return fail({ kind: 'too-long' })
    const sight = await this.#sight()
    if (sight !== undefined && isNameTaken(sight, await this.#asking(sight), called))
      return fail({ kind: 'name-taken' })
    return this.#append(() => ({ kind: 'profile', name: called, avatar: known }))
  }

  async changeRules(rules: string): Done {
    if (rules.length > MAX_RULES_CHARS) return fail({ kind: 'too-long' })
    return this.#append(({ known }) => (known.isOwn ? { kind: 'rules', text: rules.trim() } : undefined))
  }

  chooseModerators(memberIds: readonly string[]): Done {
    return this.#append(({ known }) => (known.isOwn ? { kind: 'moderators', principals: memberIds } : undefined))
  }

  async noteInvitation(invitationId: string, forWhom: string): Done {
    const id = InvitationId.parse(invitationId)
    if (id === undefined) return fail({ kind: 'not-found' })
    if (forWhom.length > MAX_PSEUDONYM_CHARS) return fail({ kind: 'too-long' })
    return this.#keep(doc => putInvitedFor(doc, id, forWhom.trim()))
  }

  async letIn(contactId: string, inPlaceOf?: string): Done {
    const sight = await this.#sight()
    if (sight === undefined) return fail({ kind: 'not-here' })
    if (!sight.known.isOwn) return fail({ kind: 'not-allowed' })
    if (inPlaceOf !== undefined) {
      const removed = await this.removeFromCircle(inPlaceOf)
      // Done again, it is done already.
      const isOut = removed.ok || (removed.failure.kind === 'not-found' && sight.circle.removed.has(inPlaceOf))
      if (!isOut) return removed
    } else if (sight.present.size + 1 >= MAX_CIRCLE_MEMBERS) return fail({ kind: 'full' })
    return this.#deps.conversations.letIn(sight.known, contactId)
  }

  async removeFromCircle(memberId: string): Done {
    const [sight, { sharing }] = [await this.#sight(), this.#deps.people]
    const id = PrincipalId.parse(memberId)
    if (sight === undefined || sharing === undefined) return fail({ kind: 'not-here' })
    if (!sight.known.isOwn) return fail({ kind: 'not-allowed' })
    const shares = (await sharesIn(sharing, sight.known)).filter(one => one.principals.some(each => each === id))
    if (shares.length === 0) return fail({ kind: 'not-found' })
    const contacts = [...new Set(shares.map(one => one.contact))]
    // From here on it goes on by itself.
    const begun = await this.#roster.begin(contacts)
    if (!begun.ok) return fail({ kind: 'not-stored', why: begun.failure })
    const principals = shares.flatMap(one => one.principals)
    const said = await sight.known.conversation.append([{ kind: 'removed', principals }])
    if (!said.ok) return fail({ kind: 'not-stored', why: said.failure })
    await this.#letHear()
    const stored = await sharing.given.end(shares, 'stopped')
    if (!stored.ok) return fail({ kind: 'not-stored', why: stored.failure })
    for (const contact of contacts) await this.#deps.people.remove(contact)
    await this.#roster.end(contacts)
    return ok(undefined)
  }

  /** Before a share ends: whoever is there hears why, and nobody waits long for who is not. */
  async #letHear(): Promise<void> {
    const waited = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(HEAR_MS, waited.resolve)
    await Promise.race([this.#deps.slot.open?.account.settle(), waited.promise])
    cancel()
  }

  async leaveCircle(): Done {
    const [known, { people, conversations }] = [await this.#known(), this.#deps]
    if (known === undefined) return ok(undefined)
    if (known.isOwn) {
      const said = await this.#append(({ circle }) => (circle.isEnded ? undefined : { kind: 'ended' }))
      if (said.ok) await this.#letHear()
    }
    const ended = await conversations.end(known)
    if (!ended.ok) return ended
    await people.checkMail()
    return (await this.#isTold(known)) ? ok(undefined) : fail({ kind: 'unreachable' })
  }

  /** Everybody who has to know that this person is gone, or that the circle is over, does. */
  async #isTold(known: KnownConversation): Promise<boolean> {
    const { sharing } = this.#deps.people
    if (sharing === undefined) return false
    if (known.isOwn) return (await sharesIn(sharing, known, true)).every(one => one.told >= one.version)
    const grants = await sharing.received.grants()
    return grants.every(one => one.toTell === undefined)
  }

  async #keep(change: (doc: DocMap) => void): Done {
    const home = this.#deps.slot.open?.account.logs.home.log
    if (home === undefined) return fail({ kind: 'locked' })
    await home.change<DocMap>(CIRCLE_SHARD, change)
    const stored = await home.flush()
    return stored.ok ? ok(undefined) : fail({ kind: 'not-stored', why: stored.failure })
  }

  async #append(item: (sight: CircleSight) => ItemContent | undefined): Done {
    const sight = await this.#sight()
    if (sight === undefined) return fail({ kind: 'not-here' })
    if (sight.known.noReply !== undefined) return fail({ kind: 'over' })
    const content = item(sight)
    if (content === undefined) return fail({ kind: 'not-allowed' })
    const said = await sight.known.conversation.append([content])
    return said.ok ? ok(undefined) : fail({ kind: 'not-stored', why: said.failure })
  }

  async #known(): Promise<KnownConversation | undefined> {
    for (const known of await this.#deps.conversations.all()) {
      if ((await known.conversation.content()).about?.is === 'circle') return known
    }
    return undefined
  }

  async #owned() {
    const known = await this.#known()
    if (known?.isOwn !== true) return undefined
    const circle = this.#circleOf(await known.conversation.content(), authorsIn(known.conversation.log))
    return { known, isRemoved: (one: PrincipalId) => circle.removed.has(circle.personOf(one)) }
  }

  async #sight(): Promise<CircleSight | undefined> {
    const [known, vault, { sharing }] = [await this.#known(), this.#deps.slot.open, this.#deps.people]
    if (known === undefined || vault === undefined || sharing === undefined) return undefined
    const { conversation } = known
    const [content, authors] = [await conversation.content(), authorsIn(conversation.log)]
    const circle = this.#circleOf(content, authors)
    return circleSight({ known, content, circle, authors, vault, sharing, files: this.#deps.files })
  }

  async #asking({ known }: CircleSight): Promise<readonly Asker[]> {
    return askingIn(this.#deps.people.sharing, known, await this.#roster.removing())
  }

  async #watch<Value>(nothing: Value, listener: (value: Value) => void, read: () => Promise<Value>): Promise<Stop> {
    const view = new LiveView(nothing, () => this.#deps.conversations.source, read)
    this.#open.add(view)
    const stop = await view.watch(listener)
    return () => {
      this.#open.delete(view)
      stop()
    }
  }

  #changed(): void {
    for (const view of this.#open) view.changed()
  }

  #news(): void {
    this.#changed()
    this.#cancelSay ??= this.#deps.clock.after(SAY_MS, () => {
      this.#cancelSay = undefined
      const { source } = this.#deps.conversations
      void this.#sayWhoIsOne().catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#deps.conversations.source === source) throw cause
      })
    })
  }

  /** A member whose device was lost has another principal: the owner alone knows that it is the same share. What the disk refuses is said later. */
  async #sayWhoIsOne(): Promise<void> {
    const [known, { sharing }] = [await this.#known(), this.#deps.people]
    if (known?.isOwn !== true || known.noReply !== undefined || sharing === undefined) return
    const { personOf } = this.#circleOf(await known.conversation.content(), authorsIn(known.conversation.log))
    const renewed = (await sharesIn(sharing, known)).filter(({ principal, principals }) =>
      principals.some(one => personOf(one) !== principal),
    )
    const said = renewed.map(({ principal, principals }) => {
      return { kind: 'one-person', principals: [...principals.filter(one => one !== principal), principal] } as const
    })
    if (said.length > 0) await known.conversation.append(said)
  }

  #circleOf({ items }: ConversationContent, authors: LogAuthors): CircleContent {
    const worked = this.#worked
    const circle = worked?.items === items ? worked.circle : circleIn(items, by => authors.isOwner(by))
    this.#worked = { items, circle }
    return circle
  }
}
