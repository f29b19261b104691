import Bell from 'lucide-solid/icons/bell'
import { createSignal, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createReminderChoice } from '../../record/medicines/reminders.ts'

/** Whether this browser may remind, said as it is: only while the app may run. */
export function ReminderCard(props: { readonly medicines: readonly EntrySummary[] }) {
  const reminders = createReminderChoice()
  const [isRefused, setRefused] = createSignal(false)
  const turnOn = async () => setRefused(!(await reminders.turnOn()))
  const hasTimes = () => props.medicines.some(({ plan }) => plan?.schedule !== undefined)
  return (
    <Show when={hasTimes()}>
      <Card title={t('remind.title')} icon={<Bell />}>
        <p>{t('remind.text')}</p>
        <Show when={reminders.isPossible} fallback={<p>{t('remind.impossible')}</p>}>
          <div>
            <Show
              when={reminders.isOn()}
              fallback={<Button onClick={() => void turnOn()}>{t('remind.turnOn')}</Button>}
            >
              <Button onClick={() => reminders.turnOff()}>{t('remind.turnOff')}</Button>
            </Show>
          </div>
          <Show when={isRefused()}>
            <p role="alert">{t('remind.refused')}</p>
          </Show>
        </Show>
      </Card>
    </Show>
  )
}
