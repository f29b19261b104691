import { useSearchParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { isEntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useRecordPath } from '../../session.ts'
import { AboutAttached, type Attachment, createAttached } from './attached.tsx'
import { EntryLine } from './entry-line.tsx'
import type { Receiver } from './who-sees.tsx'
import styles from '../../record/messages/messages.module.css'

/** The entry that a request is about, by the page's address, as it stands now. */
export function createEntryAsked() {
  const [search] = useSearchParams()
  const named = search['entry']
  const id = typeof named === 'string' && isEntryId(named) ? named : undefined
  const attached = createAttached(() => (id === undefined ? [] : [id]))
  const entry = () => attached()[0]
  return {
    id,
    entry,
    /** What the first step says of it; undefined where it cannot be named to others. */
    said: () => {
      const { state, reference } = entry() ?? {}
      if (state !== 'here' || reference === undefined) return undefined
      const { id: entryId, title, section, when, value } = reference
      return { entryId, title: title === '' ? t(`section.${section}`) : title, section, when, value }
    },
  }
}

/** What it says, and what they see of it. */
export function EntryAsked(props: { readonly entry: Attachment | undefined; readonly receivers: readonly Receiver[] }) {
  const to = useRecordPath()
  return (
    <Show when={props.entry}>
      {entry => (
        <section class={styles.attached} aria-label={t('request.aboutEntry')}>
          <Show when={entry().reference}>
            {reference => <EntryLine reference={reference()} href={to(`/entry/${entry().id}`)} />}
          </Show>
          <AboutAttached attachment={entry()} receivers={props.receivers} />
        </section>
      )}
    </Show>
  )
}

/** A page that is about an entry, for whoever came by its address without one. */
export function WithEntry(props: {
  readonly id: string | undefined
  readonly title: string
  readonly lead: string
  readonly children: JSX.Element
}) {
  const to = useRecordPath()
  return (
    <Show
      when={props.id !== undefined}
      fallback={
        <Page title={props.title} lead={props.lead} back={{ href: to('/messages'), label: t('messages.title') }} narrow>
          <Notice actions={<LinkButton href={to('/record')}>{t('request.toRecord')}</LinkButton>}>
            {t('request.entryFirst')}
          </Notice>
        </Page>
      }
    >
      {props.children}
    </Show>
  )
}
