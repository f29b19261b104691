import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lacking, typedParts } from '#app/core/record/plain-search.ts'
import { foldSearch, type Row } from '#app/core/record/row.ts'
import { findPlaces, makeSearchIndex, namedRows } from '#app/core/record/search-index.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { entryId } from '#tests/support/fake-entries.ts'

function rowOf(title: string, value: string, display = '', behind: readonly Row[] = []): Row {
  const summary: EntrySummary = {
    id: entryId('one'),
    kind: 'lab-result',
    section: 'results',
    title,
    status: 'unknown',
    source: { type: 'self' },
    codes: display === '' ? [] : [{ display }],
    value: { type: 'text', text: value },
  }
  return { summary, hasConflict: false, isUntouched: true, month: '', ...(behind.length === 0 ? {} : { behind }) }
}

const NAME = 'Named by the screen'

function search(rows: readonly Row[], typed: string): readonly number[] {
  const index = makeSearchIndex(rows)
  const named = namedRows(index, ({ title }) => (title === '' ? NAME : ''))
  const found = new Uint8Array(rows.length)
  for (const alike of [index.alike, named]) findPlaces(alike, typed, found)
  return rows.flatMap((_, place) => (found[place] === 1 ? [place] : []))
}

const title = fc.constantFrom('Glucose', 'Sodium', 'Blood pressure', 'TIA', 'سكر', '高血压', '')
const value = fc.constantFrom('high', '5.4 mmol/L', 'tia', '140', 'two\nlines', 'ßø', '')
const typed = fc.constantFrom(
  'sugar',
  'blood pressure high',
  'glucose 5.4',
  'tia',
  'sod 140',
  'سكر',
  'two lines',
  'named',
  'zz',
)
const plainRow = fc.tuple(title, value, fc.constantFrom('', 'Natrium', 'high')).map(all => rowOf(...all))
const row = fc.oneof(
  plainRow,
  fc.tuple(title, value, plainRow).map(([name, said, behind]) => rowOf(name, said, '', [behind])),
)

test('findPlaces() finds just those rows whose whole text has what was typed, each word somewhere in it', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), typed, (rows, text) => {
      const linesOf = ({ summary, behind = [] }: Row): readonly string[] => [
        summary.title === '' ? NAME : summary.title,
        ...summary.codes.map(code => code.display ?? ''),
        summary.value?.type === 'text' ? summary.value.text.replaceAll('\n', ' ') : '',
        ...behind.flatMap(linesOf),
      ]
      const wanted = rows.flatMap((each, place) =>
        lacking(typedParts(text), foldSearch(linesOf(each).join('\n'))).length === 0 ? [place] : [],
      )
      expect(search(rows, text)).toEqual(wanted)
    }),
  )
})
