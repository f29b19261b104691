/** Of a font whose letters are pictures of their own: which one stands for what is not known here. */
export const SYMBOLS = 'symbols'
/** Nobody's letters: whatever is above ASCII may be something else. */
export const UNKNOWN = 'unknown'

/** How the letters of a font are written, by its character set (RTF 1.9.1, "Font Table"); `undefined`: as the document's. */
const CHARSETS: ReadonlyMap<number, string> = new Map([
  [2, SYMBOLS],
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gbk'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
])
/** 0 and 1 say nothing of their own. */
export const charsetOf = (charset: number): string | undefined =>
  CHARSETS.get(charset) ?? (charset === 0 || charset === 1 ? undefined : UNKNOWN)

const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [65001, 'utf-8'],
])

/** How letters are written where no font says otherwise (`\ansicpg`). */
export function codePageOf(page: number): string {
  return CODE_PAGES.get(page) ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : UNKNOWN)
}

/** Control words that stand for a letter, or for where a line or a cell ends. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['row', '\n'],
  ['nestrow', '\n'],
  ['sect', '\n'],
  ['page', '\n'],
  ['column', '\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['nestcell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
])

/** Groups that are no words of the document: fonts, styles, pictures, what fields are made by. */
export const BESIDE: ReadonlySet<string> = new Set([
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'objdata',
  'objclass',
  'nonshppict',
  'fldinst',
  'filetbl',
  'revtbl',
  'listtable',
  'listoverridetable',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'xe',
  'tc',
  'ftnsep',
  'ftnsepc',
  'aftnsep',
  'template',
  'private',
])
