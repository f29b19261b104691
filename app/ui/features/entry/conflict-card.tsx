import { createSignal, For, Show } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryId, FieldConflict } from '#schema/record/entry.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords, whenAndBy } from '../../record/words.ts'
import { useRecordRights, useSession, useSettings } from '../../session.ts'
import styles from './entry.module.css'
import { fieldLabel, type FieldValue, fieldValue } from '../../record/field-words.ts'

/** A field was set twice at once, on two devices or by two people: both values stand here until somebody says which is right. */
export function ConflictCard(props: { readonly id: EntryId; readonly conflict: FieldConflict }) {
  const session = useSession()
  const settings = useSettings()
  const { mayChange } = useRecordRights()
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isSaving, setSaving] = createSignal(false)
  const choose = async (value: FieldValue) => {
    setSaving(true)
    const answer = await session.chooseConflict(props.id, props.conflict.field, value)
    setSaving(false)
    if (answer.ok) showToast({ message: t('conflict.chosen') })
    else setFailure(answer.failure)
  }
  return (
    <Notice tone="warning" title={t('conflict.title', { field: fieldLabel(props.conflict.field) })}>
      <p>{t(mayChange() ? 'conflict.text' : 'conflict.readOnly')}</p>
      <ul class={styles.candidates}>
        <For each={props.conflict.candidates}>
          {candidate => {
            const words = () => fieldValue(props.conflict.field, candidate.value, settings().units)
            return (
              <li>
                <span>
                  <strong dir="auto">{words()}</strong>
                  <Show when={candidate.changedAt}>
                    {at => (
                      <span class={styles.soft}>
                        {t('conflict.changedAt', { when: whenAndBy(formatTime(at()), candidate.by, true) })}
                      </span>
                    )}
                  </Show>
                </span>
                <Show when={mayChange()}>
                  <Button
                    busy={isSaving()}
                    aria-label={t('conflict.keepValue', { value: words() })}
                    onClick={() => void choose(candidate.value)}
                  >
                    {t('conflict.keep')}
                  </Button>
                </Show>
              </li>
            )
          }}
        </For>
      </ul>
      <Show when={failure()}>{failed => <p role="alert">{saveFailureWords(failed())}</p>}</Show>
    </Notice>
  )
}
