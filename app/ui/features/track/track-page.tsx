import Activity from 'lucide-solid/icons/activity'
import ChartSpline from 'lucide-solid/icons/chart-spline'
import Plus from 'lucide-solid/icons/plus'
import { For, Show } from 'solid-js'
import type { Tracked, TrackedLatest } from '#app/core/track-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { createBirthDate, isGrown } from '../../record/create-grows.ts'
import { DeviceLink } from '../../record/device-link.tsx'
import { bandWords, trackedName, trackPath } from '../../record/measure-words.ts'
import { valueOfEntry, whenOf } from '../../record/words.ts'
import { createWatch, useRecordPath, useRecordRights, useSession, useSettings } from '../../session.ts'
import styles from './track.module.css'

/** Everything that has values over time. */
export function TrackPage() {
  const session = useSession()
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const tracked = createWatch<Tracked>(listener => session.watchTracked(listener))
  const isEmpty = (found: Tracked) => found.measures.length + found.symptoms.length === 0
  return (
    <Page
      title={t('track.title')}
      actions={
        <>
          <GrowthLink />
          <DeviceLink />
          <Show when={mayChange()}>
            <LinkButton tone="primary" href={to('/add/measure')} icon={<Plus />}>
              {t('act.add')}
            </LinkButton>
          </Show>
        </>
      }
    >
      <Show when={tracked()} fallback={<output>{t('app.loading')}</output>}>
        {found => (
          <Show when={!isEmpty(found())} fallback={<Empty />}>
            <ul class={styles.measures}>
              <For each={found().measures}>
                {each => (
                  <li>
                    <MeasureCard measure={each} tracked={found()} />
                  </li>
                )}
              </For>
              <li>
                <CardLink href={to('/questionnaires')}>
                  <strong>{t('quest.title')}</strong>
                  <span class={styles.soft}>PHQ-9 · GAD-7</span>
                </CardLink>
              </li>
              <Show when={found().symptoms.length > 0}>
                <li>
                  <CardLink href={to('/track/symptoms')}>
                    <strong>{t('kinds.symptom')}</strong>
                    <span class={styles.soft}>
                      {found()
                        .symptoms.slice(0, 3)
                        .map(({ latest }) => latest.title)
                        .join(' · ')}
                    </span>
                  </CardLink>
                </li>
              </Show>
            </ul>
          </Show>
        )}
      </Show>
    </Page>
  )
}

/** For whoever is known to be young enough. */
function GrowthLink() {
  const to = useRecordPath()
  const birthDate = createBirthDate()
  const isYoung = () => {
    const born = birthDate()
    return born !== undefined && !isGrown(born)
  }
  return (
    <Show when={isYoung()}>
      <LinkButton href={to('/track/growth')} icon={<ChartSpline />}>
        {t('growth.link')}
      </LinkButton>
    </Show>
  )
}

function MeasureCard(props: { readonly measure: TrackedLatest; readonly tracked: Tracked }) {
  const settings = useSettings()
  const to = useRecordPath()
  const latest = () => props.measure.latest
  const goal = () => props.tracked.goals.find(({ target }) => target?.measure === props.measure.measure)?.target
  return (
    <CardLink href={to(trackPath(props.measure.measure))}>
      <strong>{trackedName(props.measure.measure, latest().title)}</strong>
      <span class={styles.big}>{valueOfEntry(latest(), settings())}</span>
      <span class={styles.soft}>
        {whenOf(latest())} · {t('track.values', { count: props.measure.count })}
      </span>
      <Show when={goal()}>
        {target => <span class={styles.soft}>{t('goal.of', { what: bandWords(target(), settings()) })}</span>}
      </Show>
    </CardLink>
  )
}

function Empty() {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <EmptyState
      icon={<Activity size="2.25rem" />}
      title={t('track.empty')}
      actions={
        <Show when={mayChange()}>
          <LinkButton tone="primary" href={to('/add/blood-pressure')} icon={<Plus />}>
            {t('add.new.blood-pressure')}
          </LinkButton>
          <LinkButton href={to('/add/measure')} icon={<Plus />}>
            {t('add.new.measure')}
          </LinkButton>
          <LinkButton href={to('/add/symptom')} icon={<Plus />}>
            {t('add.new.symptom')}
          </LinkButton>
        </Show>
      }
    >
      <p>{t('track.empty.text')}</p>
    </EmptyState>
  )
}
