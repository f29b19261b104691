import FileUp from 'lucide-solid/icons/file-up'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import HeartHandshake from 'lucide-solid/icons/heart-handshake'
import Clock from 'lucide-solid/icons/clock'
import CloudDownload from 'lucide-solid/icons/cloud-download'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import Pill from 'lucide-solid/icons/pill'
import Plus from 'lucide-solid/icons/plus'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { For, lazy, Show, Suspense } from 'solid-js'
import type { Home } from '#app/core/session.ts'
import type { Section } from '#schema/record/sections.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import {
  createWatch,
  useDisplay,
  useIsArriving,
  useRecordPath,
  useRecordRights,
  useRecordView,
  useSession,
  useVault,
} from '../../session.ts'
import { EndingNotices } from '../../record/endings-notice.tsx'
import { EmergencyCardLink } from './emergency-card-link.tsx'
import { createIsComing } from './create-is-coming.ts'
import { greetingKey } from './greeting.ts'
import styles from './home.module.css'
import { SectionCard } from './section-card.tsx'
import { SimpleHome } from './simple-home.tsx'
import { KitReminder } from './kit-reminder.tsx'
import { Today } from './today.tsx'
import { BloodPressureCard, QuickCard, WeightCard } from './vitals-cards.tsx'

const MedicinesToday = lazy(async () => ({ default: (await import('./medicines-today.tsx')).MedicinesToday }))

const NewMessages = lazy(async () => ({ default: (await import('./new-messages.tsx')).NewMessages }))

const PlanToday = lazy(async () => ({ default: (await import('./plan-today.tsx')).PlanToday }))

/** So long a result is news, and stands before what seldom changes. */
const NEW_MS = 30 * 86_400_000

const hasMedicines = ({ medicines }: Home) => medicines.length > 0

/** What matters now. */
export function HomePage() {
  const to = useRecordPath()
  const session = useSession()
  const vault = useVault()
  const home = createWatch<Home>(listener => session.watchHome(listener))
  const isComing = createIsComing(useIsArriving(), () => home()?.total === 0)
  const { shared, kept } = useRecordView()
  const { display } = useDisplay()
  const { hasSection } = useRecordRights()
  const isSimple = () => display().isSimple && shared === undefined
  const other = () => shared?.recordName() ?? kept?.name()
  const open = () => {
    const state = vault()
    return state.kind === 'open' ? state : undefined
  }
  const title = () => {
    const name = other()
    if (name !== undefined) return t('shared.home', { name })
    return t(greetingKey(new Date().getHours()), { name: home()?.personName ?? open()?.personName ?? '' })
  }
  const windowTitle = () => {
    if (shared !== undefined) return t('shared.window')
    return t(kept === undefined ? 'nav.home' : 'kept.window')
  }
  return (
    <Page
      title={title()}
      windowTitle={windowTitle()}
      actions={
        <Show when={shared === undefined && !isSimple()}>
          <span class={styles.add}>
            <LinkButton tone="primary" href={to('/add')} icon={<Plus />}>
              {t('home.add')}
            </LinkButton>
          </span>
        </Show>
      }
    >
      <Show when={shared === undefined}>
        <EndingNotices side={kept === undefined ? undefined : 'given'} />
      </Show>
      <Show when={other() === undefined}>
        <KitReminder />
        <Suspense>
          <NewMessages />
        </Suspense>
        <Today />
      </Show>
      <Show when={isSimple()}>
        <SimpleHome />
      </Show>
      <Show when={!isSimple() && home()} fallback={isSimple() ? undefined : <output>{t('app.loading')}</output>}>
        {now => (
          <Show
            when={now().total > 0}
            fallback={open()?.isSample ? <output>{t('app.loading')}</output> : <EmptyHome />}
          >
            <Show when={isComing()}>
              <Notice>{t('home.arriving.more')}</Notice>
            </Show>
            <Conflicts home={now()} />
            <NotAll />
            <EmergencyCardLink />
            <Show when={hasMedicines(now())}>
              <Suspense>
                <MedicinesToday />
              </Suspense>
            </Show>
            <Show when={hasSection('plans') || hasSection('visits')}>
              <Suspense>
                <PlanToday />
              </Suspense>
            </Show>
            <Cards home={now()} />
          </Show>
        )}
      </Show>
    </Page>
  )
}

/** What is not here may still exist: a record without allergies and one that does not share them look alike. */
function NotAll() {
  const { shared } = useRecordView()
  const names = () => (shared?.sections() ?? []).map(section => t(`section.${section}`))
  return (
    <Show when={shared}>
      <Notice>{t('shared.notAll', { sections: formatList(names()) })}</Notice>
    </Show>
  )
}

function Conflicts(props: { readonly home: Home }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <Show when={props.home.conflicts.length > 0 && mayChange()}>
      <Notice
        tone="warning"
        title={t('home.conflicts', { count: props.home.conflicts.length })}
        actions={
          <For each={props.home.conflicts.slice(0, 5)}>
            {(id, index) => (
              <LinkButton href={to(`/entry/${id}`)}>
                {props.home.conflicts.length === 1
                  ? t('home.conflicts.decide')
                  : t('home.conflicts.decideOne', { number: index() + 1 })}
              </LinkButton>
            )}
          </For>
        }
      >
        {t('home.conflicts.text')}
      </Notice>
    </Show>
  )
}

function Cards(props: { readonly home: Home }) {
  const to = useRecordPath()
  const { shared, kept, isPreview } = useRecordView()
  const isOwn = shared === undefined && kept === undefined
  const { hasSection, mayChange } = useRecordRights()
  const all = (section: Section) => ({
    count: props.home.counts.find(each => each.section === section)?.count ?? 0,
    all: to(`/record/${section}`),
    statements: props.home.statements.filter(each => each.section === section),
  })
  const hasNewResults = () => (props.home.latestResults[0]?.when?.sortAt ?? 0) > Date.now() - NEW_MS
  const results = () => (
    <Show when={props.home.latestResults.length > 0}>
      <SectionCard
        title={t('home.results')}
        icon={<FlaskConical />}
        entries={props.home.latestResults}
        {...all('results')}
        all={to('/results')}
        allWords={t('results.all')}
        hrefOf={entry => to(`/results/${entry.id}`)}
        dated
      />
    </Show>
  )
  return (
    <div class={styles.cards}>
      <Show when={props.home.latestBloodPressure.length > 0 && hasSection('vitals') && mayChange() && !isPreview}>
        <QuickCard />
      </Show>
      <Show when={hasNewResults()}>{results()}</Show>
      <Show when={hasSection('allergies')}>
        <SectionCard
          title={t('section.allergies')}
          icon={<TriangleAlert />}
          entries={props.home.allergies}
          {...all('allergies')}
          whole
          none={t('home.allergies.none')}
          add={{ href: to('/add/allergy'), label: t('add.new.allergy') }}
        />
      </Show>
      <Show when={hasSection('medicines')}>
        <SectionCard
          title={t(isOwn ? 'home.medicines' : 'shared.medicines')}
          icon={<Pill />}
          entries={props.home.medicines}
          {...all('medicines')}
          none={t('home.medicines.none')}
          add={{ href: to('/add/medicine'), label: t('add.new.medicine') }}
        />
      </Show>
      <Show when={hasSection('problems')}>
        <SectionCard
          title={t('home.problems')}
          icon={<Stethoscope />}
          entries={props.home.problems}
          {...all('problems')}
          alsoNoted={props.home.alsoNoted}
          none={t(props.home.alsoNoted.length > 0 ? 'home.problems.noted' : 'home.problems.none')}
          add={{ href: to('/add/condition'), label: t('add.new.condition') }}
        />
      </Show>
      <Show when={hasSection('vitals')}>
        <BloodPressureCard latest={props.home.latestBloodPressure[0]} />
        <WeightCard latest={props.home.latestWeight[0]} />
      </Show>
      <Show when={!hasNewResults()}>{results()}</Show>
      {/* Of entries without a date none is the latest. */}
      <Show when={props.home.recent.length > 0}>
        <SectionCard
          title={t(isOwn ? 'home.recent' : 'shared.recent')}
          icon={<Clock />}
          entries={props.home.recent}
          count={props.home.total}
          all={to('/timeline')}
          dated
        />
      </Show>
      <Sections counts={props.home.counts} />
    </div>
  )
}

/** Everything there is, by section. */
function Sections(props: { readonly counts: Home['counts'] }) {
  const to = useRecordPath()
  const { shared, kept } = useRecordView()
  const all = () => (kept === undefined ? 'home.sections' : 'kept.sections')
  return (
    <Card
      title={<a href={to('/record')}>{t(shared === undefined ? all() : 'shared.sections')}</a>}
      icon={<LayoutGrid />}
    >
      <ul class={styles.sections}>
        <KeyedFor each={props.counts.filter(each => each.count > 0)} keyOf={({ section }) => section}>
          {each => (
            <li>
              <a href={to(`/record/${each().section}`)}>
                <span>{t(`section.${each().section}`)}</span>{' '}
                <span class={styles.count}>{t('count', { count: each().count })}</span>
              </a>
            </li>
          )}
        </KeyedFor>
      </ul>
    </Card>
  )
}

/** An empty record teaches what to do with it. */
function EmptyHome() {
  const { shared } = useRecordView()
  return (
    <Show when={shared === undefined} fallback={<EmptyShared />}>
      <EmptyOwn />
    </Show>
  )
}

function EmptyShared() {
  return (
    <>
      <NotAll />
      <EmptyState icon={<HeartHandshake size="2.25rem" />} title={t('shared.empty.title')}>
        <p>{t('shared.empty.text')}</p>
      </EmptyState>
    </>
  )
}

/** A device that just joined has nothing yet, which is not the same as a record in which nothing is. */
function EmptyOwn() {
  const isArriving = useIsArriving()
  return (
    <Show when={isArriving()} fallback={<BeginRecord />}>
      <EmptyState icon={<CloudDownload size="2.25rem" />} title={t('home.arriving.title')}>
        <p role="status">{t('home.arriving.text')}</p>
      </EmptyState>
    </Show>
  )
}

function BeginRecord() {
  const to = useRecordPath()
  const { kept } = useRecordView()
  return (
    <EmptyState
      icon={<HeartHandshake size="2.25rem" />}
      title={kept === undefined ? t('home.empty.title') : t('kept.empty.title', { name: kept.name() })}
      actions={
        <>
          <LinkButton tone="primary" href={to('/import')} icon={<FileUp />}>
            {t('add.import')}
          </LinkButton>
          <LinkButton href={to('/add/medicine')} icon={<Pill />}>
            {t('add.new.medicine')}
          </LinkButton>
          <LinkButton href={to('/add/allergy')} icon={<TriangleAlert />}>
            {t('add.new.allergy')}
          </LinkButton>
          <LinkButton href={to('/add/blood-pressure')} icon={<Plus />}>
            {t('add.new.blood-pressure')}
          </LinkButton>
        </>
      }
    >
      <p>{t(kept === undefined ? 'home.empty.text' : 'kept.empty.text')}</p>
    </EmptyState>
  )
}
