import Check from 'lucide-solid/icons/check'
import { type JSX, Show } from 'solid-js'
import { instant } from '#schema/instant.ts'
import { formatClock } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { useRecordPath, useRecordRights, useSession } from '../../session.ts'
import { clockWords } from '../medicines/schedule-words.ts'
import type { Tasks } from './create-tasks.ts'
import { dayWords } from './rhythm-words.ts'
import type { TaskLine } from './task-day.ts'
import styles from './tasks.module.css'
import { takeBackDone, writeDone } from './write-done.ts'

const keyOf = ({ task, due }: TaskLine) => `${task.id} ${due}`

/** What is due now, each with a button; then what was done today. */
export function TaskLines(props: { readonly tasks: Tasks }) {
  const day = () => props.tasks.day()
  return (
    <>
      <Show when={day().open.length > 0} fallback={<p class={styles.soft}>{t('task.none')}</p>}>
        <ul class={styles.lines}>
          <KeyedFor each={day().open} keyOf={keyOf}>
            {line => <Line line={line()} about={dueWords(line(), props.tasks.today())} />}
          </KeyedFor>
        </ul>
      </Show>
      <DoneToday tasks={props.tasks} />
    </>
  )
}

/** Quietly: since when it waits, and nothing in red. */
function dueWords({ due, rhythm: { time } }: TaskLine, today: string): string {
  if (due < today) return t('task.since', { date: dayWords(due) })
  return time === undefined ? t('task.today') : t('task.todayAt', { time: clockWords(time) })
}

/** Not due yet; done before its day it is done for that day. */
export function ComingTasks(props: { readonly lines: readonly TaskLine[] }) {
  return (
    <Show when={props.lines.length > 0}>
      <details class={styles.more}>
        <summary>{t('task.coming', { count: props.lines.length })}</summary>
        <ul class={styles.lines}>
          <KeyedFor each={props.lines} keyOf={keyOf}>
            {line => <Line line={line()} about={t('task.next', { date: dayWords(line().due) })} />}
          </KeyedFor>
        </ul>
      </details>
    </Show>
  )
}

function Line(props: { readonly line: TaskLine; readonly about: string }) {
  const session = useSession()
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <li class={styles.line}>
      <Words href={to(`/entry/${props.line.task.id}`)} title={props.line.task.title}>
        {props.about}
      </Words>
      <Show when={mayChange()}>
        <Button icon={<Check />} onClick={() => void writeDone(session, props.line)}>
          {t('task.done')}
          <VisuallyHidden>: {props.line.task.title}</VisuallyHidden>
        </Button>
      </Show>
    </li>
  )
}

/** Behind a press: each leads to where its time can be changed. */
function DoneToday(props: { readonly tasks: Tasks }) {
  const session = useSession()
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <Show when={props.tasks.doneToday().length > 0}>
      <details class={styles.more}>
        <summary>{t('task.doneToday', { count: props.tasks.doneToday().length })}</summary>
        <ul class={styles.lines}>
          <KeyedFor each={props.tasks.doneToday()} keyOf={({ id }) => id}>
            {done => (
              <li class={styles.line}>
                <Words href={to(`/entry/${done().id}`)} title={done().title}>
                  {formatClock(done().when?.sortAt ?? instant(0))}
                </Words>
                <Show when={mayChange()}>
                  <Button tone="plain" onClick={() => void takeBackDone(session, done())}>
                    {t('task.undo')}
                    <VisuallyHidden>: {done().title}</VisuallyHidden>
                  </Button>
                </Show>
              </li>
            )}
          </KeyedFor>
        </ul>
      </details>
    </Show>
  )
}

function Words(props: { readonly href: string; readonly title: string; readonly children: JSX.Element }) {
  return (
    <span class={styles.words}>
      <a href={props.href}>
        <bdi>{props.title}</bdi>
      </a>
      <span class={styles.soft}>{props.children}</span>
    </span>
  )
}
