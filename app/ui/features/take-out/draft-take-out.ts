import type { Facets } from '#app/core/session.ts'
import type { TakeOutChoice, TakeOutFile } from '#app/core/take-out-session.ts'
import type { TableName } from '#app/core/exchange/csv/write-csv.ts'
import type { OutWords } from '#app/core/exchange/report/out-words.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'

export type What = TakeOutFile['kind']

/** What stands on the page before anything is made. */
export interface TakeOutDraft {
  readonly what: What
  readonly table: TableName
  /** Only those that hold something. */
  readonly sections: readonly Section[]
  readonly withPrivate: boolean
  /** Sections of which the person says that they know of nothing. */
  readonly noneKnown: readonly Section[]
}

/** Left out of a summary unless ticked: they tell a clinic little. */
const NOT_USUAL: Partial<Record<What, readonly Section[]>> = { summary: ['other', 'coverage', 'documents'] }

/** Where the days stand that a calendar shows. */
const PLANNED: readonly Section[] = ['visits', 'plans']

const TABLE_SECTIONS: Readonly<Record<TableName, readonly Section[] | undefined>> = {
  'blood-pressure': ['vitals'],
  weight: ['vitals'],
  results: ['results'],
  medicines: ['medicines'],
  allergies: ['allergies'],
  problems: ['problems', 'past-problems'],
  immunizations: ['immunizations'],
  all: undefined,
}

/** The sections that a file of this kind is always made of; undefined where the person chooses. */
export function fixedSections({ what, table }: Pick<TakeOutDraft, 'what' | 'table'>): readonly Section[] | undefined {
  if (what === 'calendar') return PLANNED
  return what === 'table' ? TABLE_SECTIONS[table] : undefined
}

export function filledSections(facets: Facets): readonly Section[] {
  const filled = new Set(facets.sections.filter(({ count }) => count > 0).map(({ section }) => section))
  return SECTIONS.filter(section => filled.has(section))
}

/**
 * What is chosen at first for a kind of file. Whoever moves to another app wants all of it, and is shown the tick; what is for others
 * has nothing private unless somebody ticks it.
 */
export function draftFor(what: What, facets: Facets, table: TableName = 'all'): TakeOutDraft {
  const left = NOT_USUAL[what] ?? []
  const sections = fixedSections({ what, table }) ?? filledSections(facets).filter(section => !left.includes(section))
  const isMove = what === 'fhir-bundle' || what === 'fhir-ndjson'
  return { what, table, sections, withPrivate: isMove, noneKnown: [] }
}

/** In the order of the record. */
export function withSection(sections: readonly Section[], section: Section, isOn: boolean): readonly Section[] {
  return SECTIONS.filter(each => (each === section ? isOn : sections.includes(each)))
}

/** How many of the chosen entries are private; none as long as that is not known. */
export function privateCount({ sections }: Pick<TakeOutDraft, 'sections'>, facets: Facets | undefined): number {
  return (facets?.sections ?? []).reduce(
    (sum, each) => sum + (sections.includes(each.section) ? each.privateCount : 0),
    0,
  )
}

/** How many entries the file would hold, as far as sections tell: a table of one kind, or a calendar, holds fewer. */
export function entryCount(draft: TakeOutDraft, facets: Facets): number {
  return facets.sections.reduce((sum, { section, count, privateCount: hidden }) => {
    if (!draft.sections.includes(section)) return sum
    return sum + count - (draft.withPrivate ? 0 : hidden)
  }, 0)
}

/** The sections that each summary has. */
const REQUIRED: readonly Section[] = ['problems', 'allergies', 'medicines']

/** Those of a summary that hold nothing at all, also nothing private: of them the person may say that there is none. */
export function emptyRequired({ what }: Pick<TakeOutDraft, 'what'>, facets: Facets): readonly Section[] {
  if (what !== 'summary') return []
  const filled = filledSections(facets)
  return REQUIRED.filter(section => !filled.includes(section))
}

function fileOf({ what, table, noneKnown }: TakeOutDraft, words: OutWords): TakeOutFile {
  switch (what) {
    case 'summary':
      return { kind: 'summary', words, noneKnown }
    case 'table':
      return { kind: 'table', table, words }
    case 'calendar':
      return { kind: 'calendar', words }
    case 'fhir-bundle':
    case 'fhir-ndjson':
      return { kind: what }
  }
}

/** An empty section of a summary counts as chosen: leaving it out by choice is something else. */
export function choiceOf(draft: TakeOutDraft, facets: Facets, words: OutWords): TakeOutChoice {
  const sections = [...draft.sections, ...emptyRequired(draft, facets)]
  return { sections, withPrivate: draft.withPrivate, file: fileOf(draft, words) }
}

const ENDINGS: Readonly<Record<What, string>> = {
  summary: 'json',
  'fhir-bundle': 'json',
  'fhir-ndjson': 'ndjson',
  table: 'csv',
  calendar: 'ics',
}

/** `day`: 2026-03-04. */
export function fileNameOf({ what, table }: Pick<TakeOutDraft, 'what' | 'table'>, day: string): string {
  const kind = what === 'table' ? `-${table}` : what === 'summary' || what === 'calendar' ? `-${what}` : ''
  return `wellkeep${kind}-${day}.${ENDINGS[what]}`
}
