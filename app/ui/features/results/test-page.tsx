import { useParams, useSearchParams } from '@solidjs/router'
import FileSearch from 'lucide-solid/icons/file-search'
import Pin from 'lucide-solid/icons/pin'
import PinOff from 'lucide-solid/icons/pin-off'
import { type Accessor, createMemo, For, lazy, Show, Suspense } from 'solid-js'
import type { TestGroup, TestHistory } from '#app/core/results-session.ts'
import { isEntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { WhatIsThis } from '../../record/explain/what-is-this.tsx'
import { ResultFirst } from '../../record/explain/result-first.tsx'
import { FlagMark } from '../../record/flag-mark.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { reportedValueOf, shortSourceOf, titleOf, valueWithoutPulse, whenOf } from '../../record/words.ts'
import { createWatch, useRecordPath, useRecordView, useSession, useSettings } from '../../session.ts'
import { ChangeWords } from './change-words.tsx'
import { createPins } from './create-pins.ts'
import { ResultsTable } from './results-table.tsx'
import styles from './results.module.css'
import { seriesByUnit, spanOf } from './test-series.ts'
import { UnitChart } from './unit-chart.tsx'

const AskByMessage = lazy(async () => ({
  default: (await import('../../record/ask-by-message.tsx')).AskByMessage,
}))

const QuickQuestion = lazy(async () => ({
  default: (await import('../../record/plan/quick-question.tsx')).QuickQuestion,
}))

/**
 * One test, by any of its results: an address that names the test would be written to the browser's history (decision 7). The one that
 * it is compared with stands in the address in the same way.
 */
export function TestPage() {
  const params = useParams()
  const session = useSession()
  const tests = createWatch<readonly TestGroup[]>(listener => session.watchTests(listener))
  const history = createHistory(tests, () => params.id)
  const group = () => tests()?.find(test => test.key === history()?.found?.key)
  return (
    <Show when={history()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      {told => (
        <Show when={told().found} fallback={<NoTest />}>
          {found => (
            <Show when={group()}>
              {test => <TestWhenShown test={test()} history={found()} tests={tests() ?? []} />}
            </Show>
          )}
        </Show>
      )}
    </Show>
  )
}

/** Asked anew with every change of the record. `found` is absent where there is no such test. */
function createHistory(
  tests: Accessor<readonly TestGroup[] | undefined>,
  id: Accessor<string | undefined>,
): Accessor<{ readonly found?: TestHistory | undefined } | undefined> {
  const session = useSession()
  return createAnswer(
    () => (tests() === undefined ? undefined : { id: id() ?? '', tests: tests() }),
    async asked => ({ found: isEntryId(asked.id) ? await session.testHistory(asked.id) : undefined }),
  )
}

function useWayBack() {
  const to = useRecordPath()
  return () => ({ href: to('/results'), label: t('results.title') })
}

function NoTest() {
  const back = useWayBack()
  return (
    <Page title={t('results.gone.title')} back={back()}>
      <EmptyState icon={<FileSearch size="2.25rem" />} title={t('results.gone.text')} />
    </Page>
  )
}

interface TestViewProps {
  readonly test: TestGroup
  readonly history: TestHistory
  readonly tests: readonly TestGroup[]
}

/** What the test is first, while any of its results waits for that. */
function TestWhenShown(props: TestViewProps) {
  const newResults = useNewResults()
  const back = useWayBack()
  const waiting = createMemo(() => props.history.results.filter(result => newResults.isWaiting(result)))
  return (
    <Show when={waiting()[0]} fallback={<TestView test={props.test} history={props.history} tests={props.tests} />}>
      {first => (
        <Page title={titleOf(props.test.latest)} windowTitle={t('results.title')} back={back()}>
          <ResultFirst entry={first()} onShow={() => void newResults.show(waiting())} />
        </Page>
      )}
    </Show>
  )
}

function TestView(props: TestViewProps) {
  const settings = useSettings()
  const back = useWayBack()
  const { shared, isPreview } = useRecordView()
  const [search, setSearch] = useSearchParams<{ with?: string }>()
  const series = createMemo(() => seriesByUnit(props.history.results, settings()))
  const other = createHistory(
    () => (search.with === undefined ? undefined : props.tests),
    () => search.with,
  )
  const otherTest = () =>
    search.with === undefined ? undefined : props.tests.find(test => test.key === other()?.found?.key)
  const otherSeries = createMemo(() =>
    otherTest() === undefined ? [] : seriesByUnit(other()?.found?.results ?? [], settings()),
  )
  const span = createMemo(() => (otherSeries().length > 0 ? spanOf([...series(), ...otherSeries()]) : undefined))
  const undated = () => props.history.results.filter(({ when }) => when === undefined).length
  return (
    <Page
      title={titleOf(props.test.latest)}
      windowTitle={t('results.title')}
      back={back()}
      actions={<PinButton test={props.test} />}
    >
      <Latest test={props.test} />
      <Show when={shared === undefined && isPreview === undefined}>
        <Suspense>
          <QuickQuestion
            label={t('asking.about')}
            about={`${titleOf(props.test.latest)}, ${whenOf(props.test.latest)}: `}
          />
          <AskByMessage entry={props.test.latest} />
        </Suspense>
      </Show>
      <For each={series()}>
        {each => (
          <UnitChart series={each} span={span()} title={titleOf(props.test.latest)} isCompared={span() !== undefined} />
        )}
      </For>
      <For each={otherSeries()}>
        {each => (
          <UnitChart series={each} span={span()} title={titleOf(otherTest()?.latest ?? props.test.latest)} isCompared />
        )}
      </For>
      <Show when={series().length > 0}>
        <Compare
          test={props.test}
          tests={props.tests}
          chosen={otherTest()}
          onChoose={test => setSearch({ with: test?.latest.id }, { replace: true, scroll: false })}
        />
      </Show>
      <Show when={undated() > 0 && series().length > 0}>
        <p class={styles.soft}>{t('results.undated', { count: undated() })}</p>
      </Show>
      <ResultsTable caption={titleOf(props.test.latest)} results={props.history.results} />
    </Page>
  )
}

function PinButton(props: { readonly test: TestGroup }) {
  const pins = createPins()
  const isPinned = () => pins.isPinned(props.test.key)
  return (
    <Button
      icon={isPinned() ? <PinOff size="1.2rem" /> : <Pin size="1.2rem" />}
      onClick={() => void pins.change(props.test.key, !isPinned())}
    >
      {t(isPinned() ? 'results.unpin' : 'results.pin')}
    </Button>
  )
}

function Latest(props: { readonly test: TestGroup }) {
  const settings = useSettings()
  const latest = () => props.test.latest
  return (
    <Card>
      <p class={styles.big} dir="auto">
        {valueWithoutPulse(latest(), settings())}
      </p>
      <Show when={reportedValueOf(latest(), settings())}>
        {value => <p class={styles.soft}>{t('results.reported', { value: value() })}</p>}
      </Show>
      <p class={styles.marks}>
        <FlagMark entry={latest()} always />
        <ChangeWords test={props.test} />
      </p>
      <p class={styles.soft}>
        {whenOf(latest(), 'long')} · <bdi>{shortSourceOf(latest().source)}</bdi>
      </p>
      <WhatIsThis codes={latest().codes} />
    </Card>
  )
}

function Compare(props: {
  readonly test: TestGroup
  readonly tests: readonly TestGroup[]
  readonly chosen: TestGroup | undefined
  readonly onChoose: (test: TestGroup | undefined) => void
}) {
  const newResults = useNewResults()
  const others = createMemo(() =>
    props.tests
      .filter(test => test.key !== props.test.key && test.units.length > 0 && !newResults.isWaiting(test.latest))
      .toSorted((a, b) => titleOf(a.latest).localeCompare(titleOf(b.latest))),
  )
  return (
    <Show when={others().length > 0}>
      <Card fields>
        <SelectField
          label={t('results.compare')}
          value={props.chosen?.key ?? ''}
          options={[
            { value: '', label: t('results.compare.none') },
            ...others().map(test => ({ value: test.key, label: titleOf(test.latest) })),
          ]}
          onChange={key => props.onChoose(others().find(test => test.key === key))}
        />
      </Card>
    </Show>
  )
}
