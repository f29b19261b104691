import { A } from '@solidjs/router'
import Hospital from 'lucide-solid/icons/hospital'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { Workspace } from '#app/core/workspace-session.ts'
import type { Patient, PatientHits } from '#app/core/patient-session.ts'
import { formatDay, formatDuration, formatList } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { ClockNotice } from '../../record/clock-notice.tsx'
import { EndingNotices } from '../../record/endings-notice.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { OfferedShares } from '../../record/received-card.tsx'
import { isPracticeIn } from '../../record/is-practice.ts'
import { PutShareAway } from '../../record/put-share-away.tsx'
import { sectionNames } from '../../record/share-words.ts'
import { soonWords } from '../../record/soon-words.ts'
import { useNewResults } from '../../record/new-results.ts'
import {
  createWatch,
  useRecordPath,
  useRecordView,
  useSession,
  useSettings,
  useTrueNow,
  useVault,
} from '../../session.ts'
import { namedLike } from './find-patients.ts'
import { Inbox } from './inbox.tsx'
import { PatientHitList } from './patient-hits.tsx'
import styles from './patients.module.css'

const CHECK_EVERY_MS = 5 * 60_000
const FIRST_PATIENTS = 100
const SEARCH_AFTER_MS = 300
const SHORTEST_SEARCH = 2

/** Everybody who shares their record with this person: whose time ends soonest first. */
export function PatientsPage() {
  const session = useSession()
  const settings = useSettings()
  const { kept } = useRecordView()
  const vault = useVault()
  const patients = createWatch<readonly Patient[]>(listener => session.watchPatients(listener))
  const isEmptyPractice = () => isPracticeIn(vault()) && patients()?.length === 0
  const [text, setText] = createSignal('')
  const hits = createSearch(text, patients)
  const isUnreachable = createChecks()
  // Who pauses or ends a share says so by letter.
  createMailCheck(session)
  const found = createMemo(() => namedLike(patients() ?? [], text()))
  const inState = (state: Patient['state']) => found().filter(patient => placeOf(patient) === state)
  return (
    <Page title={t('patients.title')} lead={t('patients.lead')}>
      <ClockNotice />
      <EndingNotices side="received" />
      <Show when={isUnreachable()}>
        <Notice>{t('patients.unreachable')}</Notice>
      </Show>
      <Pending />
      <OfferedShares />
      <Show when={isEmptyPractice()}>
        <FirstSteps />
      </Show>
      <Inbox />
      <Show when={!isEmptyPractice()}>
        <TextField label={t('patients.find')} hint={t('patients.find.hint')} value={text()} onInput={setText} />
      </Show>
      <Show when={patients()} fallback={<output>{t('app.loading')}</output>}>
        {all => (
          <Show when={all().length > 0} fallback={<Show when={!isEmptyPractice()}>{<Nobody />}</Show>}>
            <p role="status" class={styles.soft}>
              {found().length > 0 ? t('patients.count', { count: found().length }) : t('patients.noneCalled')}
            </p>
            <Group title={t('patients.going')} patients={inState('going')} />
            <Group title={t('patients.paused')} patients={inState('paused')} />
            <Group title={t('patients.ended')} text={t('received.remains')} patients={inState('ended')} />
          </Show>
        )}
      </Show>
      <Show when={hits()}>{known => <PatientHitList hits={known()} />}</Show>
      <Show when={kept === undefined && settings().looksAfterPatients}>
        <div>
          <LinkButton href="/keep?practice" icon={<Hospital size="1.2rem" />}>
            {t('keep.practice')}
          </LinkButton>
        </div>
      </Show>
    </Page>
  )
}

/** Whose apps still write to a device that is gone. */
function Pending() {
  const session = useSession()
  const workspace = createWatch<Workspace>(listener => session.watchWorkspace(listener))
  return (
    <Show when={workspace()?.pending}>
      {names => (
        <Notice tone="warning" title={t('patients.pending', { count: names().length })}>
          {t('patients.pending.text', { names: formatList(names()) })}
        </Notice>
      )}
    </Show>
  )
}

/** What is over by this device's clock alone is not among what has ended. */
const placeOf = ({ state, isUnsure }: Patient) => (isUnsure ? 'going' : state)

/** Asks what is new when the page opens, and every few minutes while it stays. */
function createChecks() {
  const session = useSession()
  const [isUnreachable, setIsUnreachable] = createSignal(false)
  const check = async () => {
    const checked = await session.checkPatients()
    setIsUnreachable(!checked.ok && checked.failure.kind === 'unreachable')
  }
  onMount(() => void check())
  const timer = setInterval(() => void check(), CHECK_EVERY_MS)
  onCleanup(() => clearInterval(timer))
  return isUnreachable
}

/** Entries of all patients, a moment after the typing rests, and anew when `patients` were read: what is taken back may not stay on the screen. */
function createSearch(text: () => string, patients: () => unknown) {
  const session = useSession()
  const newResults = useNewResults()
  const [hits, setHits] = createSignal<PatientHits>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = ''
  const search = async (words: string) => {
    asked = words
    if (words.length < SHORTEST_SEARCH) {
      setHits(undefined)
      return
    }
    const found = await session.searchPatients(words, newResults.searched())
    if (asked === words) setHits(found)
  }
  const wanted = createMemo(() => text().trim())
  createMemo(() => {
    const words = wanted()
    patients()
    clearTimeout(timer)
    timer = setTimeout(() => void search(words), SEARCH_AFTER_MS)
  })
  onCleanup(() => clearTimeout(timer))
  return hits
}

function Nobody() {
  return (
    <EmptyState icon={<Stethoscope size="2.25rem" />} title={t('patients.none.title')}>
      <p>{t('patients.none.text')}</p>
    </EmptyState>
  )
}

/** Of a practice that nobody has met yet. */
function FirstSteps() {
  const to = useRecordPath()
  return (
    <EmptyState
      icon={<Stethoscope size="2.25rem" />}
      title={t('patients.none.title')}
      actions={
        <>
          <LinkButton tone="primary" href={to('/people')}>
            {t('practice.people.invite')}
          </LinkButton>
          <LinkButton href={to('/guardians')}>{t('practice.first.staff')}</LinkButton>
        </>
      }
    >
      <p>{t('practice.first.text')}</p>
    </EmptyState>
  )
}

function Group(props: { readonly title: string; readonly text?: string; readonly patients: readonly Patient[] }) {
  const [count, setCount] = createSignal(FIRST_PATIENTS)
  return (
    <Show when={props.patients.length > 0}>
      <section class={styles.group} aria-label={props.title}>
        <h2>{props.title}</h2>
        <Show when={props.text}>{words => <p class={styles.soft}>{words()}</p>}</Show>
        <ul class={styles.list}>
          <For each={props.patients.slice(0, count())}>
            {patient => (
              <li>
                <PatientRow patient={patient} />
              </li>
            )}
          </For>
        </ul>
        <Show when={props.patients.length > count()}>
          <button type="button" class={styles.more} onClick={() => setCount(before => before + FIRST_PATIENTS)}>
            {t('patients.more', { count: props.patients.length - count() })}
          </button>
        </Show>
      </section>
    </Show>
  )
}

function PatientRow(props: { readonly patient: Patient }) {
  const to = useRecordPath()
  return (
    <Show when={props.patient.state !== 'ended'} fallback={<EndedRow patient={props.patient} />}>
      <article class={styles.patient}>
        <h3>
          <A href={to(`/shared/${props.patient.shareId}`)}>
            <bdi>{props.patient.recordName}</bdi>
          </A>
        </h3>
        <p class={styles.soft}>{aboutWords(props.patient)}</p>
        <p class={styles.time}>
          <TimeLeft patient={props.patient} />
        </p>
        <p>{sectionNames(props.patient.sections)}</p>
        <Show when={newsWords(props.patient)}>{words => <p class={styles.news}>{words()}</p>}</Show>
        <div class={styles.acts}>
          <LinkButton href={to(`/messages/new?to=${props.patient.contactId}&about=their-care`)}>
            {t('messages.write')}
          </LinkButton>
          <LinkButton href={to(`/patients/${props.patient.contactId}/write`)}>{t('addition.window')}</LinkButton>
          <LinkButton href={to(`/messages/questionnaire?to=${props.patient.contactId}`)}>
            {t('request.new.questionnaire')}
          </LinkButton>
          <LinkButton href={to(`/patients/materials?to=${props.patient.contactId}`)}>{t('materials.give')}</LinkButton>
          <LinkButton href={to(`/shared/${props.patient.shareId}/summary`)}>{t('patients.summary')}</LinkButton>
          <LinkButton href={to(`/shared/${props.patient.shareId}/copy`)}>{t('patients.copy')}</LinkButton>
        </div>
      </article>
    </Show>
  )
}

function EndedRow(props: { readonly patient: Patient }) {
  const words = () => {
    const { recordName: name, endedAt } = props.patient
    return t('patients.endedOn', { name, date: endedAt === undefined ? '' : formatDay(endedAt) })
  }
  return (
    <Show
      when={props.patient.isUnsure}
      fallback={
        <div class={styles.over}>
          <p class={styles.soft}>{words()}</p>
          <PutShareAway shareId={props.patient.shareId} name={props.patient.recordName} />
        </div>
      }
    >
      <article class={styles.patient}>
        <h3>
          <bdi>{props.patient.recordName}</bdi>
        </h3>
        <p>{t('received.ended.unsure')}</p>
      </article>
    </Show>
  )
}

function TimeLeft(props: { readonly patient: Patient }) {
  const now = useTrueNow()
  const words = () => {
    const { until, state } = props.patient
    if (state === 'paused') return t('patients.isPaused')
    if (until === undefined) return t('received.untilStopped')
    return t('patients.left', { left: formatDuration(Math.max(0, until - now())), time: soonWords(until, now()) })
  }
  return <>{words()}</>
}

function aboutWords({ birthDate, since }: Patient): string {
  const sinceWords = t('patients.since', { date: formatDay(since) })
  if (birthDate === undefined) return sinceWords
  return [t('patients.born', { date: formatWhen({ text: birthDate }, language(), 'long') }), sinceWords].join(' · ')
}

function newsWords({ mayHaveNews, lookedAt }: Patient): string | undefined {
  if (lookedAt === undefined) return t('patients.notLooked')
  return mayHaveNews ? t('patients.news') : undefined
}
