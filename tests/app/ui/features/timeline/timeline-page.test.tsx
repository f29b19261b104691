import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId, whenOf } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

/** One note a day, newest first. */
function sessionOf(days: number): FakeSession {
  const session = new FakeSession()
  const [base] = session.entries
  session.entries = Array.from({ length: days }, (_, day) => {
    const date = new Date(Date.UTC(2026, 10, 20) - day * 86_400_000).toISOString().slice(0, 10)
    const summary = { ...base!.summary, id: entryId(`day-${day}`), title: `Day ${day}`, when: whenOf(date) }
    return { ...base!, summary }
  })
  return session
}

test('the timeline draws a window of 20,000 entries and says how many there are', async () => {
  const { root } = drawPage('/timeline', sessionOf(20_000))
  await expect.element(page.getByText('20,000 entries')).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Day 0 / })).toBeVisible()
  expect(root.querySelectorAll('li[data-index]').length).toBeLessThan(80)
  const first = root.querySelector('li[data-index="1"]')
  expect(first?.getAttribute('aria-setsize')).toBe('20')
  expect(first?.getAttribute('aria-posinset')).toBe('1')
  expect(await axeFindings(root)).toEqual([])
})

test('one goes to a month without scrolling through the years between', async () => {
  drawPage('/timeline', sessionOf(20_000))
  await page.getByLabelText('Go to').selectOptions('March 1990')
  await expect.element(page.getByRole('heading', { name: /March 1990/ })).toBeInViewport()
  await expect.element(page.getByRole('list', { name: 'March 1990' }).getByRole('link').first()).toBeVisible()
})

test('arrow keys, Home and End go through all rows', async () => {
  const { root } = drawPage('/timeline', sessionOf(400))
  await expect.element(page.getByRole('link', { name: /^Day 0 / })).toBeVisible()
  root.querySelector<HTMLElement>('li[data-index="1"] a')?.focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('link', { name: /^Day 1 / })).toHaveFocus()
  await userEvent.keyboard('{End}')
  await expect.element(page.getByRole('link', { name: /^Day 399 / })).toHaveFocus()
  await userEvent.keyboard('{Home}')
  await expect.element(page.getByRole('link', { name: /^Day 0 / })).toHaveFocus()
})

test('a search narrows once typing settles, stands in the address by a key alone, and is taken away by its chip', async () => {
  const { path } = drawPage('/timeline')
  await page.getByLabelText('Search').fill('penicillin')
  await expect.element(page.getByText('One entry')).toBeVisible()
  await expect.poll(path).toMatch(/^\/timeline\?view=[0-9a-f]{8}$/)
  await page.getByRole('button', { name: 'Stop narrowing to “penicillin”' }).click()
  await expect.element(page.getByText('63 entries')).toBeVisible()
  await expect.element(page.getByLabelText('Search')).toHaveValue('')
})

test('filters by kind combine, and nothing found says how to go on', async () => {
  const { root } = drawPage('/timeline')
  await page.getByLabelText('Search').fill('metformin')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByText(/^Allergies \(/).click()
  await expect.element(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Show everything' }).nth(0).click()
  await expect.element(page.getByText('63 entries')).toBeVisible()
})

/** What lies between one drawn row or heading and the next, in CSS pixels. */
function gapsIn(root: HTMLElement): number[] {
  const drawn = [...root.querySelectorAll<HTMLElement>('[data-index]')].toSorted(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  )
  return drawn
    .slice(1)
    .map((each, index) => each.getBoundingClientRect().top - drawn[index]!.getBoundingClientRect().bottom)
}

test('a search leaves no hole where a heading takes the place of a row', async () => {
  const session = sessionOf(60)
  session.entries = session.entries.map((entry, index) =>
    index % 9 === 0 ? { ...entry, summary: { ...entry.summary, title: `Rare ${index}` } } : entry,
  )
  const { root } = drawPage('/timeline', session)
  await expect.element(page.getByRole('link', { name: /^Day 1 / })).toBeVisible()
  await page.getByLabelText('Search').fill('rare')
  await expect.element(page.getByText('7 entries')).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Day 1 / })).not.toBeInTheDocument()
  await expect.poll(() => Math.max(...gapsIn(root).map(Math.abs)), { timeout: 10_000 }).toBeLessThan(2)
})

test('from an entry one comes back to the same place of the same narrowed timeline', async () => {
  const { path } = drawPage('/timeline', sessionOf(400))
  await page.getByLabelText('Search').fill('day')
  await expect.poll(path, { timeout: 10_000 }).toMatch(/view=/)
  const narrowed = path()
  const last = () => page.getByRole('link', { name: /^Day 150 / })
  await page.getByLabelText('Go to').selectOptions('June 2026')
  await last().click()
  await expect.element(page.getByRole('heading', { name: 'Day 150' })).toBeVisible()
  await page.getByRole('link', { name: 'Timeline' }).click()
  await expect.element(last()).toBeInViewport()
  expect(path()).toBe(narrowed)
  await last().click()
  await page.getByRole('button', { name: 'Move to bin' }).click()
  await expect.element(page.getByRole('link', { name: /^Day 151 / })).toBeInViewport()
  expect(path()).toBe(narrowed)
})

const LONG_FILE = 'نتائج تحاليل الدم الكاملة من مستشفى الملك فيصل التخصصي.json'

/** One entry that came in a file with a long Arabic name. */
function sessionWithFile(): FakeSession {
  const session = sessionOf(1)
  const [entry] = session.entries
  const source = { type: 'import', importId: '0'.repeat(32) as ImportId, fileName: LONG_FILE } as const
  session.entries = [{ ...entry!, summary: { ...entry!.summary, source } }]
  return session
}

test('no line of a row begins or ends with a dot on a phone', async () => {
  await page.viewport(360, 740)
  const { root } = drawPage('/timeline')
  await expect.element(page.getByText('63 entries')).toBeVisible()
  await expect.poll(() => root.querySelectorAll('li a').length).toBeGreaterThan(5)
  const dots = [...root.querySelectorAll('li a span')].filter(each => each.textContent === ' · ')
  expect(dots.length).toBeGreaterThan(3)
  for (const dot of dots) {
    const frame = dot.closest('[class*="frame"]')!.getBoundingClientRect()
    const item = dot.parentElement!
    const before = item.previousElementSibling!.getBoundingClientRect()
    const isAtStart = dot.getBoundingClientRect().right <= frame.left + 1
    expect(isAtStart).toBe(before.top < item.getBoundingClientRect().top)
  }
})

test('the long name of an Arabic file is cut at its end, not at its beginning', async () => {
  await page.viewport(360, 740)
  const { root } = drawPage('/timeline', sessionWithFile())
  await expect.element(page.getByText(LONG_FILE)).toBeVisible()
  const name = root.querySelector<HTMLElement>('li a bdi')!
  expect(name.textContent).toBe(LONG_FILE)
  expect(getComputedStyle(name).direction).toBe('rtl')
  expect(name.scrollWidth).toBeGreaterThan(name.clientWidth)
  expect(name.getBoundingClientRect().right).toBeLessThanOrEqual(360)
})

test('words of a long filter begin where every line of them begins', async () => {
  await page.viewport(360, 740)
  drawPage('/timeline')
  await page.getByLabelText('Search').fill('a very long search that no line of a phone has room for')
  const chip = page.getByRole('button', { name: /^Stop narrowing to “a very/ })
  await expect.element(chip).toBeVisible()
  expect(getComputedStyle(chip.element()).textAlign).toBe('start')
})

test('a medicine that was stopped and a condition that is over are not read as of now', async () => {
  drawPage('/timeline')
  const search = page.getByLabelText('Search')
  for (const name of ['Amoxicillin', 'Pneumonia']) {
    await search.fill(name)
    await expect.element(page.getByRole('link', { name: new RegExp(`${name}.*Past`) }).first()).toBeVisible()
  }
  await search.fill('Appendectomy')
  await expect.element(page.getByRole('link', { name: /Appendectomy/ }).first()).toBeVisible()
  expect(page.getByRole('link', { name: /Appendectomy.*Past/ }).query()).toBeNull()
})

test('an empty timeline says what will stand there and how it comes, with nothing to search or to count', async () => {
  const session = new FakeSession()
  session.entries = []
  const { root } = drawPage('/timeline', session)
  await expect.element(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  await expect.element(page.getByText('0 entries')).not.toBeVisible()
  await expect.element(page.getByPlaceholder('Search')).not.toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Add to your record' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('the rows come first, with how many there are: what may narrow them, and what may be there twice, is asked for after them', async () => {
  const session = sessionOf(300)
  const asked: string[] = []
  for (const method of ['watchTimeline', 'timelineRows', 'facets', 'seenTwice'] as const) {
    const answer = session[method].bind(session) as (...query: never[]) => Promise<never>
    session[method] = (...query: never[]) => {
      asked.push(method)
      return answer(...query)
    }
  }
  drawPage('/timeline', session)
  await expect.element(page.getByRole('link', { name: /^Day 0 / })).toBeVisible()
  await expect.poll(() => asked).toEqual(expect.arrayContaining(['facets', 'seenTwice']))
  expect(asked[0]).toBe('watchTimeline')
  expect(asked).not.toContain('timelineRows')
})

test('what is typed is asked for at once, what is typed meanwhile together, and the rows stay until others are there', async () => {
  const session = sessionOf(60)
  const asked: string[] = []
  const gates: (() => void)[] = []
  const watch = session.watchTimeline.bind(session)
  session.watchTimeline = async (query, listener) => {
    asked.push(query.text ?? '')
    if (query.text !== undefined) await new Promise<void>(resolve => gates.push(resolve))
    return watch(query, listener)
  }
  const { root } = drawPage('/timeline', session)
  await expect.element(page.getByRole('link', { name: /^Day 0 / })).toBeVisible()
  await page.getByLabelText('Search').click()
  await userEvent.keyboard('d')
  expect(asked).toEqual(['', 'd'])
  await userEvent.keyboard('ay 59')
  expect(asked).toEqual(['', 'd'])
  expect(root.querySelector('li[data-index="1"]')?.textContent).toContain('Day 0')
  gates[0]?.()
  await expect.poll(() => asked).toEqual(['', 'd', 'day 59'])
  gates[1]?.()
  await expect.element(page.getByText('One entry')).toBeVisible()
  await expect.element(page.getByLabelText('Search')).toHaveValue('day 59')
  expect(root.textContent).not.toContain('Loading')
})

test('whoever goes to the whole timeline from a search finds the search empty', async () => {
  const { path, root } = drawPage('/timeline', sessionOf(60))
  await page.getByLabelText('Search').fill('day 59')
  await expect.poll(path).toMatch(/view=/)
  const link = document.createElement('a')
  link.href = '/timeline'
  link.textContent = 'All of it'
  root.append(link)
  await page.getByRole('link', { name: 'All of it' }).click()
  await expect.element(page.getByText('60 entries')).toBeVisible()
  await expect.element(page.getByLabelText('Search')).toHaveValue('')
})
