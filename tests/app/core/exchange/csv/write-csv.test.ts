import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { isInTable, TABLES, type TableName, writeCsv } from '#app/core/exchange/csv/write-csv.ts'
import { factsOf } from '#app/core/exchange/report/entry-facts.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { oddFields } from '#tests/support/odd-fields.ts'
import { broughtIn, collection, typedEntry } from '#tests/support/taken.ts'

beforeAll(readyCrypto)

const WORDS = outWords()

/** RFC 4180 read to the letter: our own reader, apart from everything that writes. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y
    const plain = /[^",\r\n]*/y
    quoted.lastIndex = plain.lastIndex = at
    const match = quoted.exec(text)
    const cell = match === null ? (plain.exec(text)?.[0] ?? '') : (match[1] ?? '').replaceAll('""', '"')
    rows.at(-1)?.push(cell)
    at = match === null ? plain.lastIndex : quoted.lastIndex
    if (text.startsWith('\r\n', at)) {
      rows.push([])
      at += 2
    } else if (text[at] === ',') at += 1
    else if (at < text.length) throw new Error(`no CSV at ${at}`)
  }
  return rows.slice(0, -1)
}

const csvOf = (table: TableName, entries: readonly ReturnType<typeof typedEntry>[]) =>
  [...writeCsv(table, entries.filter(({ summary }) => isInTable(table, summary)).map(factsOf), WORDS)].join('')

test('a table of blood pressures has a byte order mark, a header, and a row for each reading', () => {
  const reading = typedEntry({
    kind: 'blood-pressure',
    takenAt: '2026-03-04T07:10+01:00',
    systolicMmHg: 132,
    diastolicMmHg: 84,
    pulsePerMinute: 71,
    arm: 'left',
    note: 'after coffee, "late"\nat home',
  })
  expect(csvOf('blood-pressure', [reading])).toBe(
    '\uFEFFDate,Upper,Lower,Unit,Pulse,Arm,Position,Note,Source\r\n' +
      '2026-03-04T07:10+01:00,132,84,mm[Hg],71,Left,,"after coffee, ""late""\nat home",Patient\r\n',
  )
})

test('a table of results has unit, range, flag, source and codes of the laboratory', async () => {
  const result = {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }], text: 'Potassium' },
    effectiveDateTime: '2026-01-02',
    valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.1, unit: 'mmol/L' } }],
    performer: [{ display: 'City Lab' }],
  }
  const [, row] = readCsv(csvOf('results', [...(await broughtIn(collection(result)))]))
  expect(row).toEqual([
    'Potassium',
    '5.4',
    'mmol/L',
    '3.5 – 5.1 mmol/L',
    'High',
    '2026-01-02',
    '',
    'City Lab',
    'http://loinc.org|2823-3',
  ])
})

test.each(['=1+1', '+1 more', '-x', '@SUM(A1)', '\tx', '＝1', "=cmd|' /C calc'!A0"])(
  'a cell that a spreadsheet would run is text: %j',
  name => {
    const text = csvOf('problems', [typedEntry({ kind: 'condition', name, clinicalStatus: 'active' })])
    expect(readCsv(text)[1]?.[0]).toBe(`'${name}`)
  },
)

test('a negative number stays a number', async () => {
  const excess = {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: { text: 'Base excess' },
    valueQuantity: { value: -2.5, unit: 'mmol/L' },
  }
  expect(readCsv(csvOf('results', [...(await broughtIn(collection(excess)))]))[1]?.[1]).toBe('-2.5')
})

test('whatever is typed, each table is CSV with as many cells in each row as it has heads, and no cell is a formula', () => {
  fc.assert(
    fc.property(fc.array(oddFields()), fc.constantFrom(...TABLES), (list, table) => {
      const entries = list.flatMap((fields, index) => {
        const parsed = parseFields(fields)
        return parsed.ok ? [typedEntry(parsed.value, index)] : []
      })
      const rows = readCsv(csvOf(table, entries))
      expect(rows).toHaveLength(1 + entries.filter(({ summary }) => isInTable(table, summary)).length)
      expect(new Set(rows.map(row => row.length)).size).toBe(1)
      expect(rows.flat().filter(cell => /^[=+@\t]/.test(cell))).toEqual([])
    }),
  )
})
