import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { AttachmentInfo, EntryId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const HTML = `<!DOCTYPE html><html><head><title>No</title><script>window.hacked = 1</script></head><body onload="window.hacked = 2">
  <h2>Course</h2><p>Temperature 38.2&nbsp;&deg;C<p>Much better<img src="https://tracker.example/x.gif" onerror="window.hacked = 3" alt="ECG">
  <table><tr><td>Sodium<td>140</table></body></html>`

/** An entry with one file. */
function sessionWith(content: BlobPart, file: Partial<AttachmentInfo>) {
  const session = new FakeSession()
  const [entry] = session.entries
  const id = entry!.summary.id as EntryId
  session.entries = [{ ...entry!, attachments: [{ index: 0, bytes: 900, ...file }] }]
  session.attachments.set(`${id} 0`, new Blob([content]))
  return { session, id }
}

test('a web page that came with an entry is read there: its words and tables, and nothing that could do something', async () => {
  const { session, id } = sessionWith(HTML, { type: 'text/html', holds: 'words', title: 'Letter' })
  const { root } = drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText('Temperature 38.2\u00A0°C')).toBeVisible()
  await expect.element(page.getByText('Course', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('cell', { name: 'Sodium' })).toBeVisible()
  await expect.element(page.getByText(/Much better \[ECG\]/)).toBeVisible()
  await expect.element(page.getByText(/may load things from the internet/)).toBeVisible()
  expect(root.querySelector('img, script, [onload], [onerror]')).toBeNull()
  expect((window as { hacked?: number }).hacked).toBeUndefined()
  expect(await axeFindings(root)).toEqual([])
})

test('rich and plain text are read there, line by line, and say what is not certain', async () => {
  const rtf = sessionWith(String.raw`{\rtf1\ansi Seen today.\par {\fonttbl{\f1\fcharset2 Symbol;}}Dose 5 {\f1 m}g}`, {
    type: 'text/rtf',
    holds: 'words',
  })
  drawPage(`/entry/${rtf.id}`, rtf.session)
  await expect.element(page.getByText(/Seen today\.\s+Dose 5 \uFFFDg/)).toBeVisible()
  await expect.element(page.getByText(/not certain here/)).toBeVisible()
  await expect.element(page.getByText(/Its words alone/)).toBeVisible()
})

test('of several files each is read once it is opened, and what has no words says so', async () => {
  const { session, id } = sessionWith('Seen today.', { type: 'text/plain', holds: 'words', title: 'note.txt' })
  const [entry] = session.entries
  const second = { index: 1, bytes: 3, type: 'text/plain', holds: 'words', title: 'empty.txt' } as const
  session.entries = [{ ...entry!, attachments: [...entry!.attachments!, second] }]
  session.attachments.set(`${id} 1`, new Blob([' \n ']))
  drawPage(`/entry/${id}`, session)
  await page.getByText('Read it here').nth(1).click()
  await expect.element(page.getByText(/no words that can be shown/)).toBeVisible()
  expect(page.getByText('Seen today.').query()).toBeNull()
  await page.getByText('Read it here').first().click()
  await expect.element(page.getByText('Seen today.')).toBeVisible()
})

test('a file of a kind that is not known is kept and says so', async () => {
  const { session, id } = sessionWith('x', { said: 'image/tiff', title: 'Scan' })
  drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText(/cannot show files of this kind/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Save a copy of Scan' })).toBeVisible()
})

test('a file that is a health record leads to what it would bring in, and is read from the record', async () => {
  const { session, id } = sessionWith('<ClinicalDocument/>', { type: 'text/xml', holds: 'records', title: 'Visit.xml' })
  const { root, path } = drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText('This file is a health record itself.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'See what it would bring in' }).click()
  await expect.element(page.getByRole('heading', { name: 'This is in Visit.xml' })).toBeVisible()
  await expect.poll(path).toBe('/import')
})

test('a file that is not there any more is said to be gone, and nothing is brought in', async () => {
  drawPage('/import?entry=nothing&file=3')
  await expect.element(page.getByText(/Choose the file once more/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
})
