import { createMemo, For, Show } from 'solid-js'
import type { ConditionHits } from '#app/core/patient-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { titleOf, whenOf } from '../../record/words.ts'
import { createConditionSearch } from './create-condition-search.ts'
import styles from '../../record/messages/messages.module.css'

type Hit = ConditionHits['patients'][number]

/** Patients whose shared problems name a condition, each with what names it, so that nobody is ticked unseen. */
export function ConditionRecipients(props: {
  readonly contacts: readonly Contact[]
  readonly ticked: readonly string[]
  readonly onTick: (contactId: string, is: boolean) => void
  readonly topic: string
}) {
  const search = createConditionSearch(() => props.topic)
  const contactOf = (contactId: string) => props.contacts.find(one => one.contactId === contactId)
  const found = createMemo(() => (search.hits()?.patients ?? []).filter(hit => contactOf(hit.contactId) !== undefined))
  const others = () =>
    props.contacts.filter(
      ({ contactId }) => props.ticked.includes(contactId) && !found().some(hit => hit.contactId === contactId),
    )
  return (
    <>
      <TextField
        label={t('materials.condition')}
        hint={t('materials.condition.hint')}
        type="search"
        value={search.text()}
        onInput={search.setText}
      />
      <Show when={search.hits()}>
        {hits => (
          <>
            <p role="status" class={styles.soft}>
              {found().length > 0
                ? t('materials.condition.found', { count: found().length })
                : t('materials.condition.none')}
            </p>
            <Show when={hits().notHere > 0}>
              <Notice>{t('patients.notHere', { count: hits().notHere })}</Notice>
            </Show>
            <Show when={hits().notShared > 0}>
              <p class={styles.soft}>{t('materials.condition.notShared', { count: hits().notShared })}</p>
            </Show>
          </>
        )}
      </Show>
      <For each={found()}>
        {hit => (
          <CheckField
            label={<HitWords hit={hit} contact={contactOf(hit.contactId)?.name ?? ''} />}
            checked={props.ticked.includes(hit.contactId)}
            onChange={is => props.onTick(hit.contactId, is)}
          />
        )}
      </For>
      <For each={others()}>
        {({ contactId, name }) => (
          <CheckField label={<bdi>{name}</bdi>} checked onChange={is => props.onTick(contactId, is)} />
        )}
      </For>
    </>
  )
}

function HitWords(props: { readonly hit: Hit; readonly contact: string }) {
  return (
    <span class={styles.thread}>
      <bdi>{props.hit.recordName}</bdi>
      <Show when={props.contact !== props.hit.recordName}>
        <span class={styles.soft}>{t('materials.goesTo', { name: props.contact })}</span>
      </Show>
      <For each={props.hit.entries}>
        {entry => (
          <span class={styles.soft} dir="auto">
            {entryWords(entry)}
          </span>
        )}
      </For>
    </span>
  )
}

function entryWords(entry: EntrySummary): string {
  const when = entry.when === undefined ? '' : whenOf(entry)
  const past = entry.status === 'past' ? t('status.past') : ''
  return [titleOf(entry), when, past].filter(Boolean).join(' · ')
}
