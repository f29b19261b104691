import type { PrincipalId, ThreadId } from '#schema/ids.ts'
import type { AnswerTimes, ConversationKind, Item, Message, OfferedTime } from '#schema/messages/item.ts'
import type { JournalId, JournalItem } from './journal.ts'
import type { Reach } from './marks.ts'

type Placed<One extends Item> = JournalItem & { readonly item: One }

export interface Thread {
  readonly id: ThreadId
  readonly subject: string
  /** As they follow each other, the oldest first. */
  readonly messages: readonly Placed<Message>[]
}

/** What a conversation's journals say, all of them together. */
export interface ConversationContent {
  readonly items: readonly JournalItem[]
  /** Undefined until its opener's first item is here. */
  readonly about: ConversationKind | undefined
  /** Whoever last said something comes first. */
  readonly threads: readonly Thread[]
  readonly answerTimes: ReadonlyMap<PrincipalId, string>
  readonly freeTimes: ReadonlyMap<PrincipalId, readonly OfferedTime[]>
  /** Who of a practice's staff writes a journal, by the journal; as they say. */
  readonly staff: ReadonlyMap<JournalId, string>
  readonly highestOrder: number
}

/** The same for everybody who has these items, in whatever order they came. */
export function contentOf(
  unordered: readonly JournalItem[],
  isOpener: (by: PrincipalId) => boolean,
): ConversationContent {
  const items = unordered.toSorted(byOrder)
  const threads = [...Map.groupBy(items, threadIn)].flatMap(([id, ofThread]) =>
    id === undefined ? [] : threadOf(id, ofThread),
  )
  return { ...beside(items, isOpener), items, threads: threads.toSorted(byLastSaid) }
}

/** `contentOf` what it was made of and these: most often they stand below all of it, and only their threads are worked out anew. */
export function contentWith(
  before: ConversationContent,
  unordered: readonly JournalItem[],
  isOpener: (by: PrincipalId) => boolean,
): ConversationContent {
  const added = unordered.toSorted(byOrder)
  const [first, last] = [added[0], before.items.at(-1)]
  if (first === undefined) return before
  if (last !== undefined && byOrder(last, first) > 0) return contentOf([...before.items, ...added], isOpener)
  const items = [...before.items, ...added]
  const touched = Map.groupBy(added, threadIn)
  const anew = [...touched].flatMap(([id, ofThread]) => {
    if (id === undefined) return []
    const known = before.threads.find(one => one.id === id)
    const whole = () => items.filter(one => threadIn(one) === id)
    return longer(known, ofThread) ?? threadOf(id, whole())
  })
  const { about, answerTimes, freeTimes, staff, highestOrder } = beside(added, isOpener)
  return {
    items,
    about: before.about ?? about,
    threads: [...anew, ...before.threads.filter(({ id }) => !touched.has(id))].toSorted(byLastSaid),
    answerTimes: new Map([...before.answerTimes, ...answerTimes]),
    freeTimes: new Map([...before.freeTimes, ...freeTimes]),
    staff: new Map([...before.staff, ...staff]),
    highestOrder,
  }
}

/** What is said beside the threads. */
function beside(
  items: readonly JournalItem[],
  isOpener: (by: PrincipalId) => boolean,
): Omit<ConversationContent, 'items' | 'threads'> {
  const openings = items.flatMap(({ by, item }) => (item.kind === 'opening' && isOpener(by) ? item.about : []))
  const times = items.filter((one): one is Placed<AnswerTimes> => one.item.kind === 'answer-times')
  return {
    about: openings[0],
    answerTimes: new Map(times.map(({ by, item }) => [by, item.text])),
    freeTimes: new Map(
      items.flatMap(({ by, item }) => (item.kind === 'free-times' ? [[by, item.slots] as const] : [])),
    ),
    staff: new Map(
      items.flatMap(({ journal, item }) => (item.kind === 'staff' ? [[journal, item.name] as const] : [])),
    ),
    highestOrder: items.at(-1)?.item.order ?? 0,
  }
}

/** By what its writer had seen, then by their clocks: an answer stands below what it answers. */
function byOrder(a: JournalItem, b: JournalItem): number {
  return a.item.order - b.item.order || a.item.at - b.item.at || (a.id < b.id ? -1 : 1)
}

/** Whoever last said something comes first. */
function byLastSaid(a: Thread, b: Thread): number {
  return byOrder(b.messages.at(-1)!, a.messages.at(-1)!)
}

function threadIn({ item }: JournalItem): ThreadId | undefined {
  return 'thread' in item ? item.thread : undefined
}

function threadOf(id: ThreadId, items: readonly JournalItem[]): Thread[] {
  const begun = items.flatMap(({ item }) => (item.kind === 'thread' ? item.subject : []))
  const said = new Set<string>()
  const messages = items.filter((one): one is Placed<Message> => {
    if (one.item.kind !== 'message') return false
    const name = `${one.by} ${one.item.key}`
    return !said.has(name) && said.add(name) !== undefined
  })
  return messages.length === 0 ? [] : [{ id, subject: begun[0] ?? '', messages }]
}

/** With what was said below all of it; undefined where it may have got its subject by this. */
function longer(thread: Thread | undefined, added: readonly JournalItem[]): Thread | undefined {
  if (thread === undefined || thread.subject === '') return undefined
  const messages = [...thread.messages]
  for (const { messages: said } of threadOf(thread.id, added)) {
    for (const one of said)
      if (!messages.some(({ by, item }) => by === one.by && item.key === one.item.key)) messages.push(one)
  }
  return { ...thread, messages }
}

/** Up to where whoever has all of these is. */
export function reachOf(items: readonly JournalItem[]): Reach {
  const reach = new Map<string, number>()
  for (const { journal, number } of items) reach.set(journal, Math.max(number, reach.get(journal) ?? -1))
  return reach
}

/** Where a message of this key was said already; keys are made at random. */
export function threadSaidBefore({ items }: Pick<ConversationContent, 'items'>, key: string): ThreadId | undefined {
  const said = items.flatMap(({ item }) => (item.kind === 'message' && item.key === key ? item.thread : []))
  return said[0]
}
