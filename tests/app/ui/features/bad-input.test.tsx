import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

const LONG = '😀'.repeat(20) + 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(3) + ' قياس'.repeat(9)
const ODD_DAY = '2026-11-02'

/** An Observation of a laboratory as no laboratory should send it. */
const observation = (name: string, more: object) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text: name },
  effectiveDateTime: `${ODD_DAY}T08:00:00Z`,
  ...more,
})

/** The first is the one whose own pages are drawn. */
const ODD_RESOURCES: readonly object[] = [
  observation(LONG, {
    valueQuantity: { value: 1.2345e19, unit: '🍬/نص\u202e'.repeat(12) },
    referenceRange: [{ text: LONG }],
    interpretation: [{ text: LONG }],
  }),
  observation('No end', { valueQuantity: { value: 5, unit: 'furlong' }, referenceRange: [{}, { low: {} }] }),
  observation('Open range', { valueQuantity: { value: 5, unit: 'mmol/L' }, referenceRange: [{ high: { value: 4 } }] }),
  observation('Turned round', {
    valueQuantity: { value: 5, unit: 'mmol/L' },
    referenceRange: [{ low: { value: 9 }, high: { value: 1 } }],
  }),
  observation('In words', { valueString: `${LONG} positive` }),
  observation('Number as text', { valueQuantity: { value: '5.4', unit: 7 } }),
  observation('Two values', {
    valueQuantity: { value: 5, unit: 'mmol/L' },
    valueString: 'negative',
    valueBoolean: true,
  }),
  observation('Year only', { effectiveDateTime: '2019', valueQuantity: { value: 5, unit: 'mmol/L' } }),
  observation('In the future', { effectiveDateTime: '2999-12-31', valueQuantity: { value: 5, unit: 'mmol/L' } }),
  observation('No such day', { effectiveDateTime: '2026-02-31', valueQuantity: { value: 5, unit: 'mmol/L' } }),
  observation('\u202eمرحبا\u202c 👩🏽‍🔬', { valueQuantity: { value: -0, unit: '' } }),
  { resourceType: 'Observation', code: LONG, valueQuantity: [] },
]

const MANY = 5000

/** What is odd, and 5,000 results of one day that have one name. */
function oddSession(): FakeSession {
  const session = new FakeSession()
  const base = session.entries.find(({ summary }) => summary.kind === 'lab-result')
  if (base === undefined) throw new Error('The fake record has no result')
  const odd = ODD_RESOURCES.map((resource, index) => entryOf(base, resource, `odd-${index}`))
  const same = readOf(base, observation('Same day', { valueQuantity: { value: 5, unit: 'mmol/L' } }))
  const many = Array.from({ length: MANY }, (_, index) => ({
    ...same,
    summary: { ...same.summary, id: entryId(`many-${index}`) },
  }))
  session.entries = [...odd, ...many]
  return session
}

function readOf(base: EntryDetail, resource: object): EntryDetail {
  const { id, source } = base.summary
  const original = JSON.stringify(resource)
  return { ...base, original, summary: { ...readResource(parseObject(original)).parts, id, source } }
}

function entryOf(base: EntryDetail, resource: object, id: string): EntryDetail {
  const read = readOf(base, resource)
  return { ...read, summary: { ...read.summary, id: entryId(id) } }
}

beforeEach(() => page.viewport(320, 640))

const widthOver = (root: HTMLElement) =>
  [...root.querySelectorAll('*')]
    // What scrolls by itself may be wider inside; so may what is cut off on purpose.
    .filter(element => element.closest('[tabindex="0"], svg') === null)
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !isCut(element))
    .map(element => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`)

function isCut(element: Element): boolean {
  for (let each: Element | null = element.parentElement; each !== null; each = each.parentElement)
    if (getComputedStyle(each).overflowX !== 'visible') return true
  return false
}

test.each([
  ['record', '/record'],
  ['record section', '/record/results'],
  ['results', '/results'],
  ['trend', '/results/odd-0'],
  ['trend of 5,000 results of one day', '/results/many-7'],
  ['entry', '/entry/odd-0'],
  ['timeline', '/timeline'],
])('the page of the %s stands with nonsense in it, and is no wider than 320 px', async (_, path) => {
  const { root } = drawPage(path, oddSession())
  await expect.element(page.elementLocator(root).getByRole('heading', { level: 1 })).toBeVisible()
  await expect.poll(() => root.querySelectorAll('h2, li, td, dd').length, { timeout: 30_000 }).toBeGreaterThan(0)
  await expect.poll(() => widthOver(root)).toEqual([])
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(root.textContent).not.toMatch(/undefined|NaN|\[object|Invalid Date/)
})

test.each(ODD_RESOURCES.map((resource, index) => [index, resource] as const))(
  'the page of odd resource %i says its name or its kind, its source, and shows the original',
  async index => {
    const session = oddSession()
    const { root } = drawPage(`/entry/odd-${index}`, session)
    await expect.element(page.elementLocator(root).getByRole('heading', { level: 1 })).toBeVisible()
    await expect.element(page.getByText('Where this came from')).toBeVisible()
    expect(widthOver(root)).toEqual([])
    expect(root.textContent).not.toMatch(/undefined|NaN|\[object|Invalid Date/)
  },
)

test('of a resource with two values it is said that there are more than the one that is shown', async () => {
  drawPage('/entry/odd-6', oddSession())
  await expect.element(page.getByText(/5.mmol\/L/).first()).toBeVisible()
  await expect.element(page.getByText(/gives more than one value here/)).toBeVisible()
})

test('beside the axis of a chart stand whole numbers, however large', async () => {
  const { root } = drawPage('/results/odd-0', oddSession())
  const labels = () => [...root.querySelectorAll('svg text[text-anchor="end"][dominant-baseline]')]
  await expect.poll(() => labels().length).toBeGreaterThan(1)
  expect(labels().filter(label => !/^\d\.\d\de\+19$/.test(label.textContent ?? ''))).toEqual([])
  const start = root.querySelector('figure')?.getBoundingClientRect().left ?? NaN
  for (const label of labels()) expect(label.getBoundingClientRect().left).toBeGreaterThanOrEqual(start - 1)
})

test('a search among them finds by each word, in whichever script, at 320 px', async () => {
  const { root } = drawPage('/timeline', oddSession())
  const search = page.getByLabelText('Search')
  await expect.element(search).toBeVisible()
  for (const [text, found] of [
    ['مرحبا', /مرحبا/],
    ['Two val', /^Two values/],
    ['PNEUMONO', /Pneumono/],
  ] as const) {
    await search.fill(text)
    await expect.element(page.getByRole('link', { name: found }).first(), { timeout: 30_000 }).toBeVisible()
    expect(widthOver(root)).toEqual([])
  }
  await search.fill('((((\\')
  await expect.element(page.getByRole('link', { name: /^Two values/ })).not.toBeInTheDocument()
})

test('the results of nonsense have names that axe can read, too', async () => {
  const { root } = drawPage('/results', oddSession())
  await expect.element(page.getByRole('link', { name: /^Two values/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})
