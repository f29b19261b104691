import FileUp from 'lucide-solid/icons/file-up'
import { createSignal } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import styles from './import.module.css'

/** A button that opens the file picker, on a field that takes a dropped file. */
export function FileDrop(props: { readonly onFile: (file: File) => void }) {
  let input: HTMLInputElement | undefined
  const [isOver, setOver] = createSignal(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file !== undefined) props.onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer?.files)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way; the button is the first
    <div
      classList={{ [styles.drop ?? '']: true, [styles.over ?? '']: isOver() }}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp size="2.5rem" />
      <input
        ref={element => {
          input = element
        }}
        type="file"
        hidden
        accept=".json,.ndjson,.phr,.xml,.ccda,.ccd,.cda,.gz,application/json,application/fhir+json,application/xml,text/xml,application/gzip"
        onChange={event => {
          take(event.currentTarget.files)
          // The same file may be chosen again, after it was mended.
          event.currentTarget.value = ''
        }}
      />
      <Button tone="primary" onClick={() => input?.click()}>
        {t('import.choose')}
      </Button>
      <p class={styles.soft}>{t('import.drop')}</p>
    </div>
  )
}
