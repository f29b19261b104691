import type { AccessLine, AccessWho } from '#app/core/follow-session.ts'
import type { Instant } from '#schema/instant.ts'

/** One person's or device's lines of one day, newest first. */
export interface PersonDay {
  readonly who: AccessWho
  readonly lines: readonly AccessLine[]
}

export interface Day {
  /** Somewhere in that day, in this device's zone. */
  readonly at: Instant
  readonly people: readonly PersonDay[]
}

/** Who somebody is in the filter and among a day's groups. */
export function nameOf(who: AccessWho): string {
  switch (who.kind) {
    case 'contact':
      return `contact:${who.contactId}`
    case 'own-device':
    case 'removed-device':
      return `device:${who.deviceId}`
    case 'guardian':
      return `guardian:${who.personId}`
    case 'owner':
      return 'owner'
    case 'unknown':
      return `unknown:${who.id}`
  }
}

/** Everybody who occurs, each once, the latest first. */
export function peopleIn(lines: readonly AccessLine[]): readonly AccessWho[] {
  return [...new Map(lines.map(line => [nameOf(line.who), line.who])).values()]
}

/** What the filter lets through. Own devices alone can be hidden: nobody else is ever left out unasked. */
export function shownLines(
  lines: readonly AccessLine[],
  filter: { readonly name: string; readonly hasOwn: boolean },
): readonly AccessLine[] {
  return lines.filter(
    ({ who }) => (filter.name === '' || nameOf(who) === filter.name) && (filter.hasOwn || who.kind !== 'own-device'),
  )
}

/** Newest day first; in it, whoever was there last first. */
export function byDay(lines: readonly AccessLine[]): readonly Day[] {
  const days = new Map<number, { at: Instant; people: Map<string, { who: AccessWho; lines: AccessLine[] }> }>()
  for (const line of lines) {
    const key = startOfDay(line.to)
    const day = days.get(key) ?? { at: line.to, people: new Map() }
    const person = day.people.get(nameOf(line.who)) ?? { who: line.who, lines: [] }
    person.lines.push(line)
    day.people.set(nameOf(line.who), person)
    days.set(key, day)
  }
  return [...days.values()].map(({ at, people }) => ({ at, people: [...people.values()] }))
}

function startOfDay(at: Instant): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}
