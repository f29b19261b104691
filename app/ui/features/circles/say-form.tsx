import Send from 'lucide-solid/icons/send'
import { createSignal } from 'solid-js'
import type { CircleFailure } from '#app/core/circle-session.ts'
import type { ShownFile } from '#app/core/file-session.ts'
import type { GivenChart } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'
import { AttachedCharts } from '../../record/messages/attached-charts.tsx'
import { circleDraftPlace } from '../../record/messages/chart-given.ts'
import { createHeldFiles } from '../../record/messages/create-held-files.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { HeldFilesField } from '../../record/messages/held-files.tsx'
import { useCircle } from './circle-context.ts'
import { circleFailureWords } from './circle-words.ts'

interface Draft {
  readonly text: string
  readonly charts: readonly GivenChart[]
  readonly files: readonly ShownFile[]
}

/** What a file is called by its owner can tell who they are: all that stays is what kind it is. */
export function namelessFile(file: File): File {
  const ending = /\.[a-z0-9]{1,5}$/i.exec(file.name)?.[0].toLowerCase() ?? ''
  return new File([file], `${file.type.startsWith('image/') ? 'photo' : 'file'}${ending}`, { type: file.type })
}

/** What to say in a circle, or to a post of it. */
export function SayForm(props: { readonly label: string; readonly send: string; readonly postId?: string }) {
  const session = useSession()
  const circle = useCircle()
  const form = createMessageDraft<Draft>(circleDraftPlace(props.postId), { text: '', charts: [], files: [] })
  const held = createHeldFiles(
    () => form.draft().files,
    files => form.change({ files }),
  )
  const files = { ...held, add: (chosen: readonly File[]) => held.add(chosen.map(namelessFile)) }
  const [failure, setFailure] = createSignal<CircleFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    setIsSending(true)
    const { text, key, charts } = form.draft()
    const along = { charts, files: files.held().map(({ id }) => id) }
    const said = await session.sayInCircle({ text, key, ...along }, props.postId)
    setIsSending(false)
    if (said.ok) form.clear()
    else setFailure(said.failure)
  }
  const error = () => {
    const failed = failure()
    return failed && circleFailureWords(failed)
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
          {props.send}
        </Button>
      }
    >
      <TextField
        label={props.label}
        multiline
        value={form.draft().text}
        error={error()}
        onInput={text => form.change({ text })}
      />
      <AttachedCharts
        charts={form.draft().charts}
        about={t('circle.chart.seen', { name: circle().you.name })}
        onChange={charts => form.change({ charts })}
      />
      <HeldFilesField files={files} />
    </Form>
  )
}
