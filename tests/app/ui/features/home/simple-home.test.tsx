import { beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawApp } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  await page.viewport(320, 640)
})

const link = (name: string) => page.getByRole('link', { name, exact: true })
const choice = () => page.getByRole('checkbox', { name: /Simple view/ })
const isSimple = () => document.documentElement.hasAttribute('data-simple')

test('the simple view is of this device alone, outlasts what other devices set, and has one way back', async () => {
  const session = new FakeSession()
  const before = session.settings.value
  const { root } = drawApp('/settings', session)
  await expect.element(choice()).toBeInTheDocument()
  await page.getByText(/^Simple view/).click()
  await expect.poll(isSimple).toBe(true)
  expect(session.settings.value).toEqual(before)
  session.settings.set({ ...before, theme: 'dark' })
  await expect.poll(() => document.documentElement.dataset.theme).toBe('dark')
  expect(isSimple()).toBe(true)
  expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link').elements()).toHaveLength(1)
  await link('To the start page').click()
  for (const name of ['My medicines', 'Write down a measurement', 'My results', 'Emergency card', 'Show a doctor']) {
    await expect.element(link(name)).toBeVisible()
    expect(link(name).element().getBoundingClientRect().height).toBeGreaterThanOrEqual(56)
  }
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
  await link('Everything else').click()
  await expect.element(link('Settings')).toBeVisible()
  await expect.element(link('Add')).toBeVisible()
})
