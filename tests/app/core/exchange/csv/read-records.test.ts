import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstRecords, readRecords, type Separator } from '#app/core/exchange/csv/read-records.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

const rows = (text: string, separator: Separator = ',') => [...readRecords(text, separator)].map(({ cells }) => cells)

describe('readRecords() by RFC 4180, section 2', () => {
  test.each([
    [
      '1: lines end in CRLF',
      'aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '2: the last one may not',
      'aaa,bbb,ccc\r\nzzz,yyy,xxx',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '5: any cell may be quoted',
      '"aaa","bbb","ccc"\r\nzzz,yyy,xxx',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '6: what is quoted may hold line ends and commas',
      '"aaa","b\r\nbb","c,cc"\r\nzzz,yyy,xxx',
      [
        ['aaa', 'b\r\nbb', 'c,cc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    ['7: a quote in it is written twice', '"aaa","b""bb","ccc"', [['aaa', 'b"bb', 'ccc']]],
  ])('%s', (_, text, expected) => {
    expect(rows(text)).toEqual(expected)
  })

  test('other separators, lines of other systems, empty cells, and white space around them', () => {
    expect(rows('a;b\n1,5; 2 \n;', ';')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
      ['', ''],
    ])
    expect(rows('a\tb\r1\t2\r', '\t')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('a quote that is never closed, or stands amid words, costs no other line', () => {
    expect(rows('a,b\n1,"2\n3,4\n')).toEqual([
      ['a', 'b'],
      ['1', '"2'],
      ['3', '4'],
    ])
    expect(rows('a,5" arm\n"x"y,2')).toEqual([
      ['a', '5" arm'],
      ['xy', '2'],
    ])
  })

  test('each record knows the line it begins in', () => {
    expect([...readRecords('a,"x\ny\nz"\nb,c\n', ',')].map(({ line }) => line)).toEqual([1, 4])
  })

  test('whatever it is given, it ends, takes every character once, and gives back what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', 'é') }), text => {
        const read = [...readRecords(text, ',')]
        expect(read.every(({ end }, index) => end > (read[index - 1]?.end ?? 0))).toBe(true)
        expect(read.length === 0 ? text : text.slice(read.at(-1)!.end)).toBe('')
      }),
    )
    const cell = fc.string().map(each => each.trim())
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), table => {
        const text = table.map(row => row.map(each => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect(rows(`${text}\n`)).toEqual(table)
      }),
    )
  })

  test('a million stray quotes are read in the time of one pass', () => {
    const text = `a,b\n${'"""",""x"\n'.repeat(100_000)}`
    expect(cpuMs(() => [...readRecords(text, ',')])).toBeLessThan(5000)
    expect([...readRecords(text, ',')].length).toBeGreaterThan(1)
  })
})

test('firstRecords() finds the separator by what makes most rows equally wide', () => {
  const found = (text: string) => firstRecords(text)?.separator
  expect(found('Date,Weight\n2026-01-01,80.5\n')).toBe(',')
  expect(found('Datum;Gewicht\n01.01.2026;80,5\n02.01.2026;80,4\n')).toBe(';')
  expect(found('Datum\tGewicht\n01.01.2026\t80,5\n')).toBe('\t')
  expect(found('Date|Weight\n2026-01-01|80.5\n')).toBe('|')
  expect(found('sep=;\r\na,x;b\r\n1,2;3\r\n')).toBe(';')
  expect(found('One line of words')).toBeUndefined()
})
