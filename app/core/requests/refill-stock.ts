import type { StockFields } from '#schema/record/entry.ts'
import type { RefillStep } from '#schema/requests/refill.ts'
import type { RequestView } from './state-of.ts'

/**
 * What a refill adds to the stock of a medicine: nothing before the patient says “I have it”. Once for a request, so its entry's
 * key must be made of the request's id: of two devices that both said so one counts, and which one may change when they meet.
 */
export function fetchedBy({ counted }: Pick<RequestView<string, RefillStep>, 'counted'>): StockFields | undefined {
  const last = counted.at(-1)
  if (last?.kind !== 'take') return undefined
  const { medicineId, medicineName, amount, unit, happenedAt } = last.data
  return { kind: 'stock', change: 'fetched', medicineId, medicineName, amount, unit, happenedAt }
}
