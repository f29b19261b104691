import type { EntrySummary } from '#schema/record/entry.ts'
import type { EntryStory, PeopleWorld } from './people-world.ts'
import type { PersonDevice } from './person-device.ts'

/**
 * Notes what a device shows of its own person's record. Answers what it knows to be overwritten or deleted. Of a section that is only on
 * its way to it, since it goes on in a log of which nothing has come, it shows nothing, and knows what it knew before.
 */
export function noteShown(
  world: PeopleWorld,
  device: PersonDevice,
  rows: readonly EntrySummary[],
): ReadonlySet<string> {
  const [seen, gone] = [world.seenBy(device), world.goneOn(device)]
  const shown = new Set(rows.map(row => row.title))
  for (const title of shown) {
    seen.add(title)
    gone.delete(title)
  }
  const own = [...world.entries.values()].filter(entry => entry.owner === device.person)
  for (const ofSection of Map.groupBy(own, entry => entry.section).values()) {
    const isWhole = !ofSection.some(entry => isMissing(entry, seen, shown))
    for (const entry of ofSection) {
      const isHere = entry.texts.some(({ text }) => shown.has(text))
      for (const [index, { text, by }] of entry.texts.entries()) {
        if (shown.has(text) || !(seen.has(text) || by === device)) continue
        const wasDoneHere =
          entry.binnedOn.has(device) || entry.texts.slice(index + 1).some(later => seen.has(later.text))
        if (isWhole || isHere || wasDoneHere) gone.add(text)
      }
    }
  }
  return gone
}

/** Nobody deleted it, and yet no text of it is shown. */
function isMissing({ texts, isBinned }: EntryStory, seen: ReadonlySet<string>, shown: ReadonlySet<string>): boolean {
  return !isBinned && texts.some(({ text }) => seen.has(text)) && !texts.some(({ text }) => shown.has(text))
}
