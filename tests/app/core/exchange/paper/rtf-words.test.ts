import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rtfWords } from '#app/core/exchange/paper/rtf-words.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

const bytes = (rtf: string) => new Uint8Array(Buffer.from(rtf, 'latin1'))
const read = (rtf: string, max = 100_000) => rtfWords(bytes(rtf), max)
const words = (body: string) => read(`{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}${body}}`).text

/** As a word processor writes a letter. */
const LETTER = String.raw`{\rtf1\ansi\ansicpg1252\uc1\deff0
{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\froman\fcharset2 Symbol;}{\f2\fswiss\fcharset204 Arial Cyr;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}{\info{\title Secret title}{\author Dr. X}}
{\*\generator Some Program;}{\header\pard Clinic of the Sea\par}
\pard\plain\f0\fs24 Dear patient,\par your blood count is 10{\super 9}/L, \'b1 5\~%.\line
{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt our page}}\par
\trowd\cellx1000\cellx2000 Sodium\cell 140\cell\row
{\v hidden}{\deleted gone}\u8211? done\par
{\f1 m}g and {\f2 \'cf\'f0\'e8\'e2\'e5\'f2}\par {\pict\pngblip 89504e470d0a}{\*\bkmkstart a}end\{\}\\
}`

test('rtfWords() says what a letter says, line by line, and nothing that stands beside', () => {
  const { text, isUnsure } = read(LETTER)
  expect(text.split('\n').map(line => line.trim())).toEqual([
    'Clinic of the Sea',
    'Dear patient,',
    'your blood count is 10^9/L, ± 5\u00A0%.',
    'our page',
    'Sodium\t140',
    '– done',
    '\uFFFDg and Привет',
    'end{}\\',
  ])
  // In the font of symbols that letter is a µ: it is not said to be an m.
  expect(isUnsure).toBe(true)
})

test('rtfWords() reads letters as their font, their document or Unicode says', () => {
  expect(words("caf\\'e9 \\u233?\\u8364 E\\uc0\\u945\\uc1 \\u-10179\\'3f\\u-8704\\'3f!")).toBe('café é€α😀!')
  expect(
    read("{\\rtf1\\ansi\\ansicpg932\\deff0{\\fonttbl{\\f0\\fcharset128 MS Mincho;}}\\f0\\'93\\'fa\\'96\\'7b}").text,
  ).toBe('日本')
  expect(read("{\\rtf1\\mac\\'8e}").text).toBe('é')
  const odd = read("{\\rtf1\\pc a\\'82}")
  expect(odd).toEqual({ text: 'a\uFFFD', isUnsure: true })
  expect(read('{\\rtf1\\ansi\\u-4003?g}')).toEqual({ text: '\uFFFDg', isUnsure: true })
  expect(read('{\\rtf1{\\fonttbl{\\f0 Arial;}{\\f5\\fnil Wingdings;}}\\f5 l\\plain  l}').text).toBe('\uFFFD l')
})

test('rtfWords() keeps raised numbers apart, and passes over bytes in between', () => {
  expect(words('x10\\super 12\\nosupersub /L, m{\\up6 2}')).toBe('x10^12/L, m^2')
  expect(words('a\\bin5 {}}{{b')).toBe('ab')
  expect(words("\\uc2\\u945\\'3f\\'3fb\\u946 {c}")).toBe('αbβc')
})

test('rtfWords() is cut where told, and total and quick on anything', () => {
  expect(read(`{\\rtf1 ${'word '.repeat(5000)}}`, 100).text.length).toBeLessThan(6000)
  const piece = fc.constantFrom(
    '{',
    '}',
    '\\',
    "\\'",
    '\\u',
    '9',
    '-',
    '\\bin',
    '\\*',
    'a',
    ';',
    '\\fonttbl',
    '\\f',
    '\\v',
    '\xe9',
  )
  fc.assert(fc.property(fc.array(piece), pieces => typeof read(`{\\rtf1${pieces.join('')}`).text === 'string'))
  fc.assert(fc.property(fc.uint8Array(), noise => typeof rtfWords(new Uint8Array(noise), 1000).text === 'string'))
  for (const hostile of ['{', '}', '\\', "\\'4", '\\u9?', '\\f0a', '\\super a', '\xe9'])
    expect(cpuMs(() => read(`{\\rtf1${hostile.repeat(300_000)}`))).toBeLessThan(4000)
})
