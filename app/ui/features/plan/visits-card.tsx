import { For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { createComing } from '../../record/plan/create-coming.ts'

const MOST = 10

/** Visits that are still to come, the nearest first. */
export function VisitsCard() {
  const coming = createComing()
  return (
    <Show when={coming().length > 0}>
      <Card title={t('care.visits')}>
        <EntryList label={t('care.visits')}>
          <For each={coming().slice(0, MOST)}>{entry => <EntryRow entry={entry} />}</For>
        </EntryList>
      </Card>
    </Show>
  )
}
