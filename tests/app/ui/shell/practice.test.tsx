import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'

/** Of one’s own, with somebody’s record or a practice that is called Tim Jansen, in which people share. */
function keeping(change: Partial<KeptRecord>): FakeSession {
  const isPractice = change.relation === 'practice'
  const [session, room] = [new FakeSession(), new FakeSession(isPractice ? { ...OPEN, isPractice } : OPEN)]
  fillKept(session, room)
  fillPeople(room)
  const { records, offers, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, ...change })), offers, past })
  return session
}

test('from the chart of a practice’s patient one comes back to the patients of the practice', async () => {
  drawApp('/kept/k1/shared/r1', keeping({ relation: 'practice' }))
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the patients' }).first().click()
  await expect.element(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
  expect(location.pathname).toBe('/kept/k1/patients')
})
