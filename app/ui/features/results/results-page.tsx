import FileUp from 'lucide-solid/icons/file-up'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import { createMemo, createSignal, Show } from 'solid-js'
import type { TestGroup } from '#app/core/results-session.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { FlagMark } from '../../record/flag-mark.tsx'
import { formatDate } from '../../record/format-when.ts'
import { useNewResults } from '../../record/new-results.ts'
import { titleOf, valueWithoutPulse } from '../../record/words.ts'
import { createWatch, useOwnSession, useRecordPath, useRecordRights, useSession, useSettings } from '../../session.ts'
import { arrangeTests, type TestList } from './arrange-tests.ts'
import { ChangeWords } from './change-words.tsx'
import { createPins } from './create-pins.ts'
import styles from './results.module.css'

/** Every test that there is a result of, with its latest one. */
export function ResultsPage() {
  const session = useSession()
  const tests = createWatch<readonly TestGroup[]>(listener => session.watchTests(listener))
  return (
    <Page title={t('results.title')}>
      <Show when={tests()} fallback={<output>{t('app.loading')}</output>}>
        {found => (
          <Show when={found().length > 0} fallback={<NoResults />}>
            <Tests tests={found()} />
          </Show>
        )}
      </Show>
    </Page>
  )
}

function NoResults() {
  const to = useRecordPath()
  const { isOwn } = useRecordRights()
  return (
    <EmptyState
      icon={<FlaskConical size="2.25rem" />}
      title={t('results.none.title')}
      actions={
        <Show when={isOwn}>
          <LinkButton tone="primary" href={to('/import')} icon={<FileUp />}>
            {t('add.import')}
          </LinkButton>
        </Show>
      }
    >
      <p>{t('results.none.text')}</p>
    </EmptyState>
  )
}

function Tests(props: { readonly tests: readonly TestGroup[] }) {
  const own = useOwnSession()
  const settings = useSettings()
  const pins = createPins()
  const newResults = useNewResults()
  const [text, setText] = createSignal('')
  const arranged = createMemo(() =>
    arrangeTests(props.tests, {
      text: text(),
      hidesNormal: settings().hidesNormalResults,
      isPinned: test => pins.isPinned(test.key),
      isWaiting: entry => newResults.isWaiting(entry),
      titleOf,
    }),
  )
  return (
    <>
      <div class={styles.tools}>
        <TextField
          label={t('results.search')}
          hideLabel
          type="search"
          placeholder={t('results.search')}
          value={text()}
          onInput={setText}
        />
        <CheckField
          label={t('results.hideNormal')}
          checked={settings().hidesNormalResults}
          onChange={hidesNormalResults => void own.changeSettings({ hidesNormalResults })}
        />
        <CheckField
          label={t('first.set')}
          checked={settings().explainsResults}
          onChange={explainsResults => void own.changeSettings({ explainsResults })}
        />
        <Show when={settings().explainsResults}>
          <p class={styles.soft}>{t('first.set.about')}</p>
        </Show>
        <p class={styles.soft} role="status">
          <Show when={arranged().hiddenCount > 0}>{t('results.hidden', { count: arranged().hiddenCount })}</Show>
          <Show when={arranged().hiddenCount === 0 && arranged().lists.length === 0}>{t('results.noneFound')}</Show>
        </p>
      </div>
      <KeyedFor each={arranged().lists} keyOf={({ kind, panel }) => `${kind} ${panel?.report.id ?? ''}`}>
        {list => (
          <Card title={<Heading list={list()} />}>
            <ul class={styles.tests}>
              <KeyedFor each={list().tests} keyOf={({ key }) => key}>
                {test => (
                  <li>
                    <TestRow test={test()} />
                  </li>
                )}
              </KeyedFor>
            </ul>
          </Card>
        )}
      </KeyedFor>
    </>
  )
}

function Heading(props: { readonly list: TestList }) {
  return (
    <Show when={props.list.panel} fallback={t(props.list.kind === 'pinned' ? 'results.pinned' : 'results.others')}>
      {panel => <bdi>{titleOf(panel().report)}</bdi>}
    </Show>
  )
}

function TestRow(props: { readonly test: TestGroup }) {
  const to = useRecordPath()
  const latest = () => props.test.latest
  return (
    <a href={to(`/results/${latest().id}`)} class={styles.test}>
      <span class={styles.name}>
        <bdi>{titleOf(latest())}</bdi>
      </span>
      <LatestWords test={props.test} />
      <span class={styles.when}>
        <Show when={latest().when}>{when => <span>{formatDate(when(), language())}</span>}</Show>
        <span>{t('results.count', { count: props.test.count })}</span>
      </span>
    </a>
  )
}

/** What the latest result is, once it does not wait for its explanation. */
function LatestWords(props: { readonly test: TestGroup }) {
  const settings = useSettings()
  const newResults = useNewResults()
  const latest = () => props.test.latest
  return (
    <Show when={!newResults.isWaiting(latest())} fallback={<span class={styles.marks}>{t('first.row')}</span>}>
      <span class={styles.value} dir="auto">
        {valueWithoutPulse(latest(), settings())}
      </span>
      <span class={styles.marks}>
        <FlagMark entry={latest()} always />
        <ChangeWords test={props.test} />
      </span>
    </Show>
  )
}
