import Download from 'lucide-solid/icons/download'
import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js'
import type { Section } from '#schema/record/sections.ts'
import { Button, type ButtonTone } from '../parts/button.tsx'
import { downloadBlob } from '../parts/download.ts'
import { showToast } from '../parts/toast.tsx'
import { useRecordView } from '../session.ts'

const KeepDialog = lazy(async () => ({ default: (await import('./keep-dialog.tsx')).KeepDialog }))

/** Saves a file of the record on screen: of somebody else's once it is noted for them, and of a preview not at all. */
export function SaveFileButton(props: {
  /** In which it lies. */
  readonly section: Section
  readonly fetch: () => Promise<Blob | undefined>
  readonly fileName: string
  /** Said where there is nothing to fetch. */
  readonly unreadable: string
  readonly tone?: ButtonTone
  readonly 'aria-label'?: string
  readonly children: JSX.Element
}) {
  const { shared, isPreview } = useRecordView()
  const [isAsking, setIsAsking] = createSignal(false)
  let file: Blob | undefined
  const fetch = async () => {
    file = await props.fetch()
    if (file === undefined) showToast({ message: props.unreadable })
    return file !== undefined
  }
  const save = () => {
    if (file !== undefined) downloadBlob(file, props.fileName)
  }
  const press = async () => {
    if (shared !== undefined) setIsAsking(true)
    else if (await fetch()) save()
  }
  return (
    <Show when={isPreview !== true}>
      <Button
        tone={props.tone ?? 'quiet'}
        icon={<Download size="1.2rem" />}
        aria-label={props['aria-label']}
        onClick={() => void press()}
      >
        {props.children}
      </Button>
      <Show when={shared}>
        <Suspense>
          <KeepDialog
            what="file"
            sections={[props.section]}
            open={isAsking()}
            onClose={() => setIsAsking(false)}
            onReady={fetch}
            onNoted={save}
          />
        </Suspense>
      </Show>
    </Show>
  )
}
