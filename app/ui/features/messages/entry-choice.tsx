import NotebookText from 'lucide-solid/icons/notebook-text'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import type { TimelineOverview, TimelineQuery } from '#app/core/session.ts'
import { MAX_ENTRIES } from '#schema/messages/entry-reference.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { shownWords } from '../../record/shown-words.ts'
import { useSession } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'

/** The newest; whoever looks for another one types a word of it. */
const SHOWN_ROWS = 40

interface EntryChoiceProps {
  /** What goes along already. */
  readonly chosen: readonly string[]
  readonly onChoose: (id: EntryId) => void
}

/** Chooses an entry of one's own record that is to go along with a message; none that is private. */
export function EntryChoice(props: EntryChoiceProps) {
  const [isOpen, setIsOpen] = createSignal(false)
  const choose = (id: EntryId) => {
    setIsOpen(false)
    props.onChoose(id)
  }
  return (
    <>
      <Show
        when={props.chosen.length < MAX_ENTRIES}
        fallback={<p class={styles.soft}>{t('message.failed.too-many-entries')}</p>}
      >
        <Button icon={<NotebookText size="1.25rem" />} onClick={() => setIsOpen(true)}>
          {t('message.attachEntry')}
        </Button>
      </Show>
      <Dialog open={isOpen()} onClose={() => setIsOpen(false)} title={t('message.attachEntry')}>
        <Entries chosen={props.chosen} onChoose={choose} />
      </Dialog>
    </>
  )
}

function Entries(props: EntryChoiceProps) {
  const newResults = useNewResults()
  const [text, setText] = createSignal('')
  const found = createFound(text)
  /** What waits for its explanation is not read out of a list (decision 47). */
  const rows = () =>
    found()?.first.filter(entry => !props.chosen.includes(entry.id) && !newResults.isWaiting(entry)) ?? []
  const leftOut = () => (found()?.first.length ?? 0) - rows().length
  return (
    <>
      <p class={styles.soft}>{t('message.attachEntry.hint')}</p>
      <TextField type="search" label={t('message.attachEntry.search')} value={text()} onInput={setText} />
      <Show when={found()} fallback={<output>{t('app.loading')}</output>}>
        {overview => (
          <>
            <p class={styles.soft} role="status">
              {rows().length === 0
                ? t('message.attachEntry.none')
                : t('timeline.total', { count: overview().total - leftOut() })}
            </p>
            <EntryList label={t('message.attachEntry')}>
              <For each={rows()}>
                {entry => (
                  <li>
                    <EntryRow entry={entry} onChoose={() => props.onChoose(entry.id)} />
                  </li>
                )}
              </For>
            </EntryList>
            <Show when={overview().total > SHOWN_ROWS}>
              <p class={styles.soft}>{t('message.attachEntry.more', { count: SHOWN_ROWS })}</p>
            </Show>
          </>
        )}
      </Show>
    </>
  )
}

/** What of one's record has these words, as they are typed; the last answer stands until the next is there. */
function createFound(text: () => string) {
  const session = useSession()
  const newResults = useNewResults()
  const [found, setFound] = createSignal<TimelineOverview>()
  const words = createMemo(() => text().trim())
  createEffect(
    on(words, wanted => {
      const narrowed = wanted === '' ? {} : { text: wanted, words: shownWords() }
      const query: TimelineQuery = { isPrivate: false, first: SHOWN_ROWS, ...narrowed, ...newResults.searched() }
      let isOver = false
      const watching = session.watchTimeline(query, overview => {
        if (!isOver) setFound(overview)
      })
      onCleanup(() => {
        isOver = true
        void watching.then(stop => stop())
      })
    }),
  )
  return found
}
