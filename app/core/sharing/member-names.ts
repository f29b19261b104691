import { ImmutableString } from '@automerge/automerge/slim'
import { PrincipalId } from '#schema/ids.ts'
import type { LogAuthors } from '../record/authors.ts'
import { type DocMap, operationAt, textIn } from '../record/flat-fields.ts'

/** The shard of a shared section in which its owner says who those are that may add: principal → name (decision 0013). */
export const MEMBERS_LABEL = 'members'

export type MembersDocument = Record<string, ImmutableString>

/** Whom the owner names, in the order in which they did; what a member wrote there is not believed. */
export function readMemberNames(doc: DocMap, authors: LogAuthors): ReadonlyMap<PrincipalId, string> {
  const named = Object.keys(doc).flatMap(key => {
    const principal = PrincipalId.parse(key)
    const name = textIn(doc[key])
    const put = operationAt(doc, doc, key)
    const by = put === undefined ? undefined : authors.writerOf(put.actor)
    const isNamed = principal !== undefined && name !== undefined && by !== undefined && authors.isOwner(by.principal)
    return isNamed ? [{ principal, name, counter: put?.counter ?? 0 }] : []
  })
  const inOrder = named.toSorted((a, b) => a.counter - b.counter || (a.principal < b.principal ? -1 : 1))
  return new Map(inOrder.map(({ principal, name }) => [principal, name]))
}

// ── inside a change ──

export function putMemberNames(doc: MembersDocument, names: ReadonlyMap<PrincipalId, string>): void {
  for (const [principal, name] of names) doc[principal] = new ImmutableString(name)
}
