import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportPerson, ImportPreview } from '#app/core/import-session.ts'
import { setLanguage } from '#app/ui/language/language.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const person = (place: number, name: string, more: Partial<ImportPerson> = {}): ImportPerson => ({
  place,
  name,
  count: place + 2,
  isChosen: false,
  looksDifferent: false,
  ...more,
})

function previewOf(people: readonly ImportPerson[]): ImportPreview {
  return {
    importId: 'f00d0000000000000000000000000031' as ImportId,
    fileName: 'family.ndjson',
    format: 'fhir',
    byKind: [],
    newCount: 0,
    alreadyThereCount: 0,
    unusable: [],
    remarks: [],
    cards: [],
    people: { people, leftOut: 9 },
  }
}

async function choose(session: FakeSession): Promise<HTMLElement> {
  const { root } = drawPage('/import', session)
  await expect.poll(() => root.querySelector('input[type=file]'), { timeout: 30_000 }).not.toBeNull()
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file]')!, new File(['{}'], 'family.ndjson'))
  return root
}

test('whose entries come in is asked, nobody is chosen, and others are said to stay out', async () => {
  const session = new FakeSession()
  session.nextImport = ok(
    previewOf([
      person(0, 'Maria Jansen', { birthDate: '1957-03-04' }),
      person(1, 'Tom Jansen', { birthDate: '2015-06-01', looksDifferent: true }),
      person(2, '', { reference: 'Patient/77' }),
    ]),
  )
  const root = await choose(session)
  await expect.element(page.getByRole('group', { name: /several people/ })).toBeVisible()
  await expect.element(page.getByText('Somebody whom the file calls Patient/77')).toBeVisible()
  expect(page.getByRole('button', { name: /Bring in/ }).elements()).toEqual([])
  expect(await axeFindings(root)).toEqual([])
  const maria = page.getByRole('checkbox', { name: /Maria Jansen.*born March 4, 1957/ })
  await userEvent.click(page.getByText('born March 4, 1957'))
  await expect.element(maria).toBeChecked()
  await expect.element(page.getByRole('button', { name: 'Bring in 2 entries' })).toBeEnabled()
  await expect.element(page.getByText(/7 entries stay out/)).toBeVisible()
  // Somebody else than the record's own person: asked once more.
  await userEvent.click(page.getByText('Tom Jansen', { exact: true }))
  await expect.element(page.getByText(/The file is about Tom Jansen/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Bring in 5 entries' })).toBeDisabled()
})

test('of hundreds somebody is found by name', async () => {
  onTestFinished(() => setLanguage('en'))
  const session = new FakeSession()
  session.nextImport = ok(previewOf(Array.from({ length: 300 }, (_, place) => person(place, `Person ${place}`))))
  await choose(session)
  await expect.element(page.getByText('And 288 more people. Type a name to find them.')).toBeVisible()
  await page.getByRole('searchbox').fill('person 277')
  await userEvent.click(page.getByText('Person 277'))
  await expect.element(page.getByRole('button', { name: 'Bring in 279 entries' })).toBeVisible()
  await page.getByRole('searchbox').fill('nobody')
  await expect.element(page.getByText('Person 277')).toBeVisible()
})
