import type { MemoryDisk } from '#tests/support/memory-store.ts'
import type { Person, PersonDevice } from './person-device.ts'

/** An account with which somebody takes part in one circle, as the world saw it. */
export interface AliasStory {
  readonly keptId: string
  readonly person: Person
  /** What they were ever called with it. */
  readonly names: string[]
  /** Once it began one or answered an invitation to one. */
  circle: CircleStory | undefined
  /** Given up, or about to be, before they were let in. */
  isGhost: boolean
}

export interface CircleStory {
  readonly name: string
  readonly owner: AliasStory
  readonly everAsked: Set<Person>
  /** Noted before they are let in: a process that dies meanwhile may have done it. */
  readonly everIn: Set<Person>
}

/** Something that only members may read, by whom and on which device it was typed. */
export interface CircleText {
  readonly text: string
  readonly kind: 'name' | 'rules' | 'pseudonym' | 'said' | 'why'
  readonly by: AliasStory
  readonly on: PersonDevice | undefined
  /** The device answered that it is saved. */
  isSaved: boolean
}

/** What lay on somebody's device just before they were out of a circle. */
export interface CircleLeaver {
  readonly alias: AliasStory
  readonly device: PersonDevice
  readonly disk: MemoryDisk
}

/** The circles of one world, and what the judge has to know of them. */
export class Circles {
  readonly aliases = new Map<string, AliasStory>()
  readonly circles: CircleStory[] = []
  readonly texts: CircleText[] = []
  readonly invitations: { readonly circle: CircleStory; readonly code: string }[] = []
  readonly leavers: CircleLeaver[] = []
  /** What somebody took down, or was about to. */
  readonly takenDown = new Set<string>()
  /** By who said it or owns the circle, and saved. */
  readonly downForGood: { readonly text: string; readonly by: AliasStory; readonly on: PersonDevice }[] = []
  /** Said when everybody knew who takes part. */
  readonly afterwords: { readonly text: string; readonly readers: ReadonlySet<Person> }[] = []
  /** Said by who was out already, and did not know it. */
  readonly tooLate = new Set<string>()

  /** `name`: what it was called at first. */
  noteAlias(keptId: string, person: Person, name: string): AliasStory {
    const known = this.aliases.get(keptId) ?? { keptId, person, names: [name], circle: undefined, isGhost: false }
    this.aliases.set(keptId, known)
    return known
  }

  noteCircle(name: string, owner: AliasStory): CircleStory {
    const circle = { name, owner, everAsked: new Set<Person>(), everIn: new Set([owner.person]) }
    owner.circle = circle
    this.circles.push(circle)
    return circle
  }

  noteText(text: string, kind: CircleText['kind'], by: AliasStory, on?: PersonDevice): CircleText {
    const noted = { text, kind, by, on, isSaved: false }
    this.texts.push(noted)
    return noted
  }

  called(name: string): AliasStory | undefined {
    return [...this.aliases.values()].find(({ names }) => names.includes(name))
  }

  named(name: string): CircleStory | undefined {
    return this.circles.find(circle => circle.name === name)
  }
}

/** Whoever invites shows how they are called to whom they invite, and learns how those are. */
export function mayRead({ kind, by }: CircleText, person: Person): boolean {
  const { circle } = by
  if (person === by.person) return true
  if (circle === undefined) return false
  if (kind !== 'pseudonym') return circle.everIn.has(person)
  if (by === circle.owner) return circle.everIn.has(person) || circle.everAsked.has(person)
  return person === circle.owner.person || (circle.everIn.has(by.person) && circle.everIn.has(person))
}
