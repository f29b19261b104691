import Download from 'lucide-solid/icons/download'
import Paperclip from 'lucide-solid/icons/paperclip'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { megabytes, savedName } from '../../record/file-words.ts'
import { FoldedFile } from '../../record/folded-file.tsx'
import type { SummaryFile } from './summary-files.ts'
import styles from './view.module.css'

/** What goes along with a summary: pictures drawn, everything to be saved. Nothing of it is ever run. */
export function FilesCard(props: { readonly files: readonly SummaryFile[] }) {
  return (
    <Card title={t('view.files')} icon={<Paperclip />}>
      <ol class={styles.files}>
        <For each={props.files}>{(file, index) => <FileItem file={file} number={index() + 1} />}</For>
      </ol>
    </Card>
  )
}

function FileItem(props: { readonly file: SummaryFile; readonly number: number }) {
  const [isUnreadable, setUnreadable] = createSignal(false)
  const name = () => {
    const { title, name: own } = props.file
    const file = own === '' ? t('attachment.number', { number: props.number }) : own
    return title === '' ? file : t('view.files.part', { title, name: file })
  }
  const picture = createMemo(() => (props.file.type?.startsWith('image/') === true ? props.file.blob() : undefined))
  const save = () => {
    const blob = props.file.blob()
    setUnreadable(blob === undefined)
    const { title, name: own } = props.file
    if (blob !== undefined)
      downloadBlob(blob, savedName(own || title || t('attachment.number', { number: props.number }), props.file))
  }
  return (
    <li class={styles.file}>
      <Show when={picture()}>
        {blob => <BlobPicture blob={blob()} alt={name()} fallback={<p>{t('attachment.noPicture')}</p>} />}
      </Show>
      <Show when={props.file.holds === 'words'}>
        <FoldedFile file={props.file} isOpen={false} fetch={async () => props.file.blob()} />
      </Show>
      <span>
        <bdi>{name()}</bdi>
        <span class={styles.soft}> {t('attachment.size', { size: megabytes(props.file.bytes) })}</span>
      </span>
      <div class={styles.acts}>
        <Button
          icon={<Download size="1.2rem" />}
          aria-label={t('attachment.save.name', { name: name() })}
          onClick={save}
        >
          {t('attachment.save')}
        </Button>
      </div>
      <Show when={isUnreadable()}>
        <p role="alert">{t('attachment.unreadable')}</p>
      </Show>
    </li>
  )
}
