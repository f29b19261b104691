import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { scheduleText } from '#schema/medicines/schedule.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

/** Pages are loaded when they are first visited. */
const LOADED = { timeout: 30_000 }

const TAKEN = '2026-11-01T08:00:00Z'
const PILL: EntryFields = {
  kind: 'medicine',
  name: 'Metformin',
  status: 'taking',
  schedule: scheduleText({ unit: 'tablet', steps: [{ rhythm: { type: 'times', times: ['08:00'] }, dose: 1 }] }),
}

/** Somebody at `path` of a record with these entries. */
async function somebodyAt(path: string, entries: readonly EntryFields[] = []) {
  const session = new FakeSession()
  session.entries = []
  const ids: string[] = []
  for (const fields of entries) {
    const added = await session.addEntry(fields)
    if (added.ok) ids.push(added.value)
  }
  const at = path.replace('{id}', ids[0] ?? '')
  const { root } = drawApp(at, session)
  const follow = async (href: string) => {
    const link = () => root.querySelector<HTMLAnchorElement>(`main a[href="${href.replace('{id}', ids[0] ?? '')}"]`)
    await expect.poll(link, LOADED).not.toBeNull()
    link()?.click()
  }
  return { session, at, follow }
}

const where = () => location.pathname + location.search
const save = page.getByRole('button', { name: 'Save', exact: true })
const goBack = async () => {
  await expect.element(save, LOADED).toBeVisible()
  await page.getByRole('link', { name: 'Back', exact: true }).click()
}

test.each<[form: string, from: string, entries?: readonly EntryFields[]]>([
  ['/add/task', '/plan', [PILL]],
  ['/add/appointment', '/plan', [PILL]],
  ['/add/goal', '/plan'],
  ['/add/medicine', '/medicines'],
  ['/add/measure', '/track'],
  ['/add/symptom', '/track/symptoms'],
  ['/add/condition', '/record/problems'],
  ['/add/lab-result', '/record/results'],
  ['/add/document', '/record/documents'],
  ['/add/weight', '/track/weight', [{ kind: 'weight', weightKg: 70, takenAt: TAKEN }]],
  ['/add/note', '/add'],
  ['/entry/{id}/edit', '/entry/{id}', [{ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }]],
  ['/entry/{id}/note', '/entry/{id}', [{ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }]],
  ['/add/document?about={id}', '/entry/{id}', [{ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }]],
  ['/medicines/{id}/dose', '/entry/{id}', [PILL]],
  ['/medicines/{id}/stock', '/entry/{id}', [PILL]],
])('“Back” on %s leads to %s, where somebody came from', async (form, from, entries) => {
  const { at, follow } = await somebodyAt(from, entries)
  await follow(form)
  await goBack()
  await expect.poll(where, LOADED).toBe(at)
})

test.each([
  ['/add/task', '/add'],
  ['/add/measure', '/add'],
  ['/add/document', '/add'],
  ['/entry/{id}/edit', '/entry/{id}'],
  ['/medicines/{id}/dose', '/entry/{id}'],
  ['/questionnaires/phq-9', '/questionnaires'],
])('“Back” on %s leads to %s for who came by its address', async (form, parent) => {
  const { session } = await somebodyAt(form, [PILL])
  await goBack()
  await expect.poll(where, LOADED).toBe(parent.replace('{id}', session.entries[0]?.summary.id ?? ''))
})

test('what was saved leads back to the page that the form was opened from', async () => {
  const { follow } = await somebodyAt('/plan', [PILL])
  await follow('/add/task')
  await page.getByLabelText('What is to be done?').fill('Walk')
  await save.click()
  await expect.poll(where, LOADED).toBe('/plan')
  await expect.element(page.getByText('Saved on this device').first()).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Walk' })).toBeVisible()
})

test('answers lead to what they add up to', async () => {
  const { follow } = await somebodyAt('/questionnaires')
  await follow('/questionnaires/gad-7')
  const asked = page.getByRole('radiogroup', { name: /^Trouble relaxing/ })
  await asked.getByRole('radio', { name: 'Several days' }).click({ force: true })
  await save.click()
  await expect.poll(where, LOADED).toMatch(/^\/entry\/own-/)
})

test('what was edited leads back to its page, opened from there', async () => {
  const { at, follow } = await somebodyAt('/entry/{id}', [PILL])
  await follow('/entry/{id}/edit')
  await page.getByLabelText('Name of the medicine').fill('Metformin 850')
  await save.click()
  await expect.poll(where, LOADED).toBe(at)
})

test('whoever chose what to add, or came by the form’s address, sees what has become of it', async () => {
  const { follow } = await somebodyAt('/add')
  await follow('/add/condition')
  await page.getByLabelText('What is it called?').fill('Asthma')
  await save.click()
  await expect.poll(where, LOADED).toMatch(/^\/entry\/own-/)
})

test('files at what was just written lead to it, not to where one chooses what to add', async () => {
  const { follow } = await somebodyAt('/add')
  await follow('/add/condition')
  await page.getByLabelText('What is it called?').fill('Asthma')
  await page.getByRole('button', { name: 'Attach a photo or PDF too' }).click()
  await expect.element(page.getByText(/It will belong to/), LOADED).toBeVisible()
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await expect.poll(where, LOADED).toMatch(/^\/entry\/own-/)
})
