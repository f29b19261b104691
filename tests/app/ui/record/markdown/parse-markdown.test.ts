import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inline } from '#app/ui/record/markdown/parse-inline.ts'
import { type Block, parseMarkdown } from '#app/ui/record/markdown/parse-markdown.ts'

const text = (words: string): Inline => ({ is: 'text', text: words })
const paragraph = (...parts: Inline[]): Block => ({ is: 'paragraph', parts })

test('parseMarkdown() reads what a leaflet is made of', () => {
  const leaflet = [
    '# Your *knee*',
    'Bend it **twice** a day,',
    'as on ![the picture](my knee.jpg).',
    '',
    '1. Sit',
    '   - on a chair',
    '2. Bend',
    '> Not too far',
    '---',
    '```',
    '<b>as typed</b>',
    '```',
    'See [the page](https://example.org/knee) or https://example.org/a.',
  ].join('\n')
  expect(parseMarkdown(leaflet)).toEqual([
    { is: 'heading', level: 1, parts: [text('Your '), { is: 'emphasis', parts: [text('knee')] }] },
    paragraph(
      text('Bend it '),
      { is: 'strong', parts: [text('twice')] },
      text(' a day,\nas on '),
      { is: 'picture', name: 'my knee.jpg', text: 'the picture' },
      text('.'),
    ),
    {
      is: 'list',
      start: 1,
      items: [
        [paragraph(text('Sit')), { is: 'list', items: [[paragraph(text('on a chair'))]] }],
        [paragraph(text('Bend'))],
      ],
    },
    { is: 'quote', blocks: [paragraph(text('Not too far'))] },
    { is: 'rule' },
    { is: 'code', text: '<b>as typed</b>' },
    paragraph(
      text('See '),
      { is: 'link', address: 'https://example.org/knee', text: 'the page' },
      text(' or '),
      { is: 'link', address: 'https://example.org/a', text: 'https://example.org/a' },
      text('.'),
    ),
  ])
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert)',
  '[a](data:text/html,<b>)',
  '[a](http://example.org)',
  '[a](//example.org)',
  '[a](https://bank.example@evil.example/)',
  '[a](mailto:a@b.example?bcc=c@d.example)',
  '<javascript:alert>',
  'snake_case_words and 2 * 3 * 4',
])('%s is shown as it was typed, and leads nowhere', typed => {
  expect(parseMarkdown(typed)).toEqual([paragraph(text(typed))])
})

test('letters that look like others, and marks that turn the order around, do not pass for what they are not', () => {
  const [first] = parseMarkdown('[a](https://аpple.com/) \u202Egnp.exe')
  expect(first).toEqual(paragraph({ is: 'link', address: 'https://xn--pple-43d.com/', text: 'a' }, text(' gnp.exe')))
})

const PIECES = [
  '[',
  ']',
  '(',
  ')',
  '![',
  '](',
  '*',
  '**',
  '_',
  '__',
  '`',
  '```',
  '\n',
  '\n\n',
  ' ',
  '  \n',
  '> ',
  '- ',
  '1. ',
  '# ',
  '---',
  '\\',
  '<',
  '>',
  '<svg>',
  'javascript:',
  'https://',
  'https://a.example/',
  'mailto:',
  'data:',
  'a',
  '&lt;',
  '\u202E',
  '\u0000',
  '~~~',
] // prettier-ignore
const hostile = () =>
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 400 })
    .map(all => all.join(''))

interface Told {
  readonly depth: number
  readonly addresses: readonly string[]
}

function tell(value: unknown, depth = 0): Told {
  if (typeof value !== 'object' || value === null) return { depth, addresses: [] }
  const told = Object.values(value).map(each => tell(each, depth + 1))
  const own = 'address' in value ? [String(value.address)] : []
  return {
    depth: Math.max(depth, ...told.map(each => each.depth)),
    addresses: [...own, ...told.flatMap(each => each.addresses)],
  }
}

test('parseMarkdown() throws for nothing, nests no deeper than it may, and leads only to pages of the web and mailboxes', () => {
  fc.assert(
    fc.property(hostile(), typed => {
      const { depth, addresses } = tell(parseMarkdown(typed))
      expect(depth).toBeLessThan(40)
      for (const address of addresses) expect(address).toMatch(/^(https:\/\/[^@\s/]+(\/\S*)?|mailto:[^\s?]+)$/i)
    }),
    { numRuns: 500 },
  )
})

test.each(['[', '![', '](', '*a ', '**a', '_a', '`', '``` ', '> ', '- ', '1. ', '# ', '\n', '[a](', '<https:', '- \n'])(
  'a text of nothing but %j is read to its end',
  piece => {
    expect(tell(parseMarkdown(piece.repeat(8192 / piece.length))).depth).toBeLessThan(40)
  },
)
