import { createSignal, For, Show } from 'solid-js'
import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { titleOf, whenOf } from '../../record/words.ts'
import { useSession } from '../../session.ts'
import styles from './entry.module.css'

/** So many are shown; words in the box narrow them down. */
const SHOWN = 30

/** Picks one entry of the record by a search for words. */
export function PickEntry(props: {
  readonly open: boolean
  readonly title: string
  readonly kinds?: readonly EntryKind[]
  readonly isLeftOut: (entry: EntrySummary) => boolean
  readonly onClose: () => void
  readonly onPick: (entry: EntrySummary) => void
}) {
  const session = useSession()
  const [text, setText] = createSignal('')
  const found = createAnswer(
    () => (props.open ? { text: text(), kinds: props.kinds } : undefined),
    ({ kinds, ...query }) => session.timelineRows({ ...query, ...(kinds === undefined ? {} : { kinds }) }, 0, SHOWN),
  )
  const shown = () => (found() ?? []).filter(entry => !props.isLeftOut(entry))
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <TextField label={t('papers.search')} value={text()} onInput={setText} maxLength={100} />
      <Show when={shown().length > 0} fallback={<output>{found() && t('papers.nothingFound')}</output>}>
        <ul class={styles.picks} aria-label={t('papers.found')}>
          <For each={shown()}>
            {entry => (
              <li>
                <button type="button" class={styles.pick} onClick={() => props.onPick(entry)}>
                  <bdi>{titleOf(entry)}</bdi>
                  <span class={styles.soft}>
                    {t(`kind.${entry.kind}`)} · {whenOf(entry, 'short')}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Dialog>
  )
}
