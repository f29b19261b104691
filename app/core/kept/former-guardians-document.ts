import { ImmutableString } from '@automerge/automerge/slim'
import { PrincipalId } from '#schema/ids.ts'

/**
 * The home log's shard of who looked after a record that this person took over: their own idSign, and the name under which they stood
 * in it, which is what whoever let them in called them, or they themselves. Written by the taker's own devices alone.
 */
export const FORMER_GUARDIANS_SHARD = 'former-guardians'

export type FormerGuardiansDocument = Record<string, ImmutableString>

export function readFormerGuardians(doc: Readonly<FormerGuardiansDocument>): ReadonlyMap<PrincipalId, string> {
  return new Map(
    Object.entries(doc).flatMap(([key, name]) => {
      const person = PrincipalId.parse(key)
      return person === undefined ? [] : [[person, String(name)] as const]
    }),
  )
}

/** Inside a change. What is known already stays. */
export function putFormerGuardians(doc: FormerGuardiansDocument, names: ReadonlyMap<PrincipalId, string>): void {
  for (const [person, name] of names) if (!Object.hasOwn(doc, person)) doc[person] = new ImmutableString(name)
}
