import { createMemo } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { receivedUntilWords, sectionNames } from '../../record/share-words.ts'
import { isolated } from '../../language/isolated.ts'
import { addedByWords, titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { useRecordView, useSession, useSettings } from '../../session.ts'

const MOST_ENTRIES = 2000

export interface SummaryPart {
  readonly section: Section
  readonly title: string
  readonly lines: readonly string[]
}

/** What a summary of a shared record says: whose it is, as of when, printed by whom, and its entries by section. */
export function createSummary(chosen: () => readonly Section[] | undefined) {
  const session = useSession()
  const settings = useSettings()
  const { shared } = useRecordView()
  const sections = () => chosen() ?? shared?.sections() ?? []
  const rows = createAnswer(
    () => sections().join(),
    () => session.timelineRows({ sections: sections() }, 0, MOST_ENTRIES + 1),
  )
  const line = (entry: EntrySummary) =>
    [titleOf(entry), valueOfEntry(entry, settings()), statusWords(entry), whenOf(entry), addedWords(entry)]
      .filter(Boolean)
      // Latin names beside Arabic dates, and the other way round: each is read in its own direction.
      .map(isolated)
      .join(' · ')
  const parts = createMemo((): readonly SummaryPart[] | undefined => {
    const known = rows()?.slice(0, MOST_ENTRIES)
    return (
      known &&
      sections().map(section => {
        const own = known.filter(entry => entry.section === section)
        return { section, title: t(`section.${section}`), lines: own.map(line) }
      })
    )
  })
  const facts = (at: Date) => [
    { name: t('summary.whose'), value: shared?.recordName() ?? '' },
    { name: t('summary.sharedBy'), value: shared?.sharedBy() ?? '' },
    { name: t('summary.sections'), value: sectionNames(sections()) },
    { name: t('summary.asOf'), value: formatTime(at) },
    { name: t('summary.ends'), value: receivedUntilWords(shared?.until()) },
    { name: t('summary.by'), value: shared?.viewerName() ?? '' },
  ]
  /** What is not on it, and must be said there. */
  const limits = () => [
    t('summary.notAll'),
    ...((rows()?.length ?? 0) > MOST_ENTRIES ? [t('summary.cut', { count: MOST_ENTRIES })] : []),
  ]
  return { parts, facts, limits }
}

/** Who typed it, where that is not whose record it is: on paper nobody can ask. */
function addedWords({ source }: EntrySummary): string {
  return source.type === 'self' && source.by !== undefined ? addedByWords(source.by) : ''
}

function statusWords({ status }: EntrySummary): string {
  return status === 'mistaken' || status === 'planned' ? t(`status.${status}`) : ''
}
