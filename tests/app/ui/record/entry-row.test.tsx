import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { setLanguage } from '#app/ui/language/language.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

test('EntryRow cuts no blood pressure short on a narrow phone, beside the long dates of Chinese either', async () => {
  await page.viewport(350, 740)
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, language: 'zh-Hans' })
  session.entries = session.entries
    .filter(({ summary }) => summary.kind === 'blood-pressure')
    .map(entry => ({
      ...entry,
      summary: { ...entry.summary, when: { text: '2025-12-26', sortAt: instant(Date.UTC(2025, 11, 26)) } },
    }))
  await setLanguage('zh-Hans')
  const { root } = drawApp('/', session)
  const values = () =>
    [...root.querySelectorAll<HTMLElement>('li a > span span')].filter(span =>
      /^\u2066?\d+\/\d+/.test(span.textContent),
    )
  await expect.poll(() => values().length, { timeout: 20_000 }).toBeGreaterThan(2)
  expect(values().filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toEqual([])
  await setLanguage('en')
})

test('EntryRow has the lock and the word “Private” on one line', async () => {
  await page.viewport(1280, 900)
  const session = new FakeSession()
  session.entries = session.entries.map(entry => ({ ...entry, summary: { ...entry.summary, isPrivate: true } }))
  drawApp('/timeline', session)
  const mark = page.getByText('Private', { exact: true }).first()
  await expect.element(mark).toBeVisible()
  const { height } = mark.element().getBoundingClientRect()
  const lineHeight = Number.parseFloat(getComputedStyle(mark.element()).lineHeight)
  expect(height).toBeLessThan(lineHeight * 1.5)
})

test('EntryRow of what has no value holds nothing empty', async () => {
  const { root } = drawApp('/timeline', new FakeSession())
  const rows = () => [...root.querySelectorAll('li a')]
  await expect.poll(() => rows().length).toBeGreaterThan(3)
  expect(
    rows()
      .flatMap(row => [...row.querySelectorAll('[dir="auto"]')])
      .filter(({ textContent }) => textContent === ''),
  ).toEqual([])
})

test('EntryRow shows no dot where its second line breaks on a phone', async () => {
  await page.viewport(240, 740)
  const session = new FakeSession()
  session.entries = []
  await session.addEntry({
    kind: 'condition',
    name: 'Trouble falling asleep',
    clinicalStatus: 'active',
    since: '2025-10',
  })
  const { root } = drawApp('/timeline', session)
  const source = page.getByText('Entered by hand').first()
  await expect.element(source).toBeVisible()
  const kind = page.getByText('Condition', { exact: true }).first().element().getBoundingClientRect()
  const { left, top, height } = source.element().getBoundingClientRect()
  expect(top).toBeGreaterThan(kind.top)
  const before = document.elementFromPoint(left - 4, top + height / 2)
  expect(before).toBe(root.querySelector('main li a'))
})
