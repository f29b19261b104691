import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import type { Contact } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useRecordPath } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'

const FIRST = 50

/** Whom a material goes to: each is ticked by hand. Whoever is ticked stays in sight. */
export function MaterialRecipients(props: {
  readonly contacts: readonly Contact[]
  readonly ticked: readonly string[]
  readonly onTick: (contactIds: readonly string[]) => void
  readonly error: string | undefined
}) {
  const to = useRecordPath()
  const id = createUniqueId()
  const [name, setName] = createSignal('')
  const isTicked = (contact: Contact) => props.ticked.includes(contact.contactId)
  const shown = createMemo(() => {
    const wanted = name().trim().toLowerCase()
    const found = props.contacts.filter(each => each.name.toLowerCase().includes(wanted)).slice(0, FIRST)
    return props.contacts.filter(each => isTicked(each) || found.includes(each))
  })
  const tick = ({ contactId }: Contact, is: boolean) =>
    props.onTick(is ? [...props.ticked, contactId] : props.ticked.filter(one => one !== contactId))
  return (
    <Show
      when={props.contacts.length > 0}
      fallback={
        <Notice actions={<LinkButton href={to('/people')}>{t('messages.toPeople')}</LinkButton>}>
          {t('messages.nobody')}
        </Notice>
      }
    >
      <section class={styles.list} aria-labelledby={id}>
        <h2 id={id}>{t('materials.whom')}</h2>
        <Show when={props.contacts.length > FIRST || name() !== ''}>
          <TextField label={t('materials.find')} type="search" value={name()} onInput={setName} />
        </Show>
        <For each={shown()}>
          {contact => (
            <CheckField
              label={<bdi>{contact.name}</bdi>}
              checked={isTicked(contact)}
              onChange={is => tick(contact, is)}
            />
          )}
        </For>
        <Show when={props.error}>
          {words => (
            <p class={styles.error} role="alert">
              {words()}
            </p>
          )}
        </Show>
      </section>
    </Show>
  )
}
