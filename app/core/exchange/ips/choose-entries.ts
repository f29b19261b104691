import type { Section } from '#schema/record/sections.ts'
import type { TakenEntry } from '../own-entries.ts'

/** Of one's own readings of a kind so many are listed; the others are told of by their number and their mean. */
export const OWN_READINGS = 30

export interface ChosenEntries {
  /** Newest first, undated last. */
  readonly bySection: ReadonlyMap<Section, readonly TakenEntry[]>
  /** How many of one's own readings of a kind there are, where more than are listed. */
  readonly readings: ReadonlyMap<'blood-pressure' | 'weight', number>
}

/**
 * What of the entries a summary lists: of a thing that its source sent several times the newest version, or the one that was
 * corrected by hand; of one's own readings the newest. Nothing that was entered by mistake: the guide does not allow it.
 */
export function chooseEntries(
  entries: readonly TakenEntry[],
  sectionOf: (entry: TakenEntry) => Section,
): ChosenEntries {
  const current = withoutOlderVersions(entries)
    .filter(({ summary }) => summary.status !== 'mistaken')
    .sort(compareTimes)
  const listed = new Map<string, number>()
  const bySection = new Map<Section, TakenEntry[]>()
  for (const entry of current) {
    const { kind } = entry.summary
    if (isOwnReading(entry)) {
      const count = (listed.get(kind) ?? 0) + 1
      listed.set(kind, count)
      if (count > OWN_READINGS) continue
    }
    const section = sectionOf(entry)
    const group = bySection.get(section)
    if (group === undefined) bySection.set(section, [entry])
    else group.push(entry)
  }
  const readings = new Map<'blood-pressure' | 'weight', number>()
  for (const kind of ['blood-pressure', 'weight'] as const) {
    const count = listed.get(kind) ?? 0
    if (count > OWN_READINGS) readings.set(kind, count)
  }
  return { bySection, readings }
}

function isOwnReading({ summary, original }: TakenEntry): boolean {
  return original === undefined && (summary.kind === 'blood-pressure' || summary.kind === 'weight')
}

function compareTimes(a: TakenEntry, b: TakenEntry): number {
  const [timeA, timeB] = [a.summary.when?.sortAt ?? -Infinity, b.summary.when?.sortAt ?? -Infinity]
  if (timeA !== timeB) return timeA < timeB ? 1 : -1
  return a.id < b.id ? 1 : -1
}

function withoutOlderVersions(entries: readonly TakenEntry[]): TakenEntry[] {
  const newest = new Map<string, TakenEntry>()
  for (const entry of entries) {
    if (entry.sourceKey === undefined) continue
    const known = newest.get(entry.sourceKey)
    if (known === undefined || isNewer(entry, known)) newest.set(entry.sourceKey, entry)
  }
  return entries.filter(entry => entry.sourceKey === undefined || newest.get(entry.sourceKey) === entry)
}

function isNewer(entry: TakenEntry, known: TakenEntry): boolean {
  const isCorrected = entry.fields !== undefined
  if (isCorrected !== (known.fields !== undefined)) return isCorrected
  return entry.addedAt > known.addedAt
}
