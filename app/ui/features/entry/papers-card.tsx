import FilePlus from 'lucide-solid/icons/file-plus'
import Files from 'lucide-solid/icons/files'
import { For, Show } from 'solid-js'
import type { EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { useRecordPath } from '../../session.ts'
import styles from './entry.module.css'

/** Documents that belong to the entry, what it belongs to itself, and the way to one more. */
export function PapersCard(props: { readonly entry: EntryDetail; readonly mayAdd: boolean }) {
  const to = useRecordPath()
  const add = () => t(props.entry.summary.kind === 'document' ? 'papers.addPage' : 'paper.title')
  return (
    <Card
      title={t('papers.title')}
      icon={<Files />}
      action={
        <Show when={props.mayAdd}>
          <LinkButton
            tone="plain"
            icon={<FilePlus size="1.2rem" />}
            href={to(`/add/document?about=${props.entry.summary.id}`)}
          >
            {add()}
          </LinkButton>
        </Show>
      }
    >
      <Show when={props.entry.papers} fallback={<p class={styles.soft}>{t('papers.none')}</p>}>
        {papers => <Linked label={t('papers.title')} entries={papers()} />}
      </Show>
      <Show when={props.entry.about}>
        {about => (
          <>
            <h3>{t('papers.about')}</h3>
            <Linked label={t('papers.about')} entries={about()} />
          </>
        )}
      </Show>
    </Card>
  )
}

function Linked(props: { readonly label: string; readonly entries: readonly EntrySummary[] }) {
  return (
    <EntryList label={props.label}>
      <For each={props.entries}>
        {entry => (
          <li>
            <EntryRow entry={entry} brief />
          </li>
        )}
      </For>
    </EntryList>
  )
}
