import X from 'lucide-solid/icons/x'
import { type Accessor, mapArray, Match, Show, Switch } from 'solid-js'
import type { EntryReference } from '#schema/messages/entry-reference.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { createEntryWatch } from '../../record/read-entry.ts'
import { useRecordPath, useSession, useSettings } from '../../session.ts'
import { EntryLine } from './entry-line.tsx'
import styles from '../../record/messages/messages.module.css'
import { referenceTo } from './reference-to.ts'
import { type Receiver, WhoSees } from './who-sees.tsx'

export interface Attachment {
  readonly id: string
  readonly state: 'waiting' | 'gone' | 'private' | 'here'
  readonly reference?: EntryReference
}

/** What goes along with a message that is being written, each as it stands in the record now. */
export function createAttached(ids: Accessor<readonly string[]>): Accessor<readonly Attachment[]> {
  const [session, settings] = [useSession(), useSettings()]
  const watched = mapArray(ids, id => {
    const told = createEntryWatch(session, () => id)
    return (): Attachment => {
      const [now, entry] = [told(), told()?.entry]
      if (now === undefined) return { id, state: 'waiting' }
      if (entry === undefined || entry.binnedAt !== undefined) return { id, state: 'gone' }
      const { summary } = entry
      return { id, state: summary.isPrivate ? 'private' : 'here', reference: referenceTo(summary, settings()) }
    }
  })
  return () => watched().map(each => each())
}

/** What is sent of them; undefined where one cannot go along. */
export function referencesOf(attached: readonly Attachment[]): readonly EntryReference[] | undefined {
  const references = attached.flatMap(one => one.reference ?? [])
  return references.length === attached.length ? references : undefined
}

export function Attached(props: {
  readonly attached: readonly Attachment[]
  /** Nobody is chosen yet while there are none. */
  readonly receivers: readonly Receiver[]
  readonly onTakeOff: (id: string) => void
}) {
  const to = useRecordPath()
  return (
    <Show when={props.attached.length > 0}>
      <section class={styles.attached} aria-label={t('message.goesAlong')}>
        <h2 class={styles.attachedTitle}>{t('message.goesAlong')}</h2>
        <KeyedFor each={props.attached} keyOf={one => one.id}>
          {one => (
            <div class={styles.attachedOne}>
              <Show when={one().reference}>
                {reference => <EntryLine reference={reference()} href={to(`/entry/${one().id}`)} />}
              </Show>
              <AboutAttached attachment={one()} receivers={props.receivers} />
              <div>
                <Button tone="plain" icon={<X size="1.2rem" />} onClick={() => props.onTakeOff(one().id)}>
                  {t('message.takeOff')}
                </Button>
              </div>
            </div>
          )}
        </KeyedFor>
      </section>
    </Show>
  )
}

/** Why it cannot go along, or what each of them sees of it. */
export function AboutAttached(props: { readonly attachment: Attachment; readonly receivers: readonly Receiver[] }) {
  return (
    <Switch>
      <Match when={props.attachment.state === 'gone'}>
        <Notice tone="warning">{t('message.goesAlong.gone')}</Notice>
      </Match>
      <Match when={props.attachment.state === 'private'}>
        <Notice tone="warning">{t('message.goesAlong.private')}</Notice>
      </Match>
      <Match when={props.attachment.reference}>
        {reference => <WhoSees section={reference().section} receivers={props.receivers} />}
      </Match>
    </Switch>
  )
}
