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

test('makeViews() keeps the place in the timeline while entries are looked at, and for nothing else', () => {
  const views = makeViews('/kept/k1')
  const key = views.keyOf(FILTER)
  views.noteRow(key, 70)
  for (const path of ['/kept/k1/entry/e1', '/kept/k1/entry/e1/edit', '/kept/k1/timeline']) views.visited(path)
  expect(views.backHref()).toBe(`/kept/k1/timeline?view=${key}`)
  expect([views.rowOf(key), views.rowOf('')]).toEqual([70, 0])
  views.visited('/kept/k1')
  expect(views.backHref()).toBe('/kept/k1/timeline')
  expect(views.rowOf(key)).toBe(0)
})

test('makeViews() knows the page that led to a form, its view too, until a lock; of its own record alone', () => {
  const views = makeViews('/kept/k1')
  expect(views.cameFrom()).toBeUndefined()
  views.visited('/kept/k1')
  views.visited('/kept/k1/track/weight', '?days=30')
  const forms = [
    'add/weight',
    'entry/e1/edit',
    'entry/e1/note',
    'medicines/m1/dose',
    'medicines/m1/stock',
    'questionnaires/phq-9',
  ]
  for (const form of forms) {
    views.visited(`/kept/k1/${form}`)
    expect(views.cameFrom()).toBe('/kept/k1/track/weight?days=30')
  }
  views.visited('/kept/k1/add')
  expect(views.cameFrom()).toBe('/kept/k1/add')
  views.visited('/add/weight')
  expect(views.cameFrom()).toBeUndefined()
  views.visited('/kept/k1')
  views.forget()
  expect(views.cameFrom()).toBeUndefined()
})

test('makeViews() knows the last page that was no form and in no conversation, of whichever record, until a lock', () => {
  const views = makeViews('/kept/k1')
  expect(views.lastPlace()).toBeUndefined()
  views.visited('/kept/k1/shared/r1/track/weight', '?days=30')
  const passing = [
    'patients/c1/change/r1/e1',
    'messages/question',
    'messages/c1/t1',
    'messages/c1/request/r1',
    'messages/c1/request/r1/answer',
    'add/note',
  ]
  for (const path of passing) {
    views.visited(`/kept/k1/${path}`)
    expect(views.lastPlace()).toBe('/kept/k1/shared/r1/track/weight?days=30')
  }
  for (const place of ['/kept/k1/messages', '/kept/k1/patients', '/learn']) {
    views.visited(place)
    expect(views.lastPlace()).toBe(place)
  }
  views.forget()
  expect(views.lastPlace()).toBeUndefined()
})

test('makeViews() hands out the view on screen, gets it back after a lock, and takes it away from where it is kept when it is left', () => {
  const kept: string[] = []
  const views = makeViews('', text => kept.push(text))
  const key = views.keyOf(FILTER)
  views.noteRow(key, 0)
  views.noteRow(key, 70)
  views.noteRow(key, 70)
  expect(kept).toHaveLength(2)
  views.forget()
  views.bringBack(kept[1] ?? '')
  expect(views.filterOf(key)).toEqual(FILTER)
  expect(views.keyOf(FILTER)).toBe(key)
  expect([views.rowOf(key), views.backHref()]).toEqual([70, `/timeline?view=${key}`])
  for (const path of ['/timeline', '/entry/e1', '/', '/settings']) views.visited(path)
  expect(kept.slice(2)).toEqual([''])
  views.noteRow('', 9)
  views.forget()
  views.bringBack(kept[3] ?? '')
  expect([views.rowOf(''), views.keyOf(NO_FILTER), views.rowOf(key)]).toEqual([9, '', 0])
})
