import { createSignal, Show } from 'solid-js'
import type { CardChoices } from '#app/core/card-session.ts'
import { instant } from '#schema/instant.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { isCheckDue } from '../../record/card-due.ts'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'
import styles from './card.module.css'

/** Every six months the card is looked through, or it slowly becomes wrong. */
export function StillRight(props: { readonly choices: CardChoices | undefined }) {
  const session = useSession()
  const [problem, setProblem] = createSignal<string>()
  const confirm = async () => {
    const saved = await session.changeCard({ kind: 'checked' })
    setProblem(saved.ok ? undefined : saveFailureWords(saved.failure))
  }
  const isDue = () => props.choices !== undefined && isCheckDue(props.choices, instant(Date.now()))
  const change = () => {
    const choices = document.getElementById('card-choices')
    choices?.scrollIntoView({ block: 'start' })
    choices?.focus({ preventScroll: true })
  }
  return (
    <Card title={t('emergency.check.title')}>
      <p role="status">
        <Show when={props.choices?.checkedAt} fallback={t('emergency.check.never')}>
          {at => <>{t(isDue() ? 'emergency.check.due' : 'emergency.check.last', { date: formatDay(at()) })}</>}
        </Show>
      </p>
      <Show when={problem()}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
      <div class={styles.actions}>
        <Button tone={isDue() ? 'primary' : 'quiet'} onClick={() => void confirm()}>
          {t('emergency.check.yes')}
        </Button>
        <Button onClick={change}>{t('emergency.check.change')}</Button>
      </div>
    </Card>
  )
}
