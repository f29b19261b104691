import * as A from '@automerge/automerge/slim'
import { LogId } from '#schema/ids.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { authorsIn, type LogAuthors } from '../record/authors.ts'
import { type DocMap, isDocMap, textIn } from '../record/flat-fields.ts'

/** The shard of a log that was begun anew: of which log, and what of a former log's shards is in it already. */
export const REBASED_LABEL = 'rebased'

export interface RebasedDocument {
  from: A.ImmutableString
  /** By `log/label`. */
  heads: Record<string, A.ImmutableString>
}

export interface Rebased {
  readonly from?: LogId
  /** By `log/label`, as `headsText` writes them. */
  readonly heads: ReadonlyMap<string, string>
}

/** What a log that was begun anew says of that; undefined where it was not, or its own frames are still coming. */
export async function rebasedIn(log: Pick<SealedLog, 'genesis' | 'feeds' | 'read'>): Promise<Rebased | undefined> {
  return readRebased(await log.read<DocMap>(REBASED_LABEL), authorsIn(log))
}

/**
 * The owner's own word alone, as it was last said. Whoever may write in the log can take it away or put another in its place: then what
 * another device wrote late would be taken for carried over, or what was left behind for late. So it is looked for among the owner's
 * operations, also where they do not stand any more.
 */
export function readRebased(doc: A.Doc<DocMap>, authors: LogAuthors): Rebased | undefined {
  return authors.hasOthers ? readSaidBy(doc, authors) : readPlain(doc)
}

function readPlain(doc: DocMap): Rebased | undefined {
  if (!isDocMap(doc.heads)) return undefined
  const heads = Object.entries(doc.heads).flatMap(([place, value]) => {
    const text = textIn(value)
    return text === undefined ? [] : [[place, text] as const]
  })
  return rebased(textIn(doc.from), new Map(heads))
}

/** One operation; of two for one key the later one counts, as in the document. */
interface Said {
  readonly text: string
  readonly counter: number
  readonly actor: string
}

function readSaidBy(doc: A.Doc<DocMap>, authors: LogAuthors): Rebased | undefined {
  const said = new Map<string, Said>()
  for (const change of A.getAllChanges(doc)) {
    const { actor, startOp, ops } = A.decodeChange(change)
    const writer = authors.writerOf(actor)
    if (writer === undefined || !authors.isOwner(writer.principal)) continue
    for (const [index, { action, key, value }] of ops.entries()) {
      if (action !== 'set' || typeof key !== 'string' || typeof value !== 'string') continue
      const next = { text: value, counter: startOp + index, actor }
      const before = said.get(key)
      if (before === undefined || isLater(next, before)) said.set(key, next)
    }
  }
  if (said.size === 0) return undefined
  const heads = [...said].flatMap(([key, { text }]) => (key.includes('/') ? [[key, text] as const] : []))
  return rebased(said.get('from')?.text, new Map(heads))
}

function isLater(one: Said, other: Said): boolean {
  return one.counter === other.counter ? one.actor > other.actor : one.counter > other.counter
}

function rebased(from: string | undefined, heads: ReadonlyMap<string, string>): Rebased {
  const logId = LogId.parse(from ?? '')
  return { heads, ...(logId === undefined ? {} : { from: logId }) }
}

// ── inside a change ──

export function putRebased(doc: RebasedDocument, from: LogId, heads: ReadonlyMap<string, string>): void {
  doc.from = new A.ImmutableString(from)
  doc.heads = Object.fromEntries([...heads].map(([place, text]) => [place, new A.ImmutableString(text)]))
}

/** So much of a former log's shard is in it. */
export function putCarried(doc: RebasedDocument, place: string, heads: string): void {
  // Somebody else who may write here may have taken the map away.
  if (!isDocMap(doc.heads)) doc.heads = {}
  // Or have said the same, and Automerge writes no value twice: it would not be the owner's word.
  if (textIn(doc.heads[place]) === heads) delete doc.heads[place]
  doc.heads[place] = new A.ImmutableString(heads)
}
