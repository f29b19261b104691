import Bell from 'lucide-solid/icons/bell'
import { createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createReminderChoice } from './reminders.ts'

/** Whether this browser may remind, said as it is: only while the app may run. */
export function ReminderCard() {
  const reminders = createReminderChoice()
  const [isRefused, setRefused] = createSignal(false)
  const turnOn = async () => setRefused(!(await reminders.turnOn()))
  return (
    <Card title={t('remind.title')} icon={<Bell />}>
      <p>{t('remind.text')}</p>
      <Show when={reminders.isPossible} fallback={<p>{t('remind.impossible')}</p>}>
        <div>
          <Show when={reminders.isOn()} fallback={<Button onClick={() => void turnOn()}>{t('remind.turnOn')}</Button>}>
            <Button onClick={() => reminders.turnOff()}>{t('remind.turnOff')}</Button>
          </Show>
        </div>
        <Show when={isRefused()}>
          <p role="alert">{t('remind.refused')}</p>
        </Show>
      </Show>
    </Card>
  )
}
