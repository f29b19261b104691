import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportPreview, ToldFile } from '#app/core/import-session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const NAMES = ['clinic.json', 'broken.json', 'scan.pdf', 'letter.pdf', 'columns.csv']
const FILES = NAMES.map(name => new File(['%PDF-1.7'], name))
const TOLD: readonly ToldFile[] = [
  { name: 'clinic.json', format: 'fhir', count: 12 },
  { name: 'broken.json', failure: { kind: 'truncated' } },
  { name: 'scan.pdf', failure: { kind: 'not-supported', what: 'pdf' } },
  { name: 'letter.pdf', failure: { kind: 'not-supported', what: 'pdf' } },
  { name: 'columns.csv', failure: { kind: 'needs-codes', have: [1], total: 2 } },
]
const PREVIEW: ImportPreview = {
  importId: 'f00d0000000000000000000000000009' as ImportId,
  fileName: 'clinic.json',
  format: 'fhir',
  files: TOLD,
  byKind: [{ kind: 'condition', section: 'problems', isNew: 12, alreadyThere: 0 }],
  newCount: 12,
  alreadyThereCount: 0,
  unusable: [],
  remarks: [],
  cards: [],
}

async function choose(root: HTMLElement, files: readonly File[]): Promise<void> {
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  await userEvent.upload(input!, [...files])
}

function sessionWith(preview: ImportPreview): FakeSession {
  const session = new FakeSession()
  session.nextImport = ok(preview)
  return session
}

test('several files are looked over in one preview that names each, and what can only be kept comes after', async () => {
  const { session, root, path } = drawPage('/import', sessionWith(PREVIEW))
  await choose(root, FILES)
  await expect.element(page.getByRole('heading', { name: 'This is in 5 files' })).toBeVisible()
  const list = page.getByRole('list', { name: 'The files' })
  await expect.element(list.getByText('clinic.json')).toBeVisible()
  await expect.element(list.getByText(/It is cut off/)).toBeVisible()
  await expect.element(list.getByText(/Bring it in by itself/)).toBeVisible()
  await expect.element(list.getByText('scan.pdf')).not.toBeInTheDocument()
  await expect.element(page.getByText('2 files can be kept as documents')).toBeVisible()
  await expect.element(page.getByText('letter.pdf')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Bring in 12 entries' }).click()
  await expect.element(page.getByText('12 entries were brought in')).toBeVisible()
  await page.getByRole('button', { name: 'Keep these as documents' }).click()
  await expect.poll(path, { timeout: 20_000 }).toBe('/add/document')
  const chosen = page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
  await expect.element(chosen.nth(1)).toHaveTextContent('letter.pdf')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText('2 documents were saved')).toBeVisible()
  expect(session.papersAsked.map(({ title, files }) => [title, files.length])).toEqual([
    ['scan', 1],
    ['letter', 1],
  ])
  await expect.element(page.getByRole('link', { name: /^letter/ })).toBeVisible()
})

test('where the files can only be kept, the way to that is there at once', async () => {
  const papers: ImportPreview = { ...PREVIEW, files: TOLD.slice(2, 4), byKind: [], newCount: 0 }
  const { root } = drawPage('/import', sessionWith(papers))
  await choose(root, FILES.slice(2, 4))
  await expect.element(page.getByRole('button', { name: 'Keep these as documents' })).toBeVisible()
  await expect.element(page.getByText(/Nothing in/)).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
})

test('several dropped files are read together', async () => {
  drawPage('/import', sessionWith(PREVIEW))
  const button = page.getByRole('button', { name: 'Choose a file' })
  await expect.element(button).toBeVisible()
  const data = new DataTransfer()
  for (const file of FILES) data.items.add(file)
  button.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
  await expect.element(page.getByRole('heading', { name: 'This is in 5 files' })).toBeVisible()
})

test('one letter that is only to be kept is handed on, and may be several pages of one', async () => {
  const session = new FakeSession()
  session.nextImport = { ok: false, failure: { kind: 'not-supported', what: 'pdf' } }
  const { root } = drawPage('/import', session)
  await choose(root, FILES.slice(2, 3))
  await page.getByRole('button', { name: 'Save it as a document' }).click()
  await expect.element(page.getByLabelText('What is it?')).toHaveValue('scan')
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file][multiple]')!, FILES[3]!)
  await expect.element(page.getByLabelText('Each file is a document of its own')).not.toBeChecked()
})

/** Refuses what it is asked for the second time. */
class RefusingSession extends FakeSession {
  override addPaper(...[paper]: Parameters<FakeSession['addPaper']>): ReturnType<FakeSession['addPaper']> {
    if (this.papersAsked.length === 1) this.nextPaperFailure = { kind: 'paper-type', name: 'letter.pdf' }
    return super.addPaper(paper)
  }
}

test('where one of several documents is refused, those before it are saved and it is still chosen', async () => {
  const session = new RefusingSession()
  session.nextImport = ok({ ...PREVIEW, files: TOLD.slice(2, 4), byKind: [], newCount: 0 })
  const { root } = drawPage('/import', session)
  await choose(root, FILES.slice(2, 4))
  await page.getByRole('button', { name: 'Keep these as documents' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText(/letter.pdf is not a PDF/)).toBeVisible()
  const chosen = page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
  expect(chosen.elements().map(each => each.textContent)).toEqual(['letter.pdf'])
  await expect.element(page.getByLabelText('What is it?')).toHaveValue('letter')
})
