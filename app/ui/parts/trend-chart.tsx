import { createSignal, createUniqueId, For, onCleanup, Show } from 'solid-js'
import styles from './trend-chart.module.css'
import { roundTicks } from './trend-scale.ts'

export interface TrendSeries {
  readonly name: string
  readonly points: readonly { readonly at: number; readonly value: number }[]
}

interface TrendChartProps {
  /** What a screen reader says instead of the picture; the table beside it holds every value. */
  readonly label: string
  /** One or two; told apart by shape and not by colour alone. */
  readonly series: readonly TrendSeries[]
  readonly formatValue: (value: number) => string
  readonly formatAt: (at: number) => string
}

/** In its own direction, whatever stands around it: no element does that inside a picture (Unicode FSI and PDI). */
const isolated = (text: string) => `\u2068${text}\u2069`

const HEIGHT = 176
const MARGIN = { top: 10, end: 14, bottom: 26, start: 40 }

/** Values over time as dots and lines. Time runs left to right in every language, as on paper. */
export function TrendChart(props: TrendChartProps) {
  const [width, setWidth] = createSignal(0)
  const observe = (frame: HTMLDivElement) => {
    const observer = new ResizeObserver(entries => setWidth(Math.floor(entries[0]?.contentRect.width ?? 0)))
    observer.observe(frame)
    onCleanup(() => observer.disconnect())
  }
  return (
    <figure class={styles.chart} dir="ltr">
      <div ref={observe} class={styles.frame}>
        <Show when={width() > 0}>
          <Drawing {...props} width={width()} />
        </Show>
      </div>
      <Show when={props.series.length > 1}>
        <figcaption class={styles.legend} aria-hidden="true">
          <For each={props.series}>
            {(series, index) => (
              <span class={styles.key} data-series={index()}>
                <svg width="14" height="14" aria-hidden="true">
                  <Mark series={index()} x={7} y={7} />
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

function Drawing(props: TrendChartProps & { readonly width: number }) {
  const id = createUniqueId()
  const values = () => props.series.flatMap(series => series.points.map(point => point.value))
  const times = () => props.series.flatMap(series => series.points.map(point => point.at))
  const ticks = () => roundTicks(Math.min(...values()), Math.max(...values()))
  const first = () => Math.min(...times())
  const last = () => Math.max(...times())
  const y = (value: number) => {
    const [low, high] = [ticks()[0] ?? 0, ticks().at(-1) ?? 1]
    return HEIGHT - MARGIN.bottom - ((value - low) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom)
  }
  const x = (at: number) => {
    const room = props.width - MARGIN.start - MARGIN.end
    return MARGIN.start + (last() > first() ? ((at - first()) / (last() - first())) * room : room / 2)
  }
  const path = (series: TrendSeries) => series.points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot take its colours from the page
    <svg width={props.width} height={HEIGHT} viewBox={`0 0 ${props.width} ${HEIGHT}`} role="img" aria-labelledby={id}>
      <title id={id}>{props.label}</title>
      <For each={ticks()}>
        {tick => (
          <>
            <line class={styles.grid} x1={MARGIN.start} x2={props.width - MARGIN.end} y1={y(tick)} y2={y(tick)} />
            <text class={styles.axis} x={MARGIN.start - 8} y={y(tick)} text-anchor="end" dominant-baseline="central">
              {props.formatValue(tick)}
            </text>
          </>
        )}
      </For>
      <text class={styles.axis} x={MARGIN.start} y={HEIGHT - 6}>
        {isolated(props.formatAt(first()))}
      </text>
      <Show when={last() > first()}>
        <text class={styles.axis} x={props.width - MARGIN.end} y={HEIGHT - 6} text-anchor="end">
          {isolated(props.formatAt(last()))}
        </text>
      </Show>
      <For each={props.series}>
        {(series, index) => (
          <g data-series={index()} class={styles.series}>
            <polyline class={styles.line} points={path(series)} />
            <For each={series.points}>{point => <Mark series={index()} x={x(point.at)} y={y(point.value)} />}</For>
          </g>
        )}
      </For>
    </svg>
  )
}

/** A disc for the first series, a square for the second. */
function Mark(props: { readonly series: number; readonly x: number; readonly y: number }) {
  return (
    <Show
      when={props.series === 0}
      fallback={<rect class={styles.mark} x={props.x - 3.5} y={props.y - 3.5} width="7" height="7" />}
    >
      <circle class={styles.mark} cx={props.x} cy={props.y} r="4" />
    </Show>
  )
}
