import { A } from '@solidjs/router'
import HeartPulse from 'lucide-solid/icons/heart-pulse'
import { Show } from 'solid-js'
import type { CardChoices } from '#app/core/card-session.ts'
import { instant } from '#schema/instant.ts'
import { t } from '../../language/language.ts'
import { isCheckDue } from '../../record/card-due.ts'
import { createWatch, useRecordPath, useRecordView, useSession } from '../../session.ts'
import styles from './home.module.css'

/** What helpers must know is one press away; every six months it asks whether that is still right. */
export function EmergencyCardLink() {
  const { shared, isPreview } = useRecordView()
  return (
    <Show when={shared === undefined && isPreview !== true}>
      <OwnCardLink />
    </Show>
  )
}

function OwnCardLink() {
  const session = useSession()
  const to = useRecordPath()
  const choices = createWatch<CardChoices>(listener => session.watchCardChoices(listener))
  const isDue = () => {
    const now = choices()
    return now !== undefined && isCheckDue(now, instant(Date.now()))
  }
  return (
    <p class={styles.emergency}>
      <A href={to('/card')}>
        <HeartPulse size="1.25rem" />
        {t(isDue() ? 'emergency.due' : 'emergency.title')}
      </A>
    </p>
  )
}
