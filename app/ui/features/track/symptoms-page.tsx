import Plus from 'lucide-solid/icons/plus'
import { createMemo, For, Show } from 'solid-js'
import type { Tracked } from '#app/core/track-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { formatWhen } from '../../record/format-when.ts'
import { whenOf } from '../../record/words.ts'
import { createWatch, useRecordPath, useRecordRights, useSession } from '../../session.ts'
import styles from './track.module.css'

/** More occurrences than this are looked up in the timeline. */
const MOST = 2000
const LISTED = 10

const severityOf = ({ value }: EntrySummary) => (value?.type === 'quantity' ? value.quantity.value : undefined)

/** The diary of symptoms: each by its name, with how bad it was. */
export function SymptomsPage() {
  const session = useSession()
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const tracked = createWatch<Tracked>(listener => session.watchTracked(listener))
  const rows = createAnswer(
    () => tracked()?.version,
    () => session.timelineRows({ kinds: ['symptom'] }, 0, MOST),
  )
  const names = createMemo(() => (tracked()?.symptoms ?? []).map(({ latest }) => latest.title))
  const ofName = (name: string) => (rows() ?? []).filter(row => row.title.toLowerCase() === name.toLowerCase())
  return (
    <Page
      title={t('kinds.symptom')}
      back={{ href: to('/track') }}
      actions={
        <Show when={mayChange()}>
          <LinkButton tone="primary" href={to('/add/symptom')} icon={<Plus />}>
            {t('add.new.symptom')}
          </LinkButton>
        </Show>
      }
    >
      <Show when={tracked() !== undefined && names().length === 0}>
        <p>{t('track.symptoms.none')}</p>
      </Show>
      <For each={names()}>{name => <SymptomCard name={name} rows={ofName(name)} />}</For>
    </Page>
  )
}

function SymptomCard(props: { readonly name: string; readonly rows: readonly EntrySummary[] }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const points = () =>
    props.rows.toReversed().flatMap(row => {
      const value = severityOf(row)
      return row.when === undefined || value === undefined ? [] : [{ at: row.when.sortAt, value }]
    })
  return (
    <Card
      title={<bdi>{props.name}</bdi>}
      action={
        <Show when={mayChange()}>
          <LinkButton
            tone="plain"
            href={to(`/add/symptom?${new URLSearchParams({ name: props.name }).toString()}`)}
            icon={<Plus />}
          >
            {t('act.add')}
            <VisuallyHidden>: {props.name}</VisuallyHidden>
          </LinkButton>
        </Show>
      }
    >
      <Show when={points().length > 1}>
        <TrendChart
          label={t('home.trend', { what: props.name, count: points().length })}
          series={[{ name: props.name, points: points() }]}
          formatValue={value => formatNumber(value, 1)}
          formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        />
      </Show>
      <ul class={styles.occurrences}>
        <For each={props.rows.slice(0, LISTED)}>
          {row => (
            <li>
              <a href={to(`/entry/${row.id}`)}>
                {t('track.severity', { value: formatNumber(severityOf(row) ?? 0, 1), when: whenOf(row) })}
              </a>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.rows.length > LISTED}>
        <p class={styles.soft}>{t('track.newestOf', { shown: LISTED, count: props.rows.length })}</p>
      </Show>
    </Card>
  )
}
