import { createMemo, createSignal, For, Show } from 'solid-js'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { type Change, changesSince, lastVisitDay } from '../../record/changes-since.ts'
import styles from './plan.module.css'

const MONTH_MS = 30 * 86_400_000
const MOST = 50
const HOW = ['new', 'changed', 'ended'] as const

/** What is new, changed, over or out of range since a day, by section. */
export function ChangedPage() {
  const session = useSession()
  const to = useRecordPath()
  const now = Date.now()
  const [typed, setTyped] = createSignal<string>()
  const facts = createAnswer(
    () => true,
    () => session.reportEntries({ sections: SECTIONS, withPrivate: true }),
  )
  const visit = createMemo(() => lastVisitDay(facts() ?? [], now))
  const since = () => typed() ?? visit() ?? localDateTime(new Date(now - MONTH_MS)).date
  const start = () => Date.parse(since())
  const changes = createMemo(() => (Number.isNaN(start()) ? [] : changesSince(facts() ?? [], start(), now)))
  const out = createMemo(() =>
    (facts() ?? []).filter(
      ({ summary: { flag, when, status } }) =>
        isOut(flag) && status !== 'mistaken' && when !== undefined && when.sortAt >= start(),
    ),
  )
  const of = (section: Section) => changes().filter(({ facts: { summary } }) => summary.section === section)
  const isEmpty = () => changes().length + out().length === 0
  return (
    <Page title={t('since.title')} back={{ href: to('/plan') }} narrow>
      <TextField
        label={t('since.since')}
        hint={typed() === undefined && visit() !== undefined ? t('since.lastVisit') : undefined}
        type="date"
        value={since()}
        onInput={setTyped}
      />
      <Show when={facts()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={isEmpty()}>
          <p role="status">{t('since.nothing')}</p>
        </Show>
        <Show when={out().length > 0}>
          <Card title={t('since.out')}>
            <EntryList label={t('since.out')}>
              <For each={out().slice(0, MOST)}>{({ summary }) => <EntryRow entry={summary} />}</For>
            </EntryList>
          </Card>
        </Show>
        <For each={SECTIONS.filter(section => of(section).length > 0)}>
          {section => <SectionChanges section={section} changes={of(section)} />}
        </For>
      </Show>
    </Page>
  )
}

function SectionChanges(props: { readonly section: Section; readonly changes: readonly Change[] }) {
  const how = (kind: Change['how']) => props.changes.filter(change => change.how === kind)
  return (
    <Card title={t(`section.${props.section}`)}>
      <For each={HOW.filter(kind => how(kind).length > 0)}>
        {kind => (
          <>
            <h3>{t(`since.${kind}`)}</h3>
            <EntryList label={t(`since.${kind}`)}>
              <For each={how(kind).slice(0, MOST)}>{({ facts }) => <EntryRow entry={facts.summary} />}</For>
            </EntryList>
            <Show when={how(kind).length > MOST}>
              <p class={styles.soft}>{t('track.newestOf', { shown: MOST, count: how(kind).length })}</p>
            </Show>
          </>
        )}
      </For>
    </Card>
  )
}
