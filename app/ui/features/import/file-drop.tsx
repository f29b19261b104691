import FileUp from 'lucide-solid/icons/file-up'
import QrCodeIcon from 'lucide-solid/icons/qr-code'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { DropArea } from '../../parts/drop-area.tsx'
import { focusOnMount } from '../../parts/focus-on-mount.ts'
import styles from './import.module.css'

/**
 * All that the reader takes by content, by the names and types under which clinics and phones give it out. Pickers grey out the
 * rest, and some know no type for an ending: those call it a stream of bytes.
 */
const ACCEPTED = [
  '.json,.ndjson,.jsonl,.phr,.sphr,.fhir,.txt,.xml,.ccda,.ccd,.cda,.c32,.gz,.gzip,.zip,.smart-health-card',
  'application/json,application/fhir+json,application/ndjson,application/x-ndjson,application/fhir+ndjson',
  'application/xml,text/xml,text/plain,application/gzip,application/x-gzip,application/zip,application/x-zip-compressed,application/octet-stream',
  '.csv,.tsv,text/csv,text/tab-separated-values',
  'application/smart-health-card,image/*',
].join()

/** A button that opens the file picker, on a field that takes a dropped file; and one for codes. */
export function FileDrop(props: {
  readonly onFiles: (files: readonly File[]) => void
  readonly onScan: () => void
  /** What had the focus is gone. */
  readonly takesFocus?: boolean
}) {
  let input: HTMLInputElement | undefined
  const take = (files: FileList | null | undefined) => {
    if ((files?.length ?? 0) > 0) props.onFiles([...(files ?? [])])
  }
  return (
    <DropArea class={styles.drop} onFiles={take}>
      <FileUp size="2.5rem" />
      <input
        ref={element => {
          input = element
        }}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        onChange={event => {
          take(event.currentTarget.files)
          // The same file may be chosen again, after it was mended.
          event.currentTarget.value = ''
        }}
      />
      <Button tone="primary" ref={element => props.takesFocus && focusOnMount(element)} onClick={() => input?.click()}>
        {t('import.choose')}
      </Button>
      <p class={`${styles.soft} ${styles.drag}`}>{t('import.drop')}</p>
      <Button icon={<QrCodeIcon size="1.2rem" />} onClick={() => props.onScan()}>
        {t('import.scan')}
      </Button>
    </DropArea>
  )
}
