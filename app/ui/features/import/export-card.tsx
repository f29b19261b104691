import Download from 'lucide-solid/icons/download'
import { createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { useSession } from '../../session.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { ExportButton } from '../../record/export-button.tsx'
import styles from './import.module.css'

/** The whole record as one file that any other app can read. */
export function ExportCard() {
  const session = useSession()
  const facets = createAnswer(
    () => true,
    () => session.facets(),
  )
  const privateCount = () => (facets()?.sections ?? []).reduce((sum, each) => sum + each.privateCount, 0)
  const [withPrivate, setWithPrivate] = createSignal(true)
  return (
    <Card title={t('export.title')} icon={<Download />}>
      <p>{t('export.text')}</p>
      <Show when={privateCount() > 0}>
        <CheckField
          label={t('private.export', { count: privateCount() })}
          checked={withPrivate()}
          onChange={setWithPrivate}
        />
        <p>{t('private.export.text')}</p>
      </Show>
      <div class={styles.actions}>
        <ExportButton leavePrivateOut={!withPrivate()} />
      </div>
    </Card>
  )
}
