import ImageIcon from 'lucide-solid/icons/image'
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { type PlainKey, t } from '../language/language.ts'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'
import { readPicture, readQr } from './qr-image.ts'
import styles from './qr-scanner.module.css'

interface QrScannerProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Called for each code that is not the one before; the camera looks on until the dialog is closed. */
  readonly onFound: (text: string) => void
  /** What was read so far, where several codes belong together. */
  readonly soFar?: string | undefined
  /** Whether what the code says can be typed as words instead. Left out: yes. */
  readonly hasWords?: boolean
}

const WITHOUT_WORDS: Partial<Record<PlainKey, PlainKey>> = {
  'scan.denied': 'scan.denied.picture',
  'scan.none': 'scan.none.picture',
}

/** Reads a QR code with the camera or from a picture. The camera runs only while the dialog is open. */
export function QrScanner(props: QrScannerProps) {
  const [cameraProblem, setCameraProblem] = createSignal<PlainKey>()
  const [isEmpty, setIsEmpty] = createSignal(false)
  const readFile = async (file: File | undefined) => {
    if (file === undefined) return
    const text = await readPicture(file)
    setIsEmpty(text === undefined)
    if (text !== undefined) props.onFound(text)
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('scan.title')}>
      <Show
        when={cameraProblem()}
        fallback={
          <>
            <p>{t('scan.hint')}</p>
            <Camera onFound={props.onFound} onProblem={setCameraProblem} />
          </>
        }
      >
        {key => (
          <Notice tone="warning" alert>
            {t(props.hasWords === false ? (WITHOUT_WORDS[key()] ?? key()) : key())}
          </Notice>
        )}
      </Show>
      <output>{props.soFar}</output>
      <Show when={isEmpty()}>
        <Notice tone="warning" alert>
          {t('scan.nothing')}
        </Notice>
      </Show>
      <label class={styles.file}>
        <ImageIcon size="1.25rem" />
        {t('scan.file')}
        <input
          type="file"
          accept="image/*"
          onChange={event => {
            void readFile(event.currentTarget.files?.[0])
            // The same one may be chosen again.
            event.currentTarget.value = ''
          }}
          class={styles.input}
        />
      </label>
    </Dialog>
  )
}

const EVERY_MS = 200

function Camera(props: { readonly onFound: (text: string) => void; readonly onProblem: (problem: PlainKey) => void }) {
  let video: HTMLVideoElement | undefined
  let stream: MediaStream | undefined
  let isOver = false
  let last: string | undefined
  const look = async () => {
    if (isOver || video === undefined) return
    const text = await readQr(video, video.videoWidth, video.videoHeight)
    if (isOver) return
    if (text !== undefined && text !== last) props.onFound(text)
    last = text ?? last
    setTimeout(() => void look(), EVERY_MS)
  }
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  onMount(async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (isOver || video === undefined) return stop()
      video.srcObject = stream
      await video.play()
      await look()
    } catch (error) {
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!isOver) props.onProblem(isDenied ? 'scan.denied' : 'scan.none')
    }
  })
  onCleanup(() => {
    isOver = true
    stop()
  })
  return <video ref={video} class={styles.video} playsinline muted aria-label={t('scan.video')} />
}
