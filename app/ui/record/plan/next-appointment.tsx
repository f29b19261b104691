import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import { titleOf, valueOfEntry, whenOf } from '../words.ts'
import styles from './tasks.module.css'

/** The next appointment with its day and hour, who and where. */
export function NextAppointment(props: { readonly entry: EntrySummary }) {
  const to = useRecordPath()
  const settings = useSettings()
  return (
    <p class={styles.words}>
      <span class={styles.soft}>{t('care.nextVisit')}</span>
      <a href={to(`/entry/${props.entry.id}`)}>
        <bdi>{titleOf(props.entry)}</bdi>
      </a>
      <strong>{whenOf(props.entry, 'weekday')}</strong>
      <span class={styles.soft} dir="auto">
        {valueOfEntry(props.entry, settings())}
      </span>
    </p>
  )
}
