import { createSignal, type JSX, Show } from 'solid-js'
import type { GuardianFailure, GuardianSession } from '#app/core/kept-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { ContactChoice, createContactChoice } from './contact-choice.tsx'
import { draftOf, EndFields, endOf, isDateMissing } from './end-fields.tsx'

/** Chooses one of one's own contacts and lets them into the whole record, signed by the passphrase. */
export function LetIn(props: {
  /** Those who can be chosen. */
  readonly contacts: readonly Contact[]
  /** Nobody else could be meant: is chosen already. */
  readonly isOnlyOne: boolean
  /** Whether somebody shares their own record with this person: they are hardly meant, and it is said. */
  readonly isPatient?: (contact: Contact) => boolean
  /** Of the record they come into. */
  readonly session: GuardianSession
  readonly act: string
  readonly warning: JSX.Element
  /** Only until a day: of one's own record. */
  readonly mayEnd: boolean
  readonly onDone: (name: string) => void
}) {
  const { chosen, choose } = createContactChoice(
    () => props.contacts,
    () => '',
    () => props.isOnlyOne,
  )
  const [hasTried, setHasTried] = createSignal(false)
  const [end, setEnd] = createSignal(draftOf(undefined))
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const submit = async () => {
    const known = chosen()
    setHasTried(true)
    if (isWorking() || known === undefined) return
    if (isDateMissing(end())) return setFailure({ kind: 'in-the-past' })
    setIsWorking(true)
    setFailure()
    const until = endOf(end())
    const added = await props.session.addGuardian({
      contactId: known.contactId,
      passphrase: passphrase(),
      ...(until === undefined ? {} : { until }),
    })
    setIsWorking(false)
    if (!added.ok) return setFailure(added.failure)
    setPassphrase('')
    setHasTried(false)
    props.onDone(known.name)
  }
  const patient = () => {
    const known = chosen()
    return known !== undefined && props.isPatient?.(known) === true ? known : undefined
  }
  const isWrong = () => failure()?.kind === 'wrong-passphrase'
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {props.act}
        </Button>
      }
    >
      <ContactChoice
        label={t('guardian.who')}
        contacts={props.contacts}
        {...(props.isPatient === undefined ? {} : { isPatient: props.isPatient })}
        chosen={chosen()}
        isMissing={hasTried()}
        onChoose={choose}
      />
      <Show when={patient()}>
        {known => <Notice tone="warning">{t('staff.add.patient', { name: known().name })}</Notice>}
      </Show>
      <Show when={chosen()?.comparedAt === undefined && chosen()}>
        {known => <Notice tone="warning">{t('share.notCompared', { name: known().name })}</Notice>}
      </Show>
      <Show when={props.mayEnd}>
        <EndFields draft={end()} onChange={setEnd} />
      </Show>
      {props.warning}
      <PassphraseField
        label={t('share.passphrase')}
        value={passphrase()}
        onInput={setPassphrase}
        error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
      />
      <GuardianFailed failure={!isWrong() && failure()} />
    </Form>
  )
}
