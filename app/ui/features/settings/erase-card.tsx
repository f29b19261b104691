import Eraser from 'lucide-solid/icons/eraser'
import { createSignal, For, Show } from 'solid-js'
import type { Erasing } from '#app/core/private-session.ts'
import { formatList, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { useSession } from '../../session.ts'
import { EraseDialog } from './erase-dialog.tsx'
import styles from './settings.module.css'

/** To erase earlier and deleted versions, and what of that the server has still to delete. */
export function EraseCard() {
  const session = useSession()
  const [isOpen, setIsOpen] = createSignal(false)
  const erasing = createAnswer(isOpen, () => session.erasing())
  return (
    <Card title={t('erase.title')} icon={<Eraser />}>
      <p>{t('erase.text')}</p>
      <Show when={(erasing() ?? []).length > 0}>
        <div>
          <p>{t('erase.waiting')}</p>
          <ul class={styles.list}>
            <For each={erasing()}>{each => <Waiting erasing={each} />}</For>
          </ul>
        </div>
      </Show>
      <div>
        <Button onClick={() => setIsOpen(true)}>{t('erase.open')}</Button>
      </div>
      <EraseDialog open={isOpen()} onClose={() => setIsOpen(false)} />
    </Card>
  )
}

function Waiting(props: { readonly erasing: Erasing }) {
  const name = () => (props.erasing.section === 'private' ? t('private.mark') : t(`section.${props.erasing.section}`))
  const about = () =>
    props.erasing.waitingFor.length === 0
      ? t('erase.waiting.soon')
      : t('erase.waiting.for', { devices: formatList(props.erasing.waitingFor) })
  return (
    <li>
      {t('erase.waiting.section', { section: name(), day: formatTime(props.erasing.begunAt) })} {about()}
    </li>
  )
}
