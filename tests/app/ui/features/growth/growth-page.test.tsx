import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { setLanguage } from '#app/ui/language/language.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
const takenAt = (days: number) => `${daysAgo(days)}T10:00:00+00:00`

const weight = (days: number, kg: number): EntryFields => ({
  kind: 'weight',
  weightKg: kg,
  takenAt: takenAt(days),
})

/** A child so many days old with these typed. */
async function childOf(days: number, list: readonly EntryFields[]): Promise<FakeSession> {
  const session = new FakeSession({ ...OPEN, birthDate: daysAgo(days) })
  session.entries = []
  for (const fields of list) await session.addEntry(fields)
  return session
}

test('sex is asked once, and a child of a year stands on the WHO curves, which are named', async () => {
  const session = await childOf(365, [weight(355, 3.4), weight(200, 7), weight(1, 9.2)])
  const { root } = drawPage('/track/growth', session)
  await expect.element(page.getByText('Whom are the curves for?')).toBeVisible()
  await page.getByRole('button', { name: 'Show the curves' }).click()
  await expect.element(page.getByText('Please choose which of the two curves to show.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('radio', { name: 'Girl' }).click({ force: true })
  await page.getByRole('button', { name: 'Show the curves' }).click()
  await expect
    .element(page.getByRole('img', { name: /^Weight for age on the curves of WHO .*: 3 values.*Newest, at 11 months/ }))
    .toBeVisible()
  await expect.element(page.getByRole('row', { name: /9\.2 kg.* \d\d\.\d .*0\.\d\d/ })).toBeVisible()
  expect(session.settings.value.growth).toMatchObject([{ base: '', sex: 'female' }])
  expect(await axeFindings(root)).toEqual([])
})

test('an older child stands on the CDC curves, in pounds for who reads pounds', async () => {
  const session = await childOf(365 * 7, [weight(1, 23)])
  session.settings.set({
    ...session.settings.value,
    units: 'imperial',
    growth: [{ base: '', sex: 'male', birthDate: daysAgo(365 * 7) }],
  })
  drawPage('/track/growth', session)
  await expect.element(page.getByRole('heading', { name: /CDC Growth Charts \(2000\)/ })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /50\.71 lb/ })).toBeVisible()
  await page.getByLabelText('Measurement').selectOptions('Head circumference')
  await expect.element(page.getByText(/from birth to 3 years/)).toBeVisible()
  await expect.element(page.getByText('There are no values with a day and a unit yet.')).toBeVisible()
})

test.each([1, 4, 7, 12, 18])(
  'on a phone the ages under the curves of who is %i do not touch in Arabic',
  async years => {
    onTestFinished(() => setLanguage('en'))
    await page.viewport(360, 740)
    await setLanguage('ar')
    const session = await childOf(365 * years, [weight(1, 3 * years + 5)])
    const birthDate = daysAgo(365 * years)
    session.settings.set({
      ...session.settings.value,
      language: 'ar',
      growth: [{ base: '', sex: 'female', birthDate }],
    })
    const { root } = drawPage('/track/growth', session)
    const words = () => [...root.querySelectorAll('figure text[text-anchor=middle]')]
    await expect.poll(() => words().length).toBeGreaterThan(1)
    const ages = words().map(text => text.getBoundingClientRect())
    const gaps = ages.slice(1).map((age, index) => age.left - (ages[index]?.right ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(4)
  },
)

test('for who is grown the page says until when the curves go', async () => {
  drawPage('/track/growth')
  await expect.element(page.getByText(/up to 20 years/)).toBeVisible()
})

test('the page of a child’s weight leads to the curves', async () => {
  drawPage('/track/weight', await childOf(400, [weight(1, 9)]))
  await page.getByRole('link', { name: 'Growth curves' }).click()
  await expect.element(page.getByRole('heading', { name: 'Growth', level: 1 })).toBeVisible()
})

test('the page of a grown-up’s weight leads to no curves', async () => {
  drawPage('/track/weight')
  await expect.element(page.getByRole('heading', { name: 'Weight', level: 1 })).toBeVisible()
  expect(page.getByRole('link', { name: 'Growth curves' }).elements()).toEqual([])
})
