import { expect, onTestFinished, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { setLanguage } from '#app/ui/language/language.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { resultsSession } from './results-session.ts'

/** The sodium results carry the code of sodium; the others none that is explained. */
function codedSession(): FakeSession {
  const session = resultsSession()
  session.entries = session.entries.map(entry => ({
    ...entry,
    summary: {
      ...entry.summary,
      codes: entry.summary.title === 'Sodium' ? [{ system: SYSTEMS.loinc, code: '2951-2' }] : [],
    },
  }))
  return session
}

const idOf = (session: FakeSession, title: string) =>
  session.entries.find(({ summary }) => summary.title === title)?.summary.id ?? ''

test('on paper, where nothing opens, a closed explanation leaves no question', async () => {
  const session = codedSession()
  drawPage(`/results/${idOf(session, 'Sodium')}`, session)
  const question = page.getByText('What is this?')
  await expect.element(question).toBeVisible()
  onTestFinished(async () => {
    await cdp().send('Emulation.setEmulatedMedia', { media: '' })
  })
  await cdp().send('Emulation.setEmulatedMedia', { media: 'print' })
  await expect.element(question).not.toBeVisible()
})

test('a test is explained in its place, by keyboard, with where and when that was read as text', async () => {
  const session = codedSession()
  const { root } = drawPage(`/results/${idOf(session, 'Sodium')}`, session)
  const question = page.getByText('What is this?')
  await expect.element(question).toBeVisible()
  await expect.element(page.getByText(/^Sodium is a mineral/)).not.toBeInTheDocument()
  ;(question.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/^Sodium is a mineral/)).toBeVisible()
  await expect
    .element(page.getByText(/MedlinePlus, National Library of Medicine \(USA\), read on Nov 27, 2026/))
    .toBeVisible()
  await expect.element(page.getByText('https://medlineplus.gov/lab-tests/sodium-blood-test/')).toBeVisible()
  expect(root.querySelector('a[href*="medlineplus"]')).toBeNull()
  expect(await axeFindings(root)).toEqual([])
  await setLanguage('es')
  await expect.element(page.getByText(/^El sodio es un mineral/)).toBeVisible()
  await setLanguage('en')
})

test('so is a result on its own page', async () => {
  const session = codedSession()
  drawPage(`/entry/${idOf(session, 'Sodium')}`, session)
  await page.getByText('What is this?').click()
  await expect.element(page.getByText(/^Sodium is a mineral/)).toBeVisible()
})

test('nothing is asked of a test that no explanation is at hand of', async () => {
  const session = codedSession()
  drawPage(`/results/${idOf(session, 'Potassium')}`, session)
  await expect.element(page.getByRole('heading', { name: 'Potassium' })).toBeVisible()
  await expect.element(page.getByText('What is this?')).not.toBeInTheDocument()
})
