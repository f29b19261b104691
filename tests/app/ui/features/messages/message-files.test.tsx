import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ShownFile } from '#app/core/file-session.ts'
import { FileId } from '#schema/ids.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { detailOf, messageOf, messagesSession, PLACE, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const ID = FileId.parse('3'.repeat(32))!
const LETTER: ShownFile = {
  id: ID,
  name: 'A letter with a very long name from the hospital of Saint Mary.pdf',
  type: 'application/pdf',
  bytes: 2_000_000,
  hasPreview: false,
}

async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(40, 60)
  canvas.getContext('2d')?.fillRect(0, 0, 20, 20)
  return canvas.convertToBlob({ type: 'image/png' })
}

async function attach(root: HTMLElement, files: File[]): Promise<void> {
  await expect.element(page.getByRole('button', { name: 'Attach a photo or file' })).toBeVisible()
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file][multiple]')!, files)
}

const theirs = (file: ShownFile) => detailOf({ messages: [messageOf('b~0', '', { files: [file] })] })

test('a chosen file goes along, also without words; one that was taken off does not, and the draft keeps what was chosen', async () => {
  const session = messagesSession()
  const first = drawPage(THREAD_PATH, session)
  await attach(first.root, [new File(['a'], 'page 1.txt'), new File(['b'], 'wrong.txt')])
  await page.getByRole('button', { name: 'Take off wrong.txt' }).click()
  await expect.element(page.getByText('wrong.txt')).not.toBeInTheDocument()
  expect(session.letGo).toHaveLength(1)
  await expect.poll(() => session.drafts.size).toBe(1)
  expect(await axeFindings(first.root)).toEqual([])
  first.root.remove()
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('page 1.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => session.sent).toMatchObject([{ text: '', files: [expect.stringMatching(/^[0-9a-f]{32}$/)] }])
  await expect.element(page.getByText('page 1.txt')).not.toBeInTheDocument()
})

test('why a file can’t go along is said with its name', async () => {
  const session = messagesSession()
  session.fileFailure = { kind: 'file-too-large', maxMb: 250 }
  const { root } = drawPage(THREAD_PATH, session)
  await attach(root, [new File(['a'], 'film.mp4')])
  await expect.element(page.getByText(/^film\.mp4 is larger than 250 MB/)).toBeVisible()
})

test('a picture that came is drawn at a tap, and can be kept as a document of one’s own', async () => {
  const session = messagesSession()
  session.thread.set(theirs({ ...LETTER, name: 'knee.png', type: 'image/png' }))
  session.file = await picture()
  const { root, path } = drawPage(THREAD_PATH, session)
  await page.getByRole('button', { name: 'Show knee.png' }).click()
  await expect.element(page.getByRole('img', { name: 'knee.png' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Keep in my record: knee.png' }).click()
  await expect.poll(path).toBe('/add/document')
  await expect.element(page.getByRole('list', { name: 'Chosen files' })).toHaveTextContent('knee.png')
})

test('a file that is not all there says so, and what is on its way can be stopped and goes on', async () => {
  const session = messagesSession()
  session.thread.set(theirs(LETTER))
  const { root } = drawPage(THREAD_PATH, session)
  await page.getByRole('button', { name: /^Save a copy of A letter/ }).click()
  await expect.element(page.getByText(/^Not all of it is there yet/)).toBeVisible()
  session.transfers.set([{ id: ID, kind: 'sending', done: 0.5, isStopped: false, problem: 'relay-full' }])
  await expect.element(page.getByText('Goes to your server')).toBeVisible()
  await expect.element(page.getByText(/^The server has no room/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: /^Stop: A letter/ }).click()
  expect(session.stopped).toEqual([ID])
  session.transfers.set([{ id: ID, kind: 'sending', done: 0.5, isStopped: true }])
  await page.getByRole('button', { name: /^Go on: A letter/ }).click()
  expect(session.goneOn).toEqual([ID])
})

test('a health record that came leads to the preview of what would be brought in', async () => {
  const session = messagesSession()
  session.thread.set(theirs({ ...LETTER, name: 'copy.json', type: 'application/json' }))
  session.file = new Blob(['{"resourceType":"Bundle","type":"collection"}'])
  const { path } = drawPage(THREAD_PATH, session)
  await page.getByRole('button', { name: 'Look at it and bring it in: copy.json' }).click()
  await expect.poll(path).toMatch(/^\/import/)
  expect(PLACE.conversationId).toHaveLength(16)
})

test.each(['en', 'ar'] as const)('long names of files fit a narrow window (%s)', async language => {
  const session = messagesSession()
  session.thread.set(theirs(LETTER))
  session.transfers.set([{ id: ID, kind: 'fetching', done: 0.2, isStopped: false }])
  await drawnNarrow(session, language)
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByRole('progressbar')).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
