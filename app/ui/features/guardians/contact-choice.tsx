import { createMemo, createSignal } from 'solid-js'
import type { Contact } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'

/**
 * Who it is to be, of `contacts`. Where this person knows several nobody is proposed but who bears `name`: a whole record goes to whom
 * is chosen here, and must not go to whoever happens to stand first, or is left over.
 */
export function createContactChoice(
  contacts: () => readonly Contact[],
  name: () => string,
  isOnlyOne: () => boolean = () => contacts().length === 1,
) {
  const [chosenId, choose] = createSignal('')
  const proposed = () => {
    const named = contacts().filter(one => one.name === name())
    const likely = isOnlyOne() ? contacts() : named
    return likely.length === 1 ? likely[0] : undefined
  }
  const chosen = createMemo(() => contacts().find(one => one.contactId === chosenId()) ?? proposed())
  return { chosen, choose }
}

/** The list itself; it says that somebody is to be chosen as long as nobody is. */
export function ContactChoice(props: {
  readonly label: string
  readonly contacts: readonly Contact[]
  /** Stand last, and are said to be. */
  readonly isPatient?: (contact: Contact) => boolean
  readonly chosen: Contact | undefined
  readonly isMissing: boolean
  readonly onChoose: (contactId: string) => void
}) {
  const isPatient = (one: Contact) => props.isPatient?.(one) === true
  const inOrder = () => props.contacts.toSorted((a, b) => Number(isPatient(a)) - Number(isPatient(b)))
  const options = () => [
    ...(props.chosen === undefined ? [{ value: '', label: t('guardian.choose') }] : []),
    ...inOrder().map(one => ({
      value: one.contactId,
      label: isPatient(one) ? t('staff.patient', { name: one.name }) : one.name,
    })),
  ]
  return (
    <SelectField
      label={props.label}
      value={props.chosen?.contactId ?? ''}
      options={options()}
      onChange={props.onChoose}
      error={props.isMissing && props.chosen === undefined ? t('guardian.choose.needed') : undefined}
    />
  )
}
