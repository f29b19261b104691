import { For, Show } from 'solid-js'
import type { ChangedEntry, ImportChanges } from '#app/core/import-session.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ChangedRows } from '../../record/changed-rows.tsx'
import { compareFacts, updatedWords } from '../../record/compare-facts.ts'
import { titleOf } from '../../record/words.ts'
import { useSettings } from '../../session.ts'
import styles from './import.module.css'

/** What the source changed since the record had it, field by field; older versions come along only when asked for. */
export function ChangedSince(props: {
  readonly changes: ImportChanges
  readonly withOlder: boolean
  readonly onWithOlder: (withOlder: boolean) => void
}) {
  const newer = () => props.changes.told.filter(each => !each.isOlder)
  const older = () => props.changes.told.filter(each => each.isOlder)
  return (
    <>
      <Show when={props.changes.count > 0}>
        <Notice title={t('changed.title', { count: props.changes.count })}>
          <p>{t('changed.text')}</p>
          <Told entries={newer()} total={props.changes.count} />
        </Notice>
      </Show>
      <Show when={props.changes.olderCount > 0}>
        <Notice title={t('changed.older.title', { count: props.changes.olderCount })}>
          <p>{t('changed.older.text')}</p>
          <Told entries={older()} total={props.changes.olderCount} />
          <CheckField label={t('changed.older.take')} checked={props.withOlder} onChange={props.onWithOlder} />
        </Notice>
      </Show>
    </>
  )
}

function Told(props: { readonly entries: readonly ChangedEntry[]; readonly total: number }) {
  const more = () => props.total - props.entries.length
  return (
    <>
      <For each={props.entries}>{entry => <One entry={entry} />}</For>
      <Show when={more() > 0}>
        <p class={styles.soft}>{t('changed.more', { count: more() })}</p>
      </Show>
    </>
  )
}

function One(props: { readonly entry: ChangedEntry }) {
  const settings = useSettings()
  const rows = () => {
    const { before, after, updatedBefore, updatedAfter } = props.entry
    const [one, other] = [updatedWords(updatedBefore), updatedWords(updatedAfter)]
    const updated = { label: t('changed.updated'), one, other, isDifferent: one !== other }
    return [...compareFacts(before, after, settings().units), ...(one === other ? [] : [updated])]
  }
  return (
    <details class={styles.told}>
      <summary>
        <bdi>{titleOf(props.entry.before.summary)}</bdi>
      </summary>
      <Show when={props.entry.isCorrected}>
        <p>{t('changed.corrected')}</p>
      </Show>
      <ChangedRows rows={rows()} />
    </details>
  )
}
