import { For, Show } from 'solid-js'
import type { ShownFile, Transfer } from '#app/core/file-session.ts'
import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import { FileId } from '#schema/ids.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { createWatch, useSession } from '../../session.ts'
import { MessageFileCard } from '../../record/messages/message-file.tsx'

/** What was sent as a copy: to be looked at, brought in or saved. */
export function CopyCard(props: { readonly request: RequestDetail }) {
  const session = useSession()
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  // What came too late has no effect: it is no copy that anybody waits for.
  const files = () => props.request.history.flatMap(step => (step.standing === 'too-late' ? [] : (fileIn(step) ?? [])))
  return (
    <Show when={files().length > 0}>
      <Card title={t('copy.file')}>
        <For each={files()}>
          {file => (
            <MessageFileCard
              conversationId={props.request.conversationId}
              file={file}
              transfer={transfers()?.find(({ id }) => id === file.id)}
              mayKeep={props.request.role === 'patient'}
              requestId={props.request.requestId}
            />
          )}
        </For>
      </Card>
    </Show>
  )
}

function fileIn({ kind, data }: ShownStep): ShownFile | undefined {
  const { fileId, name, type, bytes } = data
  const id = typeof fileId === 'string' ? FileId.parse(fileId) : undefined
  if (kind !== 'answer' || id === undefined || typeof name !== 'string' || typeof bytes !== 'number') return undefined
  return { id, name, type: typeof type === 'string' ? type : '', bytes, hasPreview: false }
}
