import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleCheck from 'lucide-solid/icons/circle-check'
import CloudUpload from 'lucide-solid/icons/cloud-upload'
import { createSignal, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { showToast } from '../../parts/toast.tsx'
import { useStatus } from '../../session.ts'
import styles from './status.module.css'
import { StatusSheet } from './status-sheet.tsx'
import { TryNow } from './try-now.tsx'
import { linkLine, saveLine, statusLine, statusTone } from './status-words.ts'

const ICONS = { good: CircleCheck, waiting: CloudUpload, look: CircleAlert } as const

/** Always on screen and always true: what is saved and backed up. Opens the sheet that says more. */
export function StatusChip() {
  const status = useStatus()
  const [isOpen, setIsOpen] = createSignal(false)
  let chip: HTMLButtonElement | undefined
  const line = () => statusLine(status())
  const second = () => {
    const next = status().problems.length > 0 ? linkLine(status()) : saveLine(status())
    return next === line() ? undefined : next
  }
  return (
    <div classList={{ [styles.chipPlace ?? '']: true, [styles.long ?? '']: second() !== undefined }}>
      <div class={styles.said} role="status">
        <button
          type="button"
          ref={chip}
          class={styles.chip}
          data-tone={statusTone(status())}
          onClick={() => setIsOpen(true)}
        >
          <Dynamic component={ICONS[statusTone(status())]} size="1.25rem" />
          <span class={styles.lines}>
            <span>{line()}</span>
            <Show when={second()}>
              <span class={styles.second}>{second()}</span>
            </Show>
          </span>
        </button>
      </div>
      <Show when={status().link.kind === 'unreachable'}>
        <TryNow say={message => showToast({ message })} onGone={() => chip?.focus()} />
      </Show>
      <StatusSheet open={isOpen()} onClose={() => setIsOpen(false)} status={status()} />
    </div>
  )
}
