import { getHeads, view } from '@automerge/automerge/slim'
import type { PrincipalId, ThreadId } from '#schema/ids.ts'
import { type Item, type ItemContent, MAX_ORDER } from '#schema/messages/item.ts'
import { ok, type Result } from '#schema/result.ts'
import { actorPrefix } from '../log/open-frame.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import { authorsIn, type LogAuthors } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { Turns } from '../turns.ts'
import {
  decodeTexts,
  encodeTexts,
  itemsOf,
  journalLabel,
  journalOf,
  type JournalId,
  type JournalItem,
  type PutText,
  putItem,
  textsIn,
} from './journal.ts'
import {
  furthest,
  isWithinReach,
  joinMarks,
  type Marks,
  marksLabel,
  marksOf,
  NO_MARKS,
  putGot,
  putRead,
  type Reach,
  readMarks,
} from './marks.ts'
import { type ConversationContent, contentOf, contentWith } from './thread-content.ts'

/** A shard of a journal as it was read last. */
interface ReadJournal {
  readonly heads: string
  readonly texts: readonly PutText[]
  readonly items: readonly JournalItem[]
}

/** What was worked out last, and from which items of each shard. */
interface WorkedOut {
  readonly heads: string
  readonly shards: ReadonlyMap<string, readonly JournalItem[]>
  readonly value: ConversationContent
}

/** What one conversation's log says, and the only door through which this device says anything in it. */
export class Conversation {
  readonly log: SealedLog
  readonly #clock: Clock
  /** Of a practice: who writes with this device. */
  readonly #staffName: () => string | undefined
  readonly #turns = new Turns()
  readonly #journals = new Map<string, ReadJournal>()
  #content: WorkedOut | undefined

  constructor(log: SealedLog, clock: Clock, staffName: () => string | undefined = () => undefined) {
    this.log = log
    this.#clock = clock
    this.#staffName = staffName
  }

  /** The journal that this device writes; another one after a fork of its feed. */
  get mine(): JournalId {
    return actorPrefix(this.log.writer)
  }

  async content(): Promise<ConversationContent> {
    const shards = this.log.shards().filter(({ label }) => journalOf(label) !== undefined)
    const heads = shards.map(shard => `${shard.label} ${shard.heads.join()}`).join('\n')
    if (this.#content?.heads === heads) return this.#content.value
    const authors = authorsIn(this.log)
    const read = new Map<string, readonly JournalItem[]>()
    for (const shard of shards) read.set(shard.label, await this.#itemsOf(shard.label, shard.heads.join(), authors))
    const [before, isOpener] = [this.#content, (by: PrincipalId) => authors.isOwner(by)]
    const added = before && addedTo(before.shards, read)
    const value = added ? contentWith(before.value, added, isOpener) : contentOf([...read.values()].flat(), isOpener)
    this.#content = { heads, shards: read, value }
    return value
  }

  async #itemsOf(label: string, heads: string, authors: LogAuthors): Promise<readonly JournalItem[]> {
    const known = this.#journals.get(label)
    const journal = journalOf(label)
    if (known?.heads === heads || journal === undefined) return known?.items ?? []
    const owner = authors.writerOf(journal)?.principal
    // Whose it is may not be known yet.
    if (owner === undefined) return []
    const texts = await this.#textsOf(label, owner, authors)
    const isLonger = known?.texts.every((one, index) => isSame(one, texts[index])) === true
    const before = isLonger ? known : { texts: [], items: [] }
    const items = [...before.items, ...itemsOf(texts.slice(before.texts.length), journal, owner)]
    this.#journals.set(label, { heads, texts, items })
    return items
  }

  /** Without opening the shard, where it was opened before as it is now. */
  async #textsOf(label: string, owner: PrincipalId, authors: LogAuthors): Promise<readonly PutText[]> {
    const kept = await this.log.recall(label)
    const known = kept && decodeTexts(kept)
    if (known !== undefined) return known
    const doc = await this.log.read<DocMap>(label)
    const texts = textsIn(doc, owner, authors)
    this.log.remember(label, getHeads(doc), () => encodeTexts(texts))
    if (journalOf(label) !== this.mine) this.log.close(label)
    return texts
  }

  /** What everybody says of how far they are. */
  async marks(): Promise<ReadonlyMap<PrincipalId, Marks>> {
    const authors = authorsIn(this.log)
    const marks = new Map<PrincipalId, Marks>()
    for (const { label } of this.log.shards()) {
      const journal = marksOf(label)
      const read = journal === undefined ? undefined : readMarks(await this.log.read<DocMap>(label), journal, authors)
      if (read !== undefined) marks.set(read[0], joinMarks(marks.get(read[0]) ?? NO_MARKS, read[1]))
    }
    return marks
  }

  /** Up to which of this device's items the relay has them; all of its other journals' it has. */
  async sent(): Promise<number> {
    // Nothing of this device waits: the relay has all that it said.
    if (this.log.outboxCount === 0 && !this.log.hasPending) return this.#highestOwn()
    const labels = this.#ownLabels()
    for (const label of labels.toReversed()) {
      const doc = await this.log.read<DocMap>(label)
      const sent = view(doc, [...(await this.log.sentHeads(label))])
      const numbers = Object.keys(sent).map(Number)
      if (numbers.length > 0) return Math.max(...numbers)
    }
    return -1
  }

  async #highestOwn(): Promise<number> {
    const { items } = await this.content()
    return items.reduce(
      (highest, { journal, number }) => (journal === this.mine ? Math.max(highest, number) : highest),
      -1,
    )
  }

  /** Before something is done in another shard: who does it is said in the journal, where that is not so yet. */
  introduce(): Promise<Result<void, StoreFailure>> {
    return this.append([])
  }

  /** Durable when it answers ok, all or none, in this order. */
  append(said: readonly ItemContent[]): Promise<Result<void, StoreFailure>> {
    return this.#turns.next(async () => {
      const { highestOrder, staff } = await this.content()
      const name = this.#staffName()
      const isNamed = name === undefined || staff.get(this.mine) === name
      const contents: readonly ItemContent[] = isNamed ? said : [{ kind: 'staff', name }, ...said]
      if (contents.length === 0) return ok(undefined)
      const [first, at] = [await this.#nextNumber(), this.#clock.now()]
      for (const [index, content] of contents.entries()) {
        const order = Math.min(highestOrder + 1 + index, MAX_ORDER)
        const place = { journal: this.mine, number: first + index }
        const item = { ...content, at, order } as Item
        await this.log.change<DocMap>(journalLabel(place), doc => putItem(doc, place.number, item))
      }
      return this.log.flush()
    })
  }

  /** This device has all of these; nothing is written where that was said. */
  async markGot(reach: Reach): Promise<Result<void, StoreFailure>> {
    return this.#mark(reach, ({ got }) => got, putGot)
  }

  async markRead(thread: ThreadId, reach: Reach): Promise<Result<void, StoreFailure>> {
    return this.#mark(
      reach,
      ({ read }) => read.get(thread) ?? new Map(),
      (doc, next) => putRead(doc, thread, next),
    )
  }

  #mark(
    reach: Reach,
    of: (marks: Marks) => Reach,
    put: (doc: DocMap, reach: Reach) => void,
  ): Promise<Result<void, StoreFailure>> {
    return this.#turns.next(async () => {
      const label = marksLabel(this.mine)
      const read = readMarks(await this.log.read<DocMap>(label), this.mine, authorsIn(this.log))
      const before = of(read?.[1] ?? NO_MARKS)
      if (isWithinReach(before, reach)) return ok(undefined)
      await this.log.change<DocMap>(label, doc => put(doc, furthest(before, reach)))
      return this.log.flush()
    })
  }

  #ownLabels(): string[] {
    const own = this.log.shards().flatMap(({ label }) => (journalOf(label) === this.mine ? label : []))
    return own.toSorted((a, b) => shardNumber(a) - shardNumber(b))
  }

  /** Also beyond what this version can read of what a later one wrote. */
  async #nextNumber(): Promise<number> {
    const newest = this.#ownLabels().at(-1)
    if (newest === undefined) return 0
    const numbers = Object.keys(await this.log.read<DocMap>(newest)).map(Number)
    return Math.max(...numbers.filter(Number.isSafeInteger), -1) + 1
  }
}

const shardNumber = (label: string) => Number(label.slice(label.lastIndexOf('/') + 1))

function isSame(one: PutText, other: PutText | undefined): boolean {
  return one.key === other?.key && one.by === other.by && one.text === other.text
}

/** Undefined where something else happened than that items were put below others of their shard. */
function addedTo(before: WorkedOut['shards'], now: WorkedOut['shards']): readonly JournalItem[] | undefined {
  const added: JournalItem[] = []
  for (const [label, items] of before) {
    const grown = now.get(label)
    if (grown === undefined || grown.length < items.length || grown[items.length - 1] !== items.at(-1)) return undefined
  }
  for (const [label, items] of now) added.push(...items.slice(before.get(label)?.length ?? 0))
  return added
}
