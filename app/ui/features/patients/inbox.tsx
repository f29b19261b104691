import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { ThreadList } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatDay, formatList, formatNumber } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { whenInList } from '../../record/messages/message-words.ts'
import { requestTitle, stateWords } from '../../record/messages/request-words.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { INBOX_FILTERS, type InboxFilter, type InboxRow, inboxRows, inFilter } from './inbox-rows.ts'
import styles from './patients.module.css'

const FIRST_ROWS = 20

/** All that goes on with those whom this person treats, in one list. */
export function Inbox() {
  const to = useRecordPath()
  const session = useSession()
  const threads = createWatch<ThreadList>(listener => session.watchThreads(listener))
  const requests = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  const [filter, setFilter] = createSignal<InboxFilter>('all')
  const [count, setCount] = createSignal(FIRST_ROWS)
  const rows = createMemo(() => inboxRows(threads()?.threads ?? [], requests() ?? []))
  const found = createMemo(() => inFilter(rows(), filter()))
  const choose = (wanted: InboxFilter) => {
    setFilter(wanted)
    setCount(FIRST_ROWS)
  }
  return (
    <section class={styles.group} aria-label={t('inbox.title')}>
      <div class={styles.over}>
        <h2>{t('inbox.title')}</h2>
        <div class={styles.acts}>
          <LinkButton href={to('/patients/answers')}>{t('answers.title')}</LinkButton>
          <LinkButton href={to('/patients/materials')}>{t('materials.title')}</LinkButton>
        </div>
      </div>
      <Show when={threads() && requests()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={rows().length > 0} fallback={<p class={styles.soft}>{t('inbox.nothing')}</p>}>
          <RadioGroup
            label={t('inbox.show')}
            value={filter()}
            options={INBOX_FILTERS.map(value => ({
              value,
              label: t(`inbox.${value}`, { count: formatNumber(inFilter(rows(), value).length) }),
            }))}
            onChange={choose}
          />
          <Show when={found().length > 0} fallback={<p class={styles.soft}>{t(`inbox.none.${filter()}`)}</p>}>
            <ul class={styles.list}>
              <For each={found().slice(0, count())}>
                {row => (
                  <li>
                    <CardLink href={to(row.href)}>
                      <Row row={row} />
                    </CardLink>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <Show when={found().length > count()}>
            <button type="button" class={styles.more} onClick={() => setCount(before => before + FIRST_ROWS)}>
              {t('patients.more', { count: found().length - count() })}
            </button>
          </Show>
        </Show>
      </Show>
    </section>
  )
}

function Row(props: { readonly row: InboxRow }) {
  const what = () => {
    const { of } = props.row
    if ('kind' in of) return requestTitle(of)
    return of.subject === '' ? t('thread.noSubject') : of.subject
  }
  const request = () => ('kind' in props.row.of ? props.row.of : undefined)
  const unreadCount = () => ('kind' in props.row.of ? 0 : props.row.of.unreadCount)
  return (
    <span class={styles.inboxRow}>
      <strong>
        <bdi>{formatList(props.row.people)}</bdi>
      </strong>
      <span>
        <bdi>{what()}</bdi>
      </span>
      <span class={styles.soft}>
        <Switch fallback={t('inbox.last', { time: whenInList(props.row.since) })}>
          <Match when={request()?.stalledSince}>{since => t('inbox.dueSince', { date: formatDay(since()) })}</Match>
          <Match when={request()}>
            {one => [stateWords(one()), t('inbox.since', { time: whenInList(props.row.since) })].join(' · ')}
          </Match>
        </Switch>
      </span>
      <Show when={props.row.is.has('mine')}>
        <span class={styles.news}>{t('requests.yourTurn')}</span>
      </Show>
      <Show when={unreadCount() > 0}>
        <span class={styles.news}>{t('messages.unread.short', { count: unreadCount() })}</span>
      </Show>
    </span>
  )
}
