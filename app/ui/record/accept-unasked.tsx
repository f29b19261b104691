import { createSignal, Show } from 'solid-js'
import type { AcceptedFrom } from '#app/core/addition-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { CheckField } from '../parts/check-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { createWatch, useOwnSession } from '../session.ts'
import { FailureNotice } from './failure-notice.tsx'
import { isolated } from '../language/isolated.ts'

/** Whether everything that a contact writes for one's record comes in without being asked about. */
export function AcceptUnasked(props: {
  readonly contactId: string
  readonly name: string
  /** Only where it is so: to take it back. */
  readonly isWhenOn?: boolean
}) {
  const session = useOwnSession()
  const from = createWatch<readonly AcceptedFrom[]>(listener => session.watchAcceptedFrom(listener))
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [wasOn, setWasOn] = createSignal(false)
  /** It is a standing consent, and the press of it is close to others. */
  const [isAsking, setIsAsking] = createSignal(false)
  const isOn = () => from()?.some(one => one.contactId === props.contactId) ?? false
  const change = async (wanted: boolean) => {
    setWasOn(true)
    const saved = await session.acceptFrom(props.contactId, wanted)
    setFailure(saved.ok ? undefined : saved.failure)
    setIsAsking(false)
  }
  return (
    <Show when={from() && (!props.isWhenOn || isOn() || wasOn())}>
      <CheckField
        label={t('addition.unasked', { name: isolated(props.name) })}
        checked={isOn() || isAsking()}
        onChange={wanted => (wanted ? setIsAsking(true) : void change(false))}
      />
      <FailureNotice failure={failure()} />
      <Dialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('addition.unasked.title', { name: isolated(props.name) })}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('act.cancel')}</Button>
            <Button tone="primary" onClick={() => void change(true)}>
              {t('addition.unasked.yes')}
            </Button>
          </>
        }
      >
        <p>{t('addition.unasked.text', { name: isolated(props.name) })}</p>
      </Dialog>
    </Show>
  )
}
