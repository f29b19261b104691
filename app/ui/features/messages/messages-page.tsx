import BellOff from 'lucide-solid/icons/bell-off'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js'
import type { MessageHit, ThreadList, ThreadPlace, ThreadRow } from '#app/core/message-session.ts'
import type { People } from '#app/core/people-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { createWatch, useRecordPath, useSession, useVault } from '../../session.ts'
import { nameOfAuthor, whenInList } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'
import { NEW_MESSAGE } from './new-message-place.ts'
import { NewMenu } from './new-menu.tsx'
import { PastRequests, RequestLists } from './request-list.tsx'

/** Everything that people wrote to each other and this person takes part in, by threads; what was said last comes first. */
export function MessagesPage() {
  const to = useRecordPath()
  const session = useSession()
  const vault = useVault()
  const list = createWatch<ThreadList>(listener => session.watchThreads(listener))
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const requests = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  const shown = () => requests() ?? []
  createMailCheck(session)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const [text, setText] = createSignal('')
  const [hits, setHits] = createSignal<readonly MessageHit[]>([])
  createEffect(
    on([text, list], async ([wanted]) => {
      const found = await session.searchMessages(wanted)
      if (text() === wanted) setHits(found)
    }),
  )
  const threads = () => list()?.threads ?? []
  const knowsNobody = () => people()?.contacts.length === 0
  const [draft, setDraft] = createSignal<string>()
  onMount(async () => setDraft(await session.keptDraft(NEW_MESSAGE)))
  const hasDraft = () => draft() !== undefined
  const hasNothing = () => knowsNobody() && threads().length === 0 && shown().length === 0 && !hasDraft()
  return (
    <Page
      title={t('messages.title')}
      lead={t('messages.lead')}
      actions={
        <Show when={!isSample() && !hasNothing()}>
          <NewMenu />
        </Show>
      }
      narrow
    >
      <Show when={!isSample()} fallback={<Notice>{t('messages.notHere')}</Notice>}>
        <Show
          when={!hasNothing()}
          fallback={
            <EmptyState
              icon={<MessageSquareText size="2.25rem" />}
              title={t('messages.none.title')}
              actions={
                <>
                  <LinkButton tone="primary" href={to('/people')}>
                    {t('messages.toPeople')}
                  </LinkButton>
                  <LinkButton href={to('/messages/new?visitor')}>{t('visitor.write')}</LinkButton>
                </>
              }
            >
              <p>{t('messages.nobody')}</p>
            </EmptyState>
          }
        >
          <Show when={draft()}>{kept => <DraftLine words={draftWords(kept())} />}</Show>
          <RequestLists requests={shown()} />
          <Show
            when={threads().length > 0}
            fallback={
              shown().length > 0 || hasDraft() ? undefined : (
                <EmptyState icon={<MessageSquareText size="2.25rem" />} title={t('messages.none.title')}>
                  <p>{t('messages.none.text')}</p>
                </EmptyState>
              )
            }
          >
            <TextField type="search" label={t('messages.search')} value={text()} onInput={setText} />
            <Show when={text().trim() !== ''} fallback={<Threads threads={threads()} />}>
              <Hits hits={hits()} />
            </Show>
          </Show>
          <PastRequests requests={shown()} />
        </Show>
      </Show>
    </Page>
  )
}

/** What somebody who looks for it knows it by. */
function draftWords(kept: string): string {
  const { subject = '', text } = JSON.parse(kept) as { readonly subject?: string; readonly text: string }
  return [subject, text].filter(words => words.trim() !== '').join(': ')
}

/** A new message that was begun and is not sent. */
function DraftLine(props: { readonly words: string }) {
  const to = useRecordPath()
  return (
    <CardLink href={to('/messages/new')}>
      <span class={styles.thread}>
        <span class={styles.head}>
          <strong class={styles.who}>{t('messages.draft')}</strong>
        </span>
        <span class={styles.preview} dir="auto">
          {props.words}
        </span>
      </span>
    </CardLink>
  )
}

const hrefOf = ({ conversationId, threadId }: ThreadPlace) => `/messages/${conversationId}/${threadId}`

function Threads(props: { readonly threads: readonly ThreadRow[] }) {
  const to = useRecordPath()
  return (
    <ul class={styles.list}>
      <For each={props.threads}>
        {thread => (
          <li>
            <CardLink href={to(hrefOf(thread))}>
              <ThreadWords thread={thread} />
            </CardLink>
          </li>
        )}
      </For>
    </ul>
  )
}

function ThreadWords(props: { readonly thread: ThreadRow }) {
  const isUnread = () => props.thread.unreadCount > 0
  const preview = () => {
    const { by, text, fileCount } = props.thread.last
    const said = text === '' ? t('messages.lastFiles', { count: fileCount }) : text
    return t('messages.lastBy', { name: nameOfAuthor(by), text: said })
  }
  return (
    <span class={styles.thread}>
      <span class={styles.head}>
        <strong classList={{ [styles.who ?? '']: true, [styles.unread ?? '']: isUnread() }}>
          <bdi>{formatList(props.thread.people)}</bdi>
        </strong>
        <span class={styles.when}>{whenInList(props.thread.last.at)}</span>
      </span>
      <Show when={props.thread.subject !== ''}>
        <span class={styles.subject} dir="auto">
          {props.thread.subject}
        </span>
      </Show>
      <span class={styles.preview} dir="auto">
        {preview()}
      </span>
      <span class={styles.tags}>
        <Show when={isUnread()}>
          <span class={styles.count}>{t('messages.unread.short', { count: props.thread.unreadCount })}</span>
        </Show>
        <Show when={props.thread.about !== 'family' && props.thread.about}>
          {about => <span class={styles.tag}>{t(`messages.about.${about()}`)}</span>}
        </Show>
        <Show when={props.thread.isMuted}>
          <span class={styles.tag}>
            <BellOff size="1em" />
            {t('messages.muted')}
          </span>
        </Show>
        <Show when={props.thread.isOver}>
          <span class={styles.tag}>{t('messages.over')}</span>
        </Show>
      </span>
    </span>
  )
}

function Hits(props: { readonly hits: readonly MessageHit[] }) {
  const to = useRecordPath()
  return (
    <>
      <p class={styles.soft} role="status">
        {props.hits.length === 0 ? t('messages.notFound') : t('messages.found', { count: props.hits.length })}
      </p>
      <ul class={styles.list}>
        <For each={props.hits}>
          {hit => (
            <li>
              <CardLink href={to(hrefOf(hit))}>
                <span class={styles.thread}>
                  <span class={styles.head}>
                    <strong class={styles.who}>
                      <bdi>{nameOfAuthor(hit.message.by)}</bdi>
                    </strong>
                    <span class={styles.when}>{whenInList(hit.message.at)}</span>
                  </span>
                  <Show when={hit.subject !== ''}>
                    <span class={styles.subject} dir="auto">
                      {hit.subject}
                    </span>
                  </Show>
                  <span class={styles.preview} dir="auto">
                    {hit.message.text}
                  </span>
                </span>
              </CardLink>
            </li>
          )}
        </For>
      </ul>
    </>
  )
}
