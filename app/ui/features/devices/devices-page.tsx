import Plus from 'lucide-solid/icons/plus'
import { createEffect, createResource, createSignal, For, on, Show } from 'solid-js'
import type { DeviceInfo } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { useSession, useStatus } from '../../session.ts'
import { DeviceCard } from './device-card.tsx'
import styles from './devices.module.css'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

/** Every device that can open the record. */
export function DevicesPage() {
  const session = useSession()
  const [devices, { refetch }] = createResource(() => session.devices())
  // A removal is carried on step by step, and each step moves the status.
  createEffect(on(useStatus(), () => void refetch(), { defer: true }))
  const [renaming, setRenaming] = createSignal<DeviceInfo>()
  const [removing, setRemoving] = createSignal<DeviceInfo>()
  return (
    <Page
      title={t('devices.title')}
      lead={t('devices.lead')}
      back={{ href: '/settings', label: t('nav.settings') }}
      narrow
      actions={
        <LinkButton href="/devices/add" tone="primary" icon={<Plus size="1.25rem" />}>
          {t('devices.add')}
        </LinkButton>
      }
    >
      <Show when={devices.latest} fallback={<Spinner />}>
        <ul class={styles.list}>
          <For each={devices.latest}>
            {device => (
              <li>
                <DeviceCard device={device} onRename={() => setRenaming(device)} onRemove={() => setRemoving(device)} />
              </li>
            )}
          </For>
        </ul>
        <Show when={(devices.latest?.length ?? 0) > 1}>
          <p class={styles.about}>{t('devices.seenAbout')}</p>
        </Show>
      </Show>
      <RenameDialog device={renaming()} onClose={() => setRenaming()} onChanged={() => void refetch()} />
      <RemoveDialog device={removing()} onClose={() => setRemoving()} onChanged={() => void refetch()} />
    </Page>
  )
}
