import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { KeptMaterial } from '#app/core/material-session.ts'
import { t } from '#app/ui/language/language.ts'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { contactOf, messagesSession } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const KNEE: KeptMaterial = { id: 'ab'.repeat(16), title: 'Knee', text: '![So](bend.png)', files: [] }
const FILE = FileId.parse('cd'.repeat(FileId.size))!
const AT = instant(Date.UTC(2026, 10, 20, 9))

function doctor(materials: readonly KeptMaterial[] = []): FakeSession {
  const session = messagesSession()
  session.people.set({ contacts: ['Bea Sample', 'Cleo', 'Dan'].map(name => contactOf(name)), invitations: [] })
  session.materials.set(materials)
  return session
}

test('what was written is kept without anybody to send it to, and changed', async () => {
  const session = doctor()
  drawPage('/patients/materials', session)
  await button('Keep for use again').click()
  await expect.element(page.getByText('This is needed.').first()).toBeVisible()
  expect(page.getByText('This is needed.').elements()).toHaveLength(2)
  await page.getByLabelText('Title').fill('Knee')
  await page.getByLabelText('Text', { exact: true }).fill('Bend it')
  await button('Keep for use again').click()
  await expect.poll(() => session.materials.value).toMatchObject([{ title: 'Knee', text: 'Bend it', files: [] }])
  await page.getByLabelText('Text', { exact: true }).fill('Bend it gently')
  await button('Save the change').click()
  await expect.poll(() => session.materials.value).toMatchObject([{ text: 'Bend it gently' }])
  expect(session.opened).toEqual([])
})

test('one that is kept goes out with its picture, made ready anew', async () => {
  const session = doctor([
    { ...KNEE, files: [{ id: FILE, name: 'bend.png', type: 'image/png', bytes: 5, hasPreview: false }] },
  ])
  session.file = new Blob(['a picture'], { type: 'image/png' })
  const { path } = drawPage('/patients/materials?to=cleo', session)
  await page.getByLabelText('Begin with one of mine').selectOptions('Knee')
  await expect.element(page.getByLabelText('Title')).toHaveValue('Knee')
  await expect.element(page.getByText('bend.png', { exact: true })).toBeVisible()
  await button('Send it').click()
  await expect.poll(path).toMatch(/^\/messages\//)
  expect(session.opened).toMatchObject([{ contactId: 'cleo', data: { title: 'Knee', files: [{}] } }])
  expect(session.opened[0]?.data['files']).not.toEqual([{ fileId: FILE }])
})

test('it goes to nobody while one of its files is not here', async () => {
  const session = doctor([
    { ...KNEE, files: [{ id: FILE, name: 'bend.png', type: 'image/png', bytes: 5, hasPreview: false }] },
  ])
  drawPage(`/patients/materials?to=cleo&from=${KNEE.id}`, session)
  await expect.element(page.getByRole('alert').getByText(/bend\.png/)).toBeVisible()
  await button('Send it').click()
  await expect.element(page.getByRole('alert').getByText(/bend\.png/)).toBeVisible()
  expect(session.opened).toEqual([])
})

test('what is written and kept nowhere goes only after a question', async () => {
  const session = doctor([KNEE, { ...KNEE, id: 'cd'.repeat(16), title: 'Sleep' }])
  drawPage('/patients/materials', session)
  const choice = page.getByLabelText('Begin with one of mine')
  await page.getByLabelText('Title').fill('Unkept')
  await choice.selectOptions('Knee')
  await button('Cancel').click()
  await expect.element(page.getByLabelText('Title')).toHaveValue('Unkept')
  await expect.element(choice).toHaveDisplayValue('Something new')
  await choice.selectOptions('Knee')
  await button('Drop it').click()
  await expect.element(page.getByLabelText('Title')).toHaveValue('Knee')
  // That one is kept: nothing is lost.
  await choice.selectOptions('Sleep')
  await expect.element(page.getByLabelText('Title')).toHaveValue('Sleep')
})

test('a picture that the text does not show is put into it by a press, whatever it is called', async () => {
  const { root } = drawPage('/patients/materials', doctor())
  await page.getByLabelText('Text', { exact: true }).fill('Bend it')
  const input = root.querySelector('input[type="file"]')!
  const picture = (name: string) => new File(['x'], name, { type: 'image/png' })
  await userEvent.upload(input, [picture('my [left] knee.png'), picture('a) b.png')])
  await button('Show it in the text: my [left] knee.png').click()
  const text = page.getByLabelText('Text', { exact: true })
  await expect.element(text).toHaveValue('Bend it\n\n![my  left  knee](my [left] knee.png)')
  expect(page.getByRole('button', { name: /^Show it in the text/ }).elements()).toEqual([])
})

test('whoever could not be reached is named, stays ticked, and is the only one of the next press', async () => {
  const session = doctor()
  const { path } = drawPage('/patients/materials?to=cleo', session)
  await page.getByText('A web page').click()
  await page.getByLabelText('Title').fill('Knee')
  await page.getByLabelText('Address of the page').fill('https://example.org/knee')
  await page.getByText('Dan').click()
  session.failsFor = 'dan'
  await button('Send it').click()
  await expect.element(page.getByRole('alert').getByText(/^Not sent to Dan\./)).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: 'Cleo' })).not.toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: 'Dan' })).toBeChecked()
  session.failsFor = undefined
  await button('Send it').click()
  await expect.poll(path).toMatch(/^\/messages\//)
  expect(session.opened.map(({ contactId }) => contactId)).toEqual(['cleo', 'dan'])
})

function asthma(more: Partial<EntrySummary> = {}): EntrySummary {
  return {
    id: 'a' as EntryId,
    kind: 'condition',
    section: 'problems',
    title: 'Asthma bronchiale',
    status: 'active',
    source: { type: 'self' },
    codes: [],
    ...more,
  }
}

test.each(['en', 'ar'] as const)('patients are found by a condition, and none is ticked by it (%s)', async language => {
  const session = doctor()
  await drawnNarrow(session, language)
  session.patients.set([
    {
      shareId: 's1',
      contactId: 'cleo',
      recordName: 'Cleo',
      since: AT,
      sections: ['problems'],
      state: 'going',
      mayHaveNews: false,
    },
  ])
  session.conditionHits = {
    patients: [
      { shareId: 's1', contactId: 'cleo', recordName: 'Cleo', total: 1, entries: [asthma()] },
      { shareId: 's2', contactId: 'dan', recordName: 'Emil', total: 1, entries: [asthma({ status: 'past' })] },
      { shareId: 's3', contactId: 'gone', recordName: 'Gone', total: 1, entries: [asthma()] },
    ],
    notHere: 0,
    notShared: 1,
  }
  const { root, path } = drawPage('/patients/materials?to=bea-sample', session)
  await page.getByText(t('materials.what.topic')).click()
  await page.getByLabelText(t('materials.topic')).selectOptions(language === 'en' ? 'Asthma' : 'الربو')
  await page.getByText(t('materials.findBy.condition')).click()
  await expect.element(page.getByText(t('materials.condition.found', { count: 2 }))).toBeVisible()
  expect(session.conditionsAsked.at(-1)).toMatchObject({
    snomed: expect.arrayContaining(['195967001']),
    icd10: expect.arrayContaining(['J45']),
  })
  await expect.element(page.getByText(t('materials.condition.notShared', { count: 1 }))).toBeVisible()
  await expect.element(page.getByText(t('materials.goesTo', { name: 'Dan' }))).toBeVisible()
  await expect.element(page.getByText(`Asthma bronchiale · ${t('status.past')}`)).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: /Cleo/ })).not.toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: 'Bea Sample' })).toBeChecked()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
  await page.getByText('Cleo', { exact: true }).click()
  await expect.element(page.getByRole('checkbox', { name: /Cleo/ })).toBeChecked()
  await page.getByLabelText(t('materials.name')).fill('Asthma')
  await button(t('materials.send')).click()
  await expect.poll(path).toBe('/patients')
  expect(session.opened.map(({ contactId }) => contactId)).toEqual(['bea-sample', 'cleo'])
})

test('what is kept stands beside the templates, leads to the page that gives it, and is deleted after a question', async () => {
  const session = doctor([KNEE])
  session.patients.set([])
  const { root, path } = drawPage('/patients/answers', session)
  const card = page.getByRole('region', { name: 'My materials' })
  await expect.element(card.getByRole('heading', { name: 'Knee' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button('Delete “Knee”').click()
  await userEvent.keyboard('{Escape}')
  expect(session.materials.value).toHaveLength(1)
  await button('Delete “Knee”').click()
  await button('Delete').click()
  await expect.element(card.getByText(/^Nothing kept yet/)).toBeVisible()
  session.materials.set([KNEE])
  await card.getByRole('link', { name: 'Give or change “Knee”' }).click()
  await expect.poll(path).toBe(`/patients/materials?from=${KNEE.id}`)
  await expect.element(page.getByLabelText('Title')).toHaveValue('Knee')
})
