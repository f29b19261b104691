import Download from 'lucide-solid/icons/download'
import { createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { useSession } from '../../session.ts'
import styles from './import.module.css'

/** The whole record as one file that any other app can read. */
export function ExportCard() {
  const session = useSession()
  const [state, setState] = createSignal<'idle' | 'making' | 'done' | 'failed'>('idle')
  const make = async () => {
    setState('making')
    try {
      downloadBlob(await session.exportFhir(), `wellkeep-${localDateTime(new Date()).date}.json`)
      setState('done')
    } catch {
      setState('failed')
    }
  }
  return (
    <Card title={t('export.title')} icon={<Download />}>
      <p>{t('export.text')}</p>
      <div class={styles.actions}>
        <Button busy={state() === 'making'} onClick={() => void make()}>
          {state() === 'making' ? t('export.making') : t('export.button')}
        </Button>
      </div>
      <output>
        <Show when={state() === 'done'}>{t('export.done')}</Show>
        <Show when={state() === 'failed'}>{t('export.failed')}</Show>
      </output>
    </Card>
  )
}
