import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RemindOfMedicines } from '#app/ui/record/medicines/reminders.ts'
import { rhythmText } from '#schema/tasks/rhythm.ts'
import { drawView } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 24, 8, 10) })
})
afterEach(() => {
  vi.useRealTimers()
})

async function reminded(isOn: boolean, times: readonly (string | undefined)[]): Promise<readonly string[]> {
  const session = new FakeSession()
  session.entries = []
  if (isOn) await session.keepDraft('/medicines/reminders', 'on')
  for (const [index, time] of times.entries()) {
    const rhythm = { from: '2026-11-20', repeat: { type: 'days', every: 1 }, ...(time && { time }) } as const
    await session.addEntry({ kind: 'task', title: `Task ${index}`, rhythm: rhythmText(rhythm), status: 'active' })
  }
  const shown: string[] = []
  const reminders = {
    isPossible: true,
    isAllowed: () => true,
    ask: async () => true,
    show: async ({ title }: { readonly title: string }) => void shown.push(title),
  }
  drawView(() => <RemindOfMedicines />, session, { reminders })
  await new Promise(resolve => setTimeout(resolve, 500))
  return shown
}

test('a task is reminded of at its time, without its name; one without a time, of later or of long ago is not', async () => {
  expect(await reminded(true, ['08:05', undefined, '08:30', '07:00'])).toEqual(['A task is due'])
})

test('who chose no reminders has none', async () => {
  expect(await reminded(false, ['08:05'])).toEqual([])
})
