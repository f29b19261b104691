import { isObject, type JsonObject } from '#schema/record/fhir/json.ts'

/** What can act on its own in HTML: elements that load or run, handlers, addresses that are code. */
const ACTIVE =
  /<[\s/]*(?:script|iframe|object|embed|applet|form|meta|link|base|svg|math|frame|foreignobject)\b|[\s"'/]on[a-z]{3,}\s*=|(?:javascript|vbscript)\s*:|data\s*:\s*text\/html/i

/** True when any narrative in the resource (its own, a section's, a contained one's) holds active content. */
export function hasActiveNarrative(resource: JsonObject): boolean {
  const waiting: unknown[] = [resource]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) for (const item of value) waiting.push(item ?? '')
    else if (isObject(value)) {
      if (typeof value['div'] === 'string' && ACTIVE.test(value['div'])) return true
      for (const member of Object.values(value)) if (typeof member === 'object') waiting.push(member ?? '')
    }
  }
  return false
}

const SILENT = /<(script|style|head|title|template|noscript|iframe|object)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi
const COMMENT = /<!--[\s\S]*?(?:-->|$)|<![^<>]*>|<\?[\s\S]*?(?:\?>|$)/g
const CELL = /<\/(?:td|th)\s*>/gi
const BLOCK =
  /<\/?(?:p|div|br|hr|tr|table|thead|tbody|ul|ol|li|dl|dt|dd|h[1-6]|pre|blockquote|section|caption)\b[^<>]*>/gi
const TAG = /<\/?[a-zA-Z][^<>]*(?:>|$)/g
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g
const NAMED: ReadonlyMap<string | undefined, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

function character(whole: string, decimal?: string, hex?: string, name?: string): string {
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (Number.isNaN(point)) return NAMED.get(name) ?? whole
  const isText =
    point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) && (point >= 0x20 || point === 9 || point === 10)
  return isText ? String.fromCodePoint(point) : ''
}

/**
 * The words of a narrative without its markup: nothing in the answer is HTML to anyone who shows it as text. What scripts,
 * styles and comments hold is left out. Total.
 */
export function plainNarrative(div: string): string {
  return div
    .replace(COMMENT, '')
    .replace(SILENT, '')
    .replace(CELL, ' \t')
    .replace(BLOCK, '\n')
    .replace(TAG, '')
    .replace(ENTITY, character)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
