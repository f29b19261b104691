import { type Column, cellOf } from '../report/columns.ts'
import type { EntryFacts } from '../report/entry-facts.ts'
import type { OutWords } from '../report/out-words.ts'

/** FHIR's Narrative (https://hl7.org/fhir/R4/narrative.html): generated, in the language it says. */
export interface Narrative {
  readonly status: 'generated'
  readonly div: string
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XHTML: markup is escaped, and what XML 1.0 (§2.2) cannot hold is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, character => ENTITIES[character] ?? character)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}

function narrativeOf(words: OutWords, content: string): Narrative {
  const { language, direction } = words
  const tag = escaped(language)
  const div = `<div xmlns="http://www.w3.org/1999/xhtml" lang="${tag}" xml:lang="${tag}" dir="${direction}">${content}</div>`
  return { status: 'generated', div }
}

/** One or more sentences. */
export function sentences(words: OutWords, texts: readonly string[]): Narrative {
  return narrativeOf(words, texts.map(text => `<p>${escaped(text)}</p>`).join(''))
}

/** A table of entries, newest first as given, without the columns that no entry fills; `remarks` stand above it. */
export function entryTable(
  entries: readonly EntryFacts[],
  columns: readonly Column[],
  words: OutWords,
  remarks: readonly string[] = [],
): Narrative {
  const rows = entries.map(facts => columns.map(column => cellOf(column, facts, words)))
  const filledColumns = columns.flatMap((column, index) =>
    rows.some(row => row[index] !== '') ? [{ column, index }] : [],
  )
  const heads = filledColumns.map(({ column }) => `<th>${escaped(words.columns[column])}</th>`).join('')
  const lines = rows.map(
    row => `<tr>${filledColumns.map(({ index }) => `<td>${cellText(row[index])}</td>`).join('')}</tr>`,
  )
  const above = remarks.map(text => `<p>${escaped(text)}</p>`).join('')
  const table = `<table><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  return narrativeOf(words, above + table)
}

/** Lines of a note stay lines. */
function cellText(text: string | undefined): string {
  return escaped(text ?? '').replace(/\r\n?|\n/g, '<br/>')
}
