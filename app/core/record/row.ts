import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor, EntrySummary } from '#schema/record/entry.ts'
import type { Writer } from './authors.ts'

/** By what versions of one thing are alike. */
export type Likeness = Pick<EntrySummary, 'kind' | 'title' | 'codes'>

/** What the index keeps of an entry, binned or not. */
export interface Row {
  readonly summary: EntrySummary
  /** Set while it is in the bin. */
  readonly binnedAt?: Instant
  readonly hasConflict: boolean
  /** Nothing was ever set beside the original: its row stays true for good. */
  readonly isUntouched: boolean
  /** The same for the same content of the same source; only for imported entries. */
  readonly identity?: string
  /** The same for all versions of one thing of a source; absent where its key may stand for several. */
  readonly thing?: string
  /** When it came in; ms since 1970. Only for imported entries. */
  readonly at?: number
  /** When the source changed it last, by its own word; ms since 1970. */
  readonly updated?: number
  /** Of a report or a panel: the `thing` of each result that it lists, at most 500. */
  readonly lists?: readonly string[]
  /** How the source called it, where somebody corrected that. */
  readonly was?: Likeness
  /** The others that it stands for: versions of its source, and what the person said is the same. Only among those to be seen. */
  readonly behind?: readonly Row[]
  /** Who typed it, where that is not the person whose record it is; `summary.source` says how they are called. */
  readonly writer?: Writer
  /** Where it stands among the months: `2021-03`, `2021` when only the year is known, `''` for no date. */
  readonly month: string
}

export function monthOf(summary: Pick<EntrySummary, 'when'>): string {
  return summary.when?.text.slice(0, 7) ?? ''
}

/** Newest first, undated last: by month as written, so that months never interleave across zones, then by time. */
export function compareRows(a: Row, b: Row): number {
  if (a.month !== b.month) return a.month < b.month ? 1 : -1
  const byTime = (b.summary.when?.sortAt ?? 0) - (a.summary.when?.sortAt ?? 0)
  if (byTime !== 0) return byTime
  return a.summary.id < b.summary.id ? 1 : a.summary.id > b.summary.id ? -1 : 0
}

/** Lower case without accents. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

/** What Unicode does not take apart: Arabic forms of one letter, the line that draws a word out, digits, letters with a stroke. */
const SAME_LETTERS: Readonly<Record<string, string>> = {
  ـ: '',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ٱ: 'ا',
  ک: 'ك',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
}
const UNLIKE = /[ـىیةٱکßøłđæœ\u0660-\u0669\u06f0-\u06f9]/g
const BEYOND_ASCII = /[^\t\n\r -~]/

/** As search compares: like `fold`, and what is written in several ways (letters of Arabic, digits, wide signs) is one. */
export function foldSearch(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(UNLIKE, letter => SAME_LETTERS[letter] ?? String((letter.codePointAt(0) ?? 0) & 15))
}

function valueText(summary: EntrySummary): string {
  const { value } = summary
  if (value === undefined) return ''
  if (value.type === 'text') return value.text
  if (value.type === 'quantity')
    return `${value.quantity.comparator ?? ''}${value.quantity.value} ${value.quantity.unit}`
  return `${value.systolicMmHg}/${value.diastolicMmHg}`
}

function authorName(author: EntryAuthor | undefined): string {
  return author === undefined || author.type === 'you' ? '' : author.name
}

/** All that a text filter looks at. No word and no phrase goes over the end of a line. */
export interface SearchLines {
  /** Titles, codes and sources, a line each: thousands of rows have the same. */
  readonly shared: string
  /** Values, in one line. */
  readonly own: string
}

/** `nameOf`: what is shown in place of a title. */
export function searchLines({ summary, behind }: Row, nameOf: (summary: EntrySummary) => string): SearchLines {
  const all = behind === undefined ? [summary] : [summary, ...behind.map(row => row.summary)]
  return {
    shared: all.map(each => sharedLines(each, nameOf(each))).join('\n'),
    own: all.map(each => valueText(each).replaceAll('\n', ' ')).join(' | '),
  }
}

function sharedLines({ title, codes, source }: EntrySummary, name: string): string {
  let lines = `${title}\n${name}`
  for (const { display } of codes) if (display !== undefined) lines += `\n${display}`
  return source.type === 'import'
    ? `${lines}\n${source.fileName}\n${source.author ?? ''}`
    : `${lines}\n${authorName(source.by)}`
}

/** An import that was taken back hides its entries. */
export type HiddenImports = ReadonlySet<string>

export function isHiddenRow(row: Row, hidden: HiddenImports): boolean {
  return row.summary.source.type === 'import' && hidden.has(row.summary.source.importId)
}
