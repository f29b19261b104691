const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Elements that end a line, and those that end a cell. */
const ENDS_LINE = new Set(['p', 'div', 'tr', 'li', 'table', 'ul', 'ol', 'caption', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const ENDS_CELL = new Set(['td', 'th'])
/** Elements whose content is no words. */
const SILENT = new Set(['script', 'style'])

/**
 * A narrative's words without its markup, in one pass (a hostile one of megabytes must not stall the screen). It is only
 * ever shown as text, so nothing in it can run.
 */
export function plainNarrative(xhtml: string): string {
  let text = ''
  let at = 0
  while (at < xhtml.length) {
    const open = xhtml.indexOf('<', at)
    if (open < 0) break
    text += xhtml.slice(at, open)
    const [words, next] = readMarkup(xhtml, open)
    text += words
    at = next
  }
  return tidy(text + xhtml.slice(at))
}

/** What the markup at `open` leaves behind, and where reading goes on. */
function readMarkup(xhtml: string, open: number): readonly [words: string, next: number] {
  if (xhtml.startsWith('<!--', open)) return ['', after(xhtml, '-->', open)]
  const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(xhtml.slice(open, open + 24))
  if (tag === null) return ['<', open + 1]
  const isEnd = tag[1] === '/'
  const name = (tag[2] ?? '').toLowerCase()
  const next = after(xhtml, '>', open)
  if (!isEnd && SILENT.has(name)) return ['', after(xhtml, '>', after(xhtml, `</${name}`, next) - 1)]
  if (name === 'br' || name === 'hr' || (isEnd && ENDS_LINE.has(name))) return ['\n', next]
  return [isEnd && ENDS_CELL.has(name) ? ' · ' : '', next]
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length
}

function tidy(text: string): string {
  return decodeEntities(text)
    .split('\n')
    .map(line => line.split(/\s+/).join(' ').trim())
    .map(line => (line.endsWith(' ·') || line === '·' ? line.slice(0, -1).trim() : line))
    .filter(line => line !== '')
    .join('\n')
}

/** The characters that entities stand for; what names none stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x?[\da-fA-F]{1,8}|[a-zA-Z]{1,8});/g, decodeEntity)
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
