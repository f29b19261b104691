import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import type { Patient } from '#app/core/patient-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { ConditionRecipients } from './condition-recipients.tsx'
import styles from '../../record/messages/messages.module.css'

const FIRST = 50
const WAYS = ['name', 'condition'] as const

interface Recipients {
  readonly contacts: readonly Contact[]
  readonly ticked: readonly string[]
  readonly onTick: (contactIds: readonly string[]) => void
  /** Of the library, which the material is; empty for another one. */
  readonly topic: string
  readonly error: string | undefined
}

/** Whom a material goes to: each is ticked by hand, found by name or by what their shared record says. Whoever is ticked stays in sight. */
export function MaterialRecipients(props: Recipients) {
  const to = useRecordPath()
  const session = useSession()
  const id = createUniqueId()
  const patients = createWatch<readonly Patient[]>(listener => session.watchPatients(listener))
  const going = createMemo(() => {
    return new Set((patients() ?? []).flatMap(({ contactId, state }) => (state === 'ended' ? [] : contactId)))
  })
  const [isAll, setIsAll] = createSignal(false)
  // Whoever knows nobody's record has only people.
  const listed = createMemo(() =>
    isAll() || going().size === 0
      ? props.contacts
      : props.contacts.filter(({ contactId }) => going().has(contactId) || props.ticked.includes(contactId)),
  )
  const otherCount = () => props.contacts.length - listed().length
  const [way, setWay] = createSignal<(typeof WAYS)[number]>('name')
  const tick = (contactId: string, is: boolean) => {
    const others = props.ticked.filter(one => one !== contactId)
    props.onTick(is ? [...others, contactId] : others)
  }
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
        <Show when={going().size > 0}>
          <RadioGroup
            label={t('materials.findBy')}
            value={way()}
            options={WAYS.map(value => ({ value, label: t(`materials.findBy.${value}`) }))}
            onChange={setWay}
          />
        </Show>
        <Show
          when={way() === 'condition'}
          fallback={
            <>
              <ByName contacts={listed()} ticked={props.ticked} onTick={tick} />
              <Show when={otherCount() > 0}>
                <div>
                  <Button onClick={() => setIsAll(true)}>{t('materials.others', { count: otherCount() })}</Button>
                </div>
              </Show>
            </>
          }
        >
          <ConditionRecipients contacts={props.contacts} ticked={props.ticked} onTick={tick} topic={props.topic} />
        </Show>
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

function ByName(props: {
  readonly contacts: readonly Contact[]
  readonly ticked: readonly string[]
  readonly onTick: (contactId: string, is: boolean) => void
}) {
  const [name, setName] = createSignal('')
  const isTicked = (contact: Contact) => props.ticked.includes(contact.contactId)
  const shown = createMemo(() => {
    const wanted = name().trim().toLowerCase()
    const found = props.contacts.filter(each => each.name.toLowerCase().includes(wanted)).slice(0, FIRST)
    return props.contacts.filter(each => isTicked(each) || found.includes(each))
  })
  return (
    <>
      <Show when={props.contacts.length > FIRST || name() !== ''}>
        <TextField label={t('materials.find')} type="search" value={name()} onInput={setName} />
      </Show>
      <For each={shown()}>
        {contact => (
          <CheckField
            label={<bdi>{contact.name}</bdi>}
            checked={isTicked(contact)}
            onChange={is => props.onTick(contact.contactId, is)}
          />
        )}
      </For>
    </>
  )
}
