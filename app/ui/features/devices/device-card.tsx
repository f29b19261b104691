import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { Show } from 'solid-js'
import type { DeviceInfo } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { formatDay, formatDaysAgo } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import styles from './devices.module.css'

interface DeviceCardProps {
  readonly device: DeviceInfo
  readonly onRename: () => void
  readonly onRemove: () => void
}

export function DeviceCard(props: DeviceCardProps) {
  const seen = () => {
    const at = props.device.lastSeenAt
    return at === undefined
      ? t('devices.neverSeen')
      : t('devices.seen', { when: formatDaysAgo(at, instant(Date.now())) })
  }
  return (
    <article class={styles.device}>
      <span class={styles.icon}>
        <MonitorSmartphone />
      </span>
      <div class={styles.words}>
        <h2 class={styles.name}>
          <bdi>{props.device.name}</bdi>
          <Show when={props.device.isThisOne}>
            <span class={styles.badge}>{t('devices.this')}</span>
          </Show>
        </h2>
        <Show when={props.device.isManagers}>
          <p>{t('devices.managers', { name: props.device.name })}</p>
        </Show>
        <p>{t('devices.added', { date: formatDay(props.device.addedAt) })}</p>
        <Show when={!props.device.isThisOne}>
          <p>{seen()}</p>
        </Show>
        <Show when={props.device.isBeingRemoved}>
          <p class={styles.removing}>{t('devices.removing')}</p>
        </Show>
      </div>
      <Show when={!props.device.isBeingRemoved}>
        <div class={styles.actions}>
          <Show when={!props.device.isManagers}>
            <Button
              tone="plain"
              icon={<Pencil size="1.25rem" />}
              aria-label={t('devices.renameOf', { name: props.device.name })}
              onClick={() => props.onRename()}
            >
              {t('devices.rename')}
            </Button>
          </Show>
          <Show when={!props.device.isThisOne}>
            <Button
              tone="plain"
              icon={<Trash size="1.25rem" />}
              aria-label={t('devices.removeOf', { name: props.device.name })}
              onClick={() => props.onRemove()}
            >
              {t('act.remove')}
            </Button>
          </Show>
        </div>
      </Show>
    </article>
  )
}
