import { expect, test } from 'vitest'
import { makeWorld } from './record-world.ts'

test('cardEntries() has what holds newest first, and what began on one day or on none by name', async () => {
  const device = await (await makeWorld()).device()
  const added = await device.record.addEntries(
    ['Warfarin', 'Aspirin', 'Metformin', 'Bisoprolol'].map(name => ({
      kind: 'medicine' as const,
      name,
      status: 'taking' as const,
      ...(name === 'Warfarin' ? { since: '2026-01-01' } : name === 'Bisoprolol' ? {} : { since: '2020-05-05' }),
    })),
  )
  expect(added.ok).toBe(true)
  const { entries } = await device.record.cardEntries()
  expect(entries.map(({ summary }) => summary.title)).toEqual(['Warfarin', 'Aspirin', 'Metformin', 'Bisoprolol'])
})
