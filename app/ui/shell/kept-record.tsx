import { A, Navigate, type RouteSectionProps, useLocation, useNavigate } from '@solidjs/router'
import KeyRound from 'lucide-solid/icons/key-round'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import ShieldUser from 'lucide-solid/icons/shield-user'
import {
  type Accessor,
  createMemo,
  createSignal,
  type JSX,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
  useContext,
} from 'solid-js'
import type { KeptRecord as Kept, KeptRecords, PastKept } from '#app/core/kept-session.ts'
import type { Session, VaultState } from '#app/core/session.ts'
import { formatDay } from '../language/format.ts'
import { t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { Named } from '../parts/named.tsx'
import { Notice } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { EndingNotices } from '../record/endings-notice.tsx'
import { isPracticeIn } from '../record/is-practice.ts'
import { isKeptHere } from '../record/kept-words.ts'
import { PutAway } from '../record/put-away.tsx'
import { receivedUntilWords } from '../record/share-words.ts'
import { createWatch, type RecordView, SessionContext, useRecordView, useSession } from '../session.ts'
import { makeViews } from '../views.ts'
import { Banner } from './banners.tsx'
import bannerStyles from './banners.module.css'
import { keptSession } from './kept-session.ts'
import { createVisits } from './create-visits.ts'
import { BackPlace, TO_OWN } from './shared-record.tsx'
import styles from './shared-record.module.css'

/** Around the pages of a record kept for somebody else: says whose it is, always, and lets them ask that record only. */
export function KeptRecord(props: RouteSectionProps) {
  return (
    <Show when={props.params.keptId} keyed>
      {id => <One id={id}>{props.children}</One>}
    </Show>
  )
}

function One(props: { readonly id: string; readonly children: JSX.Element }) {
  const session = useSession()
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const record = createMemo(() => kept()?.records.find(one => one.keptId === props.id))
  const isOpen = createMemo(() => isKeptHere(record()))
  const past = createMemo(() => kept()?.past.find(one => one.keptId === props.id))
  return (
    <Switch
      fallback={
        <Page title={t('nav.notFound.title')} lead={t('kept.gone')} narrow>
          <div>
            <LinkButton tone="primary" href="/">
              {t('shared.back')}
            </LinkButton>
          </div>
        </Page>
      }
    >
      <Match when={kept() === undefined}>
        <Page title={t('app.loading')}>{''}</Page>
      </Match>
      <Match when={isOpen() && record()}>
        <Provided id={props.id} record={() => record()!}>
          {props.children}
        </Provided>
      </Match>
      <Match when={record()}>
        {waiting => (
          <Page title={t('shared.home', { name: waiting().name })} windowTitle={t('kept.window')} narrow>
            <NotHere record={waiting()} />
          </Page>
        )}
      </Match>
      <Match when={past()}>{over => <Over past={over()} />}</Match>
    </Switch>
  )
}

/** It ended while somebody looked at it. */
function Over(props: { readonly past: PastKept }) {
  return (
    <Page title={t('shared.home', { name: props.past.name })} windowTitle={t('kept.window')} narrow>
      <Notice alert>{t(`kept.ended.${props.past.endedBy}`, { name: props.past.name })}</Notice>
      <div>
        <LinkButton tone="primary" href="/people">
          {t('nav.people')}
        </LinkButton>
      </div>
    </Page>
  )
}

/** Why there is nothing to see yet, or ever. */
function NotHere(props: { readonly record: Kept }) {
  const navigate = useNavigate()
  const words = () => {
    const { state, name, relation, contactName: who } = props.record
    if (state === 'withdrawn') return t(relation === 'practice' ? 'staff.withdrawn' : 'kept.withdrawn', { who, name })
    return t(state === 'not-served' ? 'kept.notServed' : 'kept.fetching', { name })
  }
  return (
    <>
      <Notice alert={props.record.state !== 'fetching'}>{words()}</Notice>
      <Show when={props.record.state !== 'fetching'}>
        <PutAway keptId={props.record.keptId} name={props.record.name} onDone={() => navigate('/people')} />
      </Show>
    </>
  )
}

/** The companions of `useSession()` for a kept record. */
function Provided(props: { readonly id: string; readonly record: Accessor<Kept>; readonly children: JSX.Element }) {
  const own = useContext(SessionContext)
  if (own === undefined) throw new Error('Cannot show a kept record: no SessionProvider stands above it')
  // The id is that of the keyed page, and never exchanged.
  const base = `/kept/${props.id}`
  const session = keptSession(own.session, props.id)
  const told = createWatch<VaultState>(listener => session.watchVault(listener))
  const vault = () => told() ?? own.vault()
  const isOut = () => props.record().state === 'out' || props.record().state === 'refused'
  const isManaged = () => props.record().purpose === 'manager'
  const view: RecordView = { base, kept: { name: () => props.record().name, isOut, isManaged } }
  return (
    <SessionContext.Provider value={{ ...own, session, vault, view, views: makeViews(base) }}>
      <Framed record={props.record()} base={base} vault={vault()} own={own.session}>
        {props.children}
      </Framed>
    </SessionContext.Provider>
  )
}

function Framed(props: {
  readonly record: Kept
  readonly base: string
  readonly vault: VaultState
  readonly own: Session
  readonly children: JSX.Element
}) {
  createVisits()
  const place = useLocation()
  // It has patients, and no health of its own.
  const isAtPractice = () => isPracticeIn(props.vault) && place.pathname.replace(/\/$/, '') === props.base
  const [height, setHeight] = createSignal(0)
  let head: HTMLDivElement | undefined
  onMount(() => {
    const observer = new ResizeObserver(() => setHeight(head?.offsetHeight ?? 0))
    if (head !== undefined) observer.observe(head)
    onCleanup(() => observer.disconnect())
  })
  return (
    <div class={styles.shared} style={{ '--shared-head': `${height()}px` }}>
      <div class={styles.head} ref={head}>
        <div class={styles.keptBanner}>
          <ShieldUser size="1.4rem" />
          <p class={styles.keptWords}>
            <span>
              <Named
                words={name => t(isPracticeIn(props.vault) ? 'staff.acting' : 'shared.looking', { name })}
                name={props.record.name}
              />
            </span>
            <Show when={props.record.purpose === 'manager'}>
              <span class={styles.keptUntil}>
                {t('kept.managed', { until: receivedUntilWords(props.record.until) })}
              </span>
            </Show>
          </p>
          <A href="/" class={styles.back}>
            {t('shared.back')}
          </A>
        </div>
      </div>
      <Leaving record={props.record} />
      <KitReminder vault={props.vault} base={props.base} />
      <Places base={props.base} isPractice={isPracticeIn(props.vault)} />
      <p class={styles.printedFor}>{t('print.kept', { name: props.record.name, date: formatDay(new Date()) })}</p>
      <div class={styles.notices}>
        <EndingNotices keptId={props.record.keptId} session={props.own} />
      </div>
      <div class={styles.pages}>
        <Show when={!isAtPractice()} fallback={<Navigate href={`${props.base}/patients`} />}>
          {props.children}
        </Show>
      </div>
    </div>
  )
}

/** It goes, or went, to whom it is about. */
function Leaving(props: { readonly record: Kept }) {
  return (
    <Switch>
      <Match when={props.record.state === 'taking'}>
        <Banner tone="warning" icon={<ShieldUser size="1.25rem" />}>
          {t('kept.taking', { name: props.record.name })}
        </Banner>
      </Match>
      <Match when={props.record.state === 'out'}>
        <Banner tone="warning" icon={<ShieldUser size="1.25rem" />}>
          <strong>{t('text.sentence', { text: t('kept.out.title') })}</strong>{' '}
          {t('kept.out', { count: props.record.unsentCount })}
        </Banner>
      </Match>
      <Match when={props.record.state === 'refused'}>
        <Banner tone="warning" icon={<ShieldUser size="1.25rem" />}>
          <strong>{t('text.sentence', { text: t('kept.refused.title') })}</strong> {t('kept.refused')}{' '}
          <Show when={props.record.unsentCount > 0}>
            {t('kept.refused.unsent', { count: props.record.unsentCount })}
          </Show>
        </Banner>
      </Match>
    </Switch>
  )
}

/** Until the record's own words are on paper. */
function KitReminder(props: { readonly vault: VaultState; readonly base: string }) {
  const isPractice = () => isPracticeIn(props.vault)
  const needsKit = () => props.vault.kind === 'open' && props.vault.kitIsHere
  return (
    <Show when={needsKit()}>
      <Banner
        tone="warning"
        icon={<KeyRound size="1.25rem" />}
        action={
          <A href={`${props.base}/kit`} class={bannerStyles.act}>
            {t('kit.remind.act')}
          </A>
        }
      >
        <strong>{t('text.sentence', { text: t(isPractice() ? 'kept.kit.practice.title' : 'kept.kit.title') })}</strong>{' '}
        <span class={bannerStyles.aside}>{t(isPractice() ? 'kept.kit.practice' : 'kept.kit.text')}</span>
      </Banner>
    </Show>
  )
}

/** What its owner and others write to each other is not for who manages their record. */
export function NotManaged(props: RouteSectionProps) {
  const { base, kept } = useRecordView()
  return (
    <Show
      when={kept?.isManaged() !== true}
      fallback={
        <Page title={t('messages.title')} narrow>
          <Notice
            actions={
              <>
                <LinkButton href="/messages">{t('manage.together.own')}</LinkButton>
                <LinkButton href={base}>{t('shared.overview')}</LinkButton>
              </>
            }
          >
            {t('manage.together', { name: kept?.name() ?? '' })}
          </Notice>
        </Page>
      }
    >
      {props.children}
    </Show>
  )
}

/** What the main places lack: those of a practice all stand there. */
function Places(props: { readonly base: string; readonly isPractice: boolean }) {
  return (
    <nav class={styles.places} aria-label={t('shared.nav')}>
      <BackPlace {...TO_OWN} />
      <Show when={!props.isPractice}>
        <A href={props.base} end class={`${styles.place} ${styles.inBar}`} activeClass={styles.current ?? ''}>
          <LayoutGrid size="1.2rem" />
          {t('shared.overview')}
        </A>
      </Show>
      <A href={`${props.base}/guardians`} class={styles.place} activeClass={styles.current ?? ''}>
        <ShieldUser size="1.2rem" />
        {t(props.isPractice ? 'staff.title' : 'kept.guardians')}
      </A>
    </nav>
  )
}
