import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { GivenShare, Shares } from '#app/core/share-session.ts'
import type { Section } from '#schema/record/sections.ts'
import { isolated } from '../../language/isolated.ts'
import { t } from '../../language/language.ts'
import styles from '../../record/messages/messages.module.css'
import { createWatch, useRecordPath, useSession } from '../../session.ts'

/** Whom something is sent to; without an id somebody with whom nothing can be shared from here. */
export interface Receiver {
  readonly name: string
  readonly contactId?: string | undefined
}

/** Of an entry that goes along: whether each of them can open it, by what is shared with them now. */
export function WhoSees(props: { readonly section: Section; readonly receivers: readonly Receiver[] }) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const section = () => t(`section.${props.section}`)
  return (
    <Show
      when={props.receivers.length > 0}
      fallback={<p class={styles.soft}>{t('message.goesAlong.text', { section: section() })}</p>}
    >
      <Show when={shares()}>
        {known => (
          <For each={props.receivers}>
            {receiver => (
              <OneSees receiver={receiver} section={props.section} shares={sharesWith(receiver, known().given)} />
            )}
          </For>
        )}
      </Show>
    </Show>
  )
}

/** Those that are not over. */
function sharesWith({ contactId }: Receiver, given: readonly GivenShare[]): readonly GivenShare[] {
  return given.filter(one => one.contactId === contactId && one.state !== 'ended' && one.state !== 'ending')
}

function OneSees(props: {
  readonly receiver: Receiver
  readonly section: Section
  readonly shares: readonly GivenShare[]
}) {
  const to = useRecordPath()
  const named = () => ({ name: isolated(props.receiver.name), section: t(`section.${props.section}`) })
  const ofSection = () => props.shares.find(({ sections }) => sections.includes(props.section))
  const sees = () => {
    if (ofSection()?.state === 'accepted') return t('message.goesAlong.open', named())
    return ofSection() === undefined ? t('message.goesAlong.line', named()) : t('message.goesAlong.notYet', named())
  }
  const way = () => {
    const { contactId } = props.receiver
    if (contactId === undefined || ofSection()?.state === 'accepted') return undefined
    const share = ofSection() ?? props.shares[0]
    return to(`/people/${contactId}/share${share === undefined ? '' : `/${share.shareId}`}`)
  }
  return (
    <p class={styles.soft}>
      {sees()}{' '}
      <Show when={way()}>
        {href => (
          <A href={href()}>
            {ofSection() === undefined
              ? t('message.goesAlong.share', named())
              : t('message.goesAlong.toShare', named())}
          </A>
        )}
      </Show>
    </p>
  )
}
