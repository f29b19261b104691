import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { SeenTwice } from '#app/core/twice-session.ts'
import type { EntrySummary, ImportId } from '#schema/record/entry.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

function shot(id: string, author: string, title = 'Influenza, seasonal'): EntrySummary {
  return {
    id: entryId(id),
    kind: 'immunization',
    section: 'immunizations',
    title,
    when: { text: '2025-10-01', sortAt: instant(Date.UTC(2025, 9, 1)) },
    status: 'past',
    codes: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }],
    source: { type: 'import', importId: id as ImportId, fileName: `${id}.json`, author },
  }
}

function sessionWithPairs(): FakeSession {
  const all = ['a', 'b', 'c', 'd'].map(id => shot(id, `Clinic ${id}`, id < 'c' ? 'Influenza' : 'Tetanus'))
  const session = new FakeSession()
  session.entries = all.map((summary, index) => {
    const original = JSON.stringify({ resourceType: 'Immunization', lotNumber: `LOT-${index}` })
    return { summary, original, conflicts: [], addedAt: instant(0), changedAt: instant(0) }
  })
  const [a, b, c, d] = all
  const pair = (one: EntrySummary, other: EntrySummary): SeenTwice => ({ one, other, why: 'vaccine-and-day' })
  session.nextTwice = [pair(a!, b!), pair(c!, d!)]
  return session
}

test('two entries stand side by side with what differs, and each answer leads on to the next', async () => {
  const { root, session } = drawPage('/seen-twice', sessionWithPairs())
  await expect.element(page.getByText('2 pairs to look at')).toBeVisible()
  const table = page.getByRole('table', { name: 'Influenza' })
  await expect.element(table.getByRole('row', { name: /Written by differs Clinic a Clinic b/ })).toBeVisible()
  await expect.element(table.getByRole('row', { name: /Lot number differs LOT-0 LOT-1/ })).toBeVisible()
  expect(page.getByText('Same vaccine, same day').elements()).toHaveLength(2)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'They are the same: Influenza' }).click()
  await expect.element(page.getByText('Shown as one from now on')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Tetanus' })).toHaveFocus()
  await page.getByRole('button', { name: 'Not the same: Tetanus' }).click()
  await expect.element(page.getByText('Nothing seems to be here twice.')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Seen twice?' })).toHaveFocus()
  expect(session.saidOfTwice).toEqual([
    [entryId('a'), entryId('b'), 'same'],
    [entryId('c'), entryId('d'), 'different'],
  ])
})

test('"Later" says nothing and is there again at the next visit, by keyboard too', async () => {
  const { session } = drawPage('/seen-twice', sessionWithPairs())
  const later = page.getByRole('button', { name: 'Later: Influenza' })
  await expect.element(later).toBeVisible()
  ;(later.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('One pair to look at')).toBeVisible()
  expect(session.saidOfTwice).toEqual([])
  expect(session.nextTwice).toHaveLength(2)
})

test('an answer that cannot be saved says so, and the pair stays', async () => {
  const session = sessionWithPairs()
  drawPage('/seen-twice', session)
  const same = page.getByRole('button', { name: 'They are the same: Influenza' })
  await expect.element(same).toBeVisible()
  session.nextSaveFailure = { kind: 'not-stored', why: 'quota' }
  await same.click()
  await expect.element(same).toBeVisible()
  expect(session.saidOfTwice).toEqual([])
})

test('the timeline leads there when something may be here twice, and a merged row names its sources', async () => {
  const session = sessionWithPairs()
  session.entries = session.entries.map(entry => ({ ...entry, summary: { ...entry.summary, mergedFrom: 2 } }))
  drawPage('/timeline', session)
  await expect.element(page.getByText('from 2 sources').first()).toBeVisible()
  await page.getByRole('link', { name: '2 entries may be here twice' }).click()
  await expect.element(page.getByRole('heading', { name: 'Seen twice?' })).toBeVisible()
})

test('an entry’s page lists what is the same and takes it apart, and says what another version said', async () => {
  const session = sessionWithPairs()
  const [a, b, c] = session.entries
  session.entries = [
    {
      ...a!,
      sameAs: [b!.summary],
      versions: [{ summary: c!.summary, at: instant(Date.UTC(2024, 0, 1)), isNewer: false }],
    },
    b!,
    c!,
  ]
  const { root } = drawPage('/entry/a', session)
  await expect.element(page.getByRole('heading', { name: 'from 2 sources' })).toBeVisible()
  await page.getByText(/^Earlier, /).click()
  await expect.element(page.getByText('Before: Tetanus')).toBeVisible()
  await expect.element(page.getByText('Now: Influenza')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Take apart' }).click()
  await expect.element(page.getByText('They stand apart again')).toBeVisible()
  expect(session.takenApart).toEqual([entryId('a')])
})
