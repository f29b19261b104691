import BellRing from 'lucide-solid/icons/bell-ring'
import { createResource, createSignal, Show } from 'solid-js'
import type { PushAnswer, PushChoice, QuietTimes } from '#app/core/push-session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { createWatch, useHost, useOwnSession } from '../../session.ts'
import { QuietFields } from './quiet-fields.tsx'

type Failure = Exclude<PushAnswer['kind'], 'on'> | 'refused' | 'failed'

const FAILURES = {
  refused: 'push.refused',
  failed: 'push.failed',
  locked: 'push.failed',
  'not-stored': 'push.failed',
  'not-offered': 'push.notOffered',
  unreachable: 'push.unreachable',
} as const satisfies Record<Failure, PlainKey>

const NIGHT: QuietTimes = { from: 22 * 60, to: 7 * 60 }

/** Whether this device is told while the app is closed, with what others learn by it. */
export function PushCard() {
  const session = useOwnSession()
  const host = useHost()
  const [pushes] = createResource(() => host.pushes())
  const choice = createWatch<PushChoice>(listener => session.watchPush(listener))
  const [failure, setFailure] = createSignal<Failure>()
  const [isBusy, setBusy] = createSignal(false)
  const on = () => {
    const now = choice()
    return now?.isOn === true ? now : undefined
  }
  const during = async (act: () => Promise<Failure | undefined>) => {
    setBusy(true)
    setFailure(await act())
    setBusy(false)
  }
  const turnOn = () =>
    during(async () => {
      const ways = pushes.latest
      // First, while the tap still counts as one.
      if (ways === undefined || !(await host.reminders.ask())) return 'refused'
      const key = await session.pushKey()
      if (key.kind !== 'key') return key.kind
      const endpoint = await ways.subscribe(key.key)
      if (endpoint === undefined) return 'failed'
      const answer = await session.turnOnPush({ endpoint })
      if (answer.kind === 'on') return undefined
      await ways.end()
      return answer.kind
    })
  const turnOff = () =>
    during(async () => {
      await Promise.all([session.turnOffPush(), pushes.latest?.end()])
      return undefined
    })
  const keepQuiet = (quiet: QuietTimes | undefined) =>
    during(async () => {
      const endpoint = on()?.endpoint
      if (endpoint === undefined) return undefined
      const answer = await session.turnOnPush({ endpoint, ...(quiet === undefined ? {} : { quiet }) })
      return answer.kind === 'on' ? undefined : answer.kind
    })
  return (
    <Card title={t('push.title')} icon={<BellRing />}>
      <p>{t('push.text')}</p>
      <p>{t('push.reveals')}</p>
      <p>{t('push.circles')}</p>
      <Show when={pushes()?.isPossible !== false} fallback={<p>{t('push.impossible')}</p>}>
        <div>
          <Show
            when={on()}
            fallback={
              <Button busy={isBusy()} disabled={pushes.latest === undefined} onClick={() => void turnOn()}>
                {t('push.turnOn')}
              </Button>
            }
          >
            <Button busy={isBusy()} onClick={() => void turnOff()}>
              {t('push.turnOff')}
            </Button>
          </Show>
        </div>
        <Show when={failure()}>{why => <p role="alert">{t(FAILURES[why()])}</p>}</Show>
        <Show when={on()}>
          {now => (
            <>
              <CheckField
                label={t('push.quiet')}
                checked={now().quiet !== undefined}
                onChange={isQuiet => void keepQuiet(isQuiet ? NIGHT : undefined)}
              />
              <p>{t('push.quiet.text')}</p>
              <Show when={now().quiet}>
                {quiet => <QuietFields quiet={quiet()} onChange={times => void keepQuiet(times)} />}
              </Show>
            </>
          )}
        </Show>
      </Show>
    </Card>
  )
}
