import { createSignal, For, type JSX, Show } from 'solid-js'
import type { CircleFailure, CircleSaid } from '#app/core/circle-session.ts'
import type { Transfer } from '#app/core/file-session.ts'
import { CIRCLE_MARKS, type CircleMark } from '#schema/messages/circle.ts'
import type { Result } from '#schema/result.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useSession } from '../../session.ts'
import { ChartCard } from '../../record/messages/chart-card.tsx'
import { MessageFileCard } from '../../record/messages/message-file.tsx'
import { Avatar } from './avatar.tsx'
import { circleFailureWords, standingWords } from './circle-words.ts'
import styles from './circles.module.css'
import { ReportDialog } from './report-dialog.tsx'

/** One thing said in a circle, and what can be done with it. */
export function SaidCard(props: {
  readonly said: CircleSaid
  readonly conversationId: string
  readonly more?: JSX.Element
}) {
  const session = useSession()
  let article: HTMLElement | undefined
  // What was pressed goes with what it did.
  const focus = () => article?.focus()
  const unhide = () => {
    focus()
    void session.hideInCircle(props.said.id, false)
  }
  return (
    <Card>
      <article class={styles.said} tabIndex={-1} ref={article}>
        <Who said={props.said} />
        <Show
          when={!props.said.isHidden}
          fallback={
            <p class={styles.row}>
              {t('circle.hidden')} <Button onClick={unhide}>{t('circle.unhide')}</Button>
            </p>
          }
        >
          <Show
            when={props.said.takenDownBy}
            fallback={
              <>
                <What said={props.said} conversationId={props.conversationId} />
                <Marks said={props.said} />
                <Show when={props.said.isReported}>
                  <p class={styles.soft}>{t('circle.report.isYours')}</p>
                </Show>
              </>
            }
          >
            {by => <p class={styles.soft}>{t(`circle.takenDown.${by()}`)}</p>}
          </Show>
          <div class={styles.acts}>
            {props.more}
            <Show when={!props.said.by.isYou || props.said.mayTakeDown}>
              <Deeds said={props.said} onDone={focus} />
            </Show>
          </div>
        </Show>
      </article>
    </Card>
  )
}

function Who(props: { readonly said: CircleSaid }) {
  return (
    <p class={styles.row}>
      <Avatar avatar={props.said.by.avatar} />
      <span class={styles.grow}>
        <span>
          <strong>
            <bdi>{props.said.by.name}</bdi>
          </strong>{' '}
          <Show when={standingWords(props.said.by)}>{words => <span class={styles.soft}>({words()})</span>}</Show>
        </span>
        <time class={styles.soft} dateTime={new Date(props.said.at).toISOString()}>
          {formatTime(props.said.at)}
        </time>
      </span>
    </p>
  )
}

function What(props: { readonly said: CircleSaid; readonly conversationId: string }) {
  const session = useSession()
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  return (
    <>
      <Show when={props.said.text !== ''}>
        <p class={styles.text} dir="auto">
          {props.said.text}
        </p>
      </Show>
      <For each={props.said.charts}>{chart => <ChartCard chart={chart} />}</For>
      <KeyedFor each={props.said.files} keyOf={file => file.id}>
        {file => (
          <MessageFileCard
            conversationId={props.conversationId}
            file={file()}
            transfer={transfers()?.find(one => one.id === file().id)}
            mayKeep={false}
          />
        )}
      </KeyedFor>
      <Show when={props.said.isWaiting}>
        <p class={styles.soft}>{t('circle.waiting')}</p>
      </Show>
    </>
  )
}

function Marks(props: { readonly said: CircleSaid }) {
  const session = useSession()
  const given = (mark: CircleMark) => props.said.reactions.find(one => one.mark === mark)
  const press = async (mark: CircleMark) => {
    const done = await session.react(props.said.id, given(mark)?.isYours === true ? undefined : mark)
    if (!done.ok) showToast({ message: circleFailureWords(done.failure) })
  }
  const words = (mark: CircleMark) => {
    const count = given(mark)?.count ?? 0
    const called = t(`circle.mark.${mark}`)
    return count === 0 ? called : t('circle.mark.count', { mark: called, count: String(count) })
  }
  return (
    <div class={styles.acts} role="group" aria-label={t('circle.marks')}>
      <For each={CIRCLE_MARKS}>
        {mark => (
          <Button
            tone={given(mark)?.isYours === true ? 'primary' : 'plain'}
            aria-pressed={given(mark)?.isYours === true}
            onClick={() => void press(mark)}
          >
            {words(mark)}
          </Button>
        )}
      </For>
    </div>
  )
}

function Deeds(props: { readonly said: CircleSaid; readonly onDone: () => void }) {
  const session = useSession()
  const [isOpen, setIsOpen] = createSignal(false)
  const [isReporting, setIsReporting] = createSignal(false)
  const tell = async (done: Promise<Result<void, CircleFailure>>) => {
    const answer = await done
    if (!answer.ok) showToast({ message: circleFailureWords(answer.failure) })
  }
  const act = (done: Promise<Result<void, CircleFailure>>) => {
    props.onDone()
    setIsOpen(false)
    void tell(done)
  }
  return (
    <>
      <Button
        tone="plain"
        aria-expanded={isOpen()}
        aria-label={t('circle.more.of', { name: props.said.by.name })}
        onClick={() => setIsOpen(!isOpen())}
      >
        {t('circle.more')}
      </Button>
      <Show when={isOpen()}>
        <Show when={props.said.mayTakeDown}>
          <Button onClick={() => act(session.takeDown(props.said.id))}>{t('circle.takeDown')}</Button>
        </Show>
        <Show when={!props.said.by.isYou}>
          <Button onClick={() => act(session.hideInCircle(props.said.id, true))}>{t('circle.hide')}</Button>
          <Show when={props.said.takenDownBy === undefined && !props.said.isReported}>
            <Button onClick={() => setIsReporting(true)}>{t('circle.report')}</Button>
          </Show>
        </Show>
      </Show>
      <ReportDialog said={props.said} open={isReporting()} onClose={() => setIsReporting(false)} />
    </>
  )
}
