import type { EntrySummary } from '#schema/record/entry.ts'
import { annotationsByEntry } from './annotations.ts'
import { lacking, typedParts } from './plain-search.ts'
import { foldSearch, type Row, searchLines } from './row.ts'

type NameOf = (summary: EntrySummary) => string

/** Rows that say the same but for their values. */
interface Alike {
  /** Folded. */
  readonly shared: string
  readonly places: readonly number[]
  /** Folded, a line for each place. */
  readonly own: string
}

/** The folded texts of rows in one order. A search goes through few long texts, and touches no row that it does not find. */
export interface SearchIndex {
  /** Each with all that its text is made of. */
  readonly rows: readonly Row[]
  readonly alike: readonly Alike[]
  /** Places of rows that are shown by a name which the screen may word in another way. */
  readonly named: readonly number[]
}

const hasName = ({ title, kind }: EntrySummary) => title === '' || kind === 'statement'
const isNamed = ({ summary, behind }: Row) => hasName(summary) || behind?.some(row => hasName(row.summary)) === true

export function makeSearchIndex(visible: readonly Row[]): SearchIndex {
  const rows = withBeside(visible)
  const [plain, named]: [number[], number[]] = [[], []]
  for (const [place, row] of rows.entries()) (isNamed(row) ? named : plain).push(place)
  return { rows, alike: alikeOf(rows, plain, () => ''), named }
}

/** What was written beside an entry, or beside what it stands for, finds the entry. */
function withBeside(visible: readonly Row[]): readonly Row[] {
  const beside = annotationsByEntry(visible)
  if (beside.size === 0) return visible
  return visible.map(row => {
    const { behind = [] } = row
    const notes = [row, ...behind]
      .flatMap(({ summary }) => beside.get(summary.id) ?? [])
      .flatMap(note => [note, ...(note.behind ?? [])])
    return notes.length === 0 ? row : { ...row, behind: [...behind, ...notes] }
  })
}

/** Those rows of the index that wait for a name. */
export const namedRows = ({ rows, named }: SearchIndex, nameOf: NameOf): readonly Alike[] =>
  alikeOf(rows, named, nameOf)

function alikeOf(rows: readonly Row[], places: readonly number[], nameOf: NameOf): readonly Alike[] {
  const found = new Map<string, { readonly places: number[]; readonly own: string[] }>()
  for (const place of places) {
    const row = rows[place]
    if (row === undefined) continue
    const { shared, own } = searchLines(row, nameOf)
    const known = found.get(shared)
    if (known === undefined) found.set(shared, { places: [place], own: [own] })
    else {
      known.places.push(place)
      known.own.push(own)
    }
  }
  return [...found].map(([shared, each]) => ({
    shared: foldSearch(shared),
    places: each.places,
    own: foldSearch(each.own.join('\n')),
  }))
}

/** Marks the places of rows that have what was typed; of its last word the beginning is enough. `found` has a byte for each row. */
export function findPlaces(alike: readonly Alike[], text: string, found: Uint8Array): void {
  const parts = typedParts(text)
  for (const { shared, places, own } of alike) {
    const lacks = lacking(parts, shared)
    if (lacks.length === 0) for (const place of places) found[place] = 1
    // What all of them together have not, none has.
    else if (lacking(lacks, own).length === 0)
      for (const [line, each] of own.split('\n').entries()) {
        const place = places[line]
        if (place !== undefined && lacking(lacks, each).length === 0) found[place] = 1
      }
  }
}

/** Whether what was typed is in what the row is called, and not only in its value. */
export const isNamedSo = (row: Row, text: string, nameOf: NameOf): boolean =>
  lacking(typedParts(text), foldSearch(searchLines(row, nameOf).shared)).length === 0
