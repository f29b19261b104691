import { useSearchParams } from '@solidjs/router'
import FileUp from 'lucide-solid/icons/file-up'
import Inbox from 'lucide-solid/icons/inbox'
import SearchX from 'lucide-solid/icons/search-x'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { useNewResults } from '../../record/new-results.ts'
import { SeenTwiceLink } from '../../record/seen-twice-link.tsx'
import { useRecordView, useSession, useViews, useRecordPath } from '../../session.ts'
import { type Filter, NO_FILTER } from '../../views.ts'
import { createTimeline } from './create-timeline.ts'
import { isFiltered, queryOf } from './filter.ts'
import { FilterChips } from './filter-chips.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { TimelineList } from './timeline-list.tsx'
import styles from './timeline.module.css'

/** Everything in the record, newest first. */
export function TimelinePage() {
  const session = useSession()
  const { view, filter, text, change, type } = createFilter(() => timeline.answerMs())
  const views = useViews()
  const newResults = useNewResults()
  const query = createMemo(() => ({ ...queryOf(filter()), ...newResults.searched() }), undefined, { equals: isSame })
  const timeline = createTimeline(session, query)
  const facets = createAnswer(
    () => (timeline.isThere() ? timeline.overview()?.version : undefined),
    () => session.facets(),
  )
  // Narrowed or not, it is this view that a lock leads back to.
  createEffect(() => views.noteRow(view(), views.rowOf(view())))
  const [isOpen, setOpen] = createSignal(false)
  let opener: HTMLButtonElement | undefined
  const showResults = () => {
    setOpen(false)
    opener?.focus()
    window.scrollTo(0, 0)
  }
  /** There is nothing to search or to narrow. */
  const isEmpty = () => timeline.overview()?.total === 0 && !isFiltered(filter()) && text() === ''
  const narrowed = () => filter().kinds.length + filter().sources.length + (filter().from || filter().to ? 1 : 0)
  return (
    <Page title={t('nav.timeline')}>
      <search class={styles.search} hidden={isEmpty()}>
        <TextField
          label={t('timeline.search')}
          hideLabel
          placeholder={t('timeline.search')}
          type="search"
          inputMode="search"
          value={text()}
          onInput={type}
        />
        <Button
          ref={element => (opener = element)}
          icon={<SlidersHorizontal />}
          aria-expanded={isOpen()}
          aria-controls="timeline-filters"
          onClick={() => setOpen(!isOpen())}
        >
          {narrowed() === 0 ? t('timeline.filter') : t('timeline.filterCount', { count: narrowed() })}
        </Button>
      </search>
      <div id="timeline-filters" hidden={!isOpen()}>
        <FilterPanel
          facets={facets()}
          filter={filter()}
          total={timeline.overview()?.total}
          onChange={change}
          onClose={showResults}
        />
      </div>
      <FilterChips facets={facets()} filter={filter()} onChange={change} />
      <Show when={timeline.overview()} fallback={<output>{t('app.loading')}</output>}>
        {overview => (
          <div class={styles.results}>
            <Show when={timeline.isThere()}>
              <SeenTwiceLink key={overview().version} />
            </Show>
            <p class={styles.printed}>{t('timeline.printed')}</p>
            <output class={styles.total} hidden={isEmpty()}>
              {t('timeline.total', { count: overview().total })}
            </output>
            <Show
              when={overview().total > 0}
              fallback={<NothingHere filtered={isFiltered(filter())} onClear={() => change(NO_FILTER)} />}
            >
              <TimelineList
                timeline={timeline}
                months={overview().months}
                total={overview().total}
                firstRow={views.rowOf(view())}
                onMove={row => views.noteRow(view(), row)}
              />
            </Show>
          </div>
        )}
      </Show>
    </Page>
  )
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Typing settles for as long as an answer takes, within these bounds, so that a slow device answers whole words and not letters that went by. */
const SETTLE_MS = { least: 15, most: 250 } as const

/** The filter behind the address's key, and the search box, which runs a little ahead of it. */
function createFilter(answerMs: () => number) {
  const views = useViews()
  const [params, setParams] = useSearchParams<{ view?: string }>()
  const view = () => params.view ?? ''
  const filter = createMemo(() => views.filterOf(view()))
  const [text, setText] = createSignal(filter().text)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const change = (part: Partial<Filter>) => {
    clearTimeout(timer)
    if (part.text !== undefined) setText(part.text)
    const next = views.keyOf({ ...filter(), text: text(), ...part }) || undefined
    setParams({ view: next }, { replace: true, scroll: false })
  }
  const type = (typed: string) => {
    setText(typed)
    clearTimeout(timer)
    const wait = Math.min(SETTLE_MS.most, Math.max(SETTLE_MS.least, answerMs()))
    timer = setTimeout(() => change({ text: typed }), wait)
  }
  return { view, filter, text, change, type }
}

function NothingHere(props: { readonly filtered: boolean; readonly onClear: () => void }) {
  const to = useRecordPath()
  const { shared } = useRecordView()
  return (
    <Show
      when={props.filtered}
      fallback={
        <Show
          when={shared === undefined}
          fallback={
            <EmptyState icon={<Inbox size="2.25rem" />} title={t('shared.empty.title')}>
              {t('shared.empty.text')}
            </EmptyState>
          }
        >
          <EmptyState
            icon={<Inbox size="2.25rem" />}
            title={t('timeline.empty.title')}
            actions={
              <>
                <LinkButton tone="primary" href={to('/import')} icon={<FileUp />}>
                  {t('add.import')}
                </LinkButton>
                <LinkButton href={to('/add')}>{t('add.title')}</LinkButton>
              </>
            }
          >
            {t('timeline.empty.text')}
          </EmptyState>
        </Show>
      }
    >
      <EmptyState
        icon={<SearchX size="2.25rem" />}
        title={t('timeline.none.title')}
        actions={<Button onClick={() => props.onClear()}>{t('timeline.clear')}</Button>}
      >
        {t('timeline.none.text')}
      </EmptyState>
    </Show>
  )
}
