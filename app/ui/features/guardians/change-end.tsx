import { createSignal, Show } from 'solid-js'
import type { Guardian, GuardianFailure } from '#app/core/kept-session.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { useSession } from '../../session.ts'
import { draftOf, EndFields, endOf, isDateMissing } from './end-fields.tsx'

/** Another end for who manages one's own record. More time is signed by the passphrase, less is not. */
export function ChangeEnd(props: {
  readonly guardian: Guardian
  readonly contactId: string
  readonly onDone: () => void
}) {
  const session = useSession()
  const [draft, setDraft] = createSignal(draftOf(props.guardian.until))
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const isMore = () => !isDateMissing(draft()) && (endOf(draft()) ?? NEVER) > (props.guardian.until ?? NEVER)
  const submit = async () => {
    if (isWorking()) return
    if (isDateMissing(draft())) return setFailure({ kind: 'in-the-past' })
    setIsWorking(true)
    setFailure()
    const until = endOf(draft())
    const changed = await session.changeManaging({
      contactId: props.contactId,
      ...(until === undefined ? {} : { until }),
      ...(isMore() ? { passphrase: passphrase() } : {}),
    })
    setIsWorking(false)
    if (changed.ok) props.onDone()
    else setFailure(changed.failure)
  }
  const isWrong = () => failure()?.kind === 'wrong-passphrase'
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {t('act.save')}
        </Button>
      }
    >
      <EndFields draft={draft()} onChange={setDraft} />
      <Show when={isMore()}>
        <PassphraseField
          label={t('share.passphrase')}
          value={passphrase()}
          onInput={setPassphrase}
          error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
        />
      </Show>
      <GuardianFailed failure={!isWrong() && failure()} />
    </Form>
  )
}
