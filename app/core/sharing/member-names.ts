import { ImmutableString } from '@automerge/automerge/slim'
import { PrincipalId } from '#schema/ids.ts'
import type { LogAuthors } from '../record/authors.ts'
import { actorAt, type DocMap, textIn } from '../record/flat-fields.ts'

/** The shard of a shared section in which its owner says who those are that may add: principal → name (decision 0013). */
export const MEMBERS_LABEL = 'members'

export type MembersDocument = Record<string, ImmutableString>

/** Whom the owner names; what a member wrote there is not believed. */
export function readMemberNames(doc: DocMap, authors: LogAuthors): ReadonlyMap<PrincipalId, string> {
  const names = new Map<PrincipalId, string>()
  for (const key of Object.keys(doc)) {
    const principal = PrincipalId.parse(key)
    const name = textIn(doc[key])
    const actor = actorAt(doc, doc, key)
    const by = actor === undefined ? undefined : authors.writerOf(actor)
    if (principal !== undefined && name !== undefined && by !== undefined && authors.isOwner(by.principal)) {
      names.set(principal, name)
    }
  }
  return names
}

// ── inside a change ──

export function putMemberNames(doc: MembersDocument, names: ReadonlyMap<PrincipalId, string>): void {
  for (const [principal, name] of names) doc[principal] = new ImmutableString(name)
}
