import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1'

beforeEach(async () => {
  await page.viewport(360, 740)
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('in a tab of Safari the settings say that it forgets after a week, and what is not backed up', async () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(SAFARI)
  const session = new FakeSession()
  session.status.set({ ...session.status.value, kind: 'waiting', waitingCount: 3 })
  const { root } = drawPage('/settings', session)
  await expect.element(page.getByText('This browser forgets after a week')).toBeInTheDocument()
  await expect.element(page.getByText('3 changes are not backed up yet and would be lost.')).toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
})

test('nothing is said where the browser has promised to keep it', async () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(SAFARI)
  drawPage('/settings', new FakeSession(), { isPersistent: async () => true })
  await expect.element(page.getByText(/has promised to keep/)).toBeInTheDocument()
  expect(page.getByText('This browser forgets after a week').query()).toBeNull()
})
