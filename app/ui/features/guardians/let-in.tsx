import { createSignal, type JSX, Show } from 'solid-js'
import type { GuardianFailure, GuardianSession } from '#app/core/kept-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { ContactChoice, createContactChoice } from './contact-choice.tsx'
import { useTrueNow } from '../../session.ts'

/** Chooses one of one's own contacts and lets them into the whole record, signed by the passphrase. */
export function LetIn(props: {
  /** Those who can be chosen. */
  readonly contacts: readonly Contact[]
  /** Nobody else could be meant: is chosen already. */
  readonly isOnlyOne: boolean
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
  const now = useTrueNow()
  const [hasTried, setHasTried] = createSignal(false)
  const [ends, setEnds] = createSignal<'open' | 'date'>('open')
  const [date, setDate] = createSignal('')
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const isDateMissing = () => ends() === 'date' && date() === ''
  const submit = async () => {
    const known = chosen()
    setHasTried(true)
    if (isWorking() || known === undefined) return
    if (isDateMissing()) return setFailure({ kind: 'in-the-past' })
    setIsWorking(true)
    setFailure()
    const end = ends() === 'date' ? { until: endOf(date()) } : {}
    const added = await props.session.addGuardian({ contactId: known.contactId, passphrase: passphrase(), ...end })
    setIsWorking(false)
    if (!added.ok) return setFailure(added.failure)
    setPassphrase('')
    setHasTried(false)
    props.onDone(known.name)
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
        chosen={chosen()}
        isMissing={hasTried()}
        onChoose={choose}
      />
      <Show when={chosen()?.comparedAt === undefined && chosen()}>
        {known => <Notice tone="warning">{t('share.notCompared', { name: known().name })}</Notice>}
      </Show>
      <Show when={props.mayEnd}>
        <RadioGroup
          label={t('share.until')}
          value={ends()}
          options={(['open', 'date'] as const).map(value => ({ value, label: t(`share.until.${value}`) }))}
          onChange={setEnds}
        />
        <Show when={ends() === 'date'}>
          <TextField
            label={t('share.date')}
            type="date"
            min={localDateTime(new Date(now())).date}
            value={date()}
            onInput={setDate}
          />
        </Show>
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

/** The last millisecond of that day by this device's clock. */
function endOf(date: string): Instant {
  return instant(new Date(`${date}T23:59:59.999`).getTime())
}
