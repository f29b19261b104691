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
}

function frameOf(width: number, rem: number): Frame {
  const height = Math.round(11 * rem)
  return { width, height, start: 3 * rem, end: width - 14, top: 14, bottom: height - 1.9 * rem }
}

/** Dots closer to each other than this are a line. */
const DENSE_PX = 7

/** Values over time as dots and lines. Time runs left to right in every language, as on paper. */
export function TrendChart(props: TrendChartProps) {
  const [frame, setFrame] = createSignal<Frame>()
  const observe = (frame: HTMLDivElement) => {
    const observer = new ResizeObserver(entries => {
      const width = Math.floor(entries[0]?.contentRect.width ?? 0)
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      setFrame(width > 0 ? frameOf(width, rem) : undefined)
    })
    observer.observe(frame)
    onCleanup(() => observer.disconnect())
  }
  return (
    <figure class={styles.chart} dir="ltr">
      <div ref={observe} class={styles.frame}>
        <Show when={frame()}>
          {sized => (
            <Show when={props.pick} fallback={<Drawing {...props} frame={sized()} />}>
              {pick => <Picking {...props} pick={pick()} frame={sized()} />}
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

interface SizedProps extends TrendChartProps {
  readonly frame: Frame
}

function scalesOf(props: SizedProps) {
  const all = createMemo(() => props.series.flatMap(series => series.points))
  const ticks = createMemo(() => roundTicks(...extentOf(all())))
  const span = createMemo(() => {
    if (props.span !== undefined) return props.span
    let [from, to] = [Infinity, -Infinity]
    for (const { at } of all()) [from, to] = [Math.min(from, at), Math.max(to, at)]
    return { from, to }
  })
  const y = (value: number) => {
    const [low, high] = [ticks()[0] ?? 0, ticks().at(-1) ?? 1]
    const { top, bottom } = props.frame
    return bottom - ((value - low) / (high - low)) * (bottom - top)
  }
  const x = (at: number) => {
    const { from, to } = span()
    const { start, end } = props.frame
    return start + (to > from ? (at - from) / (to - from) : 0.5) * (end - start)
  }
  return { ticks, span, x, y }
}

function Drawing(props: SizedProps & { readonly isSilent?: boolean }) {
  const id = createUniqueId()
  const { ticks, span, x, y } = scalesOf(props)
  const start = () => props.frame.start
  const end = () => props.frame.end
  const bands = createMemo(() => bandSteps(props.series[0]?.points ?? [], x, start(), end()))
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot take its colours from the page
    <svg
      width={props.frame.width}
      height={props.frame.height}
      viewBox={`0 0 ${props.frame.width} ${props.frame.height}`}
      role={props.isSilent ? undefined : 'img'}
      aria-hidden={props.isSilent ? 'true' : undefined}
      aria-labelledby={props.isSilent ? undefined : id}
    >
      <title id={id}>{props.isSilent ? '' : props.label}</title>
      <path class={styles.band} d={bandPath(bands(), y, props.frame)} />
      <path class={styles.edge} d={bandEdges(bands(), y, props.frame)} />
      <For each={ticks()}>
        {tick => (
          <>
            <line class={styles.grid} x1={start()} x2={end()} y1={y(tick)} y2={y(tick)} />
            <text class={styles.axis} x={start() - 8} y={y(tick)} text-anchor="end" dominant-baseline="central">
              {props.formatValue(tick)}
            </text>
          </>
        )}
      </For>
      <text class={styles.axis} x={start()} y={props.frame.height - 6}>
        {isolated(props.formatAt(span().from))}
      </text>
      <Show when={span().to > span().from}>
        <text class={styles.axis} x={end()} y={props.frame.height - 6} text-anchor="end">
          {isolated(props.formatAt(span().to))}
        </text>
      </Show>
      <For each={props.series}>
        {(series, index) => (
          <Line points={thinned(series.points, x)} series={index()} x={x} y={y} frame={props.frame} />
        )}
      </For>
      <Show when={props.pick && props.series[0]?.points[props.pick.index]}>
        {point => <Picked x={x(point().at)} y={y(point().value)} frame={props.frame} />}
      </Show>
    </svg>
  )
}

/** One element for all marks of a kind, however many there are. A disc for the first series, a square for the second. */
function Line(props: {
  readonly points: readonly TrendPoint[]
  readonly series: number
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  readonly frame: Frame
}) {
  const isDense = () => props.points.length * DENSE_PX > props.frame.width
  const dots = () => dotPath(props.points, props.x, props.y)
  return (
    <g data-series={props.series} data-dense={isDense() ? '' : undefined} class={styles.series}>
      <path class={styles.line} d={linePath(props.points, props.x, props.y)} />
      <path class={styles.halo} d={dots()} />
      <path class={styles.dots} d={dots()} />
      <path class={styles.bound} d={boundPath(props.points, props.x, props.y)} />
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
function Picking(props: SizedProps & { readonly pick: TrendPick }) {
  const { x, y } = scalesOf(props)
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
    goTo(nearestTo(points(), x, y, { x: event.clientX - left, y: event.clientY - top }))
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
