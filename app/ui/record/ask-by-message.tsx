import FilePen from 'lucide-solid/icons/file-pen'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import { Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import styles from './ask-by-message.module.css'
import { LinkButton } from '../parts/button.tsx'
import { useRecordPath, useRecordView, useVault } from '../session.ts'

/**
 * Of a record in which this person acts for whom it is about, and of what is not private. Leads to a new message that this entry goes along with; of a result to a question
 * about it, which says whose turn it is, and from there to a message (decision 50).
 */
export function AskByMessage(props: {
  readonly entry: EntrySummary
  /** It came from somebody else, who may have written something wrong. */
  readonly isOfOthers?: boolean
}) {
  const to = useRecordPath()
  const { shared, kept, isPreview } = useRecordView()
  const vault = useVault()
  const isResult = () => props.entry.kind === 'lab-result'
  const href = () => to(`/messages/${isResult() ? 'question' : 'new'}?entry=${props.entry.id}`)
  const isOwn = () => {
    const state = vault()
    return state.kind === 'open' && !state.isSample && shared === undefined && kept?.isManaged() !== true && !isPreview
  }
  return (
    <Show when={isOwn() && !props.entry.isPrivate}>
      <div class={styles.acts}>
        <LinkButton href={href()} icon={<MessageSquareText size="1.2rem" />}>
          {t(isResult() ? 'message.ask.result' : 'message.ask')}
        </LinkButton>
        <Show when={props.isOfOthers}>
          <LinkButton href={to(`/messages/correction?entry=${props.entry.id}`)} icon={<FilePen size="1.2rem" />}>
            {t('request.new.correction')}
          </LinkButton>
        </Show>
      </div>
    </Show>
  )
}
