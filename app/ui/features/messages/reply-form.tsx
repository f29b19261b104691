import Send from 'lucide-solid/icons/send'
import { createSignal, Show } from 'solid-js'
import type { ShownFile } from '#app/core/file-session.ts'
import type { MessageFailure, ThreadPlace } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useOwnSession } from '../../session.ts'
import { createHeldFiles } from './create-held-files.ts'
import { createMessageDraft } from './create-message-draft.ts'
import { HeldFilesField } from './held-files.tsx'
import { TemplateChoice } from './template-choice.tsx'
import { messageFailureWords } from '../../record/messages/message-words.ts'

interface Draft {
  readonly text: string
  readonly files: readonly ShownFile[]
}

/** What to say next in a thread. */
export function ReplyForm(props: { readonly place: ThreadPlace; readonly isForPatient: boolean }) {
  const session = useOwnSession()
  const { conversationId, threadId } = props.place
  const form = createMessageDraft<Draft>(`message/${conversationId}/${threadId}`, { text: '', files: [] })
  const files = createHeldFiles(
    () => form.draft().files,
    held => form.change({ files: held }),
  )
  const [failure, setFailure] = createSignal<MessageFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    setIsSending(true)
    const { text, key } = form.draft()
    const sent = await session.sendMessage(props.place, { text, key, files: files.held().map(({ id }) => id) })
    setIsSending(false)
    if (sent.ok) form.clear()
    else setFailure(sent.failure)
  }
  const insert = (template: string) => {
    const before = form.draft().text.trimEnd()
    form.change({ text: before === '' ? template : `${before}\n\n${template}` })
  }
  const error = () => {
    const failed = failure()
    return failed && messageFailureWords(failed)
  }
  return (
    <Form
      onSubmit={send}
      actions={
        <Button
          tone="primary"
          type="submit"
          busy={isSending() || files.coming().length > 0}
          icon={<Send size="1.25rem" />}
        >
          {t('message.send')}
        </Button>
      }
    >
      <Show when={props.isForPatient}>
        <TemplateChoice onChoose={insert} />
      </Show>
      <TextField
        label={t('thread.reply')}
        multiline
        value={form.draft().text}
        error={error()}
        onInput={text => form.change({ text })}
      />
      <HeldFilesField files={files} />
    </Form>
  )
}
