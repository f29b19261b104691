import { createWindowVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/solid-virtual'
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, untrack } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { EntryRow } from '../../record/entry-row.tsx'
import { formatMonth } from '../../record/format-when.ts'
import type { Timeline } from './create-timeline.ts'
import { JumpField } from './jump-field.tsx'
import { byMonth, headingPlace, type Month, type MonthPlaces, placeOf, placeOfRow, rowAt } from './list-items.ts'
import styles from './timeline.module.css'

/** The least that a row and a heading measure, in rem, as in the styles: each that measures otherwise costs a look at all places. */
const ROW_REM = 4.125
const HEADING_REM = 2.625
/** Scrolling that pauses for this long has come to rest. */
const REST_MS = 200
/** The bar of main places below the page on phones. */
const BOTTOM_REM = 5

/**
 * Months and their rows, of which only those near the screen exist. Arrow keys go from row to row, Home and End to the
 * first and the last; Tab works as everywhere.
 */
export function TimelineList(props: {
  readonly timeline: Timeline
  readonly months: readonly Month[]
  readonly total: number
  /** Where to begin: the row that stood first on screen before. */
  readonly firstRow: number
  /** This row stands first on screen now: told when scrolling has come to rest, and when somebody opens an entry. */
  readonly onMove: (row: number) => void
}) {
  const [list, setList] = createSignal<HTMLDivElement>()
  const [margin, setMargin] = createSignal(0)
  const [bar, setBar] = createSignal<HTMLDivElement>()
  const [covered, setCovered] = createSignal(0)
  const [offset, setOffset] = createSignal(0)
  const [focused, setFocused] = createSignal<number>()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  // Asked for all places whenever a drawn row turns out higher than estimated: no search, nothing made.
  const headings = createMemo(() => new Set(props.months.map((_, index) => headingPlace(props.months, index))))
  const placeCount = () => props.total + props.months.length
  const virtualizer = createWindowVirtualizer<HTMLElement>({
    get count() {
      return placeCount()
    },
    get scrollMargin() {
      return margin()
    },
    // A heading is never taken for the row that stood in its place before a search, whose height is remembered.
    get getItemKey() {
      const places = headings()
      return (place: number) => (places.has(place) ? -1 - place : place)
    },
    estimateSize: place => (headings().has(place) ? HEADING_REM : ROW_REM) * rem,
    overscan: 5,
    useAnimationFrameWithResizeObserver: true,
    onChange: ({ scrollOffset }) => setOffset(scrollOffset ?? 0),
    get scrollPaddingStart() {
      return covered()
    },
    scrollPaddingEnd: BOTTOM_REM * rem,
    rangeExtractor: range => withFocused(range, focused()),
  })
  const items = createMemo(() => virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start })))
  const startOf = createMemo(() => new Map(items().map(({ index, start }) => [index, start])))
  const groups = createMemo(() =>
    byMonth(
      props.months,
      items().flatMap(({ index }) => (index < placeCount() ? [index] : [])),
    ),
  )
  const monthIndexes = createMemo(() => [...groups().keys()])
  const top = (place: number) => `translateY(${(startOf().get(place) ?? 0) - margin()}px)`

  createEffect(() => {
    const places = items()
    const [first, last] = [places[0], places.at(-1)]
    if (first !== undefined && last !== undefined) {
      props.timeline.want(rowAt(props.months, first.index), rowAt(props.months, last.index) + 1)
    }
  })

  onMount(() => {
    const place = () => {
      setCovered(coveredBy(bar()))
      setMargin(Math.round((list()?.getBoundingClientRect().top ?? 0) + window.scrollY))
    }
    const observer = new ResizeObserver(() => requestAnimationFrame(place))
    observer.observe(document.body)
    place()
    onCleanup(() => observer.disconnect())
  })

  // Not what the address says later: a narrowed timeline begins at its top. The way back from an entry leaves scrolling to this list.
  const begin = untrack(() => props.firstRow)
  onMount(() => {
    if (begin === 0) return
    requestAnimationFrame(() => virtualizer.scrollToIndex(placeOfRow(props.months, begin), { align: 'start' }))
  })

  const focusRow = (place: number) => {
    setFocused(place)
    virtualizer.scrollToIndex(place, { align: 'auto' })
    requestAnimationFrame(() => linkAt(list(), place)?.focus({ preventScroll: true }))
  }
  const steer = (event: KeyboardEvent) => {
    const at = focused()
    const to = at === undefined ? undefined : targetOf(event.key, at, props.months, placeCount())
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    focusRow(to)
  }
  const first = createMemo(() => {
    const edge = offset() + covered() + rem
    return items().findLast(({ start }) => start < edge)?.index ?? 0
  })
  const current = () => placeOf(props.months, first()).monthIndex
  const firstRow = () => rowAt(props.months, first())
  createEffect(
    on(
      offset,
      () => {
        const timer = setTimeout(() => props.onMove(firstRow()), REST_MS)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )

  return (
    <div class={styles.frame}>
      <div ref={setBar} class={styles.bar}>
        <JumpField
          months={props.months}
          current={current()}
          onJump={index => virtualizer.scrollToIndex(headingPlace(props.months, index), { align: 'start' })}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the links inside */}
      <div
        ref={setList}
        class={styles.list}
        style={{ height: `${virtualizer.getTotalSize()}px` }}
        onKeyDown={steer}
        onClick={() => props.onMove(firstRow())}
        onFocusIn={event => setFocused(placeOfLink(event.target))}
        onFocusOut={() => setFocused(undefined)}
      >
        <For each={monthIndexes()}>
          {monthIndex => (
            <MonthRows
              month={props.months[monthIndex]}
              place={headingPlace(props.months, monthIndex)}
              drawn={groups().get(monthIndex)}
              timeline={props.timeline}
              top={top}
              measure={element => virtualizer.measureElement(element)}
            />
          )}
        </For>
      </div>
    </div>
  )
}

/** One month's heading and those of its rows that are drawn; its list says how many there are in all. */
function MonthRows(props: {
  readonly month: Month | undefined
  readonly place: number
  readonly drawn: MonthPlaces | undefined
  readonly timeline: Timeline
  readonly top: (place: number) => string
  readonly measure: (element: HTMLElement) => void
}) {
  const measured = (element: HTMLElement, place: number) => {
    element.dataset.index = String(place)
    queueMicrotask(() => element.isConnected && props.measure(element))
  }
  // A month keeps its heading while a search moves it: what is measured there is not the row that stood there before.
  const heading = (element: HTMLElement) => createEffect(() => measured(element, props.place))
  return (
    <>
      <Show when={props.drawn?.hasHeading}>
        <h2 class={styles.month} style={{ transform: props.top(props.place) }} ref={heading}>
          {monthName(props.month)}
          <span class={styles.monthCount}>{t('count', { count: props.month?.count ?? 0 })}</span>
        </h2>
      </Show>
      <Show when={(props.drawn?.rows.length ?? 0) > 0}>
        <ul class={styles.rows} aria-label={monthName(props.month)}>
          <For each={props.drawn?.rows ?? []}>
            {place => (
              <li
                class={styles.row}
                style={{ transform: props.top(place) }}
                ref={element => measured(element, place)}
                aria-setsize={props.month?.count}
                aria-posinset={place - props.place}
              >
                <Show
                  when={props.timeline.row((props.month?.start ?? 0) + place - props.place - 1)}
                  fallback={<span class={styles.waiting}>{t('app.loading')}</span>}
                >
                  {entry => <EntryRow entry={entry()} date="day" />}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}

const monthName = (month: Month | undefined) =>
  month === undefined || month.month === '' ? t('when.none') : formatMonth(month.month, language())

/** How much of the window the sticky bar and what it sticks to keep covered. */
function coveredBy(bar: HTMLElement | undefined): number {
  if (bar === undefined) return 0
  return (Number.parseFloat(getComputedStyle(bar).top) || 0) + bar.offsetHeight
}

function withFocused(range: Range, focused: number | undefined): number[] {
  const places = defaultRangeExtractor(range)
  if (focused === undefined || focused >= range.count || places.includes(focused)) return places
  return [...places, focused].toSorted((a, b) => a - b)
}

function targetOf(key: string, at: number, months: readonly Month[], count: number): number | undefined {
  const skip = (place: number, step: 1 | -1) => {
    const next = placeOf(months, place).rowInMonth < 0 ? place + step : place
    return next > 0 && next < count ? next : undefined
  }
  if (key === 'ArrowDown') return skip(at + 1, 1)
  if (key === 'ArrowUp') return skip(at - 1, -1)
  if (key === 'Home') return 1
  return key === 'End' ? count - 1 : undefined
}

function placeOfLink(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest('li')?.dataset.index : undefined
  return index === undefined ? undefined : Number(index)
}

function linkAt(list: HTMLElement | undefined, place: number): HTMLElement | null | undefined {
  return list?.querySelector(`li[data-index="${place}"] a`)
}
