import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { setLanguage } from '#app/ui/language/language.ts'
import { clearToasts, showToast } from '#app/ui/parts/toast.tsx'
import { drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { fillPeople } from '#tests/support/preview/stage.ts'

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

test('a message goes with the language in which it was said', async () => {
  drawPage('/bin')
  showToast({ message: 'Saved' })
  await expect.element(page.getByText('Saved')).toBeVisible()
  onTestFinished(() => setLanguage('en'))
  await setLanguage('es')
  await expect.poll(() => page.getByText('Saved').elements()).toHaveLength(0)
})

/** What has the focus, and how many pixels of it lie under the message. */
function focusedAndCovered(): readonly [string, number] {
  const focused = document.activeElement!
  const message = document.querySelector('[role="region"] [role="status"]')!
  const [one, over] = [focused.getBoundingClientRect(), message.getBoundingClientRect()]
  return [focused.textContent ?? '', Math.min(one.bottom, over.bottom) - Math.max(one.top, over.top)]
}

test('on a phone a message covers nothing that has the focus: where it comes, where the focus goes, and at the end of the page', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  fillPeople(session)
  drawPage('/people/c1', session)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await expect.element(button('Pause')).toBeVisible()
  const all = Array.from(document.querySelectorAll<HTMLElement>('main button'))
  const buttons = all.filter(each => each.checkVisibility())
  expect(buttons.length).toBeGreaterThan(4)
  for (const each of buttons) {
    each.focus()
    each.scrollIntoView({ block: 'end' })
    window.scrollBy(0, 24 - (window.innerHeight - each.getBoundingClientRect().bottom))
    showToast({ message: 'Something was done, and it takes two lines on a phone to say so.' })
    await expect.element(page.getByText(/^Something was done/)).toBeVisible()
    const [name, covered] = focusedAndCovered()
    expect([name, covered <= 0]).toEqual([each.textContent, true])
    clearToasts()
    await expect.poll(() => page.getByText(/^Something was done/).elements()).toHaveLength(0)
  }
  window.scrollTo(0, 0)
  showToast({ message: 'Something was done, and it takes two lines on a phone to say so.' })
  await expect.element(page.getByText(/^Something was done/)).toBeVisible()
  for (const each of buttons) {
    each.focus()
    const [name, covered] = focusedAndCovered()
    expect([name, covered <= 0]).toEqual([each.textContent, true])
  }
})

test('what is pressed where a message does not cover it stays under the pointer, and is pressed', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  fillPeople(session)
  drawPage('/people/c1', session)
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  await expect.element(pause).toBeVisible()
  showToast({ message: 'Something was done, and it takes two lines on a phone to say so.' })
  const message = page.getByText(/^Something was done/)
  await expect.element(message).toBeVisible()
  const top = document.querySelector('[role="region"] [role="status"]')!.getBoundingClientRect().top
  window.scrollBy(0, pause.element().getBoundingClientRect().top - (top - 12))
  const pressed = vi.fn<() => void>()
  pause.element().addEventListener('click', pressed)
  await pause.click({ position: { x: 20, y: 6 } })
  expect(pressed).toHaveBeenCalledOnce()
})

test('what a message lies over at the end of the page can be scrolled clear of it, by a finger alone', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  fillPeople(session)
  drawPage('/people/c1', session)
  await expect.element(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  const root = document.documentElement
  window.scrollTo(0, root.scrollHeight)
  showToast({ message: 'Something was done, and it takes two lines on a phone to say so.' })
  await expect.element(page.getByText(/^Something was done/)).toBeVisible()
  window.scrollTo(0, root.scrollHeight)
  const { top } = document.querySelector('[role="region"] [role="status"]')!.getBoundingClientRect()
  const acts = Array.from(document.querySelectorAll<HTMLElement>('main button, main a')).filter(each =>
    each.checkVisibility(),
  )
  expect(Math.max(...acts.map(each => each.getBoundingClientRect().bottom))).toBeLessThanOrEqual(top)
})
