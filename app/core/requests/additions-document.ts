import { ImmutableString } from '@automerge/automerge/slim'
import { ContactId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type EntryId, isEntryId } from '#schema/record/entry.ts'
import type { RequestId } from '#schema/requests/request-id.ts'
import type { AcceptedFrom } from '../addition-session.ts'
import { textIn, timeIn } from '../record/flat-fields.ts'

/** The home log's shard of what was accepted from others: by contact since when everything is, by request which entry it became. */
export const ADDITIONS_SHARD = 'additions'

export type AdditionsDocument = Record<string, unknown>

const FROM = 'from '
const ADDED = 'added '
/** Asked again from now on. */
const NOT = instant(0)

export function readAcceptedFrom(doc: Readonly<AdditionsDocument>): readonly AcceptedFrom[] {
  return Object.keys(doc).flatMap(name => {
    const contactId = name.startsWith(FROM) ? ContactId.parse(name.slice(FROM.length)) : undefined
    const since = timeIn(doc[name])
    return contactId === undefined || since === undefined || since === NOT ? [] : [{ contactId, since }]
  })
}

/** Also where it was deleted for good since: it is not added again. */
export function addedEntry(doc: Readonly<AdditionsDocument>, id: RequestId): EntryId | undefined {
  const text = textIn(doc[`${ADDED}${id}`])
  return text !== undefined && isEntryId(text) ? text : undefined
}

// ── inside a change ──

export function putAcceptedFrom(doc: AdditionsDocument, contactId: ContactId, since: Instant | undefined): void {
  doc[`${FROM}${contactId}`] = since ?? NOT
}

export function putAdded(doc: AdditionsDocument, id: RequestId, entryId: EntryId): void {
  doc[`${ADDED}${id}`] = new ImmutableString(entryId)
}
