import { createResource, createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { StorageWarning } from '../../record/storage-warning.tsx'
import { useHost } from '../../session.ts'

/** Whether the browser promised to keep what is stored here, and how to make it promise. */
export function StorageCard() {
  const host = useHost()
  const [isKept, { mutate }] = createResource(() => host.isPersistent())
  const [isRefused, setIsRefused] = createSignal(false)
  const ask = async () => {
    const kept = await host.askForPersistence()
    mutate(kept)
    setIsRefused(!kept)
  }
  return (
    <Card title={t('settings.storage')}>
      <Show when={isKept()} fallback={<p>{t('settings.storage.notKept')}</p>}>
        <p>{t('settings.storage.kept')}</p>
      </Show>
      <StorageWarning />
      <Show when={isRefused()}>
        <Notice tone="warning" alert>
          {t('settings.storage.refused')}
        </Notice>
      </Show>
      <Show when={isKept() === false}>
        <div>
          <Button onClick={() => void ask()}>{t('settings.storage.ask')}</Button>
        </div>
      </Show>
    </Card>
  )
}
