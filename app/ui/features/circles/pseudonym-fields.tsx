import { For } from 'solid-js'
import { type Avatar, MAX_PSEUDONYM_CHARS } from '#schema/messages/circle.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { AvatarChoice } from './avatar.tsx'
import styles from './circles.module.css'

/** As whom somebody takes part. */
export function PseudonymFields(props: {
  readonly name: string
  readonly avatar: Avatar
  readonly error: string | undefined
  readonly onName: (name: string) => void
  readonly onAvatar: (avatar: Avatar) => void
}) {
  return (
    <>
      <TextField
        label={t('circle.pseudonym')}
        hint={t('circle.pseudonym.hint')}
        value={props.name}
        error={props.error}
        onInput={props.onName}
        autocomplete="off"
        maxLength={MAX_PSEUDONYM_CHARS}
      />
      <AvatarChoice value={props.avatar} onChange={props.onAvatar} />
    </>
  )
}

/** Before anybody takes part: what that tells. */
export function WhatOthersKnow() {
  return (
    <Card title={t('circle.what.title')}>
      <ul class={styles.points}>
        <For each={['circle.what.members', 'circle.what.yourself', 'circle.what.relay'] as const}>
          {key => <li>{t(key)}</li>}
        </For>
      </ul>
    </Card>
  )
}
