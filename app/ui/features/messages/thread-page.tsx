import { useParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, lazy, on, Show, Suspense } from 'solid-js'
import type { ThreadDetail, ThreadPlace } from '#app/core/message-session.ts'
import type { People } from '#app/core/people-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, useRecordPath, useSession, useSettings } from '../../session.ts'
import { createIsSeen } from '../../record/create-is-seen.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { useWayBack } from '../../record/way-out.ts'
import { MessageLog } from './message-log.tsx'
import { nameOfAuthor } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'
import { ReplyForm } from './reply-form.tsx'
import { ThreadMore } from './thread-more.tsx'

const VisitorCard = lazy(async () => ({ default: (await import('./visitor-card.tsx')).VisitorCard }))
const ToldForm = lazy(async () => ({ default: (await import('./told-form.tsx')).ToldForm }))

const PAGE_MESSAGES = 50

/** One thread: what was said, and what to say next. */
export function ThreadPage() {
  const params = useParams()
  const place = createMemo(
    (): ThreadPlace => ({ conversationId: params.conversationId ?? '', threadId: params.threadId ?? '' }),
  )
  return (
    <Show when={place()} keyed>
      {each => <ThreadView place={each} />}
    </Show>
  )
}

function ThreadView(props: { readonly place: ThreadPlace }) {
  const back = useWayBack()
  const session = useSession()
  const settings = useSettings()
  const { place } = props
  const [count, setCount] = createSignal(PAGE_MESSAGES)
  const [told, setTold] = createSignal<{ readonly thread: ThreadDetail | undefined }>()
  const thread = () => told()?.thread
  createEffect(
    on(count, wanted => {
      const shown = createWatch<{ readonly thread: ThreadDetail | undefined }>(listener =>
        session.watchThread(place, wanted, found => listener({ thread: found })),
      )
      createEffect(() => {
        const now = shown()
        if (now !== undefined) setTold(now)
      })
    }),
  )
  createMailCheck(session)
  const hasNew = () => thread()?.messages.some(message => message.isNew) ?? false
  const isSeen = createIsSeen()
  createEffect(() => {
    if (hasNew() && isSeen()) void session.markThreadRead(place, settings().hidesRead)
  })
  return (
    <Show
      when={thread()}
      fallback={
        <Page title={t('messages.title')} back={back('/messages')} narrow>
          <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
            <Notice>{t('thread.gone')}</Notice>
          </Show>
        </Page>
      }
    >
      {known => (
        <Page
          title={known().subject === '' ? t('thread.noSubject') : known().subject}
          windowTitle={t('messages.title')}
          lead={<bdi>{t('thread.with', { names: formatList(known().people) })}</bdi>}
          back={back(known().about === 'their-care' ? '/patients' : '/messages')}
          narrow
        >
          <CareNotice thread={known()} />
          <MessageLog thread={known()} onEarlier={() => setCount(count() + PAGE_MESSAGES)} />
          <Show
            when={known().noReply !== 'ended-by-them' && known().noReply !== 'ended-by-you'}
            fallback={<NoReply thread={known()} />}
          >
            <Show when={known().noReply === 'paused'}>
              <Notice>{t('thread.noReply.paused')}</Notice>
            </Show>
            <Untaken thread={known()} />
            <Show when={known().isWithVisitor}>
              <Suspense>
                <Visitor place={place} name={formatList(known().people)} />
              </Suspense>
            </Show>
            <ReplyForm place={place} isForPatient={known().about === 'their-care'} others={known().others} />
          </Show>
          <ThreadMore thread={known()} />
        </Page>
      )}
    </Show>
  )
}

/** Somebody who has no Wellkeep: how they read it, and answer. */
function Visitor(props: { readonly place: ThreadPlace; readonly name: string }) {
  const [isTelling, setIsTelling] = createSignal(false)
  return (
    <>
      <VisitorCard
        conversationId={props.place.conversationId}
        topic={{ threadId: props.place.threadId }}
        onTold={() => setIsTelling(true)}
      />
      <Show when={isTelling()}>
        <ToldForm place={props.place} name={props.name} onClose={() => setIsTelling(false)} />
      </Show>
    </>
  )
}

/** Who is not among this person's people any more can be written to by no form. */
function NoReply(props: { readonly thread: ThreadDetail }) {
  const to = useRecordPath()
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const names = () => formatList(props.thread.people)
  const known = () =>
    props.thread.others.filter(({ contactId }) => people()?.contacts.some(one => one.contactId === contactId))
  const write = () => (known().length === 1 ? `/messages/new?to=${known()[0]?.contactId}` : '/messages/new')
  return (
    <Show when={people()}>
      <Show
        when={known().length > 0}
        fallback={
          <Notice actions={<LinkButton href={to('/people')}>{t('nav.people')}</LinkButton>}>
            {t('thread.noReply.unknown', { names: names() })}
          </Notice>
        }
      >
        <Notice
          actions={
            <>
              <LinkButton href={to(write())}>{t('messages.write')}</LinkButton>
              <Show when={props.thread.noReply === 'ended-by-them'}>
                <MeetAgain contactIds={known().map(({ contactId }) => contactId)} />
              </Show>
            </>
          }
        >
          {props.thread.noReply === 'ended-by-them'
            ? t('thread.noReply.ended-by-them', { names: names() })
            : t('thread.noReply.ended-by-you')}
        </Notice>
      </Show>
    </Show>
  )
}

/** On the page of the contact: the way that needs nothing of what was. */
function MeetAgain(props: { readonly contactIds: readonly (string | undefined)[] }) {
  const to = useRecordPath()
  const path = () => (props.contactIds.length === 1 ? `/people/${props.contactIds[0]}` : '/people')
  return <LinkButton href={to(path())}>{t('contact.meetAgain')}</LinkButton>
}

/** What is written here may reach nobody, and nobody would say so. */
function Untaken(props: { readonly thread: ThreadDetail }) {
  return (
    <Show when={props.thread.untakenBy.length > 0}>
      <Notice
        tone="warning"
        actions={<MeetAgain contactIds={props.thread.untakenBy.map(({ contactId }) => contactId)} />}
      >
        {t('thread.untaken', { names: formatList(props.thread.untakenBy.map(({ name }) => name)) })}
      </Notice>
    </Show>
  )
}

/** What to know before one relies on an answer. */
function CareNotice(props: { readonly thread: ThreadDetail }) {
  const times = () => props.thread.answerTimes.filter(({ by }) => by.type !== 'you')
  return (
    <Show when={props.thread.about === 'my-care'}>
      <Notice tone="warning">
        <p>{t('message.notForEmergencies')}</p>
        <Show when={times()[0]}>
          {one => (
            <p class={styles.times}>{t('message.answers', { name: nameOfAuthor(one().by), text: one().text })}</p>
          )}
        </Show>
      </Notice>
    </Show>
  )
}
