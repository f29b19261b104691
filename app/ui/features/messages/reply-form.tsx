import Send from 'lucide-solid/icons/send'
import { createSignal } from 'solid-js'
import type { MessageFailure, ThreadPlace } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useOwnSession } from '../../session.ts'
import { createMessageDraft } from './create-message-draft.ts'
import { messageFailureWords } from './message-words.ts'

/** What to say next in a thread. */
export function ReplyForm(props: { readonly place: ThreadPlace }) {
  const session = useOwnSession()
  const { conversationId, threadId } = props.place
  const form = createMessageDraft(`message/${conversationId}/${threadId}`, { text: '' })
  const [failure, setFailure] = createSignal<MessageFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    setIsSending(true)
    const sent = await session.sendMessage(props.place, { text: form.draft().text, key: form.draft().key })
    setIsSending(false)
    if (sent.ok) form.clear()
    else setFailure(sent.failure)
  }
  const error = () => {
    const failed = failure()
    return failed && messageFailureWords(failed)
  }
  return (
    <Form
      onSubmit={send}
      actions={
        <Button tone="primary" type="submit" busy={isSending()} icon={<Send size="1.25rem" />}>
          {t('message.send')}
        </Button>
      }
    >
      <TextField
        label={t('thread.reply')}
        multiline
        value={form.draft().text}
        error={error()}
        onInput={text => form.change({ text })}
      />
    </Form>
  )
}
