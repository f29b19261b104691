import { createMemo, createSignal, createUniqueId, For, onCleanup, Show } from 'solid-js'
import styles from './trend-chart.module.css'
import {
  bandEdges,
  bandPath,
  bandSteps,
  boundPath,
  dotPath,
  extentOf,
  linePath,
  nearestTo,
  thinned,
  type TrendPoint,
} from './trend-paths.ts'
import { roundTicks } from './trend-scale.ts'

export interface TrendSeries {
  readonly name: string
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
}

/** Going through the points of the first series one by one. */
interface TrendPick {
  /** Which point is picked, from 0. */
  readonly index: number
  readonly onPick: (index: number) => void
  /** What is gone through, and the point that is picked, for those who listen. */
  readonly label: string
  readonly words: string
}

interface TrendChartProps {
  /** What a screen reader says instead of the picture; the table beside it holds every value. */
  readonly label: string
  /** One or two; told apart by shape and not by colour alone. */
  readonly series: readonly TrendSeries[]
  readonly formatValue: (value: number) => string
  readonly formatAt: (at: number) => string
  /** From when to when, where other charts stand on the same axis; else what the points span. */
  readonly span?: { readonly from: number; readonly to: number } | undefined
  /** By tap and by arrow keys. */
  readonly pick?: TrendPick | undefined
}

/** In its own direction, whatever stands around it: no element does that inside a picture (Unicode FSI and PDI). */
const isolated = (text: string) => `\u2068${text}\u2069`

/** Where the picture's parts stand, in pixels. Words in it grow with the page's, and so does the room for them. */
interface Frame {
  readonly width: number
  readonly height: number
  readonly start: number
  readonly end: number
  readonly top: number
  readonly bottom: number
  /** The baselines of the first and the last date, which stand below each other where there is no room beside. */
  readonly dates: readonly [first: number, last: number]
}

/** Two dates beside each other need so much, in rem. */
const DATES_REM = 13

/** What stands beside a tick takes so much for each of its letters, in rem; and it takes no more of the picture than so many. */
const LETTER_REM = 0.5
const MOST_LETTERS = 9

/** Whole, or as a power of ten: half of a number would be another number. */
function tickWords(tick: number, formatValue: (value: number) => string): string {
  const words = formatValue(tick)
  return words.length > MOST_LETTERS ? tick.toExponential(2) : words
}

/** `letters`: of the longest of the words beside the ticks. */
function frameOf(width: number, rem: number, letters: number): Frame {
  const [start, end, line] = [Math.max(3, letters * LETTER_REM + 0.5) * rem, width - 14, 1.1 * rem]
  const isNarrow = end - start < DATES_REM * rem
  const bottom = Math.round(9.1 * rem)
  const first = bottom + 1.5 * rem
  const last = isNarrow ? first + line : first
  return { width, height: last + 6, start, end, top: 14, bottom, dates: [first, last] }
}

/** Dots closer to each other than this are a line. */
const DENSE_PX = 7

/** Values over time as dots and lines. Time runs left to right in every language, as on paper. */
export function TrendChart(props: TrendChartProps) {
  const [room, setRoom] = createSignal<{ readonly width: number; readonly rem: number }>()
  const observe = (measure: HTMLDivElement) => {
    const observer = new ResizeObserver(entries => {
      const { width = 0, height = 0 } = entries[0]?.contentRect ?? {}
      setRoom(width > 0 ? { width: Math.floor(width), rem: height } : undefined)
    })
    observer.observe(measure)
    onCleanup(() => observer.disconnect())
  }
  const scales = createMemo(() => {
    const found = room()
    return found && scalesFor(found, props)
  })
  return (
    <figure class={styles.chart} dir="ltr">
      <div class={styles.frame}>
        {/* As wide as the picture will be, and one rem high whatever the picture is. */}
        <div ref={observe} class={styles.measure} />
        <Show when={scales()}>
          {found => (
            <Show when={props.pick} fallback={<Drawing {...props} scales={found()} />}>
              {pick => <Picking {...props} pick={pick()} scales={found()} />}
            </Show>
          )}
        </Show>
      </div>
      <Show when={props.series.length > 1}>
        <figcaption class={styles.legend} aria-hidden="true">
          <For each={props.series}>
            {(series, index) => (
              <span class={styles.key} data-series={index()}>
                <svg width="14" height="14" aria-hidden="true">
                  <path class={styles.dots} d="M7 7h0.01" />
                </svg>
                <bdi>{series.name}</bdi>
              </span>
            )}
          </For>
        </figcaption>
      </Show>
    </figure>
  )
}

/** From moments and values to pixels. Plain numbers inside: thousands of points ask. */
interface Scales {
  readonly frame: Frame
  readonly ticks: readonly number[]
  readonly span: { readonly from: number; readonly to: number }
  readonly x: (at: number) => number
  readonly y: (value: number) => number
}

function scalesFor(
  room: { readonly width: number; readonly rem: number },
  { series, span: wanted, formatValue }: Pick<TrendChartProps, 'series' | 'span' | 'formatValue'>,
): Scales {
  const points = series.flatMap(each => each.points)
  const ticks = roundTicks(...extentOf(points))
  const letters = Math.max(...ticks.map(tick => tickWords(tick, formatValue).length))
  const frame = frameOf(room.width, room.rem, letters)
  let span = wanted ?? { from: Infinity, to: -Infinity }
  if (wanted === undefined)
    for (const { at } of points) span = { from: Math.min(span.from, at), to: Math.max(span.to, at) }
  const { start, end, top, bottom } = frame
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const { from, to } = span
  return {
    frame,
    ticks,
    span,
    x: at => start + (to > from ? (at - from) / (to - from) : 0.5) * (end - start),
    y: value => bottom - ((value - low) / (high - low)) * (bottom - top),
  }
}

interface ScaledProps extends TrendChartProps {
  readonly scales: Scales
}

function Drawing(props: ScaledProps & { readonly isSilent?: boolean }) {
  const id = createUniqueId()
  const frame = () => props.scales.frame
  const { x, y } = onScale(props)
  const bands = createMemo(() => {
    const { start, end } = frame()
    return props.series.map(({ points }) => bandSteps(points, props.scales.x, start, end))
  })
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot take its colours from the page
    <svg
      width={frame().width}
      height={frame().height}
      viewBox={`0 0 ${frame().width} ${frame().height}`}
      role={props.isSilent ? undefined : 'img'}
      aria-hidden={props.isSilent ? 'true' : undefined}
      aria-labelledby={props.isSilent ? undefined : id}
    >
      <title id={id}>{props.isSilent ? '' : props.label}</title>
      <For each={bands()}>
        {(steps, index) => (
          <g data-series={index()}>
            <path class={styles.band} d={bandPath(steps, props.scales.y, frame())} />
            <path class={styles.edge} d={bandEdges(steps, props.scales.y, frame())} />
          </g>
        )}
      </For>
      <For each={props.scales.ticks}>
        {tick => (
          <>
            <line class={styles.grid} x1={frame().start} x2={frame().end} y1={y(tick)} y2={y(tick)} />
            <text class={styles.axis} x={frame().start - 8} y={y(tick)} text-anchor="end" dominant-baseline="central">
              {tickWords(tick, props.formatValue)}
            </text>
          </>
        )}
      </For>
      <text class={styles.axis} x={frame().start} y={frame().dates[0]}>
        {isolated(props.formatAt(props.scales.span.from))}
      </text>
      <Show when={props.scales.span.to > props.scales.span.from}>
        <text class={styles.axis} x={frame().end} y={frame().dates[1]} text-anchor="end">
          {isolated(props.formatAt(props.scales.span.to))}
        </text>
      </Show>
      <For each={props.series}>
        {(series, index) => <Line all={series.points} series={index()} scales={props.scales} />}
      </For>
      <Show when={props.pick && props.series[0]?.points[props.pick.index]}>
        {point => <Picked x={x(point().at)} y={y(point().value)} frame={frame()} />}
      </Show>
    </svg>
  )
}

const onScale = (props: { readonly scales: Scales }) => ({
  x: (at: number) => props.scales.x(at),
  y: (value: number) => props.scales.y(value),
})

/** One element for all marks of a kind, however many there are. A disc for the first series, a square for the second. */
function Line(props: { readonly all: readonly TrendPoint[]; readonly series: number; readonly scales: Scales }) {
  const drawn = createMemo(() => {
    const { x, y, frame } = props.scales
    const points = thinned(props.all, x)
    return {
      isDense: points.length * DENSE_PX > frame.width,
      line: linePath(points, x, y),
      dots: dotPath(points, x, y),
      bounds: boundPath(points, x, y),
    }
  })
  return (
    <g data-series={props.series} data-dense={drawn().isDense ? '' : undefined} class={styles.series}>
      <path class={styles.line} d={drawn().line} />
      <path class={styles.halo} d={drawn().dots} />
      <path class={styles.dots} d={drawn().dots} />
      <path class={styles.bound} d={drawn().bounds} />
    </g>
  )
}

function Picked(props: { readonly x: number; readonly y: number; readonly frame: Frame }) {
  return (
    <g class={styles.picked}>
      <line x1={props.x} x2={props.x} y1={props.frame.top} y2={props.frame.bottom} />
      <circle cx={props.x} cy={props.y} r="8" />
    </g>
  )
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
}

/** As a slider goes from value to value; what is picked is shown beside it. */
function Picking(props: ScaledProps & { readonly pick: TrendPick }) {
  const points = () => props.series[0]?.points ?? []
  const last = () => points().length - 1
  const goTo = (index: number) => props.pick.onPick(Math.max(0, Math.min(last(), index)))
  const byKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    goTo(props.pick.index + step)
  }
  const byPointer = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    goTo(nearestTo(points(), props.scales, { x: event.clientX - left, y: event.clientY - top }))
  }
  return (
    <div
      class={styles.picking}
      role="slider"
      tabindex="0"
      aria-label={props.pick.label}
      aria-valuemin={1}
      aria-valuemax={points().length}
      aria-valuenow={props.pick.index + 1}
      aria-valuetext={props.pick.words}
      onKeyDown={byKey}
      onPointerDown={byPointer}
      onPointerMove={byPointer}
    >
      <Drawing {...props} isSilent />
    </div>
  )
}
