import { useNavigate, useParams } from '@solidjs/router'
import ChartLine from 'lucide-solid/icons/chart-line'
import FileSearch from 'lucide-solid/icons/file-search'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { createMemo, createSignal, For, lazy, Show, Suspense } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryDetail, EntryKind } from '#schema/record/entry.ts'
import { trackedOf } from '#schema/record/tracked.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dotted } from '../../parts/dotted.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { CardNotice } from '../../record/card-notice.tsx'
import { KindIcon } from '../../record/kind-icon.tsx'
import { trackPath } from '../../record/measure-words.ts'
import { FlagMark } from '../../record/flag-mark.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { createEntryWatch } from '../../record/read-entry.ts'
import { undoLastAct } from '../../record/undo.ts'
import { reportedValueOf, saveFailureWords, titleOf, valuePartsOf, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights, useRecordView, useSession, useSettings, useViews } from '../../session.ts'
import { ConflictCard } from './conflict-card.tsx'
import { DaysCard } from './days-card.tsx'
import styles from './entry.module.css'
import { Facts, Origin } from './facts.tsx'
import { MakePrivateButton, PrivateNotice } from './privacy-card.tsx'
import { saysMoreValues } from './more-values.ts'
import { OriginalCard } from './original-card.tsx'
import { isForm } from '../../record/questionnaires/find-form.ts'
import { PapersCard } from './papers-card.tsx'
import { SameCard } from './same-card.tsx'
import { VersionsCard } from './versions-card.tsx'
import { toldSections } from '../../record/told-sections.ts'
import { weekDaysOf } from './week-days.ts'
import { ToldSections } from '../../record/told-sections-view.tsx'

const ClinicFilesCard = lazy(async () => ({ default: (await import('./clinic-files-card.tsx')).ClinicFilesCard }))
const AttachmentsCard = lazy(async () => ({ default: (await import('./attachments-card.tsx')).AttachmentsCard }))

const HistoryCard = lazy(async () => ({ default: (await import('./history-card.tsx')).HistoryCard }))

const ResultFirst = lazy(async () => ({ default: (await import('../../record/explain/result-first.tsx')).ResultFirst }))
const WhatIsThis = lazy(async () => ({ default: (await import('../../record/explain/what-is-this.tsx')).WhatIsThis }))
const AboutEntry = lazy(async () => ({ default: (await import('../../record/learn/about-entry.tsx')).AboutEntry }))
const AnnotationsCard = lazy(async () => ({ default: (await import('./annotations-card.tsx')).AnnotationsCard }))
const AnswersCard = lazy(async () => ({
  default: (await import('../../record/questionnaires/answers-card.tsx')).AnswersCard,
}))

const AppointmentFile = lazy(async () => ({
  default: (await import('../../record/plan/appointment-file.tsx')).AppointmentFile,
}))

const TaskHistory = lazy(async () => ({ default: (await import('../../record/plan/task-history.tsx')).TaskHistory }))

const AskByMessage = lazy(async () => ({
  default: (await import('../../record/ask-by-message.tsx')).AskByMessage,
}))

const QuickQuestion = lazy(async () => ({
  default: (await import('../../record/plan/quick-question.tsx')).QuickQuestion,
}))

const Taking = lazy(async () => ({ default: (await import('../../record/medicines/taking.tsx')).Taking }))

/** What the library, or MedlinePlus by a code, may know of. */
const HAS_TOPICS: ReadonlySet<EntryKind> = new Set(['condition', 'medicine', 'lab-result'])

/** One entry, whole: what it says, where it came from, and the original as it came. */
export function EntryPage() {
  const params = useParams()
  const session = useSession()
  const state = createEntryWatch(session, () => params.id)
  return (
    <Show when={state()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      {told => (
        <Show when={told().entry} fallback={<NoEntry />}>
          {entry => <EntryWhenShown entry={entry()} />}
        </Show>
      )}
    </Show>
  )
}

/** To the timeline as it was left, or to the preview that led here. */
function useWayBack() {
  const views = useViews()
  const { isPreview } = useRecordView()
  return () => ({
    href: views.backHref(),
    scrollsItself: views.leftAt() > 0,
    ...(isPreview ? {} : { label: t('nav.timeline') }),
  })
}

function NoEntry() {
  const back = useWayBack()
  return (
    <Page title={t('entry.gone.title')} back={back()}>
      <EmptyState icon={<FileSearch size="2.25rem" />} title={t('entry.gone.text')} />
    </Page>
  )
}

/** What the test is first, where a new result waits for that. */
function EntryWhenShown(props: { readonly entry: EntryDetail }) {
  const newResults = useNewResults()
  const back = useWayBack()
  const summary = () => props.entry.summary
  return (
    <Show when={newResults.isWaiting(summary())} fallback={<EntryView entry={props.entry} />}>
      <Page title={titleOf(summary())} back={back()} windowTitle={t(`kind.${summary().kind}`)}>
        <Suspense>
          <ResultFirst entry={summary()} onShow={() => void newResults.show([summary()])} />
        </Suspense>
      </Page>
    </Show>
  )
}

function EntryView(props: { readonly entry: EntryDetail }) {
  const settings = useSettings()
  const back = useWayBack()
  const { mayChange, mayAddPapers } = useRecordRights()
  const mayAdd = () => mayAddPapers(true) && props.entry.binnedAt === undefined
  const to = useRecordPath()
  const { shared, kept, isPreview } = useRecordView()
  const overTime = () => {
    if (props.entry.binnedAt !== undefined || isPreview !== undefined) return undefined
    const { kind, id } = summary()
    if (kind === 'lab-result') return { href: `/results/${id}`, words: t('results.entry') }
    if (kind === 'symptom') return { href: '/track/symptoms', words: t('kinds.symptom') }
    const measure = trackedOf(summary())
    return measure === undefined ? undefined : { href: trackPath(measure), words: t('home.track') }
  }
  /** Clinics are connected to one's own record. */
  const namesFiles = () =>
    shared === undefined && kept === undefined && mayCorrect() && /"url":"/.test(props.entry.original ?? '')
  const mayCorrect = () => mayChange() && props.entry.binnedAt === undefined
  const summary = () => props.entry.summary
  const isAnnotation = () => summary().kind === 'annotation'
  /** A row holds a note in one line, and a number rounded; here they stand as they were written. */
  const parts = () => {
    const { fields } = props.entry
    return fields?.kind === 'note' || fields?.kind === 'annotation'
      ? [fields.text]
      : valuePartsOf(summary(), settings(), 'exact')
  }
  const week = createMemo(() => weekDaysOf(props.entry.original ?? ''))
  const told = createMemo(() => toldSections(props.entry.original ?? ''))
  return (
    <Page
      title={titleOf(summary())}
      windowTitle={t(`kind.${summary().kind}`)}
      back={back()}
      narrow
      actions={
        <Show when={props.entry.binnedAt === undefined && mayChange()}>
          <Acts entry={props.entry} />
        </Show>
      }
    >
      <Show when={props.entry.binnedAt}>
        <Binned entry={props.entry} />
      </Show>
      <Show when={summary().isPrivate}>
        <PrivateNotice entry={summary()} mayChange={props.entry.binnedAt === undefined} />
      </Show>
      <Show when={isCorrected(props.entry)}>
        <Notice>{t('entry.corrected')}</Notice>
      </Show>
      <For each={props.entry.conflicts}>{conflict => <ConflictCard id={summary().id} conflict={conflict} />}</For>
      <Card>
        <div class={styles.head}>
          <KindIcon kind={summary().kind} large />
          <div>
            <p class={styles.soft}>
              {t(`kind.${summary().kind}`)} · {whenOf(summary(), 'long')}
            </p>
            <Show when={summary().value}>
              {value => (
                <p class={value().type === 'text' ? styles.text : styles.value} dir="auto">
                  <Dotted>
                    <For each={parts()}>{part => <span dir="auto">{part}</span>}</For>
                  </Dotted>
                </p>
              )}
            </Show>
            <p class={styles.marks}>
              <FlagMark entry={summary()} always />
            </p>
            <Show when={reportedValueOf(summary(), settings())}>
              {value => <p class={styles.soft}>{t('results.reported', { value: value() })}</p>}
            </Show>
            <Show when={saysMoreValues(props.entry.original ?? '')}>
              <p class={styles.soft}>{t('results.moreValues')}</p>
            </Show>
            <Show when={summary().status === 'mistaken'}>
              <p class={styles.mistaken}>{t('status.mistaken')}</p>
            </Show>
          </div>
        </div>
        <Facts entry={props.entry} />
        <Show when={summary().kind === 'lab-result'}>
          <Suspense>
            <WhatIsThis codes={summary().codes} />
          </Suspense>
        </Show>
        <Show when={overTime()}>
          {way => (
            <div>
              <LinkButton href={to(way().href)} icon={<ChartLine size="1.2rem" />}>
                {way().words}
              </LinkButton>
            </div>
          )}
        </Show>
      </Card>
      <Show when={HAS_TOPICS.has(summary().kind) && isPreview === undefined}>
        <Suspense>
          <AboutEntry entry={summary()} />
        </Suspense>
      </Show>
      <Show when={shared === undefined && props.entry.binnedAt === undefined && isPreview === undefined}>
        <Suspense>
          <QuickQuestion label={t('asking.about')} about={`${titleOf(summary())}, ${whenOf(summary())}: `} />
          <AskByMessage entry={summary()} isOfOthers={cameFromOthers(props.entry)} />
        </Suspense>
      </Show>
      <Show when={week()}>{days => <DaysCard title={titleOf(summary())} week={days()} />}</Show>
      <Show when={told().length > 0}>
        <Card title={t('narrative.title')}>
          <ToldSections sections={told()} />
        </Card>
      </Show>
      <Show when={props.entry.attachments}>
        {files => (
          <Suspense>
            <AttachmentsCard entry={props.entry} files={files()} mayChange={mayCorrect()} />
          </Suspense>
        )}
      </Show>
      <Show when={namesFiles()}>
        <Suspense>
          <ClinicFilesCard id={summary().id} />
        </Suspense>
      </Show>
      <Show when={summary().kind === 'medicine' && props.entry.binnedAt === undefined}>
        <Suspense>
          <Taking medicine={summary()} />
        </Suspense>
      </Show>
      <Show when={summary().kind === 'task'}>
        <Suspense>
          <TaskHistory task={summary()} />
        </Suspense>
      </Show>
      <Show when={props.entry.fields?.kind === 'appointment' && props.entry.binnedAt === undefined}>
        <Suspense>
          <AppointmentFile entry={summary()} />
        </Suspense>
      </Show>
      <Show when={saysAnswers(props.entry)}>
        <Suspense>
          <AnswersCard entry={props.entry} />
        </Suspense>
      </Show>
      <Show when={isForm(summary()) && props.entry.binnedAt === undefined && mayChange()}>
        <div>
          <LinkButton href={to(`/questionnaires/${summary().id}`)}>{t('quest.fill')}</LinkButton>
        </div>
      </Show>
      <Show when={isAnnotation() && props.entry.fields?.kind === 'annotation' && props.entry.fields.on}>
        {on => (
          <div>
            <LinkButton href={to(`/entry/${on()}`)} icon={<MessageSquareText size="1.2rem" />}>
              {t('annotation.toEntry')}
            </LinkButton>
          </div>
        )}
      </Show>
      <Show when={!isAnnotation() && (mayCorrect() || props.entry.annotations)}>
        <Suspense>
          <AnnotationsCard entry={props.entry} mayChange={mayCorrect()} />
        </Suspense>
      </Show>
      <Show when={!isAnnotation() && (mayAdd() || props.entry.papers || props.entry.about)}>
        <PapersCard entry={props.entry} mayAdd={mayAdd()} mayChange={mayCorrect()} />
      </Show>
      <Show when={props.entry.sameAs}>{sameAs => <SameCard entry={props.entry} sameAs={sameAs()} />}</Show>
      <Show when={props.entry.versions}>{versions => <VersionsCard entry={props.entry} versions={versions()} />}</Show>
      <Card title={t('entry.origin')}>
        <Origin entry={props.entry} />
        <Show when={props.entry.card}>
          {card => (
            <CardNotice card={card()}>
              <p class={styles.soft}>{t('card.checkedAt', { date: formatTime(card().checkedAt) })}</p>
            </CardNotice>
          )}
        </Show>
      </Card>
      <Show when={wasChanged(props.entry) && isPreview === undefined}>
        <Suspense>
          <HistoryCard entry={props.entry} mayChange={mayCorrect()} />
        </Suspense>
      </Show>
      <Show when={props.entry.original}>{original => <OriginalCard entry={summary()} original={original()} />}</Show>
    </Page>
  )
}

/** Whether there is anything that it said before, as far as this person was given it. */
const wasChanged = (entry: EntryDetail) =>
  entry.binnedAt !== undefined || (entry.fields !== undefined && entry.changedAt > entry.addedAt)

/** Answers are of one time: whoever would answer otherwise now fills the questionnaire in again. */
const isTyped = ({ fields, correctionDraft }: EntryDetail) =>
  (fields ?? correctionDraft)?.kind !== 'answers' && (fields ?? correctionDraft) !== undefined

const saysAnswers = ({ summary, fields }: EntryDetail) =>
  fields?.kind === 'answers' || summary.resourceType === 'QuestionnaireResponse'

/** It was brought in, or somebody else wrote it. */
const cameFromOthers = ({ original, addedBy }: EntryDetail) =>
  original !== undefined || (addedBy !== undefined && addedBy.type !== 'you')

const isCorrected = (entry: EntryDetail) => entry.fields !== undefined && entry.original !== undefined

function Acts(props: { readonly entry: EntryDetail }) {
  const session = useSession()
  const to = useRecordPath()
  const views = useViews()
  const navigate = useNavigate()
  const { isOwn } = useRecordRights()
  const [isSaving, setSaving] = createSignal(false)
  const moveToBin = async () => {
    setSaving(true)
    const answer = await session.binEntry(props.entry.summary.id)
    setSaving(false)
    if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
    navigate(views.backHref(), { scroll: views.leftAt() === 0 })
    showToast({
      message: t('entry.binned'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }
  return (
    <div class={styles.acts}>
      <Show when={isTyped(props.entry)}>
        <LinkButton href={to(`/entry/${props.entry.summary.id}/edit`)} icon={<Pencil size="1.2rem" />}>
          {t(props.entry.fields === undefined ? 'entry.correct' : 'act.edit')}
        </LinkButton>
      </Show>
      <Show when={isOwn && !props.entry.summary.isPrivate && props.entry.summary.kind !== 'annotation'}>
        <MakePrivateButton entry={props.entry.summary} />
      </Show>
      <Button icon={<Trash size="1.2rem" />} busy={isSaving()} onClick={() => void moveToBin()}>
        {t('entry.bin')}
      </Button>
    </div>
  )
}

function Binned(props: { readonly entry: EntryDetail }) {
  const session = useSession()
  const { mayChange } = useRecordRights()
  const [failure, setFailure] = createSignal<SaveFailure>()
  const restore = async () => {
    const answer = await session.restoreEntry(props.entry.summary.id)
    if (answer.ok) showToast({ message: t('bin.restored') })
    else setFailure(answer.failure)
  }
  return (
    <Notice
      tone="warning"
      title={t('entry.inBin')}
      actions={
        <Show when={mayChange()}>
          <Button onClick={() => void restore()}>{t('bin.restore')}</Button>
        </Show>
      }
    >
      <Show when={failure()}>{failed => <p role="alert">{saveFailureWords(failed())}</p>}</Show>
    </Notice>
  )
}
