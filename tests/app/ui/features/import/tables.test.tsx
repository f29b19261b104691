import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { TableLook, TableMapping } from '#app/core/table-session.ts'
import { setLanguage } from '#app/ui/language/language.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const LOOK: TableLook = {
  fingerprint: '0123456789abcdef01234567',
  header: ['User', 'Date', 'Sugar', 'Mood'],
  rows: [
    ['Ann', '03/04/2026 07:15', '5.6', '3'],
    ['Ben', '04/04/2026 07:15', '5.1', ''],
  ],
  mapping: {
    columns: [{ use: 'person' }, { use: 'when' }, { use: 'glucose' }, { use: 'own' }],
    decimal: '.',
    zone: 'Europe/Berlin',
  },
  doubts: ['unit', 'date-order', 'person', 'columns'],
  people: ['Ann', 'Ben'],
  hasDateOrder: true,
  hasOpenZone: true,
  isRemembered: false,
  isGuessedText: true,
}

const PREVIEW: ImportPreview = {
  importId: 'f00d0000000000000000000000000026' as ImportId,
  fileName: 'sugar.csv',
  format: 'table',
  byKind: [{ kind: 'lab-result', section: 'results', isNew: 1, alreadyThere: 0 }],
  newCount: 1,
  alreadyThereCount: 0,
  unusable: [
    { reason: 'row-not-a-number', count: 5, examples: ['3: one', '4: two', '5: three', '6: four', '17: seventy'] },
  ],
  remarks: [{ reason: 'unusual-value', count: 1 }],
  cards: [],
  series: [],
  left: [],
  table: { ...LOOK, doubts: [], isRemembered: true },
}

/** What the session was told of the columns. */
function watchColumns(session: FakeSession): (TableMapping | undefined)[] {
  const told: (TableMapping | undefined)[] = []
  const preview = session.previewImport.bind(session)
  session.previewImport = async (file, name, columns?: TableMapping) => {
    told.push(columns)
    return preview(file, name)
  }
  return told
}

async function choose(root: HTMLElement): Promise<void> {
  await expect.poll(() => root.querySelector('input[type=file]'), { timeout: 30_000 }).not.toBeNull()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  if (input !== null) await userEvent.upload(input, new File(['a,b\n1,2\n'], 'sugar.csv', { type: 'text/csv' }))
}

test('a person says what the columns are, and what they said is what is read', async () => {
  const session = new FakeSession()
  const told = watchColumns(session)
  session.nextImport = fail({ kind: 'needs-columns', table: LOOK })
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText('The rows are of several people. Choose one.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  const sugar = page.getByRole('group', { name: 'Sugar' })
  await expect.element(sugar.getByText('5.6')).toBeVisible()
  await userEvent.selectOptions(sugar.getByLabelText('Unit'), 'mmol/L')
  await userEvent.selectOptions(page.getByRole('group', { name: 'Mood' }).getByLabelText('This column is'), 'Note')
  await userEvent.selectOptions(page.getByLabelText('How are the dates written?'), 'Day, month, year')
  await userEvent.selectOptions(page.getByLabelText('Whose rows should come in?'), 'Ben')
  session.nextImport = ok(PREVIEW)
  await page.getByRole('button', { name: 'Look it over' }).click()
  await expect.element(page.getByText('Read as an earlier file with the same columns.', { exact: false })).toBeVisible()
  expect(told).toEqual([
    undefined,
    {
      columns: [{ use: 'person' }, { use: 'when' }, { use: 'glucose', unit: 'mmol/L' }, { use: 'note' }],
      decimal: '.',
      zone: 'Europe/Berlin',
      dateOrder: 'day-first',
      person: 'Ben',
    },
  ])
})

test('the preview says how each column was read and every row that cannot be used, and lets the columns be changed', async () => {
  const session = new FakeSession()
  session.nextImport = ok(PREVIEW)
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText('Sugar (Blood glucose)', { exact: false })).toBeVisible()
  await expect.element(page.getByText('row 3: “one”', { exact: false }).first()).toBeVisible()
  await page.getByText('Show all').click()
  await expect.element(page.getByText('row 17: “seventy”')).toBeVisible()
  await expect.element(page.getByText(/^Values far from what most people have: 1/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Change the columns' }).click()
  await expect.element(page.getByRole('heading', { name: 'What do the columns of sugar.csv hold?' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
})

test.for([
  ['ar', 'وحدة غير معروفة. اخترها: لا يُحوَّل شيء.'],
  ['es', 'Hay una unidad que no se conoce. Elígela: no se convierte nada.'],
  ['zh-Hans', '有一个单位不清楚。请选择：不会做任何换算。'],
] as const)('the columns can be told in %s on a small phone', async ([language, sentence]) => {
  await page.viewport(360, 740)
  onTestFinished(async () => {
    await setLanguage('en')
    await page.viewport(1280, 900)
  })
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, language })
  session.nextImport = fail({ kind: 'needs-columns', table: LOOK })
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText(sentence)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
})
