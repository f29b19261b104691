import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { namedLike } from '#app/ui/features/patients/find-patients.ts'
import { summaryHtml } from '#app/ui/features/patients/summary-html.ts'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { fillPatients, fillPeople } from '#tests/support/preview/stage.ts'
import { resultOf } from '../results/results-session.ts'

beforeEach(async () => {
  await page.viewport(320, 740)
})

function filled(): FakeSession {
  const session = new FakeSession()
  fillPeople(session)
  fillPatients(session)
  return session
}

const heading = (name: string | RegExp, level?: number) =>
  page.getByRole('heading', { name, ...(level === undefined ? {} : { level }) })

test('patients stand by their end, with time left, sections and news; ended ones by name and day alone', async () => {
  const { root } = drawPage('/patients', filled())
  await expect.element(heading('Anna Jansen')).toBeVisible()
  await expect.element(page.getByText(/born May 2, 1941 · shared since/)).toBeVisible()
  await expect.element(page.getByText(/left: ends (today|tomorrow) at/)).toBeVisible()
  await expect.element(page.getByText('There may be something new since you last looked')).toBeVisible()
  await expect.element(page.getByText('Paused: nothing new comes until they go on.')).toBeVisible()
  await expect.element(page.getByText(/^Tom: ended on/)).toBeVisible()
  expect(page.getByRole('link', { name: 'Tom' }).query()).toBeNull()
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test('a patient whose time is over by this device’s clock alone is not said to have ended', async () => {
  const session = filled()
  const [anna] = session.patients.value
  session.patients.set([{ ...anna!, state: 'ended', endedBy: 'expired', endedAt: anna!.until!, isUnsure: true }])
  drawPage('/patients', session)
  await expect.element(heading('Anna Jansen')).toBeVisible()
  const shared = page.getByRole('region', { name: 'Shared now' })
  await expect.element(shared.getByText(/^By this device’s clock it is over\./)).toBeVisible()
  expect(page.getByText(/Anna Jansen: ended on/).elements()).toHaveLength(0)
})

test('of an ended share it is said what stays, and that can go off the list too', async () => {
  const session = filled()
  const { root } = drawPage('/patients', session)
  const ended = page.getByRole('region', { name: 'Ended' })
  await expect.element(ended.getByText(/^Whose record it was, and when it ended, is all that stays here/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await ended.getByRole('button', { name: 'Take off the list: the record of Tom' }).click()
  await expect.element(page.getByText(/^Tom: ended on/)).not.toBeInTheDocument()
  expect(session.patients.value.some(one => one.shareId === 'r5')).toBe(false)
})

test('one field finds patients by name and entries of all their records, by patient; what is not here is said', async () => {
  const session = filled()
  const [entry] = await session.timelineRows({}, 0, 1)
  session.hits = {
    patients: [{ shareId: 'r1', recordName: 'Anna Jansen', total: 1, entries: entry ? [entry] : [] }],
    notHere: 2,
  }
  drawPage('/patients', session)
  await page.getByLabelText('Find a patient or an entry').fill('gout')
  await expect.element(page.getByText('No patient has a name like this.')).toBeVisible()
  await expect.element(heading('Found in their records')).toBeVisible()
  await page.getByLabelText('Find a patient or an entry').fill('nunez')
  await expect.element(heading(/Óscar/)).toBeVisible()
  await expect.element(page.getByText('One patient', { exact: true })).toBeVisible()
  await expect.element(heading('Found in their records')).toBeVisible()
  await expect.element(page.getByText(/2 patients’ records were not opened/)).toBeVisible()
  const hit = page.getByRole('region', { name: 'Found in their records' }).getByRole('link')
  await expect.element(hit).toHaveAttribute('href', `/shared/r1/entry/${entry?.id}`)
})

test('what was found goes from the screen when it is taken back, with the words still in the field', async () => {
  const session = filled()
  const [entry] = await session.timelineRows({}, 0, 1)
  session.hits = {
    patients: [{ shareId: 'r1', recordName: 'Anna Jansen', total: 1, entries: entry ? [entry] : [] }],
    notHere: 0,
  }
  drawPage('/patients', session)
  await page.getByLabelText('Find a patient or an entry').fill('gout')
  const hits = page.getByRole('region', { name: 'Found in their records' })
  await expect.element(hits.getByRole('link')).toBeVisible()
  session.hits = { patients: [], notHere: 0 }
  session.patients.set(session.patients.value.filter(patient => patient.shareId !== 'r1'))
  await expect.element(hits.getByText(/^Nothing found/)).toBeVisible()
  expect(hits.getByRole('link').elements()).toHaveLength(0)
})

test('a new result of a patient that waits for its explanation is found by name, without its value', async () => {
  const session = filled()
  const base = session.entries.find(({ summary }) => summary.kind === 'lab-result')!
  const day = new Date().toISOString().slice(0, 10)
  const { summary } = resultOf(base, 'Potassium', day, { value: 5.9 }, { flag: 'high' })
  session.hits = { patients: [{ shareId: 'r1', recordName: 'Anna Jansen', total: 1, entries: [summary] }], notHere: 0 }
  session.settings.set({ ...session.settings.value, explainsResults: true })
  drawPage('/patients', session)
  await page.getByLabelText('Find a patient or an entry').fill('potassium')
  const hit = page.getByRole('region', { name: 'Found in their records' }).getByRole('link')
  await expect.element(hit).toHaveAccessibleName(/^Potassium · New: open to see it/)
  session.settings.set({ ...session.settings.value, shownResults: [`${day} /shared/r1 ${summary.id}`] })
  await expect.element(hit).toHaveAccessibleName(/^Potassium · \P{L}*5\.9 mmol/u)
})

test('without the server the list says that it is what this device knew', async () => {
  const session = filled()
  session.checkFailure = { kind: 'unreachable' }
  drawPage('/patients', session)
  await expect.element(page.getByText(/The server cannot be reached now/)).toBeVisible()
})

test('a copy asks why, tells what it means, and only then hands out files', async () => {
  const session = filled()
  session.isCopyTold = false
  const { root } = drawPage('/shared/r1/copy', session)
  await expect.element(heading('Save a copy from the record of Anna Jansen', 1)).toBeVisible()
  expect(page.getByRole('button', { name: 'Save the data (FHIR)' }).query()).toBeNull()
  await page.getByText('Measurements', { exact: true }).last().click()
  await page.getByText('Another reason, written below').click()
  expect(await axeFindings(root)).toEqual([])
  session.copyFailure = { kind: 'reason-needed' }
  await page.getByRole('button', { name: 'Tell the patient and save' }).click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  session.copyFailure = undefined
  await page.getByLabelText(/In your own words/).fill('for the court')
  await page.getByRole('button', { name: 'Tell the patient and save' }).click()
  await expect.element(page.getByText('Mum will be told as soon as this device is connected.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Save the data (FHIR)' })).toBeVisible()
  expect(session.copies).toEqual([{ sections: ['problems', 'medicines'], reason: 'other', note: 'for the court' }])
})

test('the summary says whose record, which sections, as of when, until when and printed by whom', async () => {
  const { root } = drawPage('/shared/r1/summary', filled())
  await expect.element(heading('Summary of the record of Anna Jansen', 1)).toBeVisible()
  for (const fact of ['Whose record', 'Shared by', 'Sections', 'As of', 'Shared', 'Printed by']) {
    await expect.element(page.getByText(fact, { exact: true }).first()).toBeVisible()
  }
  await expect.element(page.getByText('Maria Jansen')).toBeVisible()
  await expect.element(page.getByRole('navigation', { name: 'Sections of this record' })).toBeVisible()
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test('the summary is printed once that is noted for the patient, with nothing before it', async () => {
  const session = filled()
  const printed: unknown[] = []
  vi.spyOn(window, 'print').mockImplementation(
    () => void printed.push([session.noted.length, document.querySelector('[role=dialog]')]),
  )
  onTestFinished(() => void vi.restoreAllMocks())
  drawPage('/shared/r1/summary', session)
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect
    .element(dialog.getByText(/^Mum sees that you printed Problems, Medicines, and Measurements/))
    .toBeVisible()
  await dialog.getByRole('button', { name: 'Tell the patient and print' }).click()
  await expect.poll(() => printed).toEqual([[1, null]])
  expect(session.noted).toMatchObject([
    { what: 'print', sections: ['problems', 'medicines', 'vitals'], reason: 'duty' },
  ])
})

test('in the summary an entry’s name and its date are each read in their own direction', async () => {
  drawPage('/shared/r1/summary', filled())
  const line = page.getByRole('listitem').filter({ hasText: 'Type 2 diabetes' })
  await expect.element(line).toBeVisible()
  expect(line.element().textContent).toMatch(/^\u2068Type 2 diabetes\u2069 · \u2068.*\u2069$/)
  expect(line.element().hasAttribute('dir')).toBe(false)
})

test('the summary says who typed what is not by whose record it is, and that older entries are missing where they are', async () => {
  const session = filled()
  const ask = session.askShared
  session.askShared = (async (id, method, args) => {
    if (method !== 'timelineRows') return ask(id, method, args)
    const [first] = await session.timelineRows({ sections: ['problems'] }, 0, 1)
    const [, , to] = args as unknown as [unknown, number, number]
    const source = { type: 'self', by: { type: 'member', id: 'b', name: 'Bea' } }
    return Array.from({ length: Math.min(to, 2500) }, () => ({ ...first, source }))
  }) as typeof ask
  const { root } = drawPage('/shared/r1/summary', session)
  await expect.poll(() => root.textContent, { timeout: 10_000 }).toContain('Only the newest 2,000 entries stand here.')
  const lines = [...root.querySelectorAll('main li')].filter(one =>
    one.textContent.includes('Added by \u2068Bea\u2069'),
  )
  expect(lines).toHaveLength(2000)
})

test('of the sections of a shared record only the one that is looked at is marked as current', async () => {
  drawPage('/shared/r1/timeline', filled())
  const sections = page.getByRole('navigation', { name: 'Sections of this record' })
  const current = () => sections.element().querySelectorAll('[aria-current]')
  await expect.element(heading('Timeline', 1)).toBeVisible()
  expect(current()).toHaveLength(0)
  await sections.getByRole('link', { name: 'Medicines' }).click()
  await expect.poll(() => [...current()].map(one => one.textContent)).toEqual(['Medicines'])
})

test('notices before and after an end: more time, or let it end; put away they are gone', async () => {
  const session = filled()
  const { root, path } = drawPage('/', session)
  await expect.element(page.getByText(/What Bea Jansen sees of this record ends/)).toBeVisible()
  await expect.element(page.getByText(/What Bea Jansen saw of this record has ended/)).toBeVisible()
  await expect.element(page.getByText(/The record of Anna Jansen ends for you/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Let it end' }).click()
  await expect.element(page.getByText(/What Bea Jansen sees of this record ends/)).not.toBeInTheDocument()
  fillPatients(session)
  await page.getByRole('link', { name: 'Give more time' }).click()
  await expect.poll(path).toBe('/people/c1/share/s1')
})

test('who declined an offer is not said to have looked until now', async () => {
  const session = filled()
  const over = session.endings.value.flatMap(one => (one.kind === 'share' && one.endingId === 'e3' ? [one] : []))
  session.endings.set(over.map(one => ({ ...one, endedBy: 'declined' })))
  drawPage('/people', session)
  await expect.element(page.getByText(/^Bea Jansen did not want what was offered/)).toBeVisible()
  await expect.element(page.getByText(/They saw nothing of it/)).toBeVisible()
  expect(page.getByText(/does not look at this record any more/).query()).toBeNull()
})

test('a wrong clock is said where ends are chosen, and ends are counted by the server’s', async () => {
  const session = filled()
  const byMs = 5 * 365 * 86_400_000
  session.status.set({ ...session.status.value, problems: [{ kind: 'clock-differs', byMs }] })
  drawPage('/people/c1/share/s1', session)
  await expect.element(page.getByText('The clock of this device is 5 years ahead')).toBeVisible()
  const year = new Date(Date.now() - byMs + 30 * 86_400_000).getFullYear()
  await expect.element(page.getByText(new RegExp(`Ends on .*${year}`)).first()).toBeVisible()
})

test('who looks after patients says so in the settings, or as they accept', async () => {
  const session = new FakeSession()
  fillPeople(session)
  drawPage('/people', session)
  const box = page.getByRole('checkbox', { name: 'I look after patients: keep a list of those who share with me' })
  await page.getByText('I look after patients: keep a list of those who share with me').click()
  // A letter came meanwhile.
  session.shares.set(structuredClone(session.shares.value))
  await expect.element(box).toBeChecked()
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect.poll(() => session.settings.value.looksAfterPatients).toBe(true)
})

test('namedLike() knows names without case and accents; summaryHtml() lets nothing of a record become markup', () => {
  const session = filled()
  expect(namedLike(session.patients.value, 'NUNEZ oscar').map(one => one.shareId)).toEqual(['r3'])
  const words = { title: '<b>', language: 'en', dir: 'ltr', limits: ['&'], empty: '-' }
  const html = summaryHtml(
    words,
    [{ name: 'a', value: '"<img src=x>' }],
    [{ section: 'problems', title: 'P', lines: ['<script>alert(1)</script>'] }],
  )
  expect(html).not.toMatch(/<(b|img|script)[\s>]/)
  expect(new DOMParser().parseFromString(html, 'text/html').querySelectorAll('script, img, b')).toHaveLength(0)
})

test('who looks after patients is led to opening a practice, in words of one', async () => {
  const session = new FakeSession()
  drawApp('/patients', session)
  const open = page.getByRole('link', { name: 'Open a practice' })
  await expect.element(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
  await expect.element(open).not.toBeInTheDocument()
  session.settings.set({ ...session.settings.value, looksAfterPatients: true })
  await open.click()
  await expect.element(page.getByRole('heading', { name: 'Open a practice', level: 1 })).toBeVisible()
  await expect.element(page.getByText(/^Several people treat patients together/)).toBeVisible()
  await expect.element(page.getByLabelText('What the practice is called')).toBeVisible()
  await expect.element(page.getByText(/For a child, a parent/)).not.toBeInTheDocument()
})
