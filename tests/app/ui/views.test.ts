import { expect, test } from 'vitest'
import { type Filter, makeViews, NO_FILTER } from '#app/ui/views.ts'

const FILTER: Filter = {
  kinds: ['allergy', 'lab-result'],
  sections: ['results'],
  sources: ['self'],
  from: '2021-01-01',
  to: '2021-12-31',
  text: 'penicillin & co',
}

test('makeViews() keeps a filter behind a random key, the same for the same filter', () => {
  const views = makeViews()
  const key = views.keyOf(FILTER)
  expect(key).toMatch(/^[0-9a-f]{8}$/)
  expect(views.filterOf(key)).toEqual(FILTER)
  expect(views.keyOf({ ...FILTER })).toBe(key)
  expect(views.keyOf({ ...FILTER, text: '' })).not.toBe(key)
  expect(makeViews().keyOf(FILTER)).not.toBe(key)
  expect(views.keyOf(NO_FILTER)).toBe('')
  expect(views.hrefOf({ sections: ['allergies'] })).toMatch(/^\/timeline\?view=[0-9a-f]{8}$/)
})

test('makeViews() forgets: an address from before shows everything', () => {
  const views = makeViews()
  const key = views.keyOf(FILTER)
  views.forget()
  expect(views.filterOf(key)).toEqual(NO_FILTER)
  expect(views.filterOf('not-a-key')).toEqual(NO_FILTER)
})
