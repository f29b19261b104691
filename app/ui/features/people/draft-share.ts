import type { ShareRole } from '#app/core/share-session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'

/** `keep` is for a share that has an end already. */
export type UntilChoice = 'keep' | 'day' | 'visit' | 'month' | 'date' | 'open'

/** What a person has chosen of a share so far. */
export interface ShareDraft {
  readonly sections: readonly Section[]
  readonly until: UntilChoice
  /** As a native date input holds it; for `date`. */
  readonly date: string
  readonly role: ShareRole
  readonly withHistory: boolean
}

export const NEW_SHARE: ShareDraft = { sections: [], until: 'month', date: '', role: 'read', withHistory: false }

/** Chosen one by one, never together with the others: decision 11 says why each is here. */
export const SENSITIVE: ReadonlySet<Section> = new Set<Section>([
  'social',
  'pregnancy',
  'directives',
  'story',
  'family-history',
  'documents',
  'coverage',
  'about-me',
  'other',
])

const DAY_MS = 86_400_000

/** The last millisecond of that day by this device's clock. */
const endOfDay = (year: number, month: number, day: number) =>
  instant(new Date(year, month, day, 23, 59, 59, 999).getTime())

/** When a share that is chosen so would end: null for never, undefined for a date that is missing or over. */
export function untilOf(
  draft: Pick<ShareDraft, 'until' | 'date'>,
  now: Date,
  kept?: Instant,
): Instant | null | undefined {
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

/** With or without `section`, in the order of all sections. */
export function withSection(
  sections: readonly Section[],
  section: Section,
  isOn: boolean,
  order: readonly Section[],
): readonly Section[] {
  return order.filter(each => (each === section ? isOn : sections.includes(each)))
}
