import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { EntryDetail } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

function withLab(): FakeSession {
  const session = new FakeSession()
  const lab = session.entries.find(entry => entry.summary.kind === 'lab-result')!
  session.entries = [
    { ...lab, summary: { ...lab.summary, id: entryId('lab') }, original: '{"resourceType":"Observation"}' },
  ]
  return session
}

function noteOf(session: FakeSession): EntryDetail | undefined {
  return session.entries.find(entry => entry.summary.kind === 'annotation' && entry.binnedAt === undefined)
}

const notes = () => page.getByRole('list', { name: 'Notes' })
const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()

test('a person writes a note beside a result that was brought in, edits it and takes it away', async () => {
  const { session, root, path } = drawPage('/entry/lab', withLab())
  await expect.element(page.getByText('No notes yet', { exact: false })).toBeVisible()
  await page.getByRole('link', { name: 'Add a note' }).click()
  await expect.element(page.getByLabelText('Your note')).toBeVisible()
  await expect.element(page.getByText('Keep this entry private', { exact: false })).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
  await save()
  await expect.element(page.getByText('Please fill this in.')).toBeVisible()
  await page.getByLabelText('Your note').fill('Taken after a banana.\nAsk in May.')
  await save()
  await expect.element(notes().getByText('Taken after a banana.', { exact: false })).toBeVisible()
  expect(path()).toBe('/entry/lab')
  expect(noteOf(session)?.fields).toMatchObject({ on: 'lab', text: 'Taken after a banana.\nAsk in May.' })
  expect(await axeFindings(root)).toEqual([])

  await notes().getByRole('link', { name: 'Edit' }).click()
  await page.getByLabelText('Your note').fill('Taken after two bananas.')
  await save()
  await expect.element(notes().getByText('two bananas', { exact: false })).toBeVisible()
  await notes().getByRole('button', { name: 'Move to bin' }).click()
  await expect.element(page.getByText('No notes yet', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.element(notes().getByText('two bananas', { exact: false })).toBeVisible()
})

test('what somebody else wrote can be taken away and not edited, and says who wrote it', async () => {
  const session = withLab()
  await session.addEntry({
    kind: 'annotation',
    on: 'lab',
    text: 'I was there.',
    writtenAt: '2026-03-04T08:20:00+01:00',
  })
  session.entries = session.entries.map(entry =>
    entry.summary.kind === 'annotation'
      ? {
          ...entry,
          summary: { ...entry.summary, source: { type: 'self', by: { type: 'member', id: 'b', name: 'Bea' } } },
        }
      : entry,
  )
  drawPage('/entry/lab', session)
  await expect.element(notes().getByText('Bea', { exact: false })).toBeVisible()
  await expect.element(notes().getByRole('button', { name: 'Move to bin' })).toBeVisible()
  await expect.element(notes().getByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
})

test('the page of a note leads to what it is about', async () => {
  const session = withLab()
  const added = await session.addEntry({
    kind: 'annotation',
    on: 'lab',
    text: 'x',
    writtenAt: '2026-03-04T08:20:00+01:00',
  })
  if (!added.ok) throw new Error('not added')
  const { root, path } = drawPage(`/entry/${added.value}`, session)
  await page.getByRole('link', { name: 'Go to what it is about' }).click()
  expect(path()).toBe('/entry/lab')
  expect(await axeFindings(root)).toEqual([])
})
