import MessageSquareText from 'lucide-solid/icons/message-square-text'
import { Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { useRecordView, useVault } from '../session.ts'

/** Leads to a new message that this entry goes along with: of one's own record, and of what is not private. */
export function AskByMessage(props: { readonly entry: EntrySummary }) {
  const { shared, kept, isPreview } = useRecordView()
  const vault = useVault()
  const isOwn = () => {
    const state = vault()
    return state.kind === 'open' && !state.isSample && shared === undefined && kept === undefined && !isPreview
  }
  return (
    <Show when={isOwn() && !props.entry.isPrivate}>
      <div>
        <LinkButton href={`/messages/new?entry=${props.entry.id}`} icon={<MessageSquareText size="1.2rem" />}>
          {t('message.ask')}
        </LinkButton>
      </div>
    </Show>
  )
}
