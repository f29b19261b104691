import { createSignal, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { downloadBlob } from '../parts/download.ts'
import { useSession, useVault } from '../session.ts'
import { localDateTime } from './fhir-date.ts'
import { type FreshUnlockAnswer, FreshUnlockDialog } from './fresh-unlock-dialog.tsx'

/** Downloads the whole record as one file that any other app can read, and says how that went. */
export function ExportButton() {
  const session = useSession()
  const vault = useVault()
  const [state, setState] = createSignal<'idle' | 'making' | 'done' | 'failed'>('idle')
  const [isAsking, setIsAsking] = createSignal(false)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const make = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    setState('making')
    try {
      const made = await session.exportFhir({ passphrase })
      if (made.ok) downloadBlob(made.value, `wellkeep-${localDateTime(new Date()).date}.json`)
      setState(made.ok ? 'done' : 'idle')
      if (made.ok) return undefined
      return made.failure.kind === 'locked' ? { words: t('save.locked') } : 'wrong-passphrase'
    } catch {
      setState('failed')
      return undefined
    }
  }
  return (
    <>
      <Button busy={state() === 'making'} onClick={() => (isSample() ? void make('') : setIsAsking(true))}>
        {state() === 'making' ? t('export.making') : t('export.button')}
      </Button>
      <output>
        <Show when={state() === 'done'}>{t('export.done')}</Show>
        <Show when={state() === 'failed'}>{t('export.failed')}</Show>
      </output>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('export.title')}
        act={t('export.button')}
        onUnlock={make}
      >
        {t('fresh.export.text')}
      </FreshUnlockDialog>
    </>
  )
}
