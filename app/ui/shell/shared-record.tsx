import { A, type RouteSectionProps } from '@solidjs/router'
import ListTree from 'lucide-solid/icons/list-tree'
import CirclePlus from 'lucide-solid/icons/circle-plus'
import FileDown from 'lucide-solid/icons/file-down'
import Printer from 'lucide-solid/icons/printer'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import {
  type Accessor,
  createMemo,
  createSignal,
  For,
  type JSX,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
  useContext,
} from 'solid-js'
import type { Session, VaultState } from '#app/core/session.ts'
import type { ReceivedShare, Shares } from '#app/core/share-session.ts'
import type { Section } from '#schema/record/sections.ts'
import { formatDay } from '../language/format.ts'
import { type PlainKey, t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { ClockNotice } from '../record/clock-notice.tsx'
import { EndingNotices } from '../record/endings-notice.tsx'
import { createMailCheck } from '../record/create-mail-check.ts'
import { isPracticeIn } from '../record/is-practice.ts'
import { isOver, lateWords, receivedEndWords } from '../record/share-words.ts'
import { SharedBanner } from '../record/shared-banner.tsx'
import {
  createWatch,
  type RecordView,
  SessionContext,
  type SessionState,
  useRecordPath,
  useSession,
} from '../session.ts'
import { makeViews } from '../views.ts'
import { sharedSession } from './shared-session.ts'
import { createVisits } from './create-visits.ts'
import styles from './shared-record.module.css'

/** Around the pages of a record that somebody shares: says whose it is, always, and lets them ask that record only. */
export function SharedRecord(props: RouteSectionProps) {
  return (
    <Show when={props.params.shareId} keyed>
      {id => <Shared id={id}>{props.children}</Shared>}
    </Show>
  )
}

function Shared(props: { readonly id: string; readonly children: JSX.Element }) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const share = createMemo(() => shares()?.received.find(one => one.shareId === props.id))
  // What is taken back goes from an open screen too, and not a minute later.
  createMailCheck(session)
  const accepted = createMemo(() => share()?.state === 'accepted')
  return (
    <Switch
      fallback={
        <Page title={t('nav.notFound.title')} lead={t('shared.gone')} narrow>
          <ToPeople />
        </Page>
      }
    >
      <Match when={shares() === undefined}>
        <Page title={t('app.loading')}>{''}</Page>
      </Match>
      <Match when={accepted() && share()}>
        <Provided id={props.id} share={() => share()!}>
          {props.children}
        </Provided>
      </Match>
      <Match when={share()?.state === 'ended' && share()}>{ended => <Ended share={ended()} />}</Match>
    </Switch>
  )
}

function ToPeople() {
  const to = useRecordPath()
  return (
    <div>
      <LinkButton tone="primary" href={to('/people')}>
        {t('nav.people')}
      </LinkButton>
    </div>
  )
}

function Ended(props: { readonly share: ReceivedShare }) {
  return (
    <Show when={isOver(props.share)} fallback={<Unsure share={props.share} />}>
      <Page title={t('shared.ended.title')} narrow>
        <Notice title={receivedEndWords(props.share)}>
          <p>{t('shared.ended.text', { name: props.share.contactName })}</p>
          <For each={lateWords(props.share)}>{words => <p>{words}</p>}</For>
        </Notice>
        <ToPeople />
      </Page>
    </Show>
  )
}

/** No server has been heard that says how late it is. */
function Unsure(props: { readonly share: ReceivedShare }) {
  return (
    <Page title={t('received.about', { name: props.share.recordName })} windowTitle={t('shared.window')} narrow>
      <Notice tone="warning">{receivedEndWords(props.share)}</Notice>
      <ToPeople />
    </Page>
  )
}

/** The companions of `useSession()` for somebody else's record. */
function Provided(props: {
  readonly id: string
  readonly share: Accessor<ReceivedShare>
  readonly children: JSX.Element
}) {
  const own = useContext(SessionContext)
  if (own === undefined) throw new Error('Cannot show a shared record: no SessionProvider stands above it')
  // The id is that of the keyed page, and never exchanged.
  const base = `${own.view.base}/shared/${props.id}`
  const share = createMemo(() => props.share())
  const view: RecordView = {
    base,
    shared: {
      recordName: () => share().recordName,
      sections: () => share().sections,
      mayChange: () => share().role !== 'read',
      sharedBy: () => share().contactName,
      until: () => share().until,
      viewerName() {
        const state = own.vault()
        return state.kind === 'open' ? state.personName : ''
      },
      keepCopy: request => own.session.keepCopy(props.id, request),
      noteKept: request => own.session.noteKept(props.id, request),
    },
  }
  const vault = (): VaultState => {
    const state = own.vault()
    return state.kind === 'open' ? { ...state, personName: share().recordName, birthDate: '' } : state
  }
  return (
    <SessionContext.Provider
      value={{ ...own, session: sharedSession(own.session, props.id), vault, view, views: makeViews(base) }}
    >
      <Framed share={share()} base={base} own={own.session} back={backFrom(own)}>
        {props.children}
      </Framed>
    </SessionContext.Provider>
  )
}

/** Where who looks at it came from. */
export interface Back {
  readonly href: string
  readonly words: PlainKey
}

export const TO_OWN: Back = { href: '/', words: 'shared.back' }

/** A practice has patients, and no record to go back to. */
const backFrom = ({ vault, view }: SessionState): Back =>
  isPracticeIn(vault()) ? { href: `${view.base}/patients`, words: 'patients.back' } : TO_OWN

function Framed(props: {
  readonly share: ReceivedShare
  readonly base: string
  readonly own: Session
  readonly back: Back
  readonly children: JSX.Element
}) {
  createVisits()
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
        <SharedBanner
          recordName={props.share.recordName}
          sharedBy={props.share.contactName}
          until={props.share.until}
          action={
            <A href={props.back.href} class={styles.back}>
              {t(props.back.words)}
            </A>
          }
        />
      </div>
      <Places share={props.share} base={props.base} back={props.back} />
      <SectionPlaces sections={props.share.sections} />
      <p class={styles.printedFor}>
        {t('print.shared', {
          name: props.share.recordName,
          by: props.share.contactName,
          date: formatDay(new Date()),
        })}
      </p>
      <div class={styles.notices}>
        <ClockNotice />
        <EndingNotices shareId={props.share.shareId} session={props.own} />
        <Show when={props.share.isPaused}>
          <Notice tone="warning">{t('received.paused', { name: props.share.contactName })}</Notice>
        </Show>
      </div>
      <div class={styles.pages}>{props.children}</div>
    </div>
  )
}

function Places(props: { readonly share: ReceivedShare; readonly base: string; readonly back: Back }) {
  // The main places lead to the practice from its patients' charts.
  const isInKept = () => props.base.startsWith('/kept/')
  const inBar = () => `${styles.place} ${isInKept() ? '' : styles.inBar}`
  return (
    <nav class={`${styles.places} ${isInKept() ? styles.oneLine : ''}`} aria-label={t('shared.nav')}>
      <BackPlace {...props.back} />
      <A href={props.base} end class={inBar()} activeClass={styles.current ?? ''}>
        <LayoutGrid size="1.2rem" />
        {t('shared.overview')}
      </A>
      <A href={`${props.base}/timeline`} class={inBar()} activeClass={styles.current ?? ''}>
        <ListTree size="1.2rem" />
        {t('nav.timeline')}
      </A>
      <A href={`${props.base}/summary`} class={styles.place} activeClass={styles.current ?? ''}>
        <Printer size="1.2rem" />
        {t('patients.summary')}
      </A>
      <A href={`${props.base}/copy`} class={styles.place} activeClass={styles.current ?? ''}>
        <FileDown size="1.2rem" />
        {t('patients.copy')}
      </A>
      <Show when={props.share.role !== 'read'}>
        <A href={`${props.base}/add`} class={inBar()} activeClass={styles.current ?? ''}>
          <CirclePlus size="1.2rem" />
          {t('nav.add')}
        </A>
      </Show>
    </nav>
  )
}

/** On a phone: the head that stays is for whose record it is. */
export function BackPlace(props: Back) {
  return (
    <A href={props.href} class={styles.backPlace}>
      {t(props.words)}
    </A>
  )
}

/** From one section to another with one press. */
function SectionPlaces(props: { readonly sections: readonly Section[] }) {
  const to = useRecordPath()
  return (
    <Show when={props.sections.length > 1}>
      <nav class={styles.sections} aria-label={t('shared.sectionNav')}>
        <For each={props.sections}>
          {section => (
            <A href={to(`/record/${section}`)} class={styles.section}>
              {t(`section.${section}`)}
            </A>
          )}
        </For>
      </nav>
    </Show>
  )
}

/** Only where the role lets this person add or change; else says so. */
export function MayChange(props: RouteSectionProps) {
  const state = useContext(SessionContext)
  return (
    <Show
      when={state?.view.shared?.mayChange() ?? true}
      fallback={
        <Page title={t('act.edit')} back={{ href: state?.view.base ?? '/' }} narrow>
          <Notice>{t('shared.readOnly')}</Notice>
        </Page>
      }
    >
      {props.children}
    </Show>
  )
}
