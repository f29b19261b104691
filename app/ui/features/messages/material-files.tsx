import FilePlus from 'lucide-solid/icons/file-plus'
import ImagePlus from 'lucide-solid/icons/image-plus'
import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { FileButton } from '../../parts/file-button.tsx'
import styles from '../../record/messages/messages.module.css'
import type { createMaterial } from './create-material.ts'
import { acceptedFor } from './create-material-files.ts'
import { markOfPicture, picturesNamed } from './material-sent.ts'

type Material = ReturnType<typeof createMaterial>

/** The pictures of a text, or the one file that it is. */
export function MaterialFiles(props: { readonly material: Material; readonly label: string }) {
  return (
    <div class={styles.attached}>
      <div>
        <FileButton
          label={props.label}
          accept={acceptedFor(props.material.draft.draft().form)}
          icon={<FilePlus size="1.25rem" />}
          onFiles={files => props.material.addFiles(files)}
        />
      </div>
      <For each={props.material.files.used()}>{file => <FileRow material={props.material} file={file} />}</For>
    </div>
  )
}

function FileRow(props: { readonly material: Material; readonly file: File }) {
  const { draft } = props.material
  const name = () => props.file.name
  /** Where the text does not show it yet. */
  const mark = () => {
    const { form, text } = draft.draft()
    return form === 'text' && !picturesNamed(text).has(name()) ? markOfPicture(name()) : undefined
  }
  const show = (words: string) =>
    draft.change({ text: [draft.draft().text.trimEnd(), words].filter(Boolean).join('\n\n') })
  return (
    <div class={styles.fileRow}>
      <span class={styles.fileName}>
        <bdi>{name()}</bdi>
      </span>
      <span class={styles.fileActs}>
        <Show when={mark()}>
          {words => (
            <Button
              tone="plain"
              icon={<ImagePlus size="1.2rem" />}
              aria-label={t('materials.showPicture.name', { name: name() })}
              onClick={() => show(words())}
            >
              {t('materials.showPicture')}
            </Button>
          )}
        </Show>
        <Button
          tone="plain"
          icon={<X size="1.2rem" />}
          aria-label={t('messageFile.takeOff.name', { name: name() })}
          onClick={() => props.material.takeOff(props.file)}
        >
          {t('message.takeOff')}
        </Button>
      </span>
    </div>
  )
}
