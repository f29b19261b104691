/** One value of a series. */
export interface TrendPoint {
  readonly at: number
  readonly value: number
  /** `value` is only a bound: what was measured lies below it, or above. */
  readonly bound?: 'below' | 'above'
  /** What its source calls normal, in the unit of `value`; open where an end is left out. */
  readonly range?: { readonly low?: number; readonly high?: number }
}

type Scale = (value: number) => number

/** Tenths of a pixel are as fine as a screen shows. */
const px = (value: number) => Math.round(value * 10) / 10

/**
 * Of points in their order those that can be told apart: of each column of pixels the first, the least, the greatest and the last. A
 * line through them looks as one through all.
 */
export function thinned<Point extends { readonly at: number; readonly value: number }>(
  points: readonly Point[],
  x: Scale,
): readonly Point[] {
  const kept: Point[] = []
  let start = 0
  while (start < points.length) {
    const column = Math.floor(x(points[start]?.at ?? 0))
    let end = start + 1
    while (end < points.length && Math.floor(x(points[end]?.at ?? 0)) === column) end++
    kept.push(...ofColumn(points.slice(start, end)))
    start = end
  }
  return kept
}

function ofColumn<Point extends { readonly value: number }>(points: readonly Point[]): readonly Point[] {
  if (points.length <= 4) return points
  let [least, greatest] = [0, 0]
  for (const [index, { value }] of points.entries()) {
    if (value < (points[least]?.value ?? value)) least = index
    if (value > (points[greatest]?.value ?? value)) greatest = index
  }
  const places = new Set([0, least, greatest, points.length - 1].sort((a, b) => a - b))
  return [...places].flatMap(place => points[place] ?? [])
}

/** From value to value, and never to what is only a bound: nobody knows how far it lies. */
export function linePath(points: readonly TrendPoint[], x: Scale, y: Scale): string {
  let isDrawing = false
  const parts = points.map(({ at, value, bound }) => {
    const step = bound === undefined ? `${isDrawing ? 'L' : 'M'}${px(x(at))} ${px(y(value))}` : ''
    isDrawing = bound === undefined
    return step
  })
  return parts.join('')
}

/** A dot for each value, to be drawn with round or square ends. */
export function dotPath(points: readonly TrendPoint[], x: Scale, y: Scale): string {
  const exact = points.filter(point => point.bound === undefined)
  return exact.map(({ at, value }) => `M${px(x(at))} ${px(y(value))}h0.01`).join('')
}

const RADIUS = 4
const TICK = 7

/** An open circle for each bound, with a tick to the side on which the value lies. */
export function boundPath(points: readonly TrendPoint[], x: Scale, y: Scale): string {
  return points
    .flatMap(({ at, value, bound }) => {
      if (bound === undefined) return []
      const [left, middle, across] = [px(x(at)) - RADIUS, px(y(value)), 2 * RADIUS]
      const side = bound === 'below' ? 1 : -1
      const circle = `M${left} ${middle}a${RADIUS} ${RADIUS} 0 1 0 ${across} 0a${RADIUS} ${RADIUS} 0 1 0 ${-across} 0`
      return `${circle}M${left + RADIUS} ${middle + side * RADIUS}v${side * TICK}`
    })
    .join('')
}

/** One stretch of time in which results came with the same range. */
export interface BandStep {
  readonly from: number
  readonly to: number
  readonly low?: number
  readonly high?: number
}

/** The range of each point holds halfway to the points beside it, in pixels of `x`, within `start` and `end`; the same ones beside each other are one. */
export function bandSteps(points: readonly TrendPoint[], x: Scale, start: number, end: number): readonly BandStep[] {
  const steps: BandStep[] = []
  for (const [index, { at, range }] of points.entries()) {
    if (range === undefined || (range.low === undefined && range.high === undefined)) continue
    const [before, after] = [points[index - 1], points[index + 1]]
    const from = before === undefined ? start : (x(before.at) + x(at)) / 2
    const to = after === undefined ? end : (x(after.at) + x(at)) / 2
    const last = steps.at(-1)
    const isSame = last !== undefined && last.to >= from && last.low === range.low && last.high === range.high
    if (isSame) steps[steps.length - 1] = { ...last, to }
    else steps.push({ from, to, ...range })
  }
  return steps
}

interface Edges {
  readonly top: number
  readonly bottom: number
}

/** The steps as areas between `top` and `bottom`, which are also where an open end leads. */
export function bandPath(steps: readonly BandStep[], y: Scale, { top, bottom }: Edges): string {
  const within = (value: number | undefined, open: number) =>
    value === undefined ? open : px(Math.min(bottom, Math.max(top, y(value))))
  return steps
    .map(({ from, to, low, high }) => `M${px(from)} ${within(high, top)}H${px(to)}V${within(low, bottom)}H${px(from)}Z`)
    .join('')
}

/** The ends of the ranges, as lines: colour alone would not show them. */
export function bandEdges(steps: readonly BandStep[], y: Scale, { top, bottom }: Edges): string {
  return steps
    .flatMap(({ from, to, low, high }) =>
      [low, high].flatMap(value => {
        const at = value === undefined ? Number.NaN : px(y(value))
        return at >= top && at <= bottom ? `M${px(from)} ${at}H${px(to)}` : []
      }),
    )
    .join('')
}

/** More than so many times the room of the values themselves, and a far end of a range would flatten the line. */
const MOST_ROOM = 4

/** From the least to the greatest that is to be seen: all values, and the ends of ranges that are not far from them. A range that begins at zero draws nothing down to it. */
export function extentOf(points: readonly TrendPoint[]): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (const { value } of points) [low, high] = [Math.min(low, value), Math.max(high, value)]
  const room = high > low ? (high - low) * MOST_ROOM : Infinity
  const [least, greatest] = [low - room, high + room]
  for (const { range } of points) {
    for (const end of [range?.low, range?.high]) {
      if (end === undefined || end === 0 || end < least || end > greatest) continue
      ;[low, high] = [Math.min(low, end), Math.max(high, end)]
    }
  }
  return [low, high]
}

/** The point whose mark is nearest to a place in the picture. */
export function nearestTo(
  points: readonly TrendPoint[],
  { x, y }: { readonly x: Scale; readonly y: Scale },
  place: { readonly x: number; readonly y: number },
): number {
  let [best, bestDistance] = [0, Infinity]
  for (const [index, point] of points.entries()) {
    // Sideways counts most: a finger points at a time.
    const distance = Math.abs(x(point.at) - place.x) * 4 + Math.abs(y(point.value) - place.y)
    if (distance < bestDistance) [best, bestDistance] = [index, distance]
  }
  return best
}
