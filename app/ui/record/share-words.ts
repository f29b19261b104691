import type { SectionPast } from '#app/core/private-session.ts'
import type { GivenShare, ReceivedShare } from '#app/core/share-session.ts'
import type { Instant } from '#schema/instant.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { formatList, formatTime } from '../language/format.ts'
import { t } from '../language/language.ts'

export function givenUntilWords(until: Instant | undefined): string {
  return until === undefined ? t('given.untilStopped') : t('given.until', { time: formatTime(until) })
}

export function receivedUntilWords(until: Instant | undefined): string {
  return until === undefined ? t('received.untilStopped') : t('received.until', { time: formatTime(until) })
}

/** In the order in which sections always stand, whatever the order in which they were chosen or came. */
export function sectionNames(sections: readonly Section[]): string {
  return formatList(SECTIONS.filter(one => sections.includes(one)).map(section => t(`section.${section}`)))
}

/** What goes along with the history of sections, section by section. */
export function pastWords(pasts: readonly SectionPast[]): string {
  if (pasts.length === 0) return t('share.past.none')
  return t('share.past', { sections: formatList(pasts.map(pastOfSection)) })
}

function pastOfSection({ section, versions, deleted, late }: SectionPast): string {
  const what = [
    ...(versions > 0 ? [t('share.past.versions', { count: versions })] : []),
    ...(deleted > 0 ? [t('share.past.deleted', { count: deleted })] : []),
    ...(late > 0 ? [t('share.past.late', { count: late })] : []),
  ]
  return t('share.past.section', { section: t(`section.${section}`), what: formatList(what) })
}

/** Why a record that was shared with this person is not any more. */
export function receivedEndWords(share: Pick<ReceivedShare, 'endedBy' | 'contactName' | 'isUnsure'>): string {
  if (share.isUnsure) return t('received.ended.unsure')
  return share.endedBy === 'expired'
    ? t('received.ended.expired')
    : t('received.ended.stopped', { name: share.contactName })
}

/** Nobody but this device's own clock says that it is over: it stands among what is shared, and says so. */
export function isOver(share: Pick<ReceivedShare, 'state' | 'isUnsure'>): boolean {
  return share.state === 'ended' && share.isUnsure !== true
}

/** What became of what this person wrote here last, as far as this device knows: nothing where all of it had been sent. */
export function lateWords(share: Pick<ReceivedShare, 'lateWriting' | 'hasLost' | 'contactName'>): readonly string[] {
  const name = share.contactName
  return [
    ...(share.lateWriting === undefined ? [] : [t(`received.late.${share.lateWriting}`, { name })]),
    ...(share.hasLost ? [t('received.lost')] : []),
  ]
}

/** Who has any of these sections, or is on the way to; undefined where nobody has. */
export function readerNames(given: readonly GivenShare[], sections: readonly Section[]): string | undefined {
  const readers = given.filter(share => share.state !== 'ended' && share.sections.some(one => sections.includes(one)))
  const names = [...new Set(readers.map(share => share.contactName))]
  return names.length === 0 ? undefined : formatList(names)
}

/** Neither over nor being taken back. */
export function isGoing(share: Pick<GivenShare, 'state'>): boolean {
  return share.state !== 'ended' && share.state !== 'ending'
}
