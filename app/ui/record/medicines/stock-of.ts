import { dueDoses } from '#schema/medicines/due.ts'
import { type StockEvent, stockLeft, type Supply, supplyOf } from '#schema/medicines/ledger.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { wallAt } from '#schema/zone.ts'
import { isAnswered, type ScheduledMedicine } from './medicine-day.ts'

export interface StockState {
  readonly unit: string
  /** Below zero where more was taken than was written down as fetched. */
  readonly left: number
  /** Absent where no times say how fast it goes. */
  readonly supply?: Supply
  /** Of so many events it is not known how much they are in this unit. */
  readonly otherUnits: number
}

/** So long before it runs out it should be fetched. */
const LEAD_DAYS = 7
const HORIZON_DAYS = 400
const DAY_MS = 86_400_000

/** What is left of a medicine, counted in what its schedule counts in. Undefined while nothing says how much there ever was. */
export function stockOf(
  medicine: ScheduledMedicine,
  stock: readonly EntrySummary[],
  now: Instant,
  zone: string,
): StockState | undefined {
  const { unit } = medicine.schedule
  const all = [...onceEach(stock), ...medicine.doses]
  const counted = all.filter(entry => unitOf(entry) === unit)
  const left = stockLeft(counted.flatMap(eventOf), now)
  if (left === undefined) return undefined
  const supply = supplyFor(medicine, left, now, zone)
  return { unit, left, otherUnits: all.length - counted.length, ...(supply === undefined ? {} : { supply }) }
}

/**
 * What was fetched for one request is one thing, also where two devices said “I have it” before they heard of each other: both named its
 * entry by the request (decision 50), and the name is the end of its id.
 */
export function onceEach(stock: readonly EntrySummary[]): readonly EntrySummary[] {
  const lowest = new Map<string, EntrySummary>()
  for (const entry of stock) {
    const name = entry.id.slice(entry.id.lastIndexOf('.') + 1)
    const known = lowest.get(name)
    if (known === undefined || entry.id < known.id) lowest.set(name, entry)
  }
  const counted = new Set(lowest.values())
  return stock.filter(entry => counted.has(entry))
}

const unitOf = ({ value }: EntrySummary) => (value?.type === 'quantity' ? value.quantity.unit : '')

function eventOf(entry: EntrySummary): readonly StockEvent[] {
  const { event, when } = entry
  if (event === undefined || when === undefined) return []
  const [at, { amount }] = [when.sortAt, event]
  if (event.type === 'dose') return event.state === 'taken' ? [{ kind: 'dose', at, amount }] : []
  if (event.change === 'counted') return [{ kind: 'count', at, amount }]
  return [{ kind: 'change', at, amount: event.change === 'fetched' ? amount : -amount }]
}

function supplyFor(medicine: ScheduledMedicine, left: number, now: Instant, zone: string): Supply | undefined {
  const today = wallAt(now, zone).slice(0, 10)
  const horizon = new Date(Date.parse(`${today}T00:00Z`) + HORIZON_DAYS * DAY_MS).toISOString().slice(0, 10)
  const due = dueDoses(medicine.schedule, today, horizon, zone).filter(each => !isAnswered(medicine, each))
  if (due.length === 0) return undefined
  return supplyOf(left, due, { today, horizon, leadDays: LEAD_DAYS })
}
