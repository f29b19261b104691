import { expect, test } from 'vitest'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { currentRows, itemOfEntry, planOf } from '#app/ui/features/plan/plan-groups.ts'

let count = 0
const row = (fields: EntryFields): EntrySummary => ({
  ...partsOfFields(fields),
  id: `problems.e0.a.${++count}` as EntryId,
  source: { type: 'self' },
})

const asthma = row({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
const again = row({ kind: 'condition', name: 'asthma', clinicalStatus: 'active' })
const over = row({ kind: 'condition', name: 'Measles', clinicalStatus: 'resolved' })
const spray = row({ kind: 'medicine', name: 'Spray', status: 'taking' })
const pills = row({ kind: 'medicine', name: 'Pills', status: 'taking' })
const linked = (condition: EntrySummary, target: string) =>
  row({ kind: 'link', conditionId: condition.id, target, linkedAt: '2026-03-04T07:10Z' })

test('what holds now stands once, however often it was written down', () => {
  expect(currentRows([asthma, again, over])).toEqual([asthma])
})

test('what is linked stands with its condition once, all else under other; a link to nothing is nothing', () => {
  const links = [
    linked(asthma, spray.id),
    linked(asthma, spray.id),
    linked(asthma, 'gone.e0.a.b'),
    linked(over, pills.id),
  ]
  const plan = planOf([asthma], [spray, pills].map(itemOfEntry), links)
  expect(plan.groups[0]?.items.map(({ item }) => item.target)).toEqual([spray.id])
  expect(plan.other.map(({ target }) => target)).toEqual([pills.id])
})
