import Clock from 'lucide-solid/icons/clock'
import { createSignal, For, Show } from 'solid-js'
import type { EntryChange, EntryHistory } from '#app/core/history-session.ts'
import type { EntryDetail, EntryFields } from '#schema/record/entry.ts'
import { formatTime } from '../../language/format.ts'
import { acceptedWords } from '../../record/accepted-words.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { showToast } from '../../parts/toast.tsx'
import styles from '../../record/compared.module.css'
import { createAnswer } from '../../record/create-answer.ts'
import { fieldLabel, fieldValue } from '../../record/field-words.ts'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords, whenAndBy } from '../../record/words.ts'
import { useRecordRights, useSession, useSettings } from '../../session.ts'

/** Read and shown at a time. */
const STEP = 20

/** What the entry said before: who changed what when, and each version to be brought back. Read only when it is opened. */
export function HistoryCard(props: { readonly entry: EntryDetail; readonly mayChange: boolean }) {
  const session = useSession()
  const [isOpen, setOpen] = createSignal(false)
  const [count, setCount] = createSignal(STEP)
  const history = createAnswer(
    // Read anew after each change.
    () => (isOpen() ? { id: props.entry.summary.id, count: count(), entry: props.entry } : undefined),
    asked => session.entryHistory(asked.id, asked.count),
  )
  return (
    <Card title={t('history.title')} icon={<Clock />}>
      <p class={styles.soft}>{t(props.mayChange ? 'history.text' : 'history.textRead')}</p>
      <details class={styles.history} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>{t('history.show')}</summary>
        <Show when={history()} fallback={<output>{t('app.loading')}</output>}>
          {found => (
            <Changes
              entry={props.entry}
              history={found()}
              mayChange={props.mayChange}
              onMore={() => setCount(count() + STEP)}
            />
          )}
        </Show>
      </details>
    </Card>
  )
}

function Changes(props: {
  readonly entry: EntryDetail
  readonly history: EntryHistory
  readonly mayChange: boolean
  readonly onMore: () => void
}) {
  const isAlone = () => props.history.changes.length === 1 && props.history.olderCount === 0
  return (
    <>
      <Show when={isAlone()}>
        <p>{t('history.none')}</p>
      </Show>
      <ol class={styles.changes}>
        <For each={props.history.changes}>
          {change => <OneChange entry={props.entry} change={change} mayChange={props.mayChange} />}
        </For>
      </ol>
      <Show when={props.history.olderCount > 0}>
        <div>
          <Button onClick={() => props.onMore()}>
            {t('history.more', { count: Math.min(STEP, props.history.olderCount) })}
          </Button>
        </div>
      </Show>
    </>
  )
}

function OneChange(props: { readonly entry: EntryDetail; readonly change: EntryChange; readonly mayChange: boolean }) {
  const settings = useSettings()
  const act = () =>
    t(
      props.change.act === 'added' && props.entry.original !== undefined
        ? 'history.imported'
        : `history.${props.change.act}`,
    )
  const when = () => {
    const { at, by, isAccepted, isUnasked } = props.change
    if (isAccepted && at !== undefined) return acceptedWords(at, by, isOwn, isUnasked)
    return at === undefined ? '' : whenAndBy(formatTime(at), by, true)
  }
  const { isOwn } = useRecordRights()
  const isNow = () => isSameVersion(props.change.version, props.entry.fields ?? props.entry.correctionDraft)
  return (
    <li>
      <p>
        <strong>{act()}</strong> <span class={styles.soft}>{when()}</span>
      </p>
      <Show when={props.change.fields.length > 0}>
        <dl class={styles.changed}>
          <For each={props.change.fields}>
            {({ field, before, after }) => (
              <div>
                <dt>{fieldLabel(field)}</dt>
                <dd>
                  <span>
                    {t('history.before')} <bdi>{fieldValue(field, before, settings().units)}</bdi>
                  </span>
                  <span>
                    {t('history.after')} <bdi>{fieldValue(field, after, settings().units)}</bdi>
                  </span>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <Show when={isNow()} fallback={<BringBack {...props} name={`${act()} ${when()}`} />}>
        <p class={styles.soft}>{t('history.isNow')}</p>
      </Show>
    </li>
  )
}

/** As a new change, which can be undone: nothing that was said since is lost. */
function BringBack(props: {
  readonly entry: EntryDetail
  readonly change: EntryChange
  readonly mayChange: boolean
  readonly name: string
}) {
  const session = useSession()
  const [isSaving, setSaving] = createSignal(false)
  const bringBack = async (version: EntryFields) => {
    setSaving(true)
    const answer = await session.editEntry(props.entry.summary.id, version)
    setSaving(false)
    if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
    showToast({
      message: t('history.broughtBack'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }
  return (
    <Show when={props.mayChange && props.change.version}>
      {version => (
        <div>
          <Button
            busy={isSaving()}
            aria-label={t('history.backOf', { what: props.name })}
            onClick={() => void bringBack(version())}
          >
            {t('history.back')}
          </Button>
        </div>
      )}
    </Show>
  )
}

const textOf = (fields: EntryFields | undefined) =>
  JSON.stringify(Object.entries(fields ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const isSameVersion = (one: EntryFields | undefined, other: EntryFields | undefined) => textOf(one) === textOf(other)
