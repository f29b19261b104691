import Send from 'lucide-solid/icons/send'
import { createSignal, Show } from 'solid-js'
import type { ShownFile } from '#app/core/file-session.ts'
import type { GivenChart, MessageFailure, ThreadPlace } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'
import { Attached, createAttached, referencesOf } from './attached.tsx'
import { AttachedCharts } from '../../record/messages/attached-charts.tsx'
import { createHeldFiles } from '../../record/messages/create-held-files.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { EntryChoice } from './entry-choice.tsx'
import { HeldFilesField } from '../../record/messages/held-files.tsx'
import { TemplateChoice } from './template-choice.tsx'
import type { Receiver } from './who-sees.tsx'
import { answerDraftPlace } from '../../record/messages/chart-given.ts'
import { messageFailureWords } from '../../record/messages/message-words.ts'

interface Draft {
  readonly text: string
  readonly entryIds: readonly string[]
  readonly charts: readonly GivenChart[]
  readonly files: readonly ShownFile[]
}

/** What to say next in a thread. */
export function ReplyForm(props: {
  readonly place: ThreadPlace
  readonly isForPatient: boolean
  readonly others: readonly Receiver[]
}) {
  const session = useSession()
  const form = createMessageDraft<Draft>(answerDraftPlace(props.place), {
    text: '',
    entryIds: [],
    charts: [],
    files: [],
  })
  const files = createHeldFiles(
    () => form.draft().files,
    held => form.change({ files: held }),
  )
  const attached = createAttached(() => form.draft().entryIds)
  const [failure, setFailure] = createSignal<MessageFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    const entries = referencesOf(attached())
    if (entries === undefined) return setFailure({ kind: 'entry-not-given' })
    setIsSending(true)
    const { text, key, charts } = form.draft()
    const along = { charts, files: files.held().map(({ id }) => id), ...(entries.length > 0 && { entries }) }
    const sent = await session.sendMessage(props.place, { text, key, ...along })
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
      <Attached
        attached={attached()}
        receivers={props.others}
        onTakeOff={id => form.change({ entryIds: form.draft().entryIds.filter(one => one !== id) })}
      />
      <AttachedCharts
        charts={form.draft().charts}
        about={t('chart.goesAlong.text')}
        onChange={charts => form.change({ charts })}
      />
      <HeldFilesField
        files={files}
        beside={
          // To a patient goes nothing of one's own.
          <Show when={!props.isForPatient}>
            <EntryChoice
              chosen={form.draft().entryIds}
              onChoose={id => form.change({ entryIds: [...form.draft().entryIds, id] })}
            />
          </Show>
        }
      />
    </Form>
  )
}
