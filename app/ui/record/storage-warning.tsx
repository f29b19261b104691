import { createResource, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import { useHost, useStatus } from '../session.ts'
import { isBrowserTab, isSafari } from './short-memory.ts'

/** That this browser deletes what a website stores once it was not opened for a week, how to keep it, and what would be lost. */
export function StorageWarning() {
  const host = useHost()
  const status = useStatus()
  const [isKept] = createResource(() => host.isPersistent())
  const forgets = () => isKept() === false && isSafari(navigator.userAgent) && isBrowserTab()
  return (
    <Show when={forgets()}>
      <Notice tone="warning" title={t('storage.week')}>
        <p>{t('storage.week.text')}</p>
        <Show when={status().waitingCount > 0}>
          <p>{t('storage.week.waiting', { count: status().waitingCount })}</p>
        </Show>
      </Notice>
    </Show>
  )
}
