import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { setLanguage } from '#app/ui/language/language.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => setLanguage('en'))

const chip = () => page.getByRole('banner').getByRole('status').getByRole('button')
const boxOf = (locator: { element(): Element }) => locator.element().getBoundingClientRect()

test.each([800, 900, 1000])(
  'on a wide screen %i px high the status, whose record it is and the lock stay however far the page is scrolled',
  async height => {
    await page.viewport(1280, height)
    drawApp('/timeline', new FakeSession())
    await expect.element(chip()).toBeVisible()
    await expect.poll(() => document.documentElement.scrollHeight, { timeout: 30_000 }).toBeGreaterThan(2000)
    window.scrollTo(0, 1500)
    await expect.poll(() => window.scrollY).toBeGreaterThan(1000)
    for (const one of [
      chip(),
      page.getByRole('button', { name: /^Record of/ }),
      page.getByRole('banner').getByRole('button', { name: 'Lock now' }),
      page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }),
    ]) {
      expect(boxOf(one).top).toBeGreaterThanOrEqual(0)
      expect(boxOf(one).bottom).toBeLessThanOrEqual(height)
    }
    const home = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home', exact: true })
    expect(boxOf(chip()).height).toBeGreaterThanOrEqual(24)
    expect(boxOf(chip()).bottom).toBeLessThanOrEqual(boxOf(home).top)
  },
)

test('on a wide but low window the status stays while the places below it are scrolled', async () => {
  await page.viewport(1280, 400)
  drawApp('/settings', new FakeSession())
  await expect.element(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  const places = page.getByRole('navigation', { name: 'Main' })
  places.getByRole('link', { name: 'Settings' }).element().scrollIntoView()
  expect(boxOf(places.getByRole('link', { name: 'Settings' })).bottom).toBeLessThanOrEqual(401)
  expect(boxOf(chip()).top).toBeGreaterThanOrEqual(0)
})

test('a relay that cannot be reached is tried at once by keyboard, said, and the focus stays when it is back', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  drawApp('/settings', session)
  const tryNow = () => page.getByRole('banner').getByRole('button', { name: 'Try now' })
  await expect.element(chip()).toBeVisible()
  await expect.element(tryNow()).not.toBeInTheDocument()
  const since = instant(new Date().setHours(15, 45))
  session.status.set({ kind: 'waiting', waitingCount: 2, link: { kind: 'unreachable', since }, problems: [] })
  await expect.element(tryNow()).toBeVisible()
  chip().element().focus()
  await userEvent.keyboard('{Tab}')
  await expect.element(tryNow()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('The relay still does not answer. Wellkeep keeps trying.')).toBeVisible()
  expect(session.tries).toBe(1)
  await expect.element(tryNow()).toHaveFocus()
  session.isRelayBack = true
  await userEvent.keyboard('{Enter}')
  await expect.element(tryNow()).not.toBeInTheDocument()
  await expect.element(chip()).toHaveFocus()
})

test('the window about the status can try the relay at once as well', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  const since = instant(new Date().setHours(15, 45))
  session.status.set({ kind: 'waiting', waitingCount: 2, link: { kind: 'unreachable', since }, problems: [] })
  await chip().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Try now' }).click()
  await expect.element(dialog.getByText('The relay still does not answer. Wellkeep keeps trying.')).toBeVisible()
  session.isRelayBack = true
  await dialog.getByRole('button', { name: 'Try now' }).click()
  await expect.element(dialog.getByText('Connected to the relay.')).toHaveFocus()
})

test('a long status has a line of its own on a phone, and what sticks below the bar is not behind it', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession({ ...OPEN, personName: 'Maria Theresia Jansen' })
  drawApp('/timeline', session)
  await expect.element(chip().getByText('Backed up')).toBeVisible()
  const short = boxOf(page.getByRole('banner')).height
  expect(short).toBeLessThan(60)
  const since = instant(new Date().setHours(15, 45))
  session.status.set({ kind: 'waiting', waitingCount: 12, link: { kind: 'unreachable', since }, problems: [] })
  await expect.element(chip().getByText('12 changes waiting')).toBeVisible()
  const bar = boxOf(page.getByRole('banner'))
  const tryNow = boxOf(page.getByRole('banner').getByRole('button', { name: 'Try now' }))
  expect(boxOf(chip()).width + tryNow.width).toBeGreaterThan(300)
  expect(bar.height).toBeLessThan(110)
  window.scrollTo(0, 900)
  await expect.poll(() => window.scrollY).toBeGreaterThan(500)
  await expect.poll(() => boxOf(page.getByLabelText('Go to')).top).toBeGreaterThanOrEqual(bar.height - 1)
})
