import type { FileId, LogId, PrincipalId, ThreadId } from '#schema/ids.ts'
import type { ConversationKind } from '#schema/messages/item.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import type { BeginThread, MessageHit, ShownMessage, ThreadDetail, ThreadRow } from '../message-session.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { readVisitor, VISITOR_LABEL, waitingAnswers } from '../visitors/visitor-document.ts'
import { shownFile } from './files/shown-file.ts'
import type { KnownConversation, Other } from './conversation-book.ts'
import { type ConversationsDocument, isMuted, untoldMarks } from './conversations-document.ts'
import { isWithin, joinMarks, type Marks, NO_MARKS } from './marks.ts'
import type { ConversationContent, Thread } from './thread-content.ts'

/** So much of a message stands in a list. */
const PREVIEW_CHARS = 140

type PlacedMessage = Thread['messages'][number]

/** What is needed to say how far each message is. */
interface Standing {
  /** Of this person's own journal on this device, up to where the relay has it. */
  readonly sent: number
  readonly isWaiting: (id: FileId) => boolean
  readonly mine: Marks
  readonly others: readonly Marks[]
  readonly staff: ConversationContent['staff']
}

export async function threadRows(
  known: KnownConversation,
  own: Readonly<ConversationsDocument>,
): Promise<readonly ThreadRow[]> {
  const content = await known.conversation.content()
  const { mine } = await standingOf(known, own, () => false)
  const answersTo = await visitorAnswers(known)
  return content.threads.map(thread => {
    const last = thread.messages.at(-1)!
    const head = headOf(known, content, thread)
    return {
      ...head,
      last: {
        by:
          known.visitor === undefined || last.item.visitor === undefined
            ? known.authorOf(last.by)
            : visitorAuthor(last.item.visitor.name),
        at: last.item.at,
        text: last.item.text.slice(0, PREVIEW_CHARS).toWellFormed(),
        fileCount: last.item.files?.length ?? 0,
      },
      unreadCount:
        thread.messages.filter(message => isUnread(known, mine, thread.id, message)).length + answersTo(thread.id),
      isMuted: isMuted(own, head),
    }
  })
}

/** What a thread is shown by, beside what was said in it. */
interface ShownOf {
  readonly own: Readonly<ConversationsDocument>
  readonly isWaiting: IsWaiting
}

/** Whether a file of a conversation's log is not at the relay yet, as far as it is this device that brings it. */
export type IsWaiting = (logId: LogId, id: FileId) => boolean

export async function shownThread(
  known: KnownConversation,
  id: ThreadId,
  count: number,
  { own, isWaiting }: ShownOf,
): Promise<ThreadDetail | undefined> {
  const content = await known.conversation.content()
  const thread = content.threads.find(one => one.id === id)
  if (thread === undefined) return undefined
  const standing = await standingOf(known, own, isWaiting)
  const head = headOf(known, content, thread)
  const from = Math.max(0, thread.messages.length - count)
  return {
    ...head,
    isMuted: isMuted(own, head),
    from,
    messages: thread.messages.slice(from).map(message => shownMessage(known, standing, id, message)),
    others: known.others.map(({ name, contact }) => ({ name, ...(contact && { contactId: contact }) })),
    answerTimes: [...content.answerTimes].flatMap(([by, text]) =>
      text === '' ? [] : [{ by: known.authorOf(by), text }],
    ),
    untakenBy: known.others.flatMap(({ name, contact }) =>
      contact !== undefined && known.untakenBy.includes(contact) ? [{ name, contactId: contact }] : [],
    ),
    ...(known.noReply === undefined ? {} : { noReply: known.noReply }),
  }
}

/** Newest last; those in which every word occurs. */
export async function hitsIn(
  known: KnownConversation,
  text: string,
  { own, isWaiting }: ShownOf,
): Promise<readonly MessageHit[]> {
  const words = foldedText(text).split(/\s+/).filter(Boolean)
  const content = await known.conversation.content()
  const standing = await standingOf(known, own, isWaiting)
  return content.threads.flatMap(thread =>
    thread.messages.flatMap(message => {
      const { text: said, charts = [], files = [] } = message.item
      const along = [...charts.map(({ title }) => title), ...files.map(({ name }) => name)]
      const folded = foldedText([said, thread.subject, ...along].join(' '))
      if (!words.every(word => folded.includes(word))) return []
      const { conversationId, threadId, subject, people } = headOf(known, content, thread)
      return [{ conversationId, threadId, subject, people, message: shownMessage(known, standing, thread.id, message) }]
    }),
  )
}

function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

function headOf(known: KnownConversation, content: ConversationContent, thread: Thread) {
  return {
    conversationId: known.id,
    threadId: thread.id,
    subject: thread.subject,
    about: aboutOf(known, content.about),
    people: known.others.map(({ name }) => name),
    isOpener: known.isOwn,
    isWithVisitor: known.visitor !== undefined,
    isOver: isOver(known),
  }
}

async function standingOf(
  known: KnownConversation,
  own: Readonly<ConversationsDocument>,
  isWaiting: IsWaiting,
): Promise<Standing> {
  const marks = [...(await known.conversation.marks())]
  const joined = (isTheirs: (principal: PrincipalId) => boolean) =>
    marks.flatMap(([principal, each]) => (isTheirs(principal) ? [each] : [])).reduce(joinMarks, NO_MARKS)
  return {
    sent: await known.conversation.sent(),
    isWaiting: id => isWaiting(known.conversation.log.id, id),
    mine: joinMarks(
      joined(principal => isYou(known.authorOf(principal))),
      untoldMarks(own, known.id),
    ),
    staff: (await known.conversation.content()).staff,
    others: known.others.map((other: Other) => joined(principal => other.isThey(principal))),
  }
}

function shownMessage(
  known: KnownConversation,
  standing: Standing,
  thread: ThreadId,
  message: PlacedMessage,
): ShownMessage {
  const { id, item } = message
  const visitor = known.visitor === undefined ? undefined : item.visitor
  const by = visitor === undefined ? known.authorOf(message.by) : visitorAuthor(visitor.name)
  const contact = known.others.find(other => other.isThey(message.by))?.contact
  const staff = message.journal === known.conversation.mine ? undefined : standing.staff.get(message.journal)
  return {
    id,
    by,
    ...(staff !== undefined && { staff }),
    at: item.at,
    text: item.text,
    ...(item.entries && { entries: item.entries }),
    ...(item.charts && { charts: item.charts }),
    ...(item.files && { files: item.files.map(shownFile) }),
    ...(contact && { contactId: contact }),
    ...(visitor && { how: visitor.how }),
    isNew: isUnread(known, standing.mine, thread, message),
    ...(isYou(by) ? stateShown(known, stateOf(known, standing, thread, message)) : {}),
  }
}

const isOver = ({ noReply }: KnownConversation) => noReply === 'ended-by-them' || noReply === 'ended-by-you'

function stateOf(
  known: KnownConversation,
  standing: Standing,
  thread: ThreadId,
  message: PlacedMessage,
): NonNullable<ShownMessage['state']> {
  const state = stateBefore(known, standing, thread, message)
  const isHeard = state === 'delivered' || state === 'read' || standing.others.length === 0
  if (isOver(known) && !isHeard) return 'unheard'
  return state === 'sent' && known.untakenBy.length > 0 ? 'untaken' : state
}

/** While the conversation goes on. */
function stateBefore(
  { conversation }: KnownConversation,
  { sent, others, isWaiting }: Standing,
  thread: ThreadId,
  message: PlacedMessage,
): NonNullable<ShownMessage['state']> {
  if (message.journal === conversation.mine && message.number > sent) return 'saved'
  if (message.item.files?.some(({ id }) => isWaiting(id)) === true) return 'saved'
  if (others.length === 0) return 'sent'
  if (others.every(marks => isWithin(marks.read.get(thread) ?? new Map(), message))) return 'read'
  return others.every(marks => isWithin(marks.got, message)) ? 'delivered' : 'sent'
}

/** To a visitor nothing is sent: they read it by a link. */
function stateShown(
  { visitor }: KnownConversation,
  state: NonNullable<ShownMessage['state']>,
): Pick<ShownMessage, 'state'> {
  return visitor === undefined || state === 'saved' ? { state } : {}
}

function isUnread(known: KnownConversation, { read }: Marks, thread: ThreadId, message: PlacedMessage): boolean {
  return !isYou(known.authorOf(message.by)) && !isWithin(read.get(thread) ?? new Map(), message)
}

/** How many answers by a link wait to be taken in, of a thread or a request. */
export async function visitorAnswers({ visitor, conversation }: KnownConversation): Promise<(id: string) => number> {
  if (visitor === undefined) return () => 0
  const book = readVisitor(await conversation.log.read<DocMap>(VISITOR_LABEL))
  return id => waitingAnswers(book, id)
}

/** Nobody who is known here. */
export const visitorAuthor = (name: string): EntryAuthor => ({ type: 'member', id: '', name })

/** As this person sees it. */
export function aboutOf(
  { isOwn }: Pick<KnownConversation, 'isOwn'>,
  about: ConversationKind | undefined,
): BeginThread['about'] {
  if (about?.is !== 'care') return 'family'
  return (about.patient === 'opener') === isOwn ? 'my-care' : 'their-care'
}

export const isYou = (author: EntryAuthor) => author.type === 'you'
