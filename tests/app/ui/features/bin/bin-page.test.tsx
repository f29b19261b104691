import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

test('by keyboard one entry after the other comes back; the focus goes to the next, at last to the title', async () => {
  const session = new FakeSession()
  for (const { summary } of session.entries.slice(0, 2)) await session.binEntry(summary.id)
  drawPage('/bin', session)
  const buttons = page.getByRole('button', { name: /^Restore: / })
  await expect.element(buttons.nth(1)).toBeVisible()
  const second = buttons.nth(1).element().getAttribute('aria-label')
  ;(buttons.first().element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('button', { name: second!, exact: true })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { level: 1, name: 'Bin' })).toHaveFocus()
})
