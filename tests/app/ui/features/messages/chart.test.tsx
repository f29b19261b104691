import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import type { ChartSnapshot } from '#schema/messages/chart.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { detailOf, messageOf, messagesSession, rowOf, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const PRESSURE = '/track/blood-pressure?period=all'
const sendChart = () => page.getByRole('button', { name: 'Send this chart in a message' })
const dialog = () => page.getByRole('dialog', { name: 'Send this chart in a message' })
const along = () => page.getByRole('region', { name: 'Charts that go along' })
const send = () => page.getByRole('button', { name: 'Send', exact: true })

const row = (day: string, high: number, low: number) => ({
  when: `2026-10-${day}T08:10:00+00:00`,
  at: instant(Date.parse(`2026-10-${day}T08:10:00Z`)),
  values: [high, low],
  ranges: [{ high: 130 }, { high: 80 }],
})

const CHART: ChartSnapshot = {
  title: 'Blood pressure',
  unit: 'mmHg',
  lines: ['Upper number', 'Lower number'],
  from: '2026-10-01',
  to: '2026-10-31',
  goal: 'at most 130 / at most 80 mmHg',
  rows: [row('02', 131, 84), row('09', 128, 82)],
  rowCount: 900,
}

const pressures = (session: FakeSession) => session.entries.filter(({ summary }) => summary.kind === 'blood-pressure')

test('a chart goes from its page into a new message, outlasts a reload, and is sent with its values', async () => {
  const session = messagesSession()
  const count = pressures(session).length
  const first = drawPage(PRESSURE, session)
  await sendChart().click()
  await dialog().getByRole('button', { name: 'New message' }).click()
  await expect.poll(first.path).toMatch(/^\/messages\/new\?chart=[0-9a-f-]{36}$/)
  await expect.element(along().getByRole('img', { name: /^Blood pressure/ })).toBeVisible()
  await expect.element(page.getByLabelText(/^Subject/)).toHaveValue('Blood pressure')
  expect(page.getByText('This is what you had begun to write.').elements()).toEqual([])
  expect(await axeFindings(first.root)).toEqual([])
  const path = first.path()
  first.root.remove()
  const { path: now } = drawPage(path, session)
  await expect.element(along().getByRole('img', { name: /^Blood pressure/ })).toBeVisible()
  await page.getByText('Bea Sample').click()
  await page.getByLabelText('Your message').fill('Is this too high?')
  await send().click()
  await expect.poll(now).toBe(THREAD_PATH)
  expect(session.begun).toMatchObject([{ subject: 'Blood pressure', charts: [{ chart: { unit: 'mmHg' } }] }])
  const given = session.begun[0]?.charts?.[0]
  expect(given?.of).toHaveLength(count)
  expect(given?.chart.rows).toHaveLength(count)
  expect(given?.chart.lines).toHaveLength(2)
})

test('what is private is in no chart, and where nothing else is none is sent', async () => {
  const session = messagesSession()
  const [one] = pressures(session)
  const hide = (isHidden: (id: string) => boolean) => {
    session.entries = session.entries.map(entry =>
      isHidden(entry.summary.id) ? { ...entry, summary: { ...entry.summary, isPrivate: true } } : entry,
    )
  }
  hide(id => id === one?.summary.id)
  const first = drawPage(PRESSURE, session)
  await sendChart().click()
  await dialog().getByRole('button', { name: 'New message' }).click()
  await expect.element(along()).toBeVisible()
  const [kept = ''] = session.drafts.values()
  expect(kept).toContain('"of"')
  expect(kept).not.toContain(one?.summary.id)
  first.root.remove()
  hide(() => true)
  drawPage(PRESSURE, session)
  await expect.element(page.getByText('Show as a table').first()).toBeVisible()
  await expect.element(sendChart()).not.toBeInTheDocument()
})

test('with the keyboard alone a result’s chart goes into an answer, beside what is written there', async () => {
  const session = messagesSession()
  session.threads.set({
    threads: [rowOf(), rowOf({ subject: 'Over', isOver: true }), rowOf({ subject: 'Theirs', about: 'their-care' })],
    unreadCount: 0,
  })
  const first = drawPage(THREAD_PATH, session)
  await page.getByLabelText('Your answer').fill('Look at this.')
  await expect.poll(() => session.drafts.size).toBe(1)
  first.root.remove()
  const a1c = session.entries.find(({ summary }) => summary.title === 'Hemoglobin A1c')?.summary.id ?? ''
  const { path } = drawPage(`/results/${a1c}`, session)
  await expect.element(sendChart()).toBeVisible()
  sendChart().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog().getByRole('button', { name: 'New message' })).toBeVisible()
  expect(
    dialog()
      .getByText(/Over|Theirs/)
      .elements(),
  ).toEqual([])
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await expect.poll(path).toBe(THREAD_PATH)
  await expect.element(page.getByLabelText('Your answer')).toHaveValue('Look at this.')
  await expect.element(along().getByText('Hemoglobin A1c', { exact: true })).toBeVisible()
  await send().click()
  await expect
    .poll(() => session.sent)
    .toMatchObject([
      {
        text: 'Look at this.',
        charts: [{ of: { length: 2 }, chart: { unit: '%', rows: [{ values: [7.2] }, { values: [6.8] }] } }],
      },
    ])
  await expect.element(along()).not.toBeInTheDocument()
})

test('a chart can be taken off', async () => {
  const session = messagesSession()
  session.drafts.set('message/new/chart/1', JSON.stringify({ text: '', key: 'k', charts: [{ chart: CHART, of: [] }] }))
  drawPage('/messages/new?chart=1', session)
  await expect.element(along()).toBeVisible()
  await page.getByRole('button', { name: 'Take off' }).click()
  await expect.element(along()).not.toBeInTheDocument()
  await expect.element(page.getByLabelText(/^Subject/)).toHaveValue('')
})

test.each(['en', 'ar'] as const)('whoever reads sees it drawn, with its values as a table (%s)', async language => {
  const session = messagesSession()
  await drawnNarrow(session, language)
  session.thread.set(
    detailOf({
      messages: [
        messageOf('a~0', 'Look', { charts: [CHART] }),
        messageOf('a~1', 'Wild', {
          charts: [{ ...CHART, title: 'x'.repeat(300), rows: [{ ...row('02', 1e308, -1e308) }] }],
        }),
      ],
    }),
  )
  const { root } = drawPage(THREAD_PATH, session)
  const chart = page.getByRole('region', { name: /Blood pressure/ })
  await expect.element(chart.getByRole('img', { name: /Blood pressure/ })).toBeVisible()
  await chart.getByText(language === 'en' ? 'Show as a table' : 'عرض كجدول').click()
  await expect.element(chart.getByRole('cell', { name: /128\/82/ })).toBeVisible()
  await expect.element(chart.getByText(/at most 130/)).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
