import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { showToast } from '#app/ui/parts/toast.tsx'
import { drawPage } from '#tests/support/draw.tsx'

test('a message whose action was pressed gives the focus to the page, and the next one still goes by itself', async () => {
  drawPage('/bin')
  const heading = page.getByRole('heading', { level: 1 })
  await expect.element(heading).toBeVisible()
  const run = vi.fn<() => void>()
  showToast({ message: 'Saved', action: { label: 'Undo', run } })
  await expect.element(page.getByText('Saved')).toBeVisible()
  page.getByRole('button', { name: 'Undo' }).element().focus()
  await userEvent.keyboard('{Enter}')
  expect(run).toHaveBeenCalledOnce()
  await expect.element(heading).toHaveFocus()
  showToast({ message: 'Taken back' })
  await expect.element(page.getByText('Taken back')).toBeVisible()
  await expect.poll(() => page.getByText('Taken back').elements().length, { timeout: 14_000 }).toBe(0)
}, 30_000)

test('only the newest message is shown', async () => {
  drawPage('/bin')
  showToast({ message: 'First', action: { label: 'Undo', run: () => undefined } })
  await expect.element(page.getByText('First')).toBeVisible()
  showToast({ message: 'Second' })
  await expect.element(page.getByText('Second')).toBeVisible()
  expect(page.getByText('First').elements()).toHaveLength(0)
  expect(page.getByRole('button', { name: 'Undo' }).elements()).toHaveLength(0)
})
