import { createSignal, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { downloadBlob } from '../parts/download.ts'
import { useSession } from '../session.ts'
import { localDateTime } from './fhir-date.ts'

/** Downloads the whole record as one file that any other app can read, and says how that went. */
export function ExportButton() {
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
    <>
      <Button busy={state() === 'making'} onClick={() => void make()}>
        {state() === 'making' ? t('export.making') : t('export.button')}
      </Button>
      <output>
        <Show when={state() === 'done'}>{t('export.done')}</Show>
        <Show when={state() === 'failed'}>{t('export.failed')}</Show>
      </output>
    </>
  )
}
