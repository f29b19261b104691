import { For, type JSX, Show } from 'solid-js'
import type { Change } from '#app/core/exchange/report/changes-since.ts'
import { pressureMean } from '#app/core/exchange/report/blood-pressure-mean.ts'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { formatDay, formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { TrendChart, type TrendSeries } from '../../parts/trend-chart.tsx'
import { formatUnit, formatValue } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import { titleOf } from '../../record/words.ts'
import { useSettings, useVault } from '../../session.ts'
import type { Doctor } from './create-doctor.ts'
import { lineOf, type ListedPart, MOST_CHANGES, MOST_ROWS, type TestResults } from './doctor-sheet.ts'
import { FactsTable } from './facts-table.tsx'
import styles from './paper.module.css'

const MEAN_DAYS = 30

type Columns = Parameters<typeof FactsTable>[0]['columns']

/** The pages as they are printed. */
export function DoctorSheet(props: { readonly doctor: Doctor }) {
  const vault = useVault()
  const person = () => {
    const state = vault()
    return state.kind === 'open' ? state : undefined
  }
  const day = (text: string) => formatWhen({ text }, language(), 'long')
  return (
    <article class={styles.sheet} aria-label={t('out.doctor')}>
      <header class={styles.head}>
        <p class={styles.name}>
          <bdi>{person()?.personName}</bdi>
        </p>
        <p>
          <Show when={person()?.birthDate}>{birth => <>{t('doctor.born', { date: day(birth()) })} · </>}</Show>
          {t('doctor.made', { date: formatDay(new Date()) })}
        </p>
      </header>
      <Show when={props.doctor.has('questions') && props.doctor.questions.lines().length > 0}>
        <Part title={t('doctor.questions')}>
          <ol class={styles.questions}>
            <For each={props.doctor.questions.lines()}>{line => <li dir="auto">{line}</li>}</For>
          </ol>
        </Part>
      </Show>
      <Show when={props.doctor.has('changes')}>
        <Part title={t('doctor.changes', { date: day(props.doctor.since()) })}>
          <Changes changes={props.doctor.changes()} />
        </Part>
      </Show>
      <Listed doctor={props.doctor} />
      <Show when={props.doctor.has('blood-pressure') && props.doctor.pressures().length > 0}>
        <Pressures rows={props.doctor.pressures()} />
      </Show>
      <Show when={props.doctor.has('weight') && props.doctor.weights().length > 0}>
        <Measured title={t('kind.weight')} rows={props.doctor.weights()} />
      </Show>
      <For each={props.doctor.tests().filter(test => props.doctor.hasTest(test.key))}>
        {test => <Measured title={titleOf(test.newest.summary)} rows={test.rows} />}
      </For>
    </article>
  )
}

function Part(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section class={styles.part}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}

function Changes(props: { readonly changes: readonly Change[] }) {
  return (
    <Show when={props.changes.length > 0} fallback={<p>{t('doctor.changes.none')}</p>}>
      <ul class={styles.list}>
        <For each={props.changes.slice(0, MOST_CHANGES)}>
          {({ facts, how }) => (
            <li>
              <bdi>{titleOf(facts.summary)}</bdi> <span class={styles.soft}>({t(`doctor.change.${how}`)})</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.changes.length > MOST_CHANGES}>
        <p class={styles.soft}>{t('doctor.moreChanges', { count: props.changes.length - MOST_CHANGES })}</p>
      </Show>
    </Show>
  )
}

function Listed(props: { readonly doctor: Doctor }) {
  return (
    <>
      <Show when={props.doctor.has('problems')}>
        <Table
          title={t('section.problems')}
          columns={['what', 'when', 'severity', 'note', 'source']}
          doctor={props.doctor}
          part="problems"
        />
      </Show>
      <Show when={props.doctor.has('medicines')}>
        <Table
          title={t('section.medicines')}
          columns={['what', 'directions', 'reason', 'when', 'note', 'source']}
          doctor={props.doctor}
          part="medicines"
        />
      </Show>
      <Show when={props.doctor.has('allergies')}>
        <Table
          title={t('section.allergies')}
          columns={['what', 'reaction', 'severity', 'note', 'source']}
          doctor={props.doctor}
          part="allergies"
        />
      </Show>
    </>
  )
}

/** What is not ticked is counted: nobody shall think that there is no more. */
function Table(props: {
  readonly title: string
  readonly columns: Columns
  readonly doctor: Doctor
  readonly part: ListedPart
}) {
  const rows = () => props.doctor.rowsOf(props.part)
  const more = () => props.doctor.listed(props.part).length - rows().length
  return (
    <Part title={props.title}>
      <Show when={rows().length > 0}>
        <FactsTable caption={props.title} columns={props.columns} rows={rows()} />
      </Show>
      <Show when={rows().length + more() === 0}>
        <p>{t('doctor.none')}</p>
      </Show>
      <Show when={more() > 0}>
        <p class={styles.soft}>{t('doctor.notListed', { count: more() })}</p>
      </Show>
    </Part>
  )
}

/** What does not fit is counted: nobody shall think that there is no more. */
function Values(props: { readonly caption: string; readonly columns: Columns; readonly rows: readonly EntryFacts[] }) {
  return (
    <div class={styles.values}>
      <FactsTable caption={props.caption} columns={props.columns} rows={props.rows.slice(0, MOST_ROWS)} />
      <Show when={props.rows.length > MOST_ROWS}>
        <p class={styles.soft}>{t('doctor.more', { count: props.rows.length - MOST_ROWS })}</p>
      </Show>
    </div>
  )
}

function Chart(props: { readonly title: string; readonly series: readonly TrendSeries[] }) {
  return (
    <TrendChart
      label={t('home.trend', { what: props.title, count: props.series[0]?.points.length ?? 0 })}
      series={props.series}
      formatValue={value => formatNumber(value, 2)}
      formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
    />
  )
}

function Pressures(props: { readonly rows: readonly EntryFacts[] }) {
  const settings = useSettings()
  const series = (): readonly TrendSeries[] => {
    const points = props.rows
      .toReversed()
      .flatMap(({ summary: { value, when } }) =>
        value?.type === 'blood-pressure' && when !== undefined ? [{ at: when.sortAt, value }] : [],
      )
    return [
      { name: t('form.systolic'), points: points.map(({ at, value }) => ({ at, value: value.systolicMmHg })) },
      { name: t('form.diastolic'), points: points.map(({ at, value }) => ({ at, value: value.diastolicMmHg })) },
    ]
  }
  const mean = () =>
    pressureMean(
      props.rows.flatMap(({ summary }) => (summary.source.type === 'self' ? [summary] : [])),
      MEAN_DAYS,
    )
  return (
    <Part title={t('kind.blood-pressure')}>
      <Show when={mean()}>
        {found => (
          <p>
            {t('file.meanOf', { number: found().count, days: MEAN_DAYS })}:{' '}
            <strong>{formatValue({ type: 'blood-pressure', ...found() }, settings().units, language())}</strong>
          </p>
        )}
      </Show>
      <div class={styles.measured}>
        <Show when={(series()[0]?.points.length ?? 0) > 1}>
          <Chart title={t('kind.blood-pressure')} series={series()} />
        </Show>
        <Values
          caption={t('kind.blood-pressure')}
          columns={['when', 'value', 'pulse', 'note', 'source']}
          rows={props.rows}
        />
      </div>
    </Part>
  )
}

function Measured(props: { readonly title: string; readonly rows: TestResults['rows'] }) {
  const settings = useSettings()
  const line = () => lineOf({ rows: props.rows }, settings())
  return (
    <Part title={props.title}>
      <div class={styles.measured}>
        <Show when={line()}>
          {found => (
            <Chart
              title={props.title}
              series={[{ name: `${props.title} (${formatUnit(found().unit)})`, points: found().points }]}
            />
          )}
        </Show>
        <Values
          caption={props.title}
          columns={['when', 'value', 'range', 'flag', 'note', 'source']}
          rows={props.rows}
        />
      </div>
    </Part>
  )
}
