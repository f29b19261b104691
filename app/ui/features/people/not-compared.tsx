import { Show } from 'solid-js'
import type { Contact } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useRecordPath } from '../../session.ts'

/** Said before somebody gets more than they have: nobody has made sure that it is them. */
export function NotCompared(props: { readonly contact: Contact }) {
  const to = useRecordPath()
  return (
    <Show when={props.contact.comparedAt === undefined}>
      <Notice
        tone="warning"
        actions={<LinkButton href={to(`/people/${props.contact.contactId}`)}>{t('share.compareFirst')}</LinkButton>}
      >
        {t('share.notCompared', { name: props.contact.name })}
      </Notice>
    </Show>
  )
}
