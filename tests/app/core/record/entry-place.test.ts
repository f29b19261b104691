import { expect, test } from 'vitest'
import { entryIdOf, placeOf } from '#app/core/record/entry-place.ts'

const PLACES = [
  { section: 'vitals', label: 'readings/blood-pressure/2026', bucket: '03~1f2e3d4c', key: 'yg0x7' },
  { section: 'vitals', label: 'readings/weight/1999', bucket: '12~1f2e3d4c', key: '000zz' },
  { section: 'family-history', label: 'entries/12', bucket: '1f2e3d4c~9', key: 'k3f9x0ab' },
  { section: 'other', label: 'import/0123456789abcdef-19', bucket: '9', key: '2r' },
] as const

test.each(PLACES)('entryIdOf() says where an entry of $label lies, and placeOf() finds it', place => {
  const id = entryIdOf(place)
  expect(id).toMatch(/^[0-9a-z.~-]{1,80}$/)
  expect(placeOf(id)).toEqual(place)
})

test.each(['', 'vitals', 'nowhere.e0.a.b', 'vitals.x0.a.b', 'vitals.e0.a', 'vitals.e0.a.b.c', 'vitals.e0.A.b', '…'])(
  'placeOf() answers nothing for %j',
  text => expect(placeOf(text)).toBeUndefined(),
)
