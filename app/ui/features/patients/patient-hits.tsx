import { For, Show } from 'solid-js'
import type { PatientHits } from '#app/core/patient-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import styles from './patients.module.css'

/** What was found in all patients' records, by patient. */
export function PatientHitList(props: { readonly hits: PatientHits }) {
  return (
    <section class={styles.group} aria-label={t('patients.hits')}>
      <h2>{t('patients.hits')}</h2>
      <Show when={props.hits.notHere > 0}>
        <Notice>{t('patients.notHere', { count: props.hits.notHere })}</Notice>
      </Show>
      <Show when={props.hits.patients.length > 0} fallback={<p class={styles.soft}>{t('patients.hits.none')}</p>}>
        <ul class={styles.list}>
          <For each={props.hits.patients}>
            {patient => (
              <li class={styles.patient}>
                <h3>
                  <bdi>{patient.recordName}</bdi>
                </h3>
                <p class={styles.soft}>{t('patients.hits.count', { count: patient.total })}</p>
                <ul class={styles.hits}>
                  <For each={patient.entries}>{entry => <Hit shareId={patient.shareId} entry={entry} />}</For>
                </ul>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

function Hit(props: { readonly shareId: string; readonly entry: EntrySummary }) {
  const to = useRecordPath()
  const settings = useSettings()
  const newResults = useNewResults()
  const record = () => to(`/shared/${props.shareId}`)
  const value = () =>
    newResults.isWaiting(props.entry, record()) ? t('first.row') : valueOfEntry(props.entry, settings())
  const words = () => [titleOf(props.entry), value(), whenOf(props.entry)].filter(Boolean).join(' · ')
  return (
    <li>
      <a href={`${record()}/entry/${props.entry.id}`} dir="auto">
        {words()}
      </a>
    </li>
  )
}
