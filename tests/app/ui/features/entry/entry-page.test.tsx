import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { ReceivedShare } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

const ORIGINAL = JSON.stringify({
  resourceType: 'Observation',
  text: { status: 'generated', div: '<div><p>HbA1c <b>6.8</b></p><script>window.hacked = true</script></div>' },
  valueQuantity: { value: 6.8, unit: '%' },
  extension: [{ url: 'http://example.org/odd', valueString: 'kept all the same' }],
})

function sessionWith(change: Partial<EntryDetail>): FakeSession {
  const session = new FakeSession()
  const lab = session.entries.find(entry => entry.summary.kind === 'lab-result')!
  const codes = [{ system: 'http://loinc.org', code: '4548-4', display: 'Hemoglobin A1c' }]
  session.entries = [{ ...lab, summary: { ...lab.summary, id: entryId('lab'), codes }, ...change }]
  return session
}

test('an imported entry shows its source, its codes and every property of its original', async () => {
  const { root } = drawPage('/entry/lab', sessionWith({ original: ORIGINAL }))
  await expect.element(page.getByText('st-marys-hospital.json')).toBeVisible()
  await expect.element(page.getByText('LOINC 4548-4')).toBeVisible()
  await page.getByText('Show every detail').click()
  await expect.element(page.getByText('kept all the same')).toBeVisible()
  await expect.element(page.getByText('HbA1c 6.8', { exact: true })).toBeVisible()
  expect(root.querySelector('script')).toBeNull()
  expect(await axeFindings(root)).toEqual([])
})

test('a measurement leads to how it went over time, and a symptom to the diary', async () => {
  const session = new FakeSession()
  const added = [
    await session.addEntry({ kind: 'measure', measure: 'own', name: 'Knee bend', value: 85, takenAt: '2026-11-24' }),
    await session.addEntry({ kind: 'symptom', name: 'Headache', severity: 6, takenAt: '2026-11-24' }),
  ]
  const [measure, symptom] = added.map(each => (each.ok ? each.value : ''))
  drawPage(`/entry/${measure}`, session)
  await expect
    .element(page.getByRole('link', { name: 'Over time, with goal and means' }))
    .toHaveAttribute('href', '/track/own?name=knee+bend')
  drawPage(`/entry/${symptom}`, session)
  await expect.element(page.getByRole('link', { name: 'Symptoms' })).toHaveAttribute('href', '/track/symptoms')
})

test('an imported allergy says what happens and how bad it is without anything being opened', async () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    reaction: [{ manifestation: [{ text: 'Swollen throat' }], severity: 'severe' }],
    note: [{ text: 'Carries <b>adrenaline</b>' }],
  }
  const first = drawPage('/entry/lab', sessionWith({ original: JSON.stringify(allergy) }))
  await expect.element(page.getByText('Swollen throat')).toBeVisible()
  await expect.element(page.getByText('Severe', { exact: true })).toBeVisible()
  await expect.element(page.getByText('Carries <b>adrenaline</b>')).toBeVisible()
  expect(await axeFindings(first.root)).toEqual([])
})

test('an imported allergy whose reaction stands large at the top says it once', async () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    reaction: [{ manifestation: [{ text: 'Hives' }], severity: 'mild' }],
  }
  const session = sessionWith({ original: JSON.stringify(allergy) })
  const [entry] = session.entries
  session.entries = [{ ...entry!, summary: { ...entry!.summary, value: { type: 'text', text: 'Itching, Hives' } } }]
  const { root } = drawPage('/entry/lab', session)
  await expect.element(page.getByText('Mild', { exact: true })).toBeVisible()
  expect(root.querySelector('dl')?.textContent).not.toContain('Hives')
})

test('an imported result says its range and its flag, a medicine how to take it', async () => {
  const result = {
    ...JSON.parse(ORIGINAL),
    interpretation: [{ coding: [{ code: 'H' }] }],
    referenceRange: [{ low: { value: 4, unit: '%' }, high: { value: 5.6, unit: '%' } }],
    dosageInstruction: [{ text: 'One in the morning' }],
  }
  const session = sessionWith({ original: JSON.stringify(result) })
  const [entry] = session.entries
  session.entries = [{ ...entry!, summary: { ...entry!.summary, flag: 'high' } }]
  drawPage('/entry/lab', session)
  await expect.element(page.getByText('High', { exact: true })).toBeVisible()
  await expect.element(page.getByText('Above this lab’s range')).toBeVisible()
  await expect.element(page.getByText(/4.*5\.6/)).toBeVisible()
  await expect.element(page.getByText('One in the morning')).toBeVisible()
})

test('a document can be read in its own words, its tables by keyboard, and nothing in it runs', async () => {
  const div = (inner: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`
  const table =
    '<table><caption>Taken daily</caption><thead><tr><th>Drug</th></tr></thead><tbody><tr><td onclick="window.hacked=1">Aspirin</td></tr></tbody></table>'
  const original = JSON.stringify({
    resourceType: 'Composition',
    section: [
      { title: 'Medicines', text: { div: div(`${table}<script>window.hacked = true</script>`) } },
      { title: 'Plan', text: { div: div('<ul><li>Walk</li></ul><img src="https://example.org/x.png"/>') } },
    ],
  })
  const { root } = drawPage('/entry/lab', sessionWith({ original }))
  await expect.element(page.getByRole('heading', { name: 'Medicines' })).toBeVisible()
  await expect.element(page.getByRole('cell', { name: 'Aspirin' })).toBeVisible()
  await expect.element(page.getByRole('listitem').filter({ hasText: 'Walk' })).toBeVisible()
  expect(root.querySelectorAll('script, img, [onclick]')).toHaveLength(0)
  expect('hacked' in window).toBe(false)
  expect(await axeFindings(root)).toEqual([])
})

test('an entry from a file cannot be edited, one typed by hand can', async () => {
  drawPage('/entry/lab', sessionWith({ original: ORIGINAL }))
  await expect.element(page.getByRole('button', { name: 'Move to bin' })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
})

test('what was typed is shown in plain words and the reader’s units', async () => {
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, units: 'imperial' })
  const fields = { kind: 'weight', takenAt: '2026-05-01T08:10:00Z', weightKg: 71.4, note: 'after tea' } as const
  const added = await session.addEntry(fields)
  const { root } = drawPage(`/entry/${added.ok ? added.value : ''}`, session)
  await expect.element(page.getByText('157.4 lb').first()).toBeVisible()
  await expect.element(page.getByText('after tea')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Edit' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('moving to the bin says so and can be undone', async () => {
  const { session, path } = drawPage('/entry/lab', sessionWith({}))
  await page.getByRole('button', { name: 'Move to bin' }).click()
  await expect.poll(path, { timeout: 5_000 }).toBe('/timeline')
  expect(session.entries[0]?.binnedAt).toBeDefined()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => session.entries[0]?.binnedAt).toBeUndefined()
})

test('an address that names nothing says so', async () => {
  drawPage('/entry/no-such-entry')
  await expect.element(page.getByRole('heading', { name: 'No such entry' })).toBeVisible()
})

test('the bin shows how long is left and gives back', async () => {
  const session = sessionWith({})
  await session.binEntry(entryId('lab'))
  const { root } = drawPage('/bin', session)
  await expect.element(page.getByText('30 days left')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Restore: Hemoglobin A1c' }).click()
  await expect.element(page.getByText('The bin is empty')).toBeVisible()
  expect(session.entries[0]?.binnedAt).toBeUndefined()
})

const RECEIVED: ReceivedShare = {
  shareId: 'r1',
  contactId: 'c1',
  contactName: 'Ana',
  recordName: 'Ana',
  sections: ['results'],
  role: 'read',
  state: 'accepted',
  isPaused: false,
}
const BEA = { type: 'member', id: 'be'.repeat(32), name: 'Bea' } as const
const AT = [instant(Date.UTC(2026, 10, 1)), instant(Date.UTC(2026, 10, 2))] as const

/** A condition that Bea typed and this person changed, with a name that both set at once. */
function typedByTwo(): Partial<EntryDetail> {
  const fields = { kind: 'condition', name: 'Mild asthma', clinicalStatus: 'active' } as const
  const candidates = [
    { value: 'Mild asthma', changedAt: AT[1], by: BEA },
    { value: 'Severe asthma', changedAt: AT[1], by: { type: 'you', device: 'Ana’s phone' } },
  ] as const
  return {
    fields,
    addedAt: AT[0],
    changedAt: AT[1],
    addedBy: BEA,
    changedBy: { type: 'you', device: 'Ana’s phone' },
    conflicts: [{ field: 'name', candidates }],
  }
}

test('who added an entry and who changed it last stands with it, and beside each side of a conflict who and which device', async () => {
  const session = sessionWith(typedByTwo())
  const { root } = drawPage('/entry/lab', session)
  await expect.element(page.getByText('“Name” was changed twice at once. Which is right?')).toBeVisible()
  await expect.element(page.getByText(/^Changed .*, by ⁨Bea⁩$/)).toBeVisible()
  await expect.element(page.getByText(/^Changed .*, by you on “⁨Ana’s phone⁩”$/)).toBeVisible()
  expect(root.textContent).toMatch(/Added here.*, by ⁨Bea⁩Corrected.*, by you/)
  expect(await axeFindings(root)).toEqual([])
})

test('whoever may only see is told of both values, and asked for nothing', async () => {
  const session = sessionWith(typedByTwo())
  session.shares.set({ given: [], received: [RECEIVED] })
  drawPage('/shared/r1/entry/lab', session)
  await expect.element(page.getByText('Both are kept until somebody who may change this record chooses.')).toBeVisible()
  await expect.element(page.getByText('Severe asthma')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /is right|bin|Edit/ })).not.toBeInTheDocument()
})

test('a note keeps its lines', async () => {
  const session = new FakeSession()
  const text = 'First line\nSecond line\n\nAfter a gap'
  const added = await session.addEntry({ kind: 'note', title: 'Lines', text, writtenAt: '2026-05-01T08:10:00Z' })
  if (!added.ok) throw new Error('the fake refused')
  const { root } = drawPage(`/entry/${added.value}`, session)
  await expect.element(page.getByRole('heading', { name: 'Lines', level: 1 })).toBeVisible()
  const words = [...root.querySelectorAll<HTMLElement>('p span')].find(each => each.innerText.startsWith('First'))
  expect(words?.innerText).toContain(text)
})

test('a week of very many readings is shown day by day, and says how its numbers came about', async () => {
  const observation = {
    resourceType: 'Observation',
    effectivePeriod: { start: '2024-03-04', end: '2024-03-10' },
    performer: [{ display: 'Kim’s Watch' }],
    component: [
      {
        code: { text: 'By day' },
        valueSampledData: {
          origin: { value: 0, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
          period: 86_400_000,
          dimensions: 3,
          data: '50 75.1234 100 E E E 72 72 72 E E E E E E E E E E E E',
        },
      },
    ],
  }
  const codes = [
    { system: 'http://developer.apple.com/documentation/healthkit', code: 'HKQuantityTypeIdentifierHeartRate' },
    { system: 'http://terminology.hl7.org/CodeSystem/observation-statistics', code: 'average' },
  ]
  const session = sessionWith({ original: JSON.stringify(observation) })
  const [entry] = session.entries
  session.entries = [{ ...entry!, summary: { ...entry!.summary, codes } }]
  const { root } = drawPage('/entry/lab', session)
  await expect.element(page.getByRole('heading', { name: 'Heart rate, mean of a week' })).toBeVisible()
  await expect.element(page.getByText(/^What .*Kim’s Watch.* measured each day/)).toBeVisible()
  await expect.element(page.getByRole('row', { name: /Mar 4, 2024 50 \/min 75.12 \/min 100 \/min/ })).toBeVisible()
  expect(page.getByRole('row').elements()).toHaveLength(3)
  await expect.element(page.getByRole('img', { name: /Heart rate, mean of a week: 2 days/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

/** Names of files handed to the browser, in order. */
function downloads(): string[] {
  const names: string[] = []
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
  onTestFinished(() => click.mockRestore())
  return names
}

function withFile(): FakeSession {
  const file = { index: 0, type: 'application/pdf', title: 'letter.pdf', bytes: 300 } as const
  const session = sessionWith({ original: ORIGINAL, attachments: [file] })
  session.attachments.set(`${entryId('lab')} 0`, new Blob(['%PDF-1.7'], { type: 'application/pdf' }))
  session.shares.set({ given: [], received: [RECEIVED] })
  return session
}

test('of one’s own record a file and an original are saved at a press, and nobody is told', async () => {
  const [session, saved] = [withFile(), downloads()]
  drawPage('/entry/lab', session)
  await page.getByRole('button', { name: 'Save a copy of letter.pdf' }).click()
  await page.getByRole('button', { name: 'Download' }).click()
  await expect.poll(() => saved).toEqual(['letter.pdf', 'resource.json'])
  expect(session.noted).toEqual([])
})

test.each([
  ['Save a copy of letter.pdf', 'letter.pdf'],
  ['Download', 'resource.json'],
])(
  'of a record that somebody shares, “%s” hands out the file once it is noted for them, with a reason',
  async (name, file) => {
    const [session, saved] = [withFile(), downloads()]
    const { root } = drawPage('/shared/r1/entry/lab', session)
    await page.getByRole('button', { name }).click()
    const dialog = page.getByRole('dialog')
    await expect
      .element(dialog.getByText(/^Ana sees that you saved a file from Test results, when, and why\./))
      .toBeVisible()
    expect(await axeFindings(root.ownerDocument.body)).toEqual([])
    session.copyFailure = { kind: 'not-stored', why: 'quota' }
    await dialog.getByText('Needed for the treatment itself').click()
    await dialog.getByRole('button', { name: 'Tell the patient and save' }).click()
    await expect.element(dialog.getByRole('alert')).toBeVisible()
    expect(saved).toEqual([])
    session.copyFailure = undefined
    await dialog.getByRole('button', { name: 'Tell the patient and save' }).click()
    await expect.poll(() => saved).toEqual([file])
    const noted = { what: 'file', sections: ['results'], reason: 'treatment', note: '' }
    expect(session.noted).toEqual([noted])
    await expect.element(page.getByText('Ana has been told.')).toBeVisible()
  },
)

test('a file that cannot be read is not noted as saved', async () => {
  const [session, saved] = [withFile(), downloads()]
  session.attachments.clear()
  drawPage('/shared/r1/entry/lab', session)
  await page.getByRole('button', { name: 'Save a copy of letter.pdf' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Tell the patient and save' }).click()
  await expect.element(page.getByText('This file cannot be read.')).toBeVisible()
  expect([session.noted, saved]).toEqual([[], []])
})
