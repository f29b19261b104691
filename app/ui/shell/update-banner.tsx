import Sparkles from 'lucide-solid/icons/sparkles'
import { createSignal, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { hasUnsavedForm } from '../parts/form.tsx'
import { Spinner } from '../parts/spinner.tsx'
import { useHost, useVault } from '../session.ts'
import { Banner } from './banners.tsx'
import styles from './banners.module.css'

type Update = 'none' | 'ready' | 'taken' | 'applying'

/** A new version comes when the person says so, never under their hands: also where another tab has started it. */
export function UpdateBanner() {
  const host = useHost()
  const vault = useVault()
  const [update, setUpdate] = createSignal<Update>('none')
  const [asks, setAsks] = createSignal<{ readonly isUnsaved: boolean }>()
  host.onUpdateReady(() => setUpdate(before => (before === 'none' ? 'ready' : before)))
  host.onUpdateTaken(() => {
    if (hasUnsavedForm()) setUpdate('taken')
    else host.reload()
  })
  const locks = () => {
    const state = vault()
    return state.kind === 'open' && !state.isSample
  }
  const apply = () => {
    setAsks(undefined)
    if (update() === 'taken') return host.reload()
    setUpdate('applying')
    void host.applyUpdate()
  }
  const ask = () => {
    const isUnsaved = hasUnsavedForm()
    if (isUnsaved || locks()) setAsks({ isUnsaved })
    else apply()
  }
  return (
    <Show when={update() !== 'none'}>
      <Banner
        tone="accent"
        icon={update() === 'applying' ? <Spinner /> : <Sparkles size="1.25rem" />}
        action={
          <Show when={update() !== 'applying'}>
            <button type="button" class={styles.act} onClick={ask}>
              {t('update.apply')}
            </button>
          </Show>
        }
      >
        {words(update())}
      </Banner>
      <ConfirmDialog
        open={asks() !== undefined}
        onClose={() => setAsks(undefined)}
        title={t('update.ask.title')}
        act={t('update.ask.act')}
        danger={asks()?.isUnsaved ?? false}
        onConfirm={apply}
      >
        <Show when={asks()?.isUnsaved}>
          <p>{t('update.ask.unsaved')}</p>
        </Show>
        <Show when={locks()}>
          <p>{t('update.ask.locks')}</p>
        </Show>
      </ConfirmDialog>
    </Show>
  )
}

function words(update: Update): string {
  if (update === 'applying') return t('update.applying')
  return update === 'taken' ? t('update.taken') : t('update.banner')
}
