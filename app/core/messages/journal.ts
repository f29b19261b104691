import * as A from '@automerge/automerge/slim'
import { utf8 } from '#schema/bytes.ts'
import { PrincipalId } from '#schema/ids.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
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
 * What was put into a journal's shard. What anybody but the person whose journal it is did to it since changes none of theirs, and what others
 * put there first stands under their own name (decision 49).
 */
export function textsIn(doc: A.Doc<DocMap>, owner: PrincipalId, authors: LogAuthors): readonly PutText[] {
  const actors = saveActors(A.save(doc))
  const isTheirsAlone = actors?.every(actor => authors.writerOf(actor)?.principal === owner) ?? false
  return isTheirsAlone ? textsOf(doc, owner) : firstTexts(doc, authors)
}

/** Those that this version can read; `owner`: whose journal it is. */
export function itemsOf(texts: readonly PutText[], journal: JournalId, owner: PrincipalId): readonly JournalItem[] {
  return texts.flatMap(({ key, by, text }) => {
    const item = NUMBER.test(key) ? parseItem(text) : undefined
    const number = Number(key)
    const id = `${journal}~${number}${by === owner ? '' : `~${by.slice(0, 16)}`}`
    return item === undefined ? [] : [{ journal, number, id, by, item }]
  })
}

/** What somebody put into a journal, as it was put. */
export interface PutText {
  readonly key: string
  readonly by: PrincipalId
  readonly text: string
}

/** For this device alone: `decodeTexts` reads them again, without the document. */
export function encodeTexts(texts: readonly PutText[]): Uint8Array<ArrayBuffer> {
  const people = [...new Set(texts.map(({ by }) => by))]
  const places = new Map(people.map((by, place) => [by, place]))
  return utf8(JSON.stringify({ people, texts: texts.map(({ key, by, text }) => [key, places.get(by), text]) }))
}

/** Total; undefined for what `encodeTexts` did not make. */
export function decodeTexts(bytes: Uint8Array): readonly PutText[] | undefined {
  const { people, texts } = parseObject(new TextDecoder().decode(bytes))
  if (!Array.isArray(people) || !Array.isArray(texts)) return undefined
  const known = people.map(one => (typeof one === 'string' ? PrincipalId.parse(one) : undefined))
  const read = texts.flatMap((one: unknown): PutText[] => {
    const [key, place, text] = Array.isArray(one) ? (one as readonly unknown[]) : []
    const by = typeof place === 'number' ? known[place] : undefined
    return typeof key === 'string' && typeof text === 'string' && by !== undefined ? [{ key, by, text }] : []
  })
  return read.length === texts.length ? read : undefined
}

function textsOf(doc: DocMap, by: PrincipalId): PutText[] {
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
