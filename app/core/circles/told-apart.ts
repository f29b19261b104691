/** Who may stand under a name. */
export interface Named {
  readonly id: string
  readonly name: string
  /** Removed, or left: whoever is there stands before them. */
  readonly isGone: boolean
}

/** Characters that nobody sees, and spaces. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Z}\s\u2800]+/gu

/** The same for names that look the same or nearly so: what nobody sees, spaces, capitals and other forms of a letter say nothing. */
export function foldName(name: string): string {
  const seen = name.replace(UNSEEN, '').normalize('NFKC')
  // By way of capitals: some letters have one and the same.
  return seen.toUpperCase().toLowerCase().normalize('NFKC').replace(UNSEEN, '')
}

/**
 * How each stands on every screen, by id: no two alike. Of those who chose the same name the first keeps it, the others have a number
 * behind it; one that somebody chose with a number gives way to one that was given. The same in whatever order they are listed.
 *
 * @param since ids in the order in which they came in; who is not in it comes last
 */
export function toldApart<One extends Named>(people: readonly One[], since: readonly string[]): Map<One['id'], string> {
  const places = new Map([...since].reverse().map((id, index) => [id, since.length - index]))
  const placeOf = ({ id }: One) => places.get(id) ?? Number.POSITIVE_INFINITY
  const inOrder = people.toSorted((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)]
    if (a.isGone !== b.isGone) return a.isGone ? 1 : -1
    return first === second ? (a.id < b.id ? -1 : 1) : first - second
  })
  const taken = new Set<string>()
  const shown = new Map<One['id'], string>()
  for (const { id, name } of inOrder) {
    let own = name
    for (let number = 2; name !== '' && taken.has(foldName(own)); number++) own = `${name} (${number})`
    taken.add(foldName(own))
    shown.set(id, own)
  }
  return shown
}
