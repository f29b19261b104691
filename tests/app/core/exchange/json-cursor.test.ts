import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactJson, JsonCursor, readJson } from '#app/core/exchange/json-cursor.ts'

function scan(text: string) {
  return readJson(text, () => {
    const cursor = new JsonCursor(text)
    const slice = cursor.value()
    cursor.skipSpace()
    return { ...slice, isWhole: cursor.position === text.length }
  })
}

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
const accepts = (text: string) => {
  const slice = scan(text)
  return slice.ok && slice.value.isWhole
}

test('JsonCursor accepts exactly what JSON.parse accepts', () => {
  const tokens = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    '"',
    '1',
    '-0.5e+3',
    '01',
    '1.',
    '-',
    'true',
    'nul',
    'null',
    ' ',
    '\n',
    '\t',
    '\u00a0',
    '\\',
  )
  const broken = fc.array(tokens, { maxLength: 12 }).map(parts => parts.join(''))
  const valid = fc.json({ maxDepth: 6 })
  fc.assert(
    fc.property(fc.oneof(broken, valid, fc.string()), text => {
      expect(accepts(text)).toBe(isJson(text))
    }),
    { numRuns: 3000 },
  )
})

test('compactJson() drops the white space between tokens and nothing else', () => {
  const text =
    '{ "a" : [ 1.10 ,\n-0 , 12345678901234567890 , 1E400 ] , "a" : "x \\" \\\\" , "b\\u0020" : "  \\ud800  " }'
  const expected = '{"a":[1.10,-0,12345678901234567890,1E400],"a":"x \\" \\\\","b\\u0020":"  \\ud800  "}'
  expect(compactJson(text, 0, text.length)).toBe(expected)
})

test('compactJson() of pretty JSON is the JSON without indentation', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const pretty = JSON.stringify(value, null, 3)
      expect(compactJson(pretty, 0, pretty.length)).toBe(JSON.stringify(value))
    }),
  )
})

test('no nesting is too deep to walk, and the depth is told', () => {
  const deep = `${'[{"a":'.repeat(200_000)}1${'}]'.repeat(200_000)}`
  const slice = scan(deep)
  expect(slice.ok && slice.value.depth).toBe(400_000)
  const open = scan('['.repeat(500_000))
  expect(open).toEqual({ ok: false, failure: { at: 500_000, atEnd: true } })
})
