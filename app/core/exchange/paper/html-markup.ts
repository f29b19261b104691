import { xmlEntity } from './html-entities.ts'

/** Elements that hold no words, or none that a page shows. */
const SILENT = ['script', 'style', 'template', 'svg', 'math', 'select', 'object', 'iframe']
/** Those, pictures, comments, instructions and declarations; of `head` the tag alone: many leave out where it ends. */
const LEFT_OUT = `<(!--|[!?]|/?head(?![\\w:-])|(?:img|${SILENT.join('|')})(?![\\w:-]))`

/**
 * HTML without what is no words, so that of a page of megabytes the words are left: pictures (of which the words in their place stay), scripts,
 * styles and comments; its named letters as numbers, as XML has no such names. Of what is left nothing may be taken for safe. Total, in one pass.
 */
export function htmlMarkup(html: string): string {
  const leftOut = new RegExp(LEFT_OUT, 'gi')
  const pieces: string[] = []
  let from = 0
  for (let found = leftOut.exec(html); found !== null; found = leftOut.exec(html)) {
    const name = (found[1] ?? '').toLowerCase()
    pieces.push(html.slice(from, found.index))
    from = endOf(html, name, found.index)
    if (name === 'img') pieces.push(pictureWords(html.slice(found.index, from)))
    leftOut.lastIndex = from
  }
  pieces.push(html.slice(from))
  return pieces
    .join('')
    .replace(/&(#(?:x[\da-f]{2}|\d{3})|\w{1,31});/gi, (whole, name: string) => xmlEntity(name) ?? whole)
}

function endOf(html: string, name: string, from: number): number {
  if (name === '!--') return after(html, '-->', from)
  const tagEnd = after(html, '>', from)
  if (!SILENT.includes(name) || html[tagEnd - 2] === '/') return tagEnd
  const end = new RegExp(`</${name}(?![\\w:-])`, 'gi')
  end.lastIndex = tagEnd
  const found = end.exec(html)
  return found === null ? html.length : after(html, '>', found.index)
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at === -1 ? text.length : at + mark.length
}

/** In brackets, as they stand for something that is not there. */
function pictureWords(tag: string): string {
  const found = /\salt\s*=\s*(["'])/i.exec(tag)
  if (found === null) return ''
  const start = found.index + found[0].length
  const end = tag.indexOf(found[1] ?? '"', start)
  const words = tag.slice(start, end === -1 ? tag.length : end).trim()
  return words === '' ? '' : ` [${words.replaceAll('<', '&lt;')}] `
}
