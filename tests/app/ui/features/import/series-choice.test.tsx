import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportPreview, ImportSeries } from '#app/core/import-session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const FILE = new File(['PK'], 'export.zip', { type: 'application/zip' })

const series = (key: string, more: Partial<ImportSeries>): ImportSeries => ({
  key: `HKQuantityTypeIdentifier${key}`,
  name: key,
  readings: 10,
  isByWeek: false,
  from: '2019-01-07',
  to: '2024-03-17',
  isBasic: true,
  isNew: 10,
  alreadyThere: 0,
  ...more,
})

const PREVIEW: ImportPreview = {
  importId: 'f00d0000000000000000000000000009' as ImportId,
  fileName: 'export.zip',
  format: 'apple-health',
  person: { name: '', birthDate: '1970-03-04', looksDifferent: false },
  byKind: [{ kind: 'person', section: 'about-me', isNew: 1, alreadyThere: 0 }],
  series: [
    series('HeartRate', { readings: 1_204_331, isByWeek: true, isNew: 271 }),
    series('ActiveEnergyBurned', { readings: 2_000_000, isByWeek: true, isNew: 270, isBasic: false }),
    series('BodyMass', { isNew: 4, alreadyThere: 6 }),
    series('SomethingUnheardOf', { name: 'Something unheard of', readings: 1, isNew: 1 }),
  ],
  left: [
    { reason: 'this-week', count: 5120, examples: ['HeartRate', 'ActiveEnergyBurned'] },
    { reason: 'copy', count: 1, examples: ['export_cda.xml'] },
    { reason: 'route', count: 12, examples: [] },
    { reason: 'trace', count: 1, examples: [] },
  ],
  newCount: 547,
  alreadyThereCount: 6,
  unusable: [],
  remarks: [],
  cards: [],
}

async function look(preview: ImportPreview) {
  const session = new FakeSession()
  session.nextImport = ok(preview)
  const { root } = drawPage('/import', session)
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  if (input !== null) await userEvent.upload(input, FILE)
  await expect.element(page.getByRole('heading', { name: 'This is in export.zip' })).toBeVisible()
  return { session, root }
}

test('a person chooses what of a phone’s measurements comes in, and sees what does not and why', async () => {
  const { session, root } = await look(PREVIEW)
  let leftOut: readonly string[] | undefined
  const commit = session.commitImport.bind(session)
  session.commitImport = async (importId: ImportId, left?: readonly string[]) => {
    leftOut = left
    return commit(importId)
  }
  await expect.element(page.getByText('About somebody born March 4, 1970; the file does not name them.')).toBeVisible()
  await expect
    .element(page.getByRole('checkbox', { name: /Heart rate.*1,204,331 readings.*by week.*New: 271/ }))
    .toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: /Weight.*Already there: 6/ })).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: /Active energy/ })).not.toBeChecked()
  await expect.element(page.getByText(/5,120 readings of the week that was not over/)).toBeVisible()
  await expect.element(page.getByText(/One copy of the same readings for clinics/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])

  await expect.element(page.getByRole('button', { name: 'Bring in 277 entries' })).toBeVisible()
  await page.getByRole('button', { name: 'Tick all', exact: true }).click()
  await expect.element(page.getByRole('button', { name: 'Bring in 547 entries' })).toBeVisible()
  await page.getByText('Heart rate').first().click()
  await page.getByRole('button', { name: 'Bring in 276 entries' }).click()
  await expect.element(page.getByText(/were brought in/)).toBeVisible()
  expect(leftOut).toEqual(['HKQuantityTypeIdentifierHeartRate'])
})

test('nothing can be brought in where nothing of what is ticked is new', async () => {
  const nothing = series('BodyMass', { isNew: 0, alreadyThere: 10 })
  const left = series('StepCount', { isNew: 3, isBasic: false })
  await look({ ...PREVIEW, byKind: [], series: [nothing, left], newCount: 3 })
  await expect.element(page.getByText('Nothing of what is ticked is new.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Bring in / })).not.toBeInTheDocument()
  await page.getByText('Steps').click()
  await expect.element(page.getByRole('button', { name: 'Bring in 3 entries' })).toBeVisible()
})

test.each([
  ['damaged', 'The packed file is damaged or cut off. Export or download it once more.'],
  ['bomb', 'It holds far more than any health record, as files do that are made to do harm. It was not read.'],
] as const)('an archive that is refused as %s says so in a sentence', async (why, words) => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'archive', why })
  const { root } = drawPage('/import', session)
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  if (input !== null) await userEvent.upload(input, FILE)
  await expect.element(page.getByText(words)).toBeVisible()
})
