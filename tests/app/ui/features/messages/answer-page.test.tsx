import { render } from 'solid-js/web'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import type { AnswerDoor } from '#app/core/visitor-session.ts'
import type { VisitorLetter } from '#app/core/visitors/visitor-letter.ts'
import { AnswerPage } from '#app/ui/features/messages/answer-page.tsx'
import { instant } from '#schema/instant.ts'
import type { ChartSnapshot } from '#schema/messages/chart.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings } from '#tests/support/draw.tsx'

const AT = instant(Date.UTC(2026, 10, 24, 12))
const CHART: ChartSnapshot = {
  title: 'Weight',
  unit: 'kg',
  lines: ['Weight'],
  rows: [
    { when: '2026-10-02', at: instant(Date.UTC(2026, 9, 2)), values: [71.4] },
    { when: '2026-10-09', at: instant(Date.UTC(2026, 9, 9)), values: [70.9] },
  ],
}

const LETTER: VisitorLetter = {
  from: 'Ana Example',
  to: 'Dr. Green',
  expiresAt: AT,
  kemPublicKey: new Uint8Array(1216),
  says: {
    is: 'thread',
    subject: 'Knee',
    messages: [
      { by: 'patient', at: AT, text: 'It hurts. <b>Much.</b>', entries: [], charts: [CHART], files: ['scan.pdf'] },
    ],
  },
}
const REFILL: VisitorLetter = {
  ...LETTER,
  says: {
    is: 'request',
    kind: 'refill',
    title: 'Salbutamol',
    state: 'requested',
    history: [{ role: 'patient', kind: 'request', at: AT, data: { medicineName: 'Salbutamol', wish: 'two' } }],
    next: ['see', 'approve', 'decline'],
    main: ['approve'],
  },
}

function draw(letter: VisitorLetter, door: Partial<AnswerDoor> = {}) {
  const root = document.createElement('div')
  document.body.append(root)
  const open = vi.fn<AnswerDoor['open']>(async () => ok(letter))
  const answer = vi.fn<AnswerDoor['answer']>(async () => ok(undefined))
  const stop = render(() => <AnswerPage door={{ open, answer, ...door }} />, root)
  onTestFinished(() => {
    stop()
    root.remove()
  })
  return { root, open, answer }
}

async function openAs(name: string): Promise<void> {
  await page.getByLabelText('Your name, as they know you').fill(name)
  await page.getByRole('button', { name: 'Open' }).click()
}

test('whoever has the link says who they are, reads what was written, and answers in words', async () => {
  const { root, open, answer } = draw(LETTER)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect.element(page.getByText('Say who you are.')).toBeVisible()
  expect(open).not.toHaveBeenCalled()
  await openAs('Dr. Green')
  await expect.element(page.getByText('It hurts. <b>Much.</b>')).toBeVisible()
  await expect.element(page.getByText(/not part of this link: scan\.pdf/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect.element(page.getByText('Write something first.')).toBeVisible()
  await page.getByLabelText('Your answer').fill('Rest it.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect.element(page.getByText(/^Ana Example finds it/)).toBeVisible()
  expect(answer).toHaveBeenCalledExactlyOnceWith(LETTER, { name: 'Dr. Green', text: 'Rest it.' })
  expect(await axeFindings(root)).toEqual([])
})

test('a request shows the same words as its patient has, and a button for each step that is the other side’s', async () => {
  const { root, answer } = draw(REFILL)
  await openAs('Dr. Green')
  await expect.element(page.getByRole('heading', { name: 'Refill: Salbutamol' })).toBeVisible()
  await expect.element(page.getByText('Asked', { exact: true })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Approve…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => answer.mock.calls.length).toBe(1)
  expect(answer.mock.calls[0]?.[1]).toMatchObject({
    name: 'Dr. Green',
    step: { kind: 'approve', data: { route: 'sent' } },
  })
})

test.each([
  ['over', /^This link is over/],
  ['no-link', /^This address is not whole/],
  ['unreachable', /can’t be reached/],
] as const)('a link that does not open says why (%s)', async (failure, words) => {
  draw(LETTER, { open: async () => fail(failure) })
  await openAs('Dr. Green')
  await expect.element(page.getByText(words)).toBeVisible()
})

test('an answer that is not sent stays in its field', async () => {
  draw(LETTER, { answer: async () => fail('unreachable') })
  await openAs('Dr. Green')
  await page.getByLabelText('Your answer').fill('Rest it.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect.element(page.getByText(/can’t be reached/)).toBeVisible()
  await expect.element(page.getByLabelText('Your answer')).toHaveValue('Rest it.')
})
