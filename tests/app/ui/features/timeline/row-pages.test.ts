import { expect, test, vi } from 'vitest'
import { createRowPages } from '#app/ui/features/timeline/row-pages.ts'
import { entryId, whenOf } from '#tests/support/fake-entries.ts'

type Load = Parameters<typeof createRowPages>[0]

const rowsFrom = (from: number, to: number, name = 'row') =>
  Array.from({ length: to - from }, (_, index) => ({
    id: entryId(`${name}-${from + index}`),
    kind: 'note' as const,
    section: 'story' as const,
    title: '',
    when: whenOf('2021'),
    status: 'active' as const,
    source: { type: 'self' as const },
    codes: [],
  }))

test('RowPages fetches each page once, and again for a newer version', async () => {
  const load = vi.fn<Load>(async (from, to) => rowsFrom(from, to))
  const changed = vi.fn<() => void>()
  const pages = createRowPages(load, changed)
  pages.want(90, 110, 1)
  pages.want(95, 115, 1)
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2))
  expect(load.mock.calls).toEqual([
    [0, 100],
    [100, 200],
  ])
  expect(pages.row(105)?.id).toBe('row-105')
  pages.want(90, 95, 2)
  expect(pages.row(91)?.id).toBe('row-91')
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(3))
})

test('RowPages keeps the page on screen and forgets far ones', async () => {
  const pages = createRowPages(
    async (from, to) => rowsFrom(from, to),
    () => undefined,
  )
  for (let page = 0; page < 60; page++) {
    pages.want(0, 10, 1)
    pages.want(page * 100, page * 100 + 10, 1)
    await Promise.resolve()
    await Promise.resolve()
  }
  await vi.waitFor(() => expect(pages.row(5900)?.id).toBe('row-5900'))
  expect(pages.row(5)?.id).toBe('row-5')
  expect(pages.row(500)).toBeUndefined()
})

test('RowPages asks again for a page that failed to come', async () => {
  const load = vi.fn<Load>(async (from, to) => rowsFrom(from, to))
  load.mockRejectedValueOnce(new Error('worker gone'))
  const pages = createRowPages(load, () => undefined)
  pages.want(0, 10, 1)
  await new Promise(resolve => setTimeout(resolve))
  pages.want(0, 10, 1)
  await vi.waitFor(() => expect(pages.row(3)?.id).toBe('row-3'))
})
