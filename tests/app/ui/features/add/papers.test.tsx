import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { EntryId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { realHeic } from '#tests/support/real-heic.ts'

const PDF = new File(['%PDF-1.7'], 'letter from clinic.pdf', { type: 'application/pdf' })

/** A picture that a browser draws. */
async function photo(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(40, 60)
  canvas.getContext('2d')?.fillRect(0, 0, 20, 20)
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' })
}

async function choose(root: HTMLElement, files: File[]): Promise<void> {
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file][multiple]')!, files)
}

const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()

test('a person adds a letter of two pages and sees it', async () => {
  const { session, root, path } = drawPage('/add')
  await page.getByRole('link', { name: /A document or photo/ }).click()
  await choose(root, [PDF])
  await choose(root, [await photo('page 2.png'), await photo('wrong.png')])
  await page.getByRole('button', { name: 'Remove wrong.png' }).click()
  const list = page.getByRole('list', { name: 'Chosen files' })
  await expect.element(list.getByRole('listitem').nth(1)).toHaveTextContent('page 2.png')
  await expect.element(page.getByLabelText('What is it?')).toHaveValue('letter from clinic')
  await page.getByLabelText('Year').fill('2024')
  await page.getByLabelText(/Who it is from/).fill('St. Mary’s')
  expect(await axeFindings(root)).toEqual([])
  await save()
  await expect.element(page.getByRole('heading', { name: 'letter from clinic' })).toBeVisible()
  expect(path()).toMatch(/^\/entry\//)
  expect(session.papersAsked).toMatchObject([
    { title: 'letter from clinic', date: '2024', from: 'St. Mary’s', keepAsIs: false, isPrivate: false },
  ])
  const picture = page.getByRole('img', { name: 'page 2.png, 2 of 2' })
  await expect.element(picture).toBeVisible()
  await expect.poll(() => (picture.element() as HTMLImageElement).naturalHeight).toBe(60)
  await expect.element(page.getByRole('button', { name: 'Save a copy of letter from clinic.pdf' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a title that a file gave goes with the file, and one that was typed stays', async () => {
  const { root } = drawPage('/add/document')
  const title = page.getByLabelText('What is it?')
  await choose(root, [await photo('wrong.png')])
  await expect.element(title).toHaveValue('wrong')
  await page.getByRole('button', { name: 'Remove wrong.png' }).click()
  await expect.element(title).toHaveValue('')
  await choose(root, [PDF])
  await expect.element(title).toHaveValue('letter from clinic')
  await title.fill('Letter about the knee')
  await page.getByRole('button', { name: 'Remove letter from clinic.pdf' }).click()
  await expect.element(title).toHaveValue('Letter about the knee')
})

test('nothing is said of a field before the first try, and what was chosen stays through a refusal', async () => {
  const session = new FakeSession()
  const { root } = drawPage('/add/document', session)
  await save()
  await expect.element(page.getByText('Choose at least one file.')).toBeVisible()
  expect(session.papersAsked).toEqual([])
  await choose(root, [PDF])
  session.nextPaperFailure = { kind: 'paper-not-clean', name: PDF.name }
  await save()
  await expect.element(page.getByRole('alert').getByText('cannot be taken out', { exact: false })).toBeVisible()
  await page.getByText('Save photos exactly as they are').click()
  session.nextSaveFailure = { kind: 'not-stored', why: 'quota' }
  await save()
  await expect.element(page.getByRole('alert').getByText(/space/).first()).toBeVisible()
  await expect.element(page.getByRole('list', { name: 'Chosen files' })).toHaveTextContent(PDF.name)
  await save()
  await expect.element(page.getByRole('heading', { name: 'letter from clinic' })).toBeVisible()
  expect(session.papersAsked.at(-1)?.keepAsIs).toBe(true)
})

test('saving can be broken off', async () => {
  const session = new FakeSession()
  const wait = Promise.withResolvers<void>()
  session.paperWait = wait.promise
  const cancel = session.cancelImport.bind(session)
  session.cancelImport = async () => {
    session.nextPaperFailure = { kind: 'cancelled' }
    await cancel()
    wait.resolve()
  }
  const { root } = drawPage('/add/document', session)
  await choose(root, [PDF])
  await save()
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '0.3')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByRole('button', { name: 'Save', exact: true })).toBeEnabled()
})

test('a document is attached from an entry’s page, and private as the entry is', async () => {
  const session = new FakeSession()
  const entry = session.entries.find(each => each.summary.kind === 'condition')!
  session.entries = session.entries.map(each =>
    each === entry ? { ...each, summary: { ...each.summary, isPrivate: true } } : each,
  )
  const { root, path } = drawPage(`/entry/${entry.summary.id}`, session)
  await page.getByRole('link', { name: 'Add a document or photo' }).click()
  await expect.element(page.getByText(`It will belong to “${entry.summary.title}”.`)).toBeVisible()
  await expect.element(page.getByText(/^Whoever can see that entry sees this too\./)).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: /private/i })).not.toBeInTheDocument()
  await choose(root, [PDF])
  await save()
  await expect.poll(path).toBe(`/entry/${entry.summary.id}`)
  expect(session.papersAsked).toMatchObject([{ about: entry.summary.id, isPrivate: true }])
})

test('an entry shows its documents, and a document what it belongs to', async () => {
  const session = new FakeSession()
  const [first, second] = session.entries
  session.entries = [
    { ...first!, papers: [second!.summary] },
    { ...second!, about: [first!.summary] },
  ]
  drawPage(`/entry/${first!.summary.id}`, session)
  await page.getByRole('list', { name: 'Documents about this' }).getByRole('link').click()
  await expect.element(page.getByRole('list', { name: 'This belongs to' }).getByRole('link')).toBeVisible()
})

test('what the browser can’t draw, and what can’t be read, say so', async () => {
  const session = new FakeSession()
  const [entry] = session.entries
  const id = entry!.summary.id as EntryId
  session.entries = [
    {
      ...entry!,
      attachments: [
        { index: 0, type: 'image/heic', title: 'a.heic', bytes: 20 },
        { index: 1, type: 'image/jpeg', bytes: 20 },
      ],
    },
  ]
  session.attachments.set(`${id} 0`, new Blob([realHeic()], { type: 'image/heic' }))
  drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText('Safari can', { exact: false })).toBeVisible()
  await expect.element(page.getByText('This file cannot be read.')).toBeVisible()
})

test('a PDF on the page for bringing in is shown the way to become a document', async () => {
  const session = new FakeSession()
  session.nextImport = { ok: false, failure: { kind: 'not-supported', what: 'pdf' } }
  const { root, path } = drawPage('/import', session)
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file]')!, PDF)
  await page.getByRole('button', { name: 'Save it as a document' }).click()
  await expect.poll(path, { timeout: 20_000 }).toBe('/add/document')
})

test('a HEIC photo that this browser cannot draw is kept, and the person is told so before it is saved', async () => {
  const { session, root } = drawPage('/add/document')
  await choose(root, [new File([realHeic()], 'photo.heic', { type: 'image/heic' })])
  await expect.element(page.getByText('They are kept whole all the same', { exact: false })).toBeVisible()
  await save()
  await expect.element(page.getByRole('heading', { name: 'photo' })).toBeVisible()
  expect(session.papersAsked).toHaveLength(1)
})

test('a page is taken out and put back, and the words of a document are corrected', async () => {
  const { session, root } = drawPage('/add/document')
  await choose(root, [PDF, await photo('page 2.png')])
  await page.getByLabelText('What is it?').fill('Letter')
  await save()
  await page.getByRole('button', { name: 'Take out page 2.png' }).click()
  await expect.element(page.getByRole('heading', { name: 'Pages taken out' })).toBeVisible()
  await expect.element(page.getByRole('img', { name: /page 2/ })).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: /^Take out / })).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Put it back' }).click()
  await expect.element(page.getByRole('img', { name: 'page 2.png, 2 of 2' })).toBeVisible()

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabelText('What is it?').fill('Letter about the knee')
  await page.getByLabelText(/Who it is from/).fill('Dr. Okafor')
  await save()
  await expect.element(page.getByRole('heading', { name: 'Letter about the knee' })).toBeVisible()
  expect(session.entries.at(-1)?.fields).toMatchObject({ kind: 'document', from: 'Dr. Okafor' })
})

test('a document is attached to an entry later, found by a word, and taken off again', async () => {
  const { root } = drawPage('/add/document')
  await choose(root, [PDF])
  await page.getByLabelText('What is it?').fill('Letter')
  await save()
  await page.getByRole('button', { name: 'It belongs to something' }).click()
  await page.getByLabelText('Words to look for').fill('hearing')
  const found = page.getByRole('list', { name: 'Entries found' })
  await expect.element(found.getByRole('listitem')).toHaveLength(1)
  expect(await axeFindings(document.body)).toEqual([])
  await found.getByRole('button', { name: /Hearing aid/ }).click()
  const about = page.getByRole('list', { name: 'This belongs to' })
  await expect.element(about.getByRole('link', { name: /Hearing aid/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'No longer attach to Hearing aid' }).click()
  await expect.element(page.getByText('No longer attached.')).toBeVisible()
  await expect.element(about).not.toBeInTheDocument()
})

test('a file that lies at a clinic is fetched after a tap that names the host; elsewhere it is said where', async () => {
  const session = new FakeSession()
  const [entry] = session.entries
  const id = entry!.summary.id as EntryId
  const original = '{"resourceType":"DocumentReference","content":[{"attachment":{"url":"Binary/1"}}]}'
  session.entries = [{ ...entry!, original }]
  session.files = [
    { index: 0, title: 'Discharge letter', host: 'fhir.clinic.example', clinicId: '1' },
    { index: 1, title: 'Scan', host: 'files.other.example' },
    { index: 2, title: 'Film', host: 'plain.example', why: 'insecure' },
    { index: 3, why: 'nowhere' },
    { index: 4, title: 'Note', host: 'fhir.clinic.example', here: id },
  ]
  const { root } = drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText('It lies at files.other.example', { exact: false })).toBeVisible()
  await expect.element(page.getByText('It lies at plain.example, and the way', { exact: false })).toBeVisible()
  await expect.element(page.getByText('does not say where it lies', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Open the document' })).toHaveAttribute('href', `/entry/${id}`)
  expect(await axeFindings(root)).toEqual([])
  expect(session.filesAsked).toEqual([])
  session.nextClinicFailure = 'redirected'
  await page.getByRole('button', { name: 'Fetch from fhir.clinic.example' }).click()
  await expect.element(page.getByRole('alert').getByText('this is not followed', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Fetch from fhir.clinic.example' }).click()
  await expect.element(page.getByText('Saved', { exact: false }).first()).toBeVisible()
  expect(session.filesAsked).toEqual([
    [id, 0],
    [id, 0],
  ])
  await page.getByRole('link', { name: 'Open the document' }).first().click()
  await expect.element(page.getByRole('heading', { name: 'Discharge letter' })).toBeVisible()
})

test('a file is added from the form in which an entry is changed, after what was changed is saved', async () => {
  const session = new FakeSession()
  const added = await session.addEntry({ kind: 'medicine', name: 'Metformin', status: 'taking' })
  if (!added.ok) throw new Error('the fake refused')
  const { path } = drawPage(`/entry/${added.value}/edit`, session)
  await page.getByRole('button', { name: 'Attach a photo or PDF too' }).click()
  await expect.element(page.getByText('It will belong to “Metformin”.')).toBeVisible()
  expect(path()).toMatch(/^\/add\/document/)
})

test('a dose and a fetched box ask for no file: what there is to see belongs to the medicine', async () => {
  const session = new FakeSession()
  const added = await session.addEntry({ kind: 'medicine', name: 'Metformin', status: 'taking' })
  if (!added.ok) throw new Error('the fake refused')
  for (const form of ['dose', 'stock']) {
    const { root } = drawPage(`/medicines/${added.value}/${form}`, session)
    await expect.element(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
    expect(page.getByRole('button', { name: 'Attach a photo or PDF too' }).elements()).toHaveLength(0)
    root.remove()
  }
})
