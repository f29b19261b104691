import { type Instant, instant } from '#schema/instant.ts'

/** `keep` is for what has an end already. */
export type UntilChoice = 'keep' | 'day' | 'visit' | 'month' | 'date' | 'open'

/** For how long, as far as a person has chosen. */
export interface UntilDraft {
  readonly until: UntilChoice
  /** As a native date input holds it; for `date`. */
  readonly date: string
}

const DAY_MS = 86_400_000

/** The last millisecond of that day by this device's clock. */
const endOfDay = (year: number, month: number, day: number) =>
  instant(new Date(year, month, day, 23, 59, 59, 999).getTime())

/** When what is chosen so would end: null for never, undefined for a date that is missing or over. */
export function untilOf(draft: UntilDraft, now: Date, kept?: Instant): Instant | null | undefined {
  switch (draft.until) {
    case 'keep':
      return kept ?? null
    case 'day':
      return instant(now.getTime() + DAY_MS)
    case 'visit':
      return endOfDay(now.getFullYear(), now.getMonth(), now.getDate())
    case 'month':
      return instant(now.getTime() + 30 * DAY_MS)
    case 'open':
      return null
    case 'date': {
      const [year, month, day] = draft.date.split('-').map(Number)
      if (year === undefined || month === undefined || day === undefined || year < 2000) return undefined
      const end = endOfDay(year, month - 1, day)
      return end > now.getTime() ? end : undefined
    }
  }
}
