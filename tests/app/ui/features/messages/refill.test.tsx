import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { RequestDetail } from '#app/core/request-session.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const ASKED = stepOf('request', { medicineId: 'medicines.e0.a.1', medicineName: 'Metformin 500 mg' })
const byBea = { by: BEA, role: 'provider' } as const
const CHANGED = stepOf('change', { route: 'to-collect', instead: '850 mg, half as many' }, byBea)
const READY = stepOf('ready', {}, byBea)
const OTHER = { id: 'medicines.e0.a.2' as EntryId, title: 'Metformin 850 mg' }

function refill(detail: Partial<RequestDetail> = {}) {
  const session = messagesSession()
  session.timelineRows = async () =>
    [{ id: 'medicines.e0.a.1' as EntryId, title: 'Metformin 500 mg' }, OTHER].map(
      (one): EntrySummary => ({
        ...one,
        kind: 'medicine',
        section: 'medicines',
        status: 'active',
        source: { type: 'self' },
        codes: [],
      }),
    )
  const request = requestOf('refill', {
    title: 'Metformin 500 mg',
    state: 'ready',
    waitsFor: 'you',
    history: [ASKED, CHANGED, READY],
    next: ['take', 'take-other', 'withdraw'],
    main: ['take'],
    ...detail,
  })
  session.request.set(request)
  return { session, root: drawPage(pathOf(request), session).root }
}

async function fillAmount() {
  await page.getByLabelText('How much do you have now, more than before?').fill('30')
  await page.getByLabelText('In what').fill('tablets')
}

test('after an approval as it was asked for nothing is asked but how much', async () => {
  const { session } = refill({ history: [ASKED, CHANGED, stepOf('approve', { route: 'sent' }, byBea)] })
  await button('I have it…').click()
  await fillAmount()
  expect(page.getByRole('radio').elements()).toEqual([])
  await button('Send').click()
  await expect.poll(() => session.steps).toMatchObject([{ kind: 'take', data: { medicineName: 'Metformin 500 mg' } }])
})

test('after a change it is asked whether it is the medicine of the record, before anything is counted', async () => {
  const { session, root } = refill()
  await button('I have it…').click()
  await expect.element(page.getByText(/^What instead: 850 mg, half as many/)).toBeVisible()
  await button('Send').click()
  await expect.element(page.getByRole('dialog').getByText('This is needed.')).toBeVisible()
  expect(session.steps).toEqual([])
  await page.getByText('Yes, and nothing about it is different').click()
  await fillAmount()
  expect(await axeFindings(root)).toEqual([])
  await button('Send').click()
  await expect
    .poll(() => session.steps)
    .toMatchObject([{ kind: 'take', data: { medicineId: 'medicines.e0.a.1', amount: 30, unit: 'tablets' } }])
  expect(session.steps[0]?.data['strength']).toBeUndefined()
})

test('another medicine is counted into none, or into one that is chosen', async () => {
  const { session } = refill()
  await button('I have it…').click()
  await page.getByText('No, it is another medicine').click()
  expect(page.getByLabelText('In what').elements()).toEqual([])
  await page.getByLabelText('Count it into').selectOptions('Metformin 850 mg')
  await fillAmount()
  await page.getByLabelText('Count it into').selectOptions('None of them')
  await button('Send').click()
  await expect.poll(() => session.steps).toEqual([{ kind: 'take-other', data: {} }])
})

test('the one that is chosen is named in the step', async () => {
  const { session } = refill()
  await button('I have it…').click()
  await page.getByText('No, it is another medicine').click()
  expect(
    page
      .getByRole('option')
      .elements()
      .map(one => one.textContent),
  ).toEqual(['None of them', 'Metformin 850 mg'])
  await page.getByLabelText('Count it into').selectOptions('Metformin 850 mg')
  await fillAmount()
  await button('Send').click()
  await expect
    .poll(() => session.steps)
    .toMatchObject([{ kind: 'take', data: { medicineId: OTHER.id, medicineName: OTHER.title, amount: 30 } }])
})

test('of another strength the way to the medicine’s form is shown, and of another medicine the way to write it down', async () => {
  const over = { state: 'taken', isFinal: true, next: [], main: [] } as const
  const take = stepOf('take', { ...ASKED.data, strength: 'other', amount: 30, unit: 'tablets' })
  refill({ ...over, history: [ASKED, CHANGED, take] })
  const change = page.getByRole('link', { name: 'Change it in the record' })
  await expect.element(change).toHaveAttribute('href', '/entry/medicines.e0.a.1/edit')
  refill({ ...over, state: 'taken-other', history: [ASKED, CHANGED, stepOf('take-other')] })
  await expect.element(page.getByRole('link', { name: 'Write it down' })).toHaveAttribute('href', '/add/medicine')
})
