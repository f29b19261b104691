import type { AttachmentInfo } from '#schema/record/entry.ts'
import { decoderOf, encodingOf } from '../text-encoding.ts'
import { paperTypeOf } from './paper-type.ts'

/** Enough of a file to tell its form by, as a rule. */
export const START_BYTES = 1536

export type FileForm = Pick<AttachmentInfo, 'type' | 'holds'>

/** Elements that pieces of HTML begin with, as programs write them. */
const PIECES = new Set(['div', 'p', 'span', 'table', 'br', 'b', 'font', 'pre', 'ul', 'ol', 'center', 'h1', 'h2', 'h3'])
const PAGES = new Set(['html', 'head', 'body'])

/**
 * What a file is by its beginning. What its source calls it (`said`, a MIME type) decides between forms of text alone, and never makes a
 * file out of anything that it is not. Total.
 */
export function fileFormOf(start: Uint8Array, said = ''): FileForm {
  const type = paperTypeOf(start)
  if (type !== undefined) return { type }
  const text = (decoderOf(encodingOf(start), false) ?? new TextDecoder()).decode(start).trimStart()
  // What is no text has letters that no text has.
  if (text === '' || /(?!\s)\p{Cc}/u.test(text)) return {}
  const kind = said.split(';')[0]?.trim().toLowerCase() ?? ''
  if (text.startsWith('{\\rtf')) return { type: 'text/rtf', holds: 'words' }
  if (text.startsWith('<')) return markupForm(text, kind)
  if (/^[[{]\s*["{]/.test(text)) return jsonForm(text, kind)
  const isText = kind === '' || kind.startsWith('text/') || kind === 'application/octet-stream'
  return isText ? { type: 'text/plain', holds: 'words' } : {}
}

function markupForm(text: string, kind: string): FileForm {
  const { name, isHtml } = firstElementIn(text)
  if (name === 'clinicaldocument') return { type: 'text/xml', holds: 'records' }
  const isCalledHtml = kind === 'text/html' || kind === 'application/xhtml+xml'
  if (isHtml || isCalledHtml || PAGES.has(name) || PIECES.has(name)) return { type: 'text/html', holds: 'words' }
  if (kind.endsWith('xml') || text.startsWith('<?xml')) return { type: 'text/xml' }
  return kind === '' || kind.startsWith('text/') ? { type: 'text/plain', holds: 'words' } : {}
}

/** Behind comments, instructions and what declares a document. Its name in small letters and without a prefix. */
function firstElementIn(text: string): { readonly name: string; readonly isHtml: boolean } {
  let rest = text
  let isHtml = false
  for (;;) {
    const isDeclared = /^<!doctype\b/i.test(rest)
    isHtml ||= /^<!doctype\s+html\b/i.test(rest)
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : isDeclared ? '>' : undefined
    if (end === undefined) break
    const at = rest.indexOf(end)
    if (at === -1) return { name: '', isHtml }
    rest = rest.slice(at + end.length).trimStart()
  }
  const name = /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1] ?? ''
  return { name: name.toLowerCase(), isHtml }
}

/** FHIR, and health cards in a file. */
function jsonForm(text: string, kind: string): FileForm {
  if (/"(?:resourceType|verifiableCredential)"\s*:/.test(text)) return { type: 'application/json', holds: 'records' }
  if (kind.endsWith('json')) return { type: 'application/json' }
  return kind === '' || kind.startsWith('text/') ? { type: 'text/plain', holds: 'words' } : {}
}
