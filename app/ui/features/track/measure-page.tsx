import { useParams, useSearchParams } from '@solidjs/router'
import ChartSpline from 'lucide-solid/icons/chart-spline'
import Plus from 'lucide-solid/icons/plus'
import Target from 'lucide-solid/icons/target'
import { createMemo, For, lazy, Show, Suspense } from 'solid-js'
import { GROWTH_MEASURES } from '#schema/growth/kinds.ts'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { createBirthDate, isGrown } from '../../record/create-grows.ts'
import { DeviceLink } from '../../record/device-link.tsx'
import { bandWords, trackedName } from '../../record/measure-words.ts'
import { useRecordPath, useRecordRights, useSettings } from '../../session.ts'
import { createTrack, measureIn, type Track } from './create-track.ts'
import { DayField } from './day-field.tsx'
import { MeasureChart } from './measure-chart.tsx'
import { daysIn, PERIODS } from './period.ts'
import { StatisticsTable } from './statistics-table.tsx'
import { chartOf } from './track-chart.ts'
import styles from './track.module.css'

const SendChart = lazy(async () => ({ default: (await import('../../record/messages/send-chart.tsx')).SendChart }))

/** What devices with a standard Bluetooth service measure. */
const SENT: ReadonlySet<TrackedMeasure> = new Set([
  'blood-pressure',
  'weight',
  'glucose',
  'pulse',
  'temperature',
  'oxygen',
])

/** One measure over time. */
export function MeasurePage() {
  const params = useParams()
  const to = useRecordPath()
  const [search] = useSearchParams<{ name?: string }>()
  const measure = createMemo(() => measureIn(params.measure, search.name))
  return (
    <Show
      when={measure()}
      keyed
      fallback={
        <Page title={t('track.title')} back={{ href: to('/track') }} narrow>
          <Notice>{t('track.unknown')}</Notice>
        </Page>
      }
    >
      {found => <OneMeasure measure={found} />}
    </Show>
  )
}

function OneMeasure(props: { readonly measure: TrackedMeasure }) {
  // The page of another measure is another page.
  const { measure } = props
  const track = createTrack(() => measure)
  const to = useRecordPath()
  const settings = useSettings()
  const { mayChange } = useRecordRights()
  const title = () => trackedName(measure, track.latest()?.title)
  return (
    <Page
      title={title()}
      back={{ href: to('/track') }}
      actions={
        <Show when={mayChange()}>
          <Show when={SENT.has(measure)}>
            <DeviceLink />
          </Show>
          <LinkButton tone="primary" href={to(addPath(measure, track))} icon={<Plus />}>
            {t('act.add')}
          </LinkButton>
        </Show>
      }
    >
      <PeriodFields track={track} />
      <Show when={track.now()} fallback={<output>{t('app.loading')}</output>}>
        {statistics => (
          <Show when={statistics().count > 0} fallback={<Nothing track={track} />}>
            <Card title={title()}>
              <MeasureChart measure={measure} track={track} />
              <Show when={(track.series()?.leftOut ?? 0) > 0}>
                <p class={styles.soft}>{t('track.leftOut', { count: track.series()?.leftOut ?? 0 })}</p>
              </Show>
              <Suspense>
                <SendChart given={chartOf(measure, track, settings())} />
              </Suspense>
            </Card>
            <StatisticsTable measure={measure} track={track} />
          </Show>
        )}
      </Show>
      <GrowthLink measure={measure} />
      <Goals measure={measure} track={track} />
    </Page>
  )
}

/** To the curves, for whoever is not known to be too old for them. */
function GrowthLink(props: { readonly measure: TrackedMeasure }) {
  const to = useRecordPath()
  const birthDate = createBirthDate()
  const of = () => GROWTH_MEASURES.find(each => each === props.measure)
  const isOver = () => {
    const born = birthDate()
    return born !== undefined && isGrown(born)
  }
  return (
    <Show when={!isOver() && of()}>
      {measure => (
        <div>
          <LinkButton href={to(`/track/growth?of=${measure()}`)} icon={<ChartSpline />}>
            {t('growth.link')}
          </LinkButton>
        </div>
      )}
    </Show>
  )
}

function addPath(measure: TrackedMeasure, track: Track): string {
  if (measure === 'blood-pressure' || measure === 'weight') return `/add/${measure}`
  return `/add/measure?${aboutOf(measure, track)}`
}

/** What a form is told of the measure that it is for. */
function aboutOf(measure: TrackedMeasure, track: Track): string {
  if (!measure.startsWith('own:')) return new URLSearchParams({ measure }).toString()
  const latest = track.latest()
  const unit = latest?.value?.type === 'quantity' ? latest.value.quantity.unit : ''
  return new URLSearchParams({ name: latest?.title ?? measure.slice('own:'.length), unit }).toString()
}

function PeriodFields(props: { readonly track: Track }) {
  const isWrong = () => {
    const { from, to } = props.track.period()
    return from !== undefined && to !== undefined && daysIn({ from, to }) === undefined
  }
  return (
    <div class={styles.period}>
      <SelectField
        label={t('track.period')}
        value={props.track.name()}
        options={PERIODS.map(value => ({ value, label: t(`track.period.${value}`) }))}
        onChange={props.track.choose}
      />
      <Show when={props.track.name() === 'own'}>
        <DayField
          label={t('track.from')}
          value={props.track.own().from}
          onDay={from => props.track.chooseOwn({ from })}
        />
        <DayField
          label={t('track.to')}
          value={props.track.own().to}
          onDay={to => props.track.chooseOwn({ to })}
          error={isWrong() ? t('error.ends-before-it-begins') : undefined}
        />
      </Show>
    </div>
  )
}

function Nothing(props: { readonly track: Track }) {
  return <Notice>{t(props.track.latest() === undefined ? 'track.none' : 'track.noneInPeriod')}</Notice>
}

function Goals(props: { readonly measure: TrackedMeasure; readonly track: Track }) {
  const settings = useSettings()
  const to = useRecordPath()
  const { mayChange, hasSection } = useRecordRights()
  return (
    <Show when={hasSection('plans')}>
      <Card
        title={t('track.goal')}
        icon={<Target />}
        action={
          <Show when={mayChange()}>
            <LinkButton tone="plain" href={to(`/add/goal?${aboutOf(props.measure, props.track)}`)} icon={<Plus />}>
              {t('add.new.goal')}
            </LinkButton>
          </Show>
        }
      >
        <Show when={props.track.goals().length > 0} fallback={<p class={styles.soft}>{t('track.noGoal')}</p>}>
          <ul class={styles.goals}>
            <For each={props.track.goals()}>
              {goal => (
                <li>
                  <a href={to(`/entry/${goal.id}`)}>{goal.target && bandWords(goal.target, settings())}</a>
                </li>
              )}
            </For>
          </ul>
          <Show when={props.track.goals().length > 1}>
            <p class={styles.soft}>{t('track.goals.first')}</p>
          </Show>
        </Show>
      </Card>
    </Show>
  )
}
