import { MAX_MATERIAL_CHARS } from '#schema/requests/material-content.ts'
import { type Inline, parseInline } from './parse-inline.ts'

export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly parts: readonly Inline[] }
  | { readonly is: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly is: 'list'; readonly start?: number; readonly items: readonly (readonly Block[])[] }
  | { readonly is: 'quote'; readonly blocks: readonly Block[] }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'rule' }

const MAX_DEPTH = 4
/** Turn the order of letters around, past the end of what they stand in. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * Markdown as a tree of what a leaflet needs (decision 57). All else, HTML above all, is text. Nothing throws, and what is past the length
 * that a material may have is left out.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const lines = text
    .slice(0, MAX_MATERIAL_CHARS)
    .replace(TURNING, '')
    .replace(/\t/g, '    ')
    .split(/\r\n?|\n/)
  return blocksIn(lines, 0)
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^ {0,3}(#{1,6}) +(?=\S)/
const RULE = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)]) +(?=\S)/

interface ReadBlock {
  readonly block: Block
  /** The first line after it. */
  readonly next: number
}

function blocksIn(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    if (isBlank(lines[at])) {
      at++
      continue
    }
    const { block, next } = readBlock(lines, at, depth)
    blocks.push(block)
    at = next
  }
  return blocks
}

const isBlank = (line: string | undefined) => line === undefined || line.trim() === ''

function readBlock(lines: readonly string[], at: number, depth: number): ReadBlock {
  const line = lines[at] ?? ''
  if (FENCE.test(line)) return readCode(lines, at)
  const heading = HEADING.exec(line)
  if (heading !== null) {
    const parts = parseInline(line.slice(heading[0].length).trimEnd())
    return { block: { is: 'heading', level: heading[1]?.length ?? 1, parts }, next: at + 1 }
  }
  if (RULE.test(line)) return { block: { is: 'rule' }, next: at + 1 }
  if (depth < MAX_DEPTH && QUOTE.test(line)) return readQuote(lines, at, depth)
  if (depth < MAX_DEPTH && ITEM.test(line)) return readList(lines, at, depth)
  return readParagraph(lines, at, depth)
}

function readCode(lines: readonly string[], at: number): ReadBlock {
  const fence = FENCE.exec(lines[at] ?? '')?.[1] ?? ''
  const found = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence))
  const end = found < 0 ? lines.length : found
  return { block: { is: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 }
}

function readQuote(lines: readonly string[], at: number, depth: number): ReadBlock {
  let next = at
  while (QUOTE.test(lines[next] ?? '')) next++
  const inside = lines.slice(at, next).map(line => line.replace(QUOTE, ''))
  return { block: { is: 'quote', blocks: blocksIn(inside, depth + 1) }, next }
}

function readList(lines: readonly string[], at: number, depth: number): ReadBlock {
  const number = ITEM.exec(lines[at] ?? '')?.[3]
  const isOrdered = number !== undefined
  const items: (readonly Block[])[] = []
  let next = at
  for (let item = ITEM.exec(lines[next] ?? ''); item !== null; item = ITEM.exec(lines[next] ?? '')) {
    if ((item[3] !== undefined) !== isOrdered || RULE.test(lines[next] ?? '')) break
    const inside = [(lines[next] ?? '').slice(item[0].length)]
    for (next++; next < lines.length && belongsToItem(lines, next, item[0].length); next++) {
      inside.push(withoutIndent(lines[next] ?? '', item[0].length))
    }
    while (isBlank(lines[next]) && next < lines.length) next++
    items.push(blocksIn(inside, depth + 1))
  }
  return { block: { is: 'list', ...(number === undefined ? {} : { start: Number(number) }), items }, next }
}

/** Set in below the item, after a blank line too, or the same paragraph going on. */
function belongsToItem(lines: readonly string[], at: number, indent: number): boolean {
  const line = lines[at] ?? ''
  if (isBlank(line)) return isSetIn(lines[at + 1], indent)
  return isSetIn(line, indent) || (!isBlank(lines[at - 1]) && !beginsAnew(line))
}

const isSetIn = (line: string | undefined, indent: number) =>
  line !== undefined && !isBlank(line) && line.startsWith(' '.repeat(Math.min(indent, 2)))

function withoutIndent(line: string, indent: number): string {
  const own = line.length - line.trimStart().length
  return line.slice(Math.min(own, indent))
}

const beginsAnew = (line: string) => [FENCE, HEADING, RULE, QUOTE, ITEM].some(begin => begin.test(line))

function readParagraph(lines: readonly string[], at: number, depth: number): ReadBlock {
  let next = at + 1
  while (next < lines.length && !isBlank(lines[next]) && (depth >= MAX_DEPTH || !beginsAnew(lines[next] ?? ''))) next++
  const text = lines
    .slice(at, next)
    .map(line => line.trimStart())
    .join('\n')
  return { block: { is: 'paragraph', parts: parseInline(text.trimEnd()) }, next }
}
