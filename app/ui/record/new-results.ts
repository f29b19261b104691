import { isNewResult } from '#app/core/record/new-result.ts'
import type { ShownResults } from '#app/core/session.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { useOwnSession, useRecordView, useSettings } from '../session.ts'

const DAY_MS = 86_400_000
/** What was shown is remembered for longer than anything is new, by whichever device's clock. */
const KEPT_DAYS = 60
const MOST = 500
const DAY_LENGTH = '2026-03-04'.length

/** How a result that was shown is remembered: its day, where its record stands, its id. */
export const shownName = (base: string, { when, id }: EntrySummary): string =>
  `${when?.text.slice(0, DAY_LENGTH) ?? ''} ${base} ${id}`

/** As a search is told which were shown. */
export const shownIds = (names: readonly string[]): readonly EntryId[] =>
  names.map(name => name.slice(name.lastIndexOf(' ') + 1) as EntryId)

/** With `added`, without what is too old to be new; the newest, where there are too many. */
export function withShown(shown: readonly string[], added: readonly string[], now: number): readonly string[] {
  const oldest = new Date(now - KEPT_DAYS * DAY_MS).toISOString().slice(0, DAY_LENGTH)
  return [...new Set([...shown, ...added])]
    .filter(name => name >= oldest)
    .toSorted()
    .slice(-MOST)
}

/** Which results wait for their explanation, as this person chose; and how one is shown. */
export function useNewResults() {
  const own = useOwnSession()
  const settings = useSettings()
  const { base, isPreview } = useRecordView()
  return {
    /** `at`: where its record stands, if that is not the one that is open. */
    isWaiting: (entry: EntrySummary, at: string = base): boolean => {
      if (!settings().explainsResults || isPreview || !isNewResult(entry, Date.now())) return false
      return !settings().shownResults.includes(shownName(at, entry))
    },
    /** For a search, so that no value finds what waits. */
    searched: (): ShownResults =>
      settings().explainsResults && !isPreview ? { shownResults: shownIds(settings().shownResults) } : {},
    show: async (entries: readonly EntrySummary[]): Promise<void> => {
      const names = entries.map(entry => shownName(base, entry))
      await own.changeSettings({ shownResults: withShown(settings().shownResults, names, Date.now()) })
    },
  }
}
