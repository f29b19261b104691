import { ImmutableString } from '@automerge/automerge/slim'
import type { PrincipalId, ThreadId } from '#schema/ids.ts'
import { isObject, parseObject } from '#schema/record/fhir/json.ts'
import { MARKS_PREFIX } from '../log/log-core.ts'
import type { LogAuthors } from '../record/authors.ts'
import { actorAt, type DocMap, textIn } from '../record/flat-fields.ts'
import type { JournalId, JournalPlace } from './journal.ts'

/** How far somebody is: by journal the highest number. Two of one person unite. */
export type Reach = ReadonlyMap<JournalId, number>

/** What has arrived at a person, and what of each thread they have read. */
export interface Marks {
  readonly got: Reach
  readonly read: ReadonlyMap<string, Reach>
}

export const NO_MARKS: Marks = { got: new Map(), read: new Map() }

export const marksLabel = (journal: JournalId) => `${MARKS_PREFIX}${journal}`

/** Whose marks a shard holds. */
export function marksOf(label: string): JournalId | undefined {
  return /^marks\/([0-9a-f]{16})$/.exec(label)?.[1]
}

export function isWithin(reach: Reach, { journal, number }: JournalPlace): boolean {
  return (reach.get(journal) ?? -1) >= number
}

/** Whether all of `reach` lies in `known`. */
export function isWithinReach(known: Reach, reach: Reach): boolean {
  return [...reach].every(([journal, number]) => isWithin(known, { journal, number }))
}

/** As far as either. */
export function furthest(one: Reach, other: Reach): Reach {
  const both = new Map(one)
  for (const [journal, number] of other) both.set(journal, Math.max(number, both.get(journal) ?? -1))
  return both
}

export function joinMarks(one: Marks, other: Marks): Marks {
  const read = new Map(one.read)
  for (const [thread, reach] of other.read) read.set(thread, furthest(read.get(thread) ?? new Map(), reach))
  return { got: furthest(one.got, other.got), read }
}

/** Only what the person put there whose journal it is. */
export function readMarks(
  doc: DocMap,
  journal: JournalId,
  authors: LogAuthors,
): readonly [PrincipalId, Marks] | undefined {
  const owner = authors.writerOf(journal)?.principal
  if (owner === undefined) return undefined
  const read = new Map<string, Reach>()
  let got: Reach = new Map()
  for (const key of Object.keys(doc)) {
    const actor = actorAt(doc, doc, key)
    if (actor === undefined || authors.writerOf(actor)?.principal !== owner) continue
    if (key === 'got') got = reachIn(textIn(doc[key]))
    else if (key.startsWith('read/')) read.set(key.slice('read/'.length), reachIn(textIn(doc[key])))
  }
  return [owner, { got, read }]
}

export function reachIn(text: string | undefined): Reach {
  const json = parseObject(text ?? '')
  const known = isObject(json) ? Object.entries(json) : []
  return new Map(
    known.flatMap(([journal, number]) =>
      /^[0-9a-f]{16}$/.test(journal) && Number.isSafeInteger(number) ? [[journal, number as number] as const] : [],
    ),
  )
}

// ── inside a change of one's own marks ──

export function putGot(doc: DocMap, reach: Reach): void {
  doc['got'] = encodeReach(reach)
}

export function putRead(doc: DocMap, thread: ThreadId, reach: Reach): void {
  doc[`read/${thread}`] = encodeReach(reach)
}

export const encodeReach = (reach: Reach) => new ImmutableString(JSON.stringify(Object.fromEntries(reach)))
