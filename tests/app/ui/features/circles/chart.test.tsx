import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { drawnNarrow, isWithinWidth } from '../messages/narrow.ts'
import { circleOf, circleSession, FOX, memberOf, postOf, putCircle } from './circles-session.ts'

const PRESSURE = '/track/blood-pressure?period=all'
const postIt = () => page.getByRole('button', { name: 'Post in a circle' })
const dialog = () => page.getByRole('dialog', { name: 'Post in a circle' })
const along = () => page.getByRole('region', { name: 'Charts that go along' })

test('with the keyboard alone a chart goes into a post of the circle that was chosen, outlasts a reload, and is posted', async () => {
  const { session } = circleSession()
  const room = putCircle(session, 'c2', circleOf({ name: 'Knees', you: memberOf('Elk', { isYou: true }) }))
  putCircle(session, 'c3', circleOf({ name: 'Over', isOver: true }))
  putCircle(session, 'c4', undefined)
  const first = drawPage(PRESSURE, session)
  await expect.element(postIt()).toBeVisible()
  postIt().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog().getByText(/Nothing else of your record goes along/)).toBeVisible()
  expect(dialog().getByText('Over').elements()).toEqual([])
  expect(await axeFindings(first.root)).toEqual([])
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await expect.poll(first.path).toBe('/circles/c2')
  await expect.element(along().getByRole('img', { name: /^Blood pressure/ })).toBeVisible()
  await expect.element(along().getByText(/all of its values, from Elk/)).toBeVisible()
  expect(await axeFindings(first.root)).toEqual([])
  first.root.remove()
  drawPage('/circles/c2', session)
  await expect.element(along().getByRole('img', { name: /^Blood pressure/ })).toBeVisible()
  await page.getByLabelText('Say something').fill('Is this usual?')
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  await expect.poll(() => room.circleDeeds.length).toBe(1)
  expect(room.circleDeeds[0]?.slice(0, 2)).toMatchObject([
    'sayInCircle',
    { text: 'Is this usual?', charts: [{ chart: { unit: 'mmHg' } }] },
  ])
  await expect.element(along()).not.toBeInTheDocument()
})

test('a chart can be taken off a post, and nobody who is in no circle is asked', async () => {
  const { session } = circleSession()
  const first = drawPage(PRESSURE, session)
  await postIt().click()
  await dialog()
    .getByRole('button', { name: /Living with asthma/ })
    .click()
  await along().getByRole('button', { name: 'Take off' }).click()
  await expect.element(along()).not.toBeInTheDocument()
  first.root.remove()
  const alone = new FakeSession()
  putCircle(alone, 'c1', undefined)
  drawPage(PRESSURE, alone)
  await expect.element(page.getByRole('button', { name: 'Send this chart in a message' })).toBeVisible()
  expect(postIt().elements()).toEqual([])
})

test.each(['en', 'ar'] as const)(
  'members see a chart of a post drawn, with its values as a table (%s)',
  async language => {
    const { session, room } = circleSession()
    await drawnNarrow(session, language)
    const row = (day: string, values: readonly number[]) => ({
      when: `2026-10-${day}T08:10:00+00:00`,
      at: Date.parse(`2026-10-${day}T08:10:00Z`) as never,
      values,
    })
    const chart = {
      title: 'Blood pressure',
      unit: 'mmHg',
      lines: ['Upper number', 'Lower number'],
      rows: [row('02', [131, 84]), row('09', [128, 82])],
    }
    room.posts.set({ posts: [postOf('p1', { by: FOX, charts: [chart] })], count: 1 })
    const { root } = drawPage('/circles/c1', session)
    const shown = page.getByRole('region', { name: /Blood pressure/ })
    await expect.element(shown.getByRole('img', { name: /Blood pressure/ })).toBeVisible()
    await shown.getByText(language === 'en' ? 'Show as a table' : 'عرض كجدول').click()
    await expect.element(shown.getByRole('cell', { name: /128\/82/ })).toBeVisible()
    expect(isWithinWidth()).toBe(true)
    expect(await axeFindings(root)).toEqual([])
  },
)
