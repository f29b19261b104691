import { createMemo, createSignal, createUniqueId, For, onCleanup, Show } from 'solid-js'
import styles from './curves-chart.module.css'
import { roundTicks, spread } from './trend-scale.ts'

export interface CurvePoint {
  readonly x: number
  readonly y: number
}

interface CurvesChartProps {
  /** What a screen reader says instead of the picture; the table beside it holds every value. */
  readonly label: string
  /** Lines to compare with, the lowest first, each with the few signs that stand at its end. */
  readonly curves: readonly {
    readonly name: string
    readonly points: readonly CurvePoint[]
    readonly isMiddle: boolean
  }[]
  /** What is compared, in the order of `x`. */
  readonly points: readonly CurvePoint[]
  readonly span: { readonly from: number; readonly to: number }
  readonly xTicks: readonly number[]
  readonly formatX: (x: number) => string
  readonly formatY: (y: number) => string
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly start: number
  readonly end: number
  readonly top: number
  readonly bottom: number
  readonly rem: number
}

function frameOf(width: number, rem: number): Frame {
  const height = Math.round(Math.min(Math.max(width * 0.75, 15 * rem), 26 * rem))
  return { width, height, start: 3 * rem, end: width - 2 * rem, top: 0.75 * rem, bottom: height - 2 * rem, rem }
}

/** Pixels that the longest of the words takes on an axis. */
function widestOf(words: readonly string[], rem: number): number {
  const pen = document.createElement('canvas').getContext('2d')
  if (pen === null) return 0
  pen.font = `${0.8125 * rem}px ${getComputedStyle(document.body).fontFamily}`
  return Math.max(...words.map(each => pen.measureText(each).width))
}

const px = (value: number) => Math.round(value * 10) / 10

/** Points among curves that they are compared with. From left to right in every language, as on paper. */
export function CurvesChart(props: CurvesChartProps) {
  const [frame, setFrame] = createSignal<Frame>()
  const observe = (measure: HTMLDivElement) => {
    const observer = new ResizeObserver(entries => {
      const { width = 0, height = 0 } = entries[0]?.contentRect ?? {}
      setFrame(width > 0 ? frameOf(Math.floor(width), height) : undefined)
    })
    observer.observe(measure)
    onCleanup(() => observer.disconnect())
  }
  return (
    <figure class={styles.chart} dir="ltr">
      <div ref={observe} class={styles.measure} />
      <Show when={frame()}>{found => <Drawing {...props} frame={found()} />}</Show>
    </figure>
  )
}

function Drawing(props: CurvesChartProps & { readonly frame: Frame }) {
  const id = createUniqueId()
  const yTicks = createMemo(() => {
    const all = [...props.curves.flatMap(({ points }) => points), ...props.points].map(({ y }) => y)
    const [low, high] = all.reduce(([least, most], y) => [Math.min(least, y), Math.max(most, y)], [Infinity, -Infinity])
    return low <= high ? roundTicks(low, high, 5) : [0, 1]
  })
  const x = (at: number) => {
    const { start, end } = props.frame
    return px(start + ((at - props.span.from) / (props.span.to - props.span.from)) * (end - start))
  }
  const y = (value: number) => {
    const [low, high] = [yTicks()[0] ?? 0, yTicks().at(-1) ?? 1]
    const { top, bottom } = props.frame
    return px(bottom - ((value - low) / (high - low)) * (bottom - top))
  }
  const path = (points: readonly CurvePoint[]) =>
    points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('')
  /** As many of the ticks, evenly, as have room for their words beside each other. */
  const xTicks = createMemo(() => {
    const { start, end, rem } = props.frame
    const [first = 0, second = first] = props.xTicks
    const apart = ((second - first) / (props.span.to - props.span.from)) * (end - start)
    const every = apart > 0 ? Math.ceil((widestOf(props.xTicks.map(props.formatX), rem) + 0.5 * rem) / apart) : 1
    return props.xTicks.filter((_, index) => index % every === 0)
  })
  const names = createMemo(() => {
    const ends = props.curves.toReversed().map(({ points }) => y(points.at(-1)?.y ?? 0))
    return spread(ends, props.frame.rem * 0.85).toReversed()
  })
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot take its colours from the page
    <svg
      width={props.frame.width}
      height={props.frame.height}
      viewBox={`0 0 ${props.frame.width} ${props.frame.height}`}
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{props.label}</title>
      <For each={yTicks()}>
        {tick => (
          <>
            <line class={styles.grid} x1={props.frame.start} x2={props.frame.end} y1={y(tick)} y2={y(tick)} />
            <text
              class={styles.axis}
              x={props.frame.start - 8}
              y={y(tick)}
              text-anchor="end"
              dominant-baseline="central"
            >
              {props.formatY(tick)}
            </text>
          </>
        )}
      </For>
      <For each={xTicks()}>
        {tick => (
          <>
            <line class={styles.grid} x1={x(tick)} x2={x(tick)} y1={props.frame.top} y2={props.frame.bottom} />
            <text class={styles.axis} x={x(tick)} y={props.frame.bottom + props.frame.rem * 1.3} text-anchor="middle">
              {`\u2068${props.formatX(tick)}\u2069`}
            </text>
          </>
        )}
      </For>
      <For each={props.curves}>
        {(curve, index) => (
          <>
            <path class={styles.curve} data-middle={curve.isMiddle ? '' : undefined} d={path(curve.points)} />
            <text class={styles.name} x={props.frame.end + 5} y={names()[index()]} dominant-baseline="central">
              {curve.name}
            </text>
          </>
        )}
      </For>
      <path class={styles.line} d={path(props.points)} />
      <path class={styles.halo} d={props.points.map(point => `M${x(point.x)} ${y(point.y)}h0.01`).join('')} />
      <path class={styles.dots} d={props.points.map(point => `M${x(point.x)} ${y(point.y)}h0.01`).join('')} />
    </svg>
  )
}
