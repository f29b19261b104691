import * as A from '@automerge/automerge/slim'
import type { PrincipalId } from '#schema/ids.ts'
import { encodeItem, type Item, parseItem } from '#schema/messages/item.ts'
import { saveActors } from '../log/save-actors.ts'
import type { LogAuthors } from '../record/authors.ts'
import { type DocMap, textIn } from '../record/flat-fields.ts'

/** Of one journal so many items lie in one shard. */
export const SHARD_ITEMS = 500
const NUMBER = /^(?:0|[1-9]\d{0,8})$/

/** Names a feed's journal: H(W)[0..8] as hex, with which the feed's Automerge actors begin. */
export type JournalId = string

/** Where an item lies; `number`: its place in the journal, from 0. */
export interface JournalPlace {
  readonly journal: JournalId
  readonly number: number
}

export interface JournalItem extends JournalPlace {
  /** `<journal>~<number>`, and who put it there, where that was not whose journal it is. */
  readonly id: string
  readonly by: PrincipalId
  readonly item: Item
}

export function journalLabel({ journal, number }: JournalPlace): string {
  return `journal/${journal}/${Math.floor(number / SHARD_ITEMS)}`
}

/** Whose journal a shard is part of. */
export function journalOf(label: string): JournalId | undefined {
  return /^journal\/([0-9a-f]{16})\/\d{1,6}$/.exec(label)?.[1]
}

/** Inside a change of the shard that `journalLabel` names. */
export function putItem(doc: DocMap, number: number, item: Item): void {
  doc[number] = new A.ImmutableString(encodeItem(item))
}

/**
 * The items of a journal's shard. What anybody but the person whose journal it is did to it since changes none of theirs, and what others
 * put there first stands under their own name (decision 49).
 */
export function itemsIn(doc: A.Doc<DocMap>, journal: JournalId, authors: LogAuthors): readonly JournalItem[] {
  const owner = authors.writerOf(journal)?.principal
  if (owner === undefined) return []
  const actors = saveActors(A.save(doc))
  const isTheirsAlone = actors?.every(actor => authors.writerOf(actor)?.principal === owner) ?? false
  const texts = isTheirsAlone ? textsIn(doc, owner) : firstTexts(doc, authors)
  return texts.flatMap(({ key, by, text }) => {
    const item = NUMBER.test(key) ? parseItem(text) : undefined
    const number = Number(key)
    const id = `${journal}~${number}${by === owner ? '' : `~${by.slice(0, 16)}`}`
    return item === undefined ? [] : [{ journal, number, id, by, item }]
  })
}

interface PutText {
  readonly key: string
  readonly by: PrincipalId
  readonly text: string
}

function textsIn(doc: DocMap, by: PrincipalId): PutText[] {
  return Object.keys(doc).flatMap(key => {
    const text = textIn(doc[key])
    return text === undefined ? [] : [{ key, by, text }]
  })
}

/** Of each key and person the first text that they put there, by the document's whole past. */
function firstTexts(doc: A.Doc<DocMap>, authors: LogAuthors): PutText[] {
  const found = new Map<string, PutText>()
  for (const change of A.getAllChanges(doc)) {
    const { actor, ops } = A.decodeChange(change)
    const by = authors.writerOf(actor)?.principal
    if (by === undefined) continue
    for (const { action, obj, key, value } of ops) {
      const isText = action === 'set' && obj === '_root' && typeof key === 'string' && typeof value === 'string'
      const name = `${String(key)} ${by}`
      if (isText && !found.has(name)) found.set(name, { key, by, text: value })
    }
  }
  return [...found.values()]
}
