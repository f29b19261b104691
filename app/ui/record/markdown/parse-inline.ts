import { webAddress } from '#schema/requests/material-content.ts'

export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'break' }
  | { readonly is: 'strong'; readonly parts: readonly Inline[] }
  | { readonly is: 'emphasis'; readonly parts: readonly Inline[] }
  | { readonly is: 'link'; readonly address: string; readonly text: string }
  /** `name`: of a file that came with the text. */
  | { readonly is: 'picture'; readonly name: string; readonly text: string }

const MAX_DEPTH = 6

/** Each length is bounded: of a hostile text none is gone through from every place in it. */
const MARK =
  /\\([!-/:-@[-`{-~])|(`{1,3})|!\[([^\]\n]{0,300})\]\(([^()\n]{1,300})\)|\[([^[\]\n]{1,300})\]\(([^()\s]{1,2000})\)|<([a-z]{5,6}:[^<>\s]{1,2000})>|(https:\/\/[^\s<>()[\]"*`]{1,2000})|(\*\*|__|\*|_)|( {2,}\n|\\\n)/

/** What stands in a line, or in several of a paragraph. What is no mark, or leads where no link may, is text. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  const parts: Inline[] = []
  const say = (words: string) => {
    const last = parts.at(-1)
    if (last?.is === 'text') parts[parts.length - 1] = { is: 'text', text: last.text + words }
    else if (words !== '') parts.push({ is: 'text', text: words })
  }
  const mark = new RegExp(MARK, 'g')
  let at = 0
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    say(text.slice(at, found.index))
    const read = readMark(text, found, depth)
    if (read.part === undefined) say(read.text)
    else parts.push(read.part)
    at = read.end
    mark.lastIndex = at
  }
  say(text.slice(at))
  return parts
}

/** A part, or the text that stands for nothing else. */
type Read = { readonly end: number } & (
  | { readonly part: Inline }
  | { readonly part?: undefined; readonly text: string }
)

function readMark(text: string, found: RegExpExecArray, depth: number): Read {
  const [whole, escaped, ticks, alt, name, words, target, bracketed, bare, emphasis] = found
  const end = found.index + whole.length
  const asText = { end, text: whole }
  if (escaped !== undefined) return { end, text: escaped }
  if (ticks !== undefined) return codeAt(text, found.index, ticks) ?? asText
  if (name !== undefined) return { end, part: { is: 'picture', name: name.trim(), text: alt ?? '' } }
  if (bare !== undefined) return bareLink(bare, found.index) ?? asText
  if (emphasis !== undefined) return emphasisAt(text, found.index, emphasis, depth) ?? asText
  const link = target ?? bracketed
  if (link === undefined) return { end, part: { is: 'break' } }
  const address = linkAddress(link)
  return address === undefined ? asText : { end, part: { is: 'link', address, text: words ?? link } }
}

/** Undefined for what is neither a page of the web nor the address of a mailbox alone. */
function linkAddress(target: string): string | undefined {
  if (/^mailto:[^\s@?&%]{1,100}@[^\s@?&%]{1,200}$/i.test(target)) return target
  return webAddress(target)
}

function bareLink(found: string, start: number): Read | undefined {
  const typed = found.replace(/[.,;:!?'_~]{1,20}$/, '')
  const address = webAddress(typed)
  return address === undefined ? undefined : { end: start + typed.length, part: { is: 'link', address, text: typed } }
}

function codeAt(text: string, start: number, ticks: string): Read | undefined {
  const close = text.indexOf(ticks, start + ticks.length)
  if (close < 0) return undefined
  return { end: close + ticks.length, part: { is: 'code', text: text.slice(start + ticks.length, close).trim() } }
}

const isSpace = (letter: string | undefined) => letter === undefined || /\s/.test(letter)
const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

function emphasisAt(text: string, start: number, mark: string, depth: number): Read | undefined {
  const from = start + mark.length
  const isInWord = mark.startsWith('_') && isLetter(text[start - 1])
  if (depth >= MAX_DEPTH || isSpace(text[from]) || isInWord) return undefined
  for (let close = text.indexOf(mark, from + 1); close >= 0; close = text.indexOf(mark, close + mark.length)) {
    if (!closes(text, close, mark)) continue
    const parts = parseInline(text.slice(from, close), depth + 1)
    return { end: close + mark.length, part: { is: mark.length === 2 ? 'strong' : 'emphasis', parts } }
  }
  return undefined
}

function closes(text: string, at: number, mark: string): boolean {
  if (isSpace(text[at - 1]) || text[at - 1] === '\\') return false
  if (mark.startsWith('_') && isLetter(text[at + mark.length])) return false
  return mark.length === 2 || (text[at + 1] !== mark && text[at - 1] !== mark)
}
