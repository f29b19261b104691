import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatDay } from '#app/ui/language/format.ts'
import { setLanguage, t } from '#app/ui/language/language.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { drawnNarrow, isWithinWidth } from '../messages/narrow.ts'

/** With asthma as a clinic coded it, and a medicine that was typed. */
async function codedSession(): Promise<FakeSession> {
  const session = new FakeSession()
  session.entries = []
  await session.addEntry({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
  await session.addEntry({ kind: 'medicine', name: 'Metformin 500 mg', status: 'taking' })
  session.entries = session.entries.map(entry =>
    entry.summary.kind === 'condition'
      ? { ...entry, summary: { ...entry.summary, codes: [{ system: SYSTEMS.snomed, code: '195967001' }] } }
      : entry,
  )
  return session
}

const idOf = (session: FakeSession, kind: string) =>
  session.entries.find(({ summary }) => summary.kind === kind)?.summary.id ?? ''

const toMedlinePlus = () => document.querySelector<HTMLAnchorElement>('a[href*="medlineplus"]')

test('an entry leads to what there is to read about it, and that leads back', async () => {
  const session = await codedSession()
  const { root, path } = drawPage(`/entry/${idOf(session, 'condition')}`, session)
  await page.getByRole('link', { name: 'About: Asthma' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: 'Asthma' })).toBeVisible()
  for (const name of ['What it is', 'What people notice', 'Ask your care team']) {
    await expect.element(page.getByRole('heading', { name })).toBeVisible()
  }
  await expect.element(page.getByText('https://medlineplus.gov/asthma.html')).toBeVisible()
  await expect.element(page.getByText(/^Not reviewed by a clinician\..*Nov 28, 2026/)).toBeVisible()
  expect(path()).not.toMatch(/asthma/i)
  expect(document.title).not.toMatch(/asthma/i)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Back' }).click()
  expect(path()).toBe(`/entry/${idOf(session, 'condition')}`)
})

test('a condition that was typed is found by its name, and both pages of a name that two go by', async () => {
  const session = new FakeSession()
  session.entries = []
  await session.addEntry({ kind: 'condition', name: 'Diabetes', clinicalStatus: 'active' })
  drawPage(`/entry/${idOf(session, 'condition')}`, session)
  await expect.element(page.getByRole('link', { name: 'About: Type 1 diabetes' })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'About: Type 2 diabetes' })).toBeVisible()
})

test('a medicine that was typed is found by its ingredient', async () => {
  const session = await codedSession()
  drawPage(`/entry/${idOf(session, 'medicine')}`, session)
  await expect.element(page.getByRole('link', { name: 'About: Metformin' })).toBeVisible()
  expect(page.getByRole('button', { name: 'Look it up at MedlinePlus' }).elements()).toEqual([])
})

test('the way to MedlinePlus is there only once it was said which code leaves, and is told nothing else', async () => {
  const session = await codedSession()
  const { root } = drawPage(`/entry/${idOf(session, 'condition')}`, session)
  const button = page.getByRole('button', { name: 'Look it up at MedlinePlus' })
  await expect.element(button).toBeVisible()
  expect(toMedlinePlus()).toBeNull()
  ;(button.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/It learns the code 195967001 \(SNOMED CT\), the language English/)).toBeVisible()
  const link = toMedlinePlus()
  expect(link?.href).toBe(
    'https://connect.medlineplus.gov/application?mainSearchCriteria.v.cs=2.16.840.1.113883.6.96&mainSearchCriteria.v.c=195967001&informationRecipient.languageCode.c=en',
  )
  expect([link?.target, link?.rel]).toEqual(['_blank', 'noopener noreferrer'])
  expect(await axeFindings(root)).toEqual([])
  await button.click()
  expect(toMedlinePlus()).toBeNull()
})

test('the library begins with what the record is about, and finds in one’s own words', async () => {
  const { root } = drawPage('/learn', await codedSession())
  const yours = page.getByRole('region', { name: 'About what is in this record' })
  await expect.element(yours.getByRole('link', { name: 'Metformin' })).toBeVisible()
  expect(
    yours
      .getByRole('link')
      .elements()
      .map(link => link.textContent),
  ).toEqual(['Asthma', 'Metformin'])
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Search in your own words').fill('water pill')
  await expect.element(page.getByRole('link', { name: 'Water pills (diuretics)' })).toBeVisible()
  await page.getByLabelText('Search in your own words').fill('xyzzy')
  await expect.element(page.getByText('No topic found. Try another word, or ask your care team.')).toBeVisible()
})

test('what is put on the reading list stands first, is marked as read, and comes off again', async () => {
  const { session, path } = drawPage('/learn', await codedSession())
  await page.getByRole('link', { name: 'Gout' }).click()
  await page.getByRole('button', { name: 'Read later' }).click()
  expect(session.settings.value.reading).toEqual([{ topic: 'gout', mark: 'later' }])
  await page.getByRole('link', { name: 'Learn' }).click()
  const list = page.getByRole('region', { name: 'Your reading list' })
  await list.getByRole('link', { name: 'Gout To read' }).click()
  await page.getByRole('button', { name: 'I have read it' }).click()
  expect(session.settings.value.reading).toEqual([{ topic: 'gout', mark: 'read' }])
  await page.getByRole('button', { name: 'Take off the list' }).click()
  expect(session.settings.value.reading).toEqual([])
  await expect.element(page.getByRole('button', { name: 'Read later' })).toHaveFocus()
  expect(path()).toMatch(/^\/learn\/[0-9a-f]{8}$/)
})

const GIVEN_AT = instant(Date.UTC(2026, 10, 20, 9))

function given(number: number, title: string, row: Partial<RequestRow> = {}): RequestRow {
  return {
    conversationId: '1'.repeat(16),
    requestId: `material.${String(number).repeat(32)}`,
    kind: 'material',
    title,
    state: 'sent',
    isFinal: false,
    role: 'patient',
    people: ['Bea Sample'],
    lastAt: GIVEN_AT,
    reading: { sentAt: GIVEN_AT, isRead: false },
    ...row,
  }
}

const wordsIn = (region: string) =>
  page
    .getByRole('region', { name: region })
    .getByRole('link')
    .elements()
    .map(link => link.textContent)

test.each(['en', 'ar'] as const)('what the care team gave to read is said to be read or not (%s)', async language => {
  const session = await codedSession()
  await drawnNarrow(session, language)
  const reading = { sentAt: GIVEN_AT, isRead: true }
  session.requests.set([
    given(1, 'Sleep', { state: 'understood', reading }),
    given(2, 'Knee'),
    given(3, 'A long word: Gesundheitsförderungsprogramm', { reading }),
    given(4, 'Taken', { state: 'withdrawn', isFinal: true, reading }),
    given(5, 'Of a patient of mine', { role: 'provider' }),
  ])
  const { root, path } = drawPage('/learn', session)
  const shelf = page.getByRole('region', { name: t('learn.given') })
  await expect.element(shelf.getByRole('link', { name: /^Knee/ })).toBeVisible()
  const from = t('learn.given.from', { names: 'Bea Sample', date: formatDay(GIVEN_AT) })
  expect(wordsIn(t('learn.given'))).toEqual([
    `Knee${t('learn.given.unread')}${from}`,
    `A long word: Gesundheitsförderungsprogramm${t('learn.is.read')}${from}`,
    `Sleep${t('material.state.understood')}${from}`,
    `Taken${t('request.state.withdrawn')}${from}`,
  ])
  // Once on the page.
  expect(page.getByRole('link', { name: /^Knee/ }).elements()).toHaveLength(1)
  expect(page.getByRole('region', { name: t('learn.list') }).elements()).toEqual([])
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
  await shelf.getByRole('link', { name: /^Knee/ }).click()
  await expect.poll(path).toBe(`/messages/${'1'.repeat(16)}/request/material.${'2'.repeat(32)}`)
})

test('of a long list of what was given the first stand there, and the rest by a press', async () => {
  const session = await codedSession()
  session.requests.set([1, 2, 3, 4, 5, 6, 7].map(number => given(number, `Page ${number}`)))
  drawPage('/learn', session)
  const shelf = page.getByRole('region', { name: 'From my care team' })
  await shelf.getByRole('button', { name: 'Show more (2)' }).click()
  await expect.element(shelf.getByRole('link', { name: /^Page 7/ })).toBeVisible()
})

test('a test is a topic too, with its explanation', async () => {
  drawPage('/learn', await codedSession())
  await page.getByRole('link', { name: 'Potassium' }).click()
  await expect.element(page.getByText(/^Potassium is a mineral/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Look it up at MedlinePlus' })).toBeVisible()
})

test('an address from before a reload leads to the library', async () => {
  const { path } = drawPage('/learn/5f2c09ab', await codedSession())
  await expect.element(page.getByRole('heading', { level: 1, name: 'Learn' })).toBeVisible()
  expect(path()).toBe('/learn')
})

test('a topic changes its language with the page, and says that a machine translated it', async () => {
  onTestFinished(() => setLanguage('en'))
  drawPage('/learn', await codedSession())
  await page.getByRole('link', { name: 'Osteoporosis' }).click()
  await expect.element(page.getByText(/^Not reviewed by a clinician/)).toBeVisible()
  expect(page.getByText('Translated by machine.').elements()).toEqual([])
  await setLanguage('es')
  await expect.element(page.getByText(/^Los huesos se han vuelto débiles/)).toBeVisible()
  await expect.element(page.getByText(/Traducido por una máquina\.$/)).toBeVisible()
})
