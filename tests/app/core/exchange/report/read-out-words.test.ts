import { expect, test } from 'vitest'
import { readOutWords } from '#app/core/exchange/report/read-out-words.ts'
import { outWords } from '#app/ui/record/out-words.ts'

test('readOutWords() gives back what was kept, every word of it', () => {
  expect(readOutWords(JSON.parse(JSON.stringify(outWords())))).toEqual(outWords())
})

test('readOutWords() calls by its name what an older version had no word for, whatever was kept', () => {
  const { columns, ...rest } = outWords()
  const read = readOutWords({ ...rest, columns: { what: columns.what }, noDate: 7 })
  expect(read.columns).toMatchObject({ what: columns.what, systolic: 'systolic' })
  expect(read.noDate).toBe('noDate')
  for (const kept of [undefined, null, 'x', [], { sections: 'x', __proto__: { noDate: 'x' } }]) {
    expect(readOutWords(kept)).toMatchObject({ direction: 'ltr', noDate: 'noDate', sections: { problems: 'problems' } })
  }
})
