import Check from 'lucide-solid/icons/check'
import CheckCheck from 'lucide-solid/icons/check-check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import Clock from 'lucide-solid/icons/clock'
import Eye from 'lucide-solid/icons/eye'
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Transfer } from '#app/core/file-session.ts'
import type { ShownMessage, ThreadDetail } from '#app/core/message-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import type { EntryReference } from '#schema/messages/entry-reference.ts'
import { formatClock } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { ChartCard } from '../../record/messages/chart-card.tsx'
import { entryHref } from './entry-href.ts'
import { EntryLine } from './entry-line.tsx'
import { MessageFileCard } from '../../record/messages/message-file.tsx'
import { dayWords, nameWithStaff } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'

const STATES = {
  saved: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: Eye,
  unheard: CircleAlert,
  untaken: CircleAlert,
} as const

/** What was said, as it followed; read out as it comes. */
export function MessageLog(props: { readonly thread: ThreadDetail; readonly onEarlier: () => void }) {
  const to = useRecordPath()
  let end: HTMLDivElement | undefined
  // Since this page was opened: what is on the screen is read, and stays marked until one leaves.
  const [firstNew, setFirstNew] = createSignal<string>()
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  const messages = () => props.thread.messages
  const look = () => setFirstNew(before => before ?? messages().find(message => message.isNew)?.id)
  onMount(() => {
    look()
    if (messages().length > 2) end?.scrollIntoView({ block: 'end' })
  })
  createEffect(
    on(
      () => messages().at(-1)?.id,
      () => {
        look()
        if (isNearEnd()) end?.scrollIntoView({ block: 'nearest' })
      },
      { defer: true },
    ),
  )
  const rows = () =>
    messages().map((message, index) => {
      const [day, before] = [dayWords(message.at), messages()[index - 1]]
      return { ...message, day: before !== undefined && dayWords(before.at) === day ? undefined : day }
    })
  return (
    <div class={styles.log} role="log" aria-label={t('thread.log')}>
      <Show when={props.thread.from > 0}>
        <div class={styles.earlier}>
          <Button onClick={() => props.onEarlier()}>{t('thread.earlier')}</Button>
        </div>
      </Show>
      <ol class={styles.messages}>
        <KeyedFor each={rows()} keyOf={row => row.id}>
          {row => (
            <MessageItem
              message={row()}
              day={row().day}
              isFirstNew={firstNew() === row().id}
              hrefOf={reference =>
                entryHref(reference, row().by.type === 'you', row().contactId, { shares: shares(), to })
              }
              conversationId={props.thread.conversationId}
              transfers={transfers() ?? []}
              mayKeep={row().by.type !== 'you' && props.thread.about !== 'their-care'}
            />
          )}
        </KeyedFor>
      </ol>
      <div ref={end} />
    </div>
  )
}

/** Whoever reads further up stays there. */
function isNearEnd(): boolean {
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement
  return scrollHeight - scrollTop - clientHeight < 400
}

function MessageItem(props: {
  readonly message: ShownMessage
  readonly day: string | undefined
  readonly isFirstNew: boolean
  readonly hrefOf: (reference: EntryReference) => string | undefined
  readonly conversationId: string
  readonly transfers: readonly Transfer[]
  /** What a patient sends is of their record, and no part of its reader's. */
  readonly mayKeep: boolean
}) {
  const isMine = () => props.message.by.type === 'you'
  return (
    <li class={styles.item}>
      <Show when={props.day}>{day => <p class={styles.day}>{day()}</p>}</Show>
      <Show when={props.isFirstNew}>
        <p class={styles.new}>{t('thread.new')}</p>
      </Show>
      <div classList={{ [styles.bubble ?? '']: true, [styles.mine ?? '']: isMine() }}>
        <p class={styles.by}>
          <strong>
            <bdi>{nameWithStaff(props.message)}</bdi>
          </strong>
          <time dateTime={new Date(props.message.at).toISOString()}>{formatClock(new Date(props.message.at))}</time>
        </p>
        <Show when={props.message.text !== ''}>
          <p class={styles.text} dir="auto">
            {props.message.text}
          </p>
        </Show>
        <For each={props.message.entries}>
          {reference => <EntryLine reference={reference} href={props.hrefOf(reference)} />}
        </For>
        <For each={props.message.charts}>{chart => <ChartCard chart={chart} />}</For>
        <KeyedFor each={props.message.files ?? []} keyOf={file => file.id}>
          {file => (
            <MessageFileCard
              conversationId={props.conversationId}
              file={file()}
              transfer={props.transfers.find(one => one.id === file().id)}
              mayKeep={props.mayKeep}
            />
          )}
        </KeyedFor>
        <Show when={props.message.how}>{how => <p class={styles.soft}>{t(`visitor.how.${how()}`)}</p>}</Show>
        <Show when={props.message.state}>
          {state => (
            <p class={styles.state}>
              <Dynamic component={STATES[state()]} size="1em" />
              {t(`thread.state.${state()}`)}
            </p>
          )}
        </Show>
        <Show when={props.message.state === 'unheard' && props.message.text}>
          {text => <CopyButton text={text()} />}
        </Show>
      </div>
    </li>
  )
}
