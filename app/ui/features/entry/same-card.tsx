import Combine from 'lucide-solid/icons/combine'
import { createSignal, For, Show } from 'solid-js'
import type { EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { showToast } from '../../parts/toast.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords } from '../../record/words.ts'
import { useRecordRights, useSession } from '../../session.ts'
import styles from './entry.module.css'

/** What the person said is the same as this entry, each with its own page; all stand alone again at a press. */
export function SameCard(props: { readonly entry: EntryDetail; readonly sameAs: readonly EntrySummary[] }) {
  const session = useSession()
  const { isOwn } = useRecordRights()
  const [isSaving, setSaving] = createSignal(false)
  const takeApart = async () => {
    setSaving(true)
    const answer = await session.takeApart(props.entry.summary.id)
    setSaving(false)
    if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
    // The card goes with its button.
    document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus()
    showToast({
      message: t('twice.takenApart'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }
  return (
    <Card
      title={t('twice.from', { count: props.sameAs.length + 1 })}
      icon={<Combine />}
      action={
        <Show when={isOwn}>
          <Button busy={isSaving()} onClick={() => void takeApart()}>
            {t('twice.takeApart')}
          </Button>
        </Show>
      }
    >
      <p class={styles.soft}>{t('twice.card.text')}</p>
      <EntryList label={t('twice.from', { count: props.sameAs.length + 1 })}>
        <For each={props.sameAs}>
          {entry => (
            <li>
              <EntryRow entry={entry} />
            </li>
          )}
        </For>
      </EntryList>
    </Card>
  )
}
