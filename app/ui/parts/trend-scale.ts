/** Round numbers that span `low` to `high` with room on both sides: never forced down to zero, never below it for what is not, never a flat line at an edge. */
export function roundTicks(low: number, high: number, about = 4): readonly number[] {
  const room = high > low ? (high - low) * 0.1 : Math.max(Math.abs(high) * 0.05, 1)
  const [from, to] = [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
  const rough = (to - from) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find(each => each * power >= rough) ?? 10)
  const first = Math.floor(from / step)
  const count = Math.ceil(to / step) - first + 1
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** Places for words that stand below each other: as near to where they belong as the room between them allows. */
export function spread(places: readonly number[], gap: number): readonly number[] {
  const down: number[] = []
  for (const place of places) down.push(Math.max(place, (down.at(-1) ?? -Infinity) + gap))
  const shift = places.reduce((sum, place, index) => sum + place - (down[index] ?? place), 0) / (places.length || 1)
  return down.map(place => place + shift)
}
