import type { Instant } from '../instant.ts'
import type { DueDose } from './due.ts'

/** What happened to the stock of a medicine; amounts in its unit. */
export type StockEvent =
  /** Fetched, found, given away or spoilt: above or below 0. */
  | { readonly kind: 'change'; readonly at: Instant; readonly amount: number }
  /** Counted: so many there are, whatever the ledger says. */
  | { readonly kind: 'count'; readonly at: Instant; readonly amount: number }
  | { readonly kind: 'dose'; readonly at: Instant; readonly amount: number }

/** Whole and quarter tablets and mL add up without the errors of binary fractions: amounts count in ten-thousandths. */
const PARTS = 10_000
const whole = (amount: number) => Math.round(amount * PARTS)

/**
 * How much is left after all that happened up to `now`. Below zero where more was taken than the ledger knows of: that is never hidden, as
 * something was not written down. Undefined while nothing says how much there ever was.
 */
export function stockLeft(events: readonly StockEvent[], now: Instant): number | undefined {
  let left: number | undefined
  for (const event of events.filter(({ at }) => at <= now).toSorted(byTime)) {
    if (event.kind === 'count') left = whole(event.amount)
    else if (event.kind === 'change') left = (left ?? 0) + whole(event.amount)
    else if (left !== undefined) left -= whole(event.amount)
  }
  return left === undefined ? undefined : left / PARTS
}

/** Of one moment: first what was counted, then what came, then what was taken. */
const ORDER = { count: 0, change: 1, dose: 2 } as const
const byTime = (a: StockEvent, b: StockEvent) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]

export interface Supply {
  /** The day (by the clock on the wall) of the first dose that there is not enough for; undefined where `due` ends before. */
  readonly runsOutOn?: string
  /** Whole days from `today` on which every dose is there. */
  readonly daysLeft: number
  /** `leadDays` before it runs out, never before `today`. */
  readonly refillBy?: string
}

const DAY_MS = 86_400_000
const dayMs = (day: string) => Date.parse(`${day}T00:00Z`)

/**
 * How long `left` lasts for the doses `due` from `today` on (the earliest first, less what was taken or skipped already). `horizon`: the day up
 * to which `due` was asked for.
 */
export function supplyOf(
  left: number,
  due: readonly DueDose[],
  { today, horizon, leadDays }: { readonly today: string; readonly horizon: string; readonly leadDays: number },
): Supply {
  let rest = whole(left)
  const lacking = due.find(({ dose }) => {
    rest -= whole(dose)
    return rest < 0
  })
  const runsOutOn = lacking?.wall.slice(0, 10)
  const end = runsOutOn ?? horizon
  const daysLeft = Math.max(0, Math.round((dayMs(end) - dayMs(today)) / DAY_MS))
  if (runsOutOn === undefined) return { daysLeft }
  const refill = new Date(dayMs(runsOutOn) - leadDays * DAY_MS).toISOString().slice(0, 10)
  return { runsOutOn, daysLeft, refillBy: refill < today ? today : refill }
}
