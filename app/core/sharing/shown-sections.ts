import { SECTIONS, type Section } from '#schema/record/sections.ts'
import type { TestGroup, TestHistory } from '../results-session.ts'
import type { BinnedEntry, Home, TimelineOverview } from '../session.ts'
import type { Tracked } from '../track-session.ts'
import type { EntryDetail, EntrySummary } from '#schema/record/entry.ts'

/** The sections whose entries an answer of a shared record holds: what is then on a screen. Counts alone are no look. */
export function shownSections(method: string, answer: unknown): readonly Section[] {
  return inOrder(summariesIn(method, answer).map(summary => summary.section))
}

/** Each once, in the order of SECTIONS. */
export function inOrder(sections: readonly Section[]): Section[] {
  const known = new Set(sections)
  return SECTIONS.filter(section => known.has(section))
}

function summariesIn(method: string, answer: unknown): readonly EntrySummary[] {
  if (answer === undefined) return []
  switch (method) {
    case 'timelineRows':
    case 'readings':
      return answer as readonly EntrySummary[]
    case 'watchTimeline':
      return (answer as TimelineOverview).first
    case 'bin':
      return (answer as readonly BinnedEntry[]).map(binned => binned.summary)
    case 'watchEntry':
      return onPage(answer as EntryDetail)
    case 'watchHome':
      return onHome(answer as Home)
    case 'watchTests':
      return (answer as readonly TestGroup[]).map(test => test.latest)
    case 'watchTracked':
      return onTrack(answer as Tracked)
    case 'testHistory':
      return (answer as TestHistory).results
    default:
      return []
  }
}

function onTrack({ measures, goals, symptoms }: Tracked): readonly EntrySummary[] {
  return [...measures.map(({ latest }) => latest), ...goals, ...symptoms.map(({ latest }) => latest)]
}

/** Versions of a thing may stand in another section: what was a problem is past. */
function onPage({ summary, versions = [], sameAs = [] }: EntryDetail): readonly EntrySummary[] {
  return [summary, ...versions.map(version => version.summary), ...sameAs]
}

function onHome(home: Home): readonly EntrySummary[] {
  const { problems, alsoNoted, allergies, medicines, latestResults, recent, latestBloodPressure, latestWeight } = home
  return [problems, alsoNoted, allergies, medicines, latestResults, recent, latestBloodPressure, latestWeight].flat()
}
