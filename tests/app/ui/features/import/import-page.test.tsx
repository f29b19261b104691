import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const FILE = new File(['{}'], 'clinic.json', { type: 'application/json' })
const PREVIEW: ImportPreview = {
  importId: 'f00d0000000000000000000000000009' as ImportId,
  fileName: 'clinic.json',
  format: 'fhir',
  byKind: [{ kind: 'condition', section: 'problems', isNew: 0, alreadyThere: 3 }],
  newCount: 0,
  alreadyThereCount: 3,
  unusable: [],
  remarks: [],
  cards: [],
}

/** Once the page is drawn: the picker itself belongs to the browser. */
async function choose(root: HTMLElement): Promise<void> {
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  if (input !== null) await userEvent.upload(input, FILE)
}

test('a person looks a file over, brings it in, and takes it back as one step', async () => {
  const { session, root } = drawPage('/import')
  await choose(root)
  const title = page.getByRole('heading', { name: 'This is in clinic.json' })
  await expect.element(title).toBeVisible()
  // The name goes on where the words end, and does not stand in a column of its own.
  const name = title.element().querySelector('strong')
  expect(getComputedStyle(name!.parentElement!).display).not.toBe('flex')
  await expect.element(page.getByRole('row', { name: /Test results 118 0/ })).toBeVisible()
  await expect.element(page.getByText('One item cannot be used')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Bring in 128 entries' }).click()
  await expect.element(page.getByText('128 entries were brought in')).toBeVisible()
  await page.getByRole('button', { name: 'Take it back: clinic.json' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect.element(page.getByText('128 entries were taken back')).toBeVisible()
  expect((await session.imports()).at(-1)?.isUndone).toBe(true)
})

test('what is new is told by title and date before it comes in', async () => {
  const session = new FakeSession()
  const rows = await session.timelineRows({ kinds: ['condition'] }, 0, 2)
  const told = rows.map((entry, at) => ({ ...entry, title: `Finding ${at}` }))
  session.nextImport = ok({
    ...PREVIEW,
    byKind: [{ kind: 'condition', section: 'problems', isNew: 60, alreadyThere: 3, told }],
    newCount: 60,
  })
  const { root } = drawPage('/import', session)
  await choose(root)
  await page.getByText('See the 60 new ones').click()
  await expect.element(page.getByText('Finding 1')).toBeVisible()
  await expect.element(page.getByText('And 58 more')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a file about somebody else waits for a second look', async () => {
  const session = new FakeSession()
  session.nextImport = ok({ ...PREVIEW, newCount: 3, person: { name: 'Piet Jansen', looksDifferent: true } })
  const { root } = drawPage('/import', session)
  await choose(root)
  const commit = page.getByRole('button', { name: 'Bring in 3 entries' })
  await expect.element(commit).toBeDisabled()
  const why = 'You can bring it in once you have said that it is the same person.'
  await expect.element(commit).toHaveAccessibleDescription(why)
  const box = page.getByText('It is the same person').element().getBoundingClientRect()
  expect(commit.element().getBoundingClientRect().top - box.bottom).toBeLessThan(120)
  await page.getByText('It is the same person').click()
  await expect.element(commit).toBeEnabled()
  await expect.element(page.getByText(why)).not.toBeInTheDocument()
})

test('nobody is asked whose file it is where nothing in it is new', async () => {
  const session = new FakeSession()
  session.nextImport = ok({ ...PREVIEW, person: { name: 'Piet Jansen', looksDifferent: true } })
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText(/already in your record/)).toBeVisible()
  await expect.element(page.getByText('About Piet Jansen')).toBeVisible()
  await expect.element(page.getByText('It is the same person')).not.toBeInTheDocument()
})

test('a page of several says that it is not all, and can be brought in', async () => {
  const session = new FakeSession()
  session.nextImport = ok({ ...PREVIEW, isPartial: true, newCount: 3 })
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText('This is not all of it')).toBeVisible()
  await expect.element(page.getByText(/one page of several/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Bring in 3 entries' })).toBeEnabled()
  expect(await axeFindings(root)).toEqual([])
})

test('the focus is on what comes next: the preview, the end, the way to another file', async () => {
  const { root } = drawPage('/import')
  await choose(root)
  await expect.element(page.getByRole('heading', { name: 'This is in clinic.json' })).toHaveFocus()
  await page.getByRole('button', { name: 'Bring in 128 entries' }).click()
  await expect.element(page.getByRole('heading', { name: '128 entries were brought in' })).toHaveFocus()
  await page.getByRole('button', { name: 'Bring in another file' }).click()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toHaveFocus()
})

test('the picker offers every kind of file that is read', async () => {
  const { root } = drawPage('/import')
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const accepted = root.querySelector<HTMLInputElement>('input[type=file]')?.accept.split(',') ?? []
  for (const ending of ['.json', '.ndjson', '.jsonl', '.phr', '.xml', '.ccda', '.gz'])
    expect(accepted).toContain(ending)
  for (const type of ['application/x-ndjson', 'application/octet-stream']) expect(accepted).toContain(type)
})

test('a file’s name stands in its own direction, and one that was taken back leads nowhere', async () => {
  const session = new FakeSession()
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect
    .element(page.getByRole('heading', { name: 'This is in clinic.json' }).getByText('clinic.json'))
    .toBeVisible()
  expect(root.querySelector('h2 bdi')?.textContent).toBe('clinic.json')
  await page.getByRole('button', { name: 'Bring in 128 entries' }).click()
  await expect.element(page.getByRole('link', { name: 'clinic.json' })).toBeVisible()
  await page.getByRole('button', { name: 'Take it back: clinic.json' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect.element(page.getByRole('link', { name: 'clinic.json' })).not.toBeInTheDocument()
  await expect.element(page.getByText('clinic.json')).toBeVisible()
})

test('a file that is all there already offers nothing to do', async () => {
  const session = new FakeSession()
  session.nextImport = ok(PREVIEW)
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText(/already in your record/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Bring in \d/ })).not.toBeInTheDocument()
})

test.for([
  [{ kind: 'not-json', line: 12 }, /goes wrong in line 12/],
  [{ kind: 'not-fhir' }, /not a FHIR record/],
  [{ kind: 'wrong-version', version: '3.0.2' }, /FHIR 3\.0\.2/],
  [{ kind: 'too-large', maxMb: 200 }, /larger than 200 MB/],
  [{ kind: 'truncated' }, /cut off/],
  [{ kind: 'not-supported', what: 'text' }, /plain text, such as a letter.*as a note/],
  [{ kind: 'not-supported', what: 'image' }, /It is a picture/],
] as const)('a bad file gets a clear sentence: %j', async ([failure, sentence]) => {
  const session = new FakeSession()
  session.nextImport = fail(failure)
  const { root } = drawPage('/import', session)
  await choose(root)
  await expect.element(page.getByText(sentence)).toBeVisible()
  await expect.element(page.getByText('Your record was not changed.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
})

test('a dropped file is read too', async () => {
  drawPage('/import')
  const button = page.getByRole('button', { name: 'Choose a file' })
  await expect.element(button).toBeVisible()
  const data = new DataTransfer()
  data.items.add(FILE)
  button.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
  await expect.element(page.getByText('This is in clinic.json')).toBeVisible()
})

test('beside the field a dropped file opens nothing', async () => {
  drawPage('/import')
  const button = page.getByRole('button', { name: 'Choose a file' })
  await expect.element(button).toBeVisible()
  const data = new DataTransfer()
  data.items.add(FILE)
  const beside = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
  document.body.dispatchEvent(beside)
  expect(beside.defaultPrevented).toBe(true)
  await expect.element(button).toBeVisible()
})

test('from here the way leads to what can be taken out', async () => {
  drawPage('/import')
  const link = page.getByRole('link', { name: 'Choose what to take out' })
  await expect.element(link).toHaveAttribute('href', '/take-out')
})

/** Saves for as long as nobody cancels. */
class SlowSession extends FakeSession {
  readonly #saving = Promise.withResolvers<ReturnType<typeof fail<{ readonly kind: 'cancelled' }>>>()

  override commitImport() {
    return this.#saving.promise
  }

  override async cancelImport(): Promise<void> {
    this.#saving.resolve(fail({ kind: 'cancelled' }))
  }
}

test('saving can be broken off', async () => {
  const { root } = drawPage('/import', new SlowSession())
  await choose(root)
  await page.getByRole('button', { name: 'Bring in 128 entries' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  expect(page.getByText('could not').query()).toBeNull()
})
