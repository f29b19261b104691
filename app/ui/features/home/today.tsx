import CalendarHeart from 'lucide-solid/icons/calendar-heart'
import { createMemo, For, type JSX, Show } from 'solid-js'
import type { KeptRecord, KeptRecords } from '#app/core/kept-session.ts'
import type { RoomNews } from '#app/core/room-news.ts'
import type { Home, TimelineOverview } from '#app/core/session.ts'
import type { ReceivedShare, Shares } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatDuration } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { offeredWords, talkWords } from '../../record/create-kept-news.ts'
import { isKeptHere, keptAbout } from '../../record/kept-words.ts'
import { titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { createWatch, useSession, useSettings, useTrueNow } from '../../session.ts'
import styles from './today.module.css'

/** As many as are open at once. */
const MOST_CARDS = 8
const WEEK_MS = 7 * 86_400_000

/** What matters now in every other record that is open to this person: one card each, one press from that record. */
export function Today() {
  const session = useSession()
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const open = createMemo(() => (kept()?.records ?? []).filter(isKeptHere).map(one => one.keptId))
  // Each card keeps a record open: who looks after patients has a list of them instead.
  const settings = useSettings()
  const accepted = createMemo(() =>
    (shares()?.received ?? [])
      .filter(share => share.state === 'accepted')
      .slice(0, settings().looksAfterPatients ? 0 : MOST_CARDS)
      .map(one => one.shareId),
  )
  const keptOf = (id: string) => kept()?.records.find(record => record.keptId === id)
  const shareOf = (id: string) => shares()?.received.find(share => share.shareId === id)
  return (
    <Show when={open().length + accepted().length > 0}>
      <section class={styles.today} aria-labelledby="today">
        <h2 id="today" class={styles.title}>
          <CalendarHeart size="1.4rem" />
          {t('today.title')}
        </h2>
        <div class={styles.cards}>
          <For each={open()}>{id => <Show when={keptOf(id)}>{record => <KeptCard record={record()} />}</Show>}</For>
          <For each={accepted()}>{id => <Show when={shareOf(id)}>{share => <SharedCard share={share()} />}</Show>}</For>
        </div>
      </section>
    </Show>
  )
}

/** A watch's listener as the doors to other records take it. */
type Listener = (told: never) => void

function KeptCard(props: { readonly record: KeptRecord }) {
  const session = useSession()
  // The id is that of the card, and never exchanged.
  const { keptId } = props.record
  const home = createWatch<Home>(listener => session.watchInKept(keptId, 'watchHome', [], listener as Listener))
  const shares = createWatch<Shares>(listener => session.watchInKept(keptId, 'watchShares', [], listener as Listener))
  const news = createWatch<RoomNews>(listener => session.watchInKept(keptId, 'watchNews', [], listener as Listener))
  const isPractice = () => props.record.relation === 'practice'
  const newWords = () => {
    const told = news()
    return told === undefined ? [] : [...talkWords(told), ...offeredWords(told)]
  }
  const now = useTrueNow()
  const ending = () =>
    (shares()?.given ?? []).filter(share => share.state === 'accepted' && endsSoon(share.until, now()))
  return (
    <RecordCard
      name={props.record.name}
      about={keptAbout(props.record)}
      href={`/kept/${keptId}`}
      freshCount={isPractice() ? undefined : (home()?.recent ?? []).filter(isOfThisWeek).length}
    >
      <For each={newWords()}>{words => <li class={styles.urgent}>{words}</li>}</For>
      <Show when={isPractice() && news() !== undefined && newWords().length === 0}>
        <li class={styles.soft}>{t('news.none')}</li>
      </Show>
      <Show when={endsSoon(props.record.until, now())}>
        <li>{t('given.endsSoon', { time: formatDuration((props.record.until ?? 0) - now()) })}</li>
      </Show>
      <Glance home={home()} />
      <For each={ending()}>
        {share => (
          <li>{t('today.shareEnds', { name: share.contactName, time: formatDuration((share.until ?? 0) - now()) })}</li>
        )}
      </For>
    </RecordCard>
  )
}

/** Counts alone: whoever opens their own home page has not looked at somebody else's entries, and none is told so. */
function SharedCard(props: { readonly share: ReceivedShare }) {
  const session = useSession()
  const { shareId } = props.share
  const now = useTrueNow()
  // Of entries, whose days are this device's.
  const today = Date.now()
  const week = { from: instant(today - WEEK_MS), to: instant(today) }
  const fresh = createWatch<TimelineOverview>(listener =>
    session.watchShared(shareId, 'watchTimeline', [week], listener as Listener),
  )
  return (
    <RecordCard
      name={props.share.recordName}
      about={t('switch.shared', { name: props.share.contactName })}
      href={`/shared/${shareId}`}
      freshCount={fresh()?.total ?? 0}
    >
      <Show when={endsSoon(props.share.until, now())}>
        <li>{t('given.endsSoon', { time: formatDuration((props.share.until ?? 0) - now()) })}</li>
      </Show>
    </RecordCard>
  )
}

const endsSoon = (until: number | undefined, now: number) => until !== undefined && until - now < WEEK_MS

function Glance(props: { readonly home: Home | undefined }) {
  const settings = useSettings()
  const latest = () => [props.home?.latestBloodPressure[0], props.home?.latestWeight[0]].filter(isThere)
  const conflicts = () => props.home?.conflicts.length ?? 0
  return (
    <>
      <Show when={conflicts() > 0}>
        <li class={styles.urgent}>{t('home.conflicts', { count: conflicts() })}</li>
      </Show>
      <For each={latest()}>
        {entry => (
          <li>
            <strong>{valueOfEntry(entry, settings())}</strong>{' '}
            <span class={styles.soft}>
              {titleOf(entry)} · {whenOf(entry)}
            </span>
          </li>
        )}
      </For>
    </>
  )
}

function RecordCard(props: {
  readonly name: string
  readonly about: string
  readonly href: string
  /** Of entries; left out where nobody's health stands. */
  readonly freshCount: number | undefined
  /** More lines. */
  readonly children: JSX.Element
}) {
  return (
    <article class={styles.card}>
      <h3 class={styles.name}>
        <bdi>{props.name}</bdi>
        <span class={styles.about}>{props.about}</span>
      </h3>
      <ul class={styles.lines}>
        {props.children}
        <Show when={props.freshCount !== undefined}>
          <li class={styles.soft}>
            {(props.freshCount ?? 0) > 0 ? t('today.fresh', { count: props.freshCount ?? 0 }) : t('today.nothingNew')}
          </li>
        </Show>
      </ul>
      <div>
        <LinkButton href={props.href}>{t('today.open', { name: props.name })}</LinkButton>
      </div>
    </article>
  )
}

const isThere = (entry: EntrySummary | undefined): entry is EntrySummary => entry !== undefined

function isOfThisWeek(entry: EntrySummary): boolean {
  const at = entry.when?.sortAt
  return at !== undefined && at > instant(Date.now() - WEEK_MS) && at <= instant(Date.now())
}
