import CircleCheck from 'lucide-solid/icons/circle-check'
import Info from 'lucide-solid/icons/info'
import OctagonAlert from 'lucide-solid/icons/octagon-alert'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { children, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { focusOnMount } from './focus-on-mount.ts'
import styles from './notice.module.css'
import tones from './tone.module.css'

type NoticeTone = 'info' | 'success' | 'warning' | 'danger'

const LOOKS = {
  info: [Info, 'info'],
  success: [CircleCheck, 'accent'],
  warning: [TriangleAlert, 'warning'],
  danger: [OctagonAlert, 'danger'],
} as const

interface NoticeProps {
  readonly tone?: NoticeTone
  readonly title?: string
  readonly children?: JSX.Element
  /** Buttons below the words. */
  readonly actions?: JSX.Element
  /** Read out when it appears: for what just went wrong. */
  readonly alert?: boolean
  /** Its title is a heading that takes the focus when it comes: for how something ended that took the focus's place. */
  readonly heading?: boolean
}

/** A framed message that stays where it is. */
export function Notice(props: NoticeProps) {
  // Made once: asking for them makes them anew, and a dialog among them would open twice.
  const words = children(() => props.children)
  const actions = children(() => props.actions)
  const look = () => LOOKS[props.tone ?? 'info']
  return (
    <div
      classList={{ [styles.notice ?? '']: true, [tones[look()[1]] ?? '']: true }}
      role={props.alert ? 'alert' : undefined}
    >
      <Dynamic component={look()[0]} size="1.4rem" />
      <div class={styles.words}>
        <Show when={props.title}>
          <Show when={props.heading} fallback={<p class={styles.title}>{props.title}</p>}>
            <h2 class={styles.title} tabindex="-1" ref={focusOnMount}>
              {props.title}
            </h2>
          </Show>
        </Show>
        <Show when={words()}>
          <div>{words()}</div>
        </Show>
        <Show when={actions()}>
          <div class={styles.actions}>{actions()}</div>
        </Show>
      </div>
    </div>
  )
}
