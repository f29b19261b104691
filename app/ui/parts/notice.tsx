import CircleCheck from 'lucide-solid/icons/circle-check'
import Info from 'lucide-solid/icons/info'
import OctagonAlert from 'lucide-solid/icons/octagon-alert'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import styles from './notice.module.css'

type NoticeTone = 'info' | 'success' | 'warning' | 'danger'

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: OctagonAlert } as const

interface NoticeProps {
  readonly tone?: NoticeTone
  readonly title?: string
  readonly children?: JSX.Element
  /** Buttons below the words. */
  readonly actions?: JSX.Element
  /** Read out when it appears: for what just went wrong. */
  readonly alert?: boolean
}

/** A framed message that stays where it is. */
export function Notice(props: NoticeProps) {
  const tone = () => props.tone ?? 'info'
  return (
    <div
      classList={{ [styles.notice ?? '']: true, [styles[tone()] ?? '']: true }}
      role={props.alert ? 'alert' : undefined}
    >
      <Dynamic component={ICONS[tone()]} size="1.4rem" />
      <div class={styles.words}>
        <Show when={props.title}>
          <p class={styles.title}>{props.title}</p>
        </Show>
        <Show when={props.children}>
          <div>{props.children}</div>
        </Show>
        <Show when={props.actions}>
          <div class={styles.actions}>{props.actions}</div>
        </Show>
      </div>
    </div>
  )
}
