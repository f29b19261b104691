import * as A from '@automerge/automerge/slim'
import type { PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import {
  addedBy,
  AUTHOR_PREFIX,
  authorText,
  changedBy,
  changerName,
  changerText,
  type LogAuthors,
  type Writer,
} from './authors.ts'
import { changedAt, type DocMap, textIn } from './flat-fields.ts'
import { nameOf } from './private-shard.ts'
import { addedAt, entriesIn, entryIn, type StoredEntry } from './stored-entry.ts'

/** Whose what a document came to say is: to be noted beside it wherever somebody else carries it to. */
export interface CarriedAuthors {
  readonly added: readonly { readonly entry: Named; readonly by: Writer }[]
  readonly changed: readonly { readonly entry: Named; readonly by: PrincipalId; readonly at: Instant }[]
}

type Named = Pick<StoredEntry, 'bucket' | 'key'>

/** Of what `now` says and `before` did not: what somebody else wrote than the person whose record it is. Not of those left out. */
export function carriedAuthors(
  label: string,
  before: DocMap,
  now: DocMap,
  authors: LogAuthors,
  leftOut: ReadonlySet<string> = new Set(),
): CarriedAuthors {
  const goingOver = entriesIn(label, now).filter(entry => !leftOut.has(nameOf(entry)))
  const entries = goingOver.map(entry => ({ entry, was: entryIn(label, before, entry.bucket, entry.key) }))
  const isOther = (by: PrincipalId | undefined) => by !== undefined && !authors.isOwner(by)
  const added = entries.flatMap(({ entry, was }) => {
    const by = was === undefined ? addedBy(now, entry, authors) : undefined
    return by !== undefined && isOther(by.principal) ? [{ entry, by }] : []
  })
  const changed = entries.flatMap(({ entry, was }) => {
    const at = changedAt(entry.spot)
    const known = was === undefined ? addedAt(label, entry) : (changedAt(was.spot) ?? addedAt(label, was))
    const by = at === undefined || at <= (known ?? 0) ? undefined : changedBy(now, entry, authors)?.principal
    return at !== undefined && by !== undefined && isOther(by) ? [{ entry, by, at }] : []
  })
  return { added, changed }
}

/** Inside a change, after what was written is in `draft`. */
export function putCarriedAuthors(draft: DocMap, { added, changed }: CarriedAuthors): void {
  for (const { entry, by } of added) putText(draft, `${AUTHOR_PREFIX}${entry.bucket}.${entry.key}`, authorText(by))
  for (const { entry, by, at } of changed) putText(draft, changerName(entry), changerText(by, at))
}

/** Once is enough: what is carried over twice changes nothing. */
function putText(draft: DocMap, name: string, text: string): void {
  if (textIn(draft[name]) !== text) draft[name] = new A.ImmutableString(text)
}
