import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOfFile } from '#app/core/exchange/paper/file-words.ts'
import { plainNarrative } from '#app/ui/record/plain-narrative.ts'
import { utf8 } from '#schema/bytes.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const page = (html: string, said?: string) => wordsOfFile(utf8(html), 'text/html', said)

test('wordsOfFile() leaves of a page what is words, with the letters that HTML has names for', () => {
  const { form, text, isUnsure, isCut } = page(`<!DOCTYPE html><?xml x?><html><head><title>T</title>
    <style>p { color: red } /* </p> */</style><script>if (a<b) { x("</p>") }</script>
    <body><p>37.5&nbsp;&deg;C, 5&nbsp;&micro;g &ge; 2 &lt;3 &hellip; &#146;s &unknown;</p>
    <img src="data:image/png;base64,${'A'.repeat(500_000)}" alt="ECG &lt;b&gt;"><!-- <p>no</p> --><svg><text>x</text></svg>after`)
  expect({ form, isUnsure, isCut }).toEqual({ form: 'markup', isUnsure: false, isCut: false })
  expect(plainNarrative(text.replace(/<title>.*?<\/title>/, ''))).toBe(
    '37.5 °C, 5 µg ≥ 2 <3 … ’s &unknown;\n[ECG <b>] after',
  )
  expect(text).not.toMatch(/script|style|base64|svg|<!|<\?/)
})

test('wordsOfFile() reads letters as the bytes, the source or the page says, and else guesses and says so', () => {
  expect(wordsOfFile(utf8('müde'), 'text/plain')).toEqual({
    form: 'plain',
    text: 'müde',
    isCut: false,
    isUnsure: false,
  })
  expect(wordsOfFile(latin1('müde'), 'text/plain')).toMatchObject({ text: 'müde', isUnsure: true })
  expect(wordsOfFile(latin1('m\xfcde'), 'text/plain', 'text/plain; charset=ISO-8859-1')).toMatchObject({
    text: 'müde',
    isUnsure: false,
  })
  expect(wordsOfFile(latin1('<meta charset="windows-1251"><p>\xcf'), 'text/html').text).toContain('П')
  expect(wordsOfFile(latin1('<?xml version="1.0" encoding="ISO-8859-15"?><p>\xa4'), 'text/html').text).toContain('€')
  const wide = new Uint8Array(Buffer.from('\uFEFFmüde', 'utf16le'))
  expect(wordsOfFile(wide, 'text/plain', 'text/plain; charset=utf-8').text).toBe('müde')
  expect(wordsOfFile(latin1('m\xfcde'), 'text/plain', 'text/plain; charset=nothing').isUnsure).toBe(true)
})

test('wordsOfFile() is cut within no tag, and total', () => {
  const long = page(`${'<p>word</p>'.repeat(40_000)}`)
  expect(long.isCut).toBe(true)
  expect(long.text.endsWith('>') || /<p>w?o?r?d?$/.test(long.text)).toBe(true)
  expect(wordsOfFile(utf8('a'.repeat(400_000)), 'text/plain')).toMatchObject({ isCut: true })
  const types = fc.constantFrom('text/html', 'text/plain', 'text/rtf', undefined)
  fc.assert(
    fc.property(fc.uint8Array(), types, fc.string(), (bytes, type, said) =>
      wordsOfFile(bytes, type, said).text.isWellFormed(),
    ),
  )
  for (const hostile of ['<img', '<script>', '<!--', '<svg', '&deg;', '<', '</head', '<style/'])
    expect(cpuMs(() => page(hostile.repeat(200_000)))).toBeLessThan(4000)
})
