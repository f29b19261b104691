import type { Session } from '#app/core/session.ts'
import type { EntryAuthor, EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'

/** What would be given. */
export interface Given {
  readonly sections: readonly Section[]
  /** Whose record it is, as it calls itself. */
  readonly recordName: string
}

type AnyMethod = (...args: readonly unknown[]) => unknown

/** Of one's own record what a page that is only read asks for. */
const READ = ['timelineRows', 'attachment', 'thumbnail', 'original'] as const

/**
 * The session as the pages of a preview see it: one's own record, less what somebody with these sections would not see. Nothing can be
 * changed by it.
 */
export function previewSession(session: Session, given: () => Given): Session {
  const own = session as unknown as Readonly<Record<string, AnyMethod>>
  const methods: Record<string, AnyMethod> = Object.fromEntries(
    READ.map(name => [name, (...args: readonly unknown[]) => own[name]?.(...args)]),
  )
  methods['watchEntry'] = (id, listener) =>
    session.watchEntry(id as EntryDetail['summary']['id'], entry =>
      (listener as (entry: EntryDetail | undefined) => void)(entry && asGiven(entry, given())),
    )
  return new Proxy({} as Session, {
    get(_none, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      const method = methods[name]
      if (method === undefined) throw new Error(`Cannot ask a preview for ${name}`)
      return method
    },
  })
}

/** The entry as somebody with these sections would see it; undefined where they would not. */
export function asGiven(entry: EntryDetail, given: Given): EntryDetail | undefined {
  if (!isGiven(entry.summary, given) || entry.binnedAt !== undefined) return undefined
  const { papers, about, annotations, sameAs, versions, addedBy, changedBy, ...rest } = entry
  return {
    ...rest,
    ...listed('papers', papers, given),
    ...listed('about', about, given),
    ...listed('annotations', annotations, given),
    ...listed('sameAs', sameAs, given),
    ...(versions === undefined ? {} : { versions }),
    ...(addedBy === undefined ? {} : { addedBy: asTold(addedBy, given) }),
    ...(changedBy === undefined ? {} : { changedBy: asTold(changedBy, given) }),
  }
}

const isGiven = ({ section, isPrivate }: EntrySummary, { sections }: Given) =>
  isPrivate !== true && sections.includes(section)

function listed<Name extends 'papers' | 'about' | 'annotations' | 'sameAs'>(
  name: Name,
  entries: readonly EntrySummary[] | undefined,
  given: Given,
): Partial<Pick<EntryDetail, Name>> {
  const left = entries?.filter(entry => isGiven(entry, given)) ?? []
  return left.length === 0 ? {} : ({ [name]: left } as unknown as Pick<EntryDetail, Name>)
}

/** On which of one's devices something was written is not for others to know. */
const asTold = (author: EntryAuthor, { recordName }: Given): EntryAuthor =>
  author.type === 'you' ? { type: 'owner', name: recordName } : author
