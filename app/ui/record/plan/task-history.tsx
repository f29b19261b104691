import { createMemo, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../entry-row.tsx'
import { createRows } from '../medicines/create-rows.ts'

const MOST = 50

/** When a task was done, the newest first; each leads to where its time can be changed. */
export function TaskHistory(props: { readonly task: EntrySummary }) {
  const rows = createRows(() => ({ kinds: ['task-done'] }))
  const done = createMemo(() => (rows() ?? []).filter(({ doneOf }) => doneOf?.taskId === props.task.id))
  return (
    <Show when={done().length > 0}>
      <Card title={t('task.history')}>
        <EntryList label={t('task.history')}>
          <For each={done().slice(0, MOST)}>
            {entry => (
              <li>
                <EntryRow entry={entry} brief />
              </li>
            )}
          </For>
        </EntryList>
        <Show when={done().length > MOST}>
          <p>{t('track.newestOf', { shown: MOST, count: done().length })}</p>
        </Show>
      </Card>
    </Show>
  )
}
