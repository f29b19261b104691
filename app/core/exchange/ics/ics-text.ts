import { utf8 } from '#schema/bytes.ts'
import { parseWhen } from '#schema/record/when.ts'

/** RFC 5545 §3.1: no line is longer than 75 octets; what follows begins with a space. No character is cut in two. */
export function foldedLine(line: string): string {
  const lines: string[] = []
  let current = ''
  let bytes = 0
  for (const character of line) {
    const size = utf8(character).length
    if (bytes + size > 75) {
      lines.push(current)
      current = ' '
      bytes = 1
    }
    current += character
    bytes += size
  }
  return `${[...lines, current].join('\r\n')}\r\n`
}

/** RFC 5545 §3.3.11: TEXT. */
export function icsText(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replace(/[\\;,]/g, character => `\\${character}`)
    .replace(/\r\n?|\n/g, '\\n')
}

/**
 * A FHIR date or dateTime as RFC 5545 writes it: a day, a time in UTC, or a time of the place where the calendar is, where no zone is
 * known. Undefined for what is not exact to the day.
 */
export function icsDate(text: string): { readonly isDay: boolean; readonly value: string } | undefined {
  const when = parseWhen(text)
  if (!when.ok || text.length < '2026-03-04'.length) return undefined
  if (!text.includes('T')) return { isDay: true, value: text.slice(0, 10).replaceAll('-', '') }
  const hasZone = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text)
  const plain = new Date(when.value.sortAt).toISOString().slice(0, 19).replace(/[-:]/g, '')
  return { isDay: false, value: hasZone ? `${plain}Z` : plain }
}
