/** The first way round a circle that `importsOf` knows, as the names on it; undefined where nothing leads back to itself. */
export function circleIn(importsOf: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const way: string[] = []
  const look = (name: string): readonly string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name]
    if (done.has(name)) return undefined
    way.push(name)
    for (const next of importsOf.get(name) ?? []) {
      const circle = look(next)
      if (circle !== undefined) return circle
    }
    way.pop()
    done.add(name)
    return undefined
  }
  for (const name of importsOf.keys()) {
    const circle = look(name)
    if (circle !== undefined) return circle
  }
  return undefined
}
