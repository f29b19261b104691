import { expect, test, vi } from 'vitest'
import { createRowPages, PAGE_ROWS } from '#app/ui/features/timeline/row-pages.ts'
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
  pages.want(PAGE_ROWS - 10, PAGE_ROWS + 10, 1)
  pages.want(PAGE_ROWS - 5, PAGE_ROWS + 15, 1)
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2))
  expect(load.mock.calls).toEqual([
    [0, PAGE_ROWS],
    [PAGE_ROWS, 2 * PAGE_ROWS],
  ])
  expect(pages.row(PAGE_ROWS + 5)?.id).toBe(`row-${PAGE_ROWS + 5}`)
  pages.want(10, 15, 2)
  expect(pages.row(11)?.id).toBe('row-11')
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(3))
})

test('RowPages keeps the page on screen and forgets far ones', async () => {
  const pages = createRowPages(
    async (from, to) => rowsFrom(from, to),
    () => undefined,
  )
  const last = 150 * PAGE_ROWS
  for (let from = 0; from <= last; from += PAGE_ROWS) {
    pages.want(0, 10, 1)
    pages.want(from, from + 10, 1)
    await Promise.resolve()
    await Promise.resolve()
  }
  await vi.waitFor(() => expect(pages.row(last)?.id).toBe(`row-${last}`))
  expect(pages.row(5)?.id).toBe('row-5')
  expect(pages.row(5 * PAGE_ROWS)).toBeUndefined()
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

test('RowPages has the rows it was begun with, and asks for none of them until they are older than what is wanted', async () => {
  const load = vi.fn<Load>(async (from, to) => rowsFrom(from, to, 'newer'))
  const pages = createRowPages(load, () => undefined)
  pages.begin(rowsFrom(0, PAGE_ROWS), 1)
  pages.want(0, 10, 1)
  expect(pages.row(3)?.id).toBe('row-3')
  expect(load).not.toHaveBeenCalled()
  pages.want(0, 10, 2)
  await vi.waitFor(() => expect(pages.row(3)?.id).toBe('newer-3'))
})
