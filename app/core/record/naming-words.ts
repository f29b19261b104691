import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'

/** Kinds whose names stand in other entries' words. A laboratory test's name stands in every result of its kind. */
const NAMED: ReadonlySet<EntryKind> = new Set([
  'condition',
  'allergy',
  'medicine',
  'immunization',
  'procedure',
  'device',
  'pregnancy',
])
const MIN_LETTERS = 4
/** What SNOMED CT puts behind its names. */
const TAG = / \([a-z/ ]+\)$/
/** Three capitals and more; not the numbers of a stage. */
const ACRONYM = /(?<![A-Za-z0-9])(?![IVX]+(?![A-Za-z0-9]))[A-Z][A-Z0-9]{2,}(?![A-Za-z0-9])/g

/** Whether a text names this entry: by its title, by a name of its code, by an acronym in them, or a medicine by its first word. */
export function wordsNaming(entry: EntrySummary): (text: string) => boolean {
  if (!NAMED.has(entry.kind)) return () => false
  const names = [entry.title, ...entry.codes.map(code => code.display ?? '')].map(name => name.replace(TAG, '').trim())
  const firstWords = entry.kind === 'medicine' ? names.map(name => name.split(' ')[0] ?? '') : []
  const phrases = [...new Set([...names, ...firstWords].map(name => name.toLowerCase()))].filter(
    name => name.length >= MIN_LETTERS,
  )
  const acronyms = [...new Set(names.flatMap(name => name.match(ACRONYM) ?? []))]
  const isAcronym =
    acronyms.length === 0 ? undefined : new RegExp(`(?<![A-Za-z0-9])(?:${acronyms.join('|')})(?![A-Za-z0-9])`)
  return text => {
    const lower = text.toLowerCase()
    return phrases.some(phrase => lower.includes(phrase)) || isAcronym?.test(text) === true
  }
}
