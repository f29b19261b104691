import { expect, test } from 'vitest'
import { onceEach } from '#app/ui/record/medicines/stock-of.ts'
import type { EntrySummary } from '#schema/record/entry.ts'

const entry = (id: string) => ({ id }) as EntrySummary
const [phone, tablet, other] = ['medicines.b.phone~0.abc', 'medicines.b.tablet~0.abc', 'medicines.b.phone~0.abd'].map(
  entry,
)

test('onceEach() counts what two devices wrote under one name once, the same on each of them', () => {
  expect(onceEach([tablet!, other!, phone!])).toEqual([other, phone])
  expect(onceEach([phone!, tablet!, other!])).toEqual([phone, other])
})
