import Camera from 'lucide-solid/icons/camera'
import FileText from 'lucide-solid/icons/file-text'
import FileUp from 'lucide-solid/icons/file-up'
import X from 'lucide-solid/icons/x'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { MAX_PAPER_MB, type PaperFile } from '#app/core/paper-session.ts'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { DropArea } from '../../parts/drop-area.tsx'
import { Notice } from '../../parts/notice.tsx'
import field from '../../parts/field.module.css'
import styles from './paper.module.css'

const ACCEPTED =
  'application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,.pdf,.jpg,.jpeg,.png,.webp,.heic,.heif'

interface PaperFilesProps {
  readonly files: readonly PaperFile[]
  readonly error: string | undefined
  readonly disabled: boolean
  readonly onAdd: (files: readonly File[]) => void
  readonly onRemove: (file: PaperFile) => void
}

/** Picker, camera and drop for the pages of a document, and what was chosen so far. */
export function PaperFiles(props: PaperFilesProps) {
  const error = createUniqueId()
  const [undrawable, setUndrawable] = createSignal<ReadonlySet<PaperFile>>(new Set())
  const hasUndrawnHeic = () => props.files.some(file => undrawable().has(file) && isHeic(file))
  const take = (files: FileList | null | undefined) => {
    if (!props.disabled && files !== null && files !== undefined && files.length > 0) props.onAdd([...files])
  }
  return (
    <DropArea class={styles.drop} onFiles={take}>
      <Show when={props.files.length > 0}>
        <ol class={styles.files} aria-label={t('paper.files')}>
          <For each={props.files}>
            {file => (
              <Chosen
                file={file}
                disabled={props.disabled}
                onRemove={() => props.onRemove(file)}
                onUndrawable={() => setUndrawable(known => new Set([...known, file]))}
              />
            )}
          </For>
        </ol>
      </Show>
      <Show when={hasUndrawnHeic()}>
        <Notice>{t('paper.heic')}</Notice>
      </Show>
      <div class={styles.ways}>
        <Picker
          label={t('paper.choose')}
          describedBy={props.error === undefined ? undefined : error}
          disabled={props.disabled}
          onFiles={take}
        />
        <span class={styles.camera}>
          <Picker label={t('paper.camera')} camera disabled={props.disabled} onFiles={take} />
        </span>
      </div>
      <p class={`${styles.soft} ${styles.drag}`}>{t('paper.drop')}</p>
      <p class={styles.soft}>{t('paper.kinds', { max: MAX_PAPER_MB })}</p>
      <Show when={props.error}>
        <p class={field.error} id={error} role="alert">
          {props.error}
        </p>
      </Show>
    </DropArea>
  )
}

function Picker(props: {
  readonly label: string
  readonly camera?: boolean
  readonly describedBy?: string | undefined
  readonly disabled: boolean
  readonly onFiles: (files: FileList | null) => void
}) {
  let input: HTMLInputElement | undefined
  return (
    <>
      <input
        ref={element => {
          input = element
        }}
        type="file"
        hidden
        aria-label={props.label}
        multiple={!props.camera}
        accept={props.camera ? 'image/*' : ACCEPTED}
        capture={props.camera ? 'environment' : undefined}
        onChange={event => {
          props.onFiles(event.currentTarget.files)
          // The same one may be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button
        icon={props.camera ? <Camera size="1.25rem" /> : <FileUp size="1.25rem" />}
        disabled={props.disabled}
        aria-describedby={props.describedBy}
        onClick={() => input?.click()}
      >
        {props.label}
      </Button>
    </>
  )
}

const isHeic = ({ file, name }: PaperFile) => /^image\/hei[cf]$/.test(file.type) || /\.hei[cf]$/i.test(name)
const isPicture = (chosen: PaperFile) => /^image\/(?:jpeg|png)$/.test(chosen.file.type) || isHeic(chosen)

function Chosen(props: {
  readonly file: PaperFile
  readonly disabled: boolean
  readonly onRemove: () => void
  readonly onUndrawable: () => void
}) {
  return (
    <li class={styles.file}>
      <span class={styles.small}>
        <Show when={isPicture(props.file)} fallback={<FileText size="1.5rem" />}>
          <BlobPicture
            blob={props.file.file}
            alt=""
            fallback={<FileText size="1.5rem" />}
            onUndrawable={() => props.onUndrawable()}
          />
        </Show>
      </span>
      <bdi class={styles.name}>{props.file.name}</bdi>
      <IconButton
        label={t('paper.remove', { name: props.file.name })}
        disabled={props.disabled}
        onClick={() => props.onRemove()}
      >
        <X size="1.2rem" />
      </IconButton>
    </li>
  )
}
