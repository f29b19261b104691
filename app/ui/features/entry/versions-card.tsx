import Clock from 'lucide-solid/icons/clock'
import { createSignal, For, Show } from 'solid-js'
import { factsOf } from '#app/core/exchange/report/entry-facts.ts'
import type { EntryDetail, EntryVersion } from '#schema/record/entry.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { ChangedRows } from '../../record/changed-rows.tsx'
import { compareFacts } from '../../record/compare-facts.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { readEntry } from '../../record/read-entry.ts'
import { useRecordPath, useSession, useSettings } from '../../session.ts'
import styles from './entry.module.css'

/** The other versions that the source gave, each with what changed between it and the one on this page. */
export function VersionsCard(props: { readonly entry: EntryDetail; readonly versions: readonly EntryVersion[] }) {
  return (
    <Card title={t('versions.title')} icon={<Clock />}>
      <p class={styles.soft}>{t('versions.text')}</p>
      <For each={props.versions}>{version => <Version entry={props.entry} version={version} />}</For>
    </Card>
  )
}

function Version(props: { readonly entry: EntryDetail; readonly version: EntryVersion }) {
  const session = useSession()
  const settings = useSettings()
  const to = useRecordPath()
  const [isOpen, setOpen] = createSignal(false)
  const id = () => props.version.summary.id
  const detail = createAnswer(
    () => (isOpen() ? id() : undefined),
    asked => readEntry(session, asked),
  )
  const rows = (version: EntryDetail) => {
    const [one, other] = [factsOf(version), factsOf(props.entry)]
    const { units } = settings()
    return props.version.isNewer ? compareFacts(other, one, units) : compareFacts(one, other, units)
  }
  return (
    <details class={styles.original} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        {t(props.version.isNewer ? 'versions.newer' : 'versions.earlier', { date: formatTime(props.version.at) })}
      </summary>
      <Show when={detail()} fallback={<output>{t('app.loading')}</output>}>
        {version => (
          <>
            <ChangedRows rows={rows(version())} />
            <p>
              <a href={to(`/entry/${id()}`)}>{t('versions.open')}</a>
            </p>
          </>
        )}
      </Show>
    </details>
  )
}
