import type { EntryId, EntrySummary, ImportId } from '#schema/record/entry.ts'
import type { ImportChanges, ImportPreview } from '../import-session.ts'
import type { ImportedFile, ImportedResource } from './imported-resource.ts'
import { looksDifferent, type Named } from './same-person.ts'
import { ofPeople, peopleOf } from './whose.ts'

/** Enough to find the place in the file by hand. */
const MAX_EXAMPLES = 5
/** Of a table, whose rows a person can mend and bring in again. */
const MAX_ROW_EXAMPLES = 200
/** So many of a kind are told by title; all are counted. */
const MAX_TOLD = 50

export interface PreviewContext {
  readonly importId: ImportId
  /** Whether the record has this resource with this content, in the bin included. */
  readonly isKnown: (resource: ImportedResource) => boolean
  /** Whether it is another version of what the record has. */
  readonly versionOf?: (resource: ImportedResource) => 'changed' | 'older' | undefined
  readonly changes?: ImportChanges | undefined
  /** Who the record is about, as far as it is known. */
  readonly owner?: Named
  /** Of a file about several people: places of those whose entries are to come in. Left out: nobody's. */
  readonly chosen?: readonly number[]
}

/** What an import would do, by kind and count. */
export function previewOf(
  whole: ImportedFile,
  { importId, isKnown, versionOf, changes, owner, chosen = [] }: PreviewContext,
): ImportPreview {
  const file = ofPeople(whole, chosen)
  const people = peopleOf(whole, chosen, owner)
  const rows = new Map<string, { -readonly [Name in keyof Row]: Row[Name] }>()
  const freshByRow = new Map<string, ImportedResource[]>()
  const groups = new Map<string, { isNew: number; alreadyThere: number }>()
  let [alreadyThereCount, olderCount] = [0, 0]
  for (const resource of file.resources) {
    if (resource.group !== undefined) {
      const group = groups.get(resource.group) ?? { isNew: 0, alreadyThere: 0 }
      groups.set(resource.group, group)
      if (isKnown(resource)) {
        group.alreadyThere += 1
        alreadyThereCount += 1
      } else group.isNew += 1
      continue
    }
    const { kind, section } = resource.parts
    const key = `${section} ${kind}`
    const row = rows.get(key) ?? { kind, section, isNew: 0, alreadyThere: 0 }
    rows.set(key, row)
    if (isKnown(resource)) {
      row.alreadyThere += 1
      alreadyThereCount += 1
      continue
    }
    const version = versionOf?.(resource)
    if (version === 'older') olderCount += 1
    if (version === undefined) {
      row.isNew += 1
      const fresh = freshByRow.get(key)
      if (fresh === undefined) freshByRow.set(key, [resource])
      else fresh.push(resource)
    } else row[version] = (row[version] ?? 0) + 1
  }
  return {
    importId,
    fileName: file.fileName,
    format: file.format,
    ...(file.link === undefined ? {} : { keepsLink: true as const }),
    ...(file.files === undefined ? {} : { files: file.files }),
    ...(file.person === undefined
      ? {}
      : { person: { ...file.person, looksDifferent: looksDifferent(file.person, owner) } }),
    ...(people === undefined ? {} : { people }),
    ...(file.isPartial === undefined ? {} : { isPartial: file.isPartial }),
    byKind: [...rows]
      .map(([key, row]) => ({ ...row, ...toldOf(freshByRow.get(key), importId) }))
      .sort((a, b) => totalOf(b) - totalOf(a)),
    ...(file.series === undefined
      ? {}
      : { series: file.series.map(each => ({ ...each, ...(groups.get(each.key) ?? { isNew: 0, alreadyThere: 0 }) })) }),
    ...(file.left === undefined ? {} : { left: file.left }),
    newCount: file.resources.length - alreadyThereCount - olderCount,
    alreadyThereCount,
    unusable: counted(file.unusable.map(({ reason, example }) => [reason, example])).map(([reason, examples]) => ({
      reason,
      count: examples.length,
      examples: examples.slice(0, reason.startsWith('row-') ? MAX_ROW_EXAMPLES : MAX_EXAMPLES),
    })),
    cards: file.cards,
    ...(changes === undefined ? {} : { changes }),
    ...(file.table === undefined ? {} : { table: file.table }),
    remarks: counted(file.resources.flatMap(({ remarks }) => remarks.map(reason => [reason, ''] as const))).map(
      ([reason, found]) => ({ reason, count: found.length }),
    ),
  }
}

type Row = ImportPreview['byKind'][number]

/** The latest first; what has no date last. */
function toldOf(fresh: readonly ImportedResource[] | undefined, importId: ImportId): Pick<Row, 'told'> {
  if (fresh === undefined) return {}
  const at = ({ parts }: ImportedResource) => parts.when?.sortAt ?? Number.NEGATIVE_INFINITY
  const latest = fresh.toSorted((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0)).slice(0, MAX_TOLD)
  return { told: latest.map(resource => asComing(resource, importId)) }
}

function asComing({ parts, author }: ImportedResource, importId: ImportId): EntrySummary {
  const source = { type: 'import', importId, fileName: '', ...(author === undefined ? {} : { author }) } as const
  return { ...parts, id: '' as EntryId, source }
}

const totalOf = ({ isNew, changed = 0, older = 0, alreadyThere }: Row) => isNew + changed + older + alreadyThere

function counted<Reason>(
  items: readonly (readonly [Reason, string])[],
): readonly (readonly [Reason, readonly string[]])[] {
  const byReason = new Map<Reason, string[]>()
  for (const [reason, example] of items) {
    const examples = byReason.get(reason)
    if (examples === undefined) byReason.set(reason, [example])
    else examples.push(example)
  }
  return [...byReason]
}
