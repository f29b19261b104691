import { useSearchParams } from '@solidjs/router'
import FileUp from 'lucide-solid/icons/file-up'
import Inbox from 'lucide-solid/icons/inbox'
import SearchX from 'lucide-solid/icons/search-x'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import { batch, createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
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
  const { view, filter, text, change, type } = createFilter(() => timeline.isAsking())
  const views = useViews()
  const newResults = useNewResults()
  const query = createMemo(() => ({ ...queryOf(filter()), ...newResults.searched() }), undefined, { equals: isSame })
  const timeline = createTimeline(session, query)
  const facets = createAnswer(
    () => timeline.overview()?.version,
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
            <SeenTwiceLink key={overview().version} />
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

/** The address is told once typing has rested: the browser counts how often it changes. */
const ADDRESS_REST_MS = 250

/**
 * The filter behind the address's key, and what is typed, which runs ahead of it. It is asked for at once, or as soon as the answer to
 * what was typed before is there: a slow device answers whole words and not letters that went by.
 */
function createFilter(isAsking: () => boolean) {
  const views = useViews()
  const [params, setParams] = useSearchParams<{ view?: string }>()
  const view = () => params.view ?? ''
  const settled = createMemo(() => views.filterOf(view()))
  const [text, setText] = createSignal(settled().text)
  const [asked, setAsked] = createSignal(text())
  const filter = createMemo(() => ({ ...settled(), text: asked() }))
  let told = text()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  createEffect(() => {
    if (!isAsking()) setAsked(text())
  })
  const show = (shown: string) => {
    clearTimeout(timer)
    told = shown
    setText(shown)
    setAsked(shown)
  }
  // A link or the browser's own way back leads to another view of the same page.
  createEffect(on(settled, now => now.text !== told && batch(() => show(now.text)), { defer: true }))
  const change = (part: Partial<Filter>) => {
    const wanted = { ...settled(), text: text(), ...part }
    batch(() => {
      show(wanted.text)
      setParams({ view: views.keyOf(wanted) || undefined }, { replace: true, scroll: false })
    })
  }
  const type = (typed: string) => {
    setText(typed)
    clearTimeout(timer)
    timer = setTimeout(() => change({}), ADDRESS_REST_MS)
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
