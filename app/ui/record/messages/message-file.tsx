import { useNavigate } from '@solidjs/router'
import Download from 'lucide-solid/icons/download'
import Eye from 'lucide-solid/icons/eye'
import FileInput from 'lucide-solid/icons/file-input'
import FolderHeart from 'lucide-solid/icons/folder-heart'
import { createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { FileFailure, ShownFile, Transfer } from '#app/core/file-session.ts'
import type { FileType } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button } from '../../parts/button.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { megabytes, savedName } from '../file-words.ts'
import { usePapersInHand, useRecordPath, useSession } from '../../session.ts'
import { fileFailureWords } from './file-words.ts'
import styles from './messages.module.css'

const PICTURES: ReadonlySet<string> = new Set<FileType>(['image/jpeg', 'image/png', 'image/webp', 'image/heic'])
const PAPERS: ReadonlySet<string> = new Set<FileType>([...(PICTURES as ReadonlySet<FileType>), 'application/pdf'])
const RECORDS: ReadonlySet<string> = new Set<FileType>(['application/json', 'text/xml'])

interface FileProps {
  readonly conversationId: string
  readonly file: ShownFile
  readonly transfer: Transfer | undefined
  /** In one's own record, or bring it in. */
  readonly mayKeep: boolean
  /** Whose answer it is: it hears of it once the file was brought in. */
  readonly requestId?: string
}

/** A file that somebody sent: its small picture, how far it is, and what can be done with it. Nothing of it is ever run. */
export function MessageFileCard(props: FileProps) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const inHand = usePapersInHand()
  const [failure, setFailure] = createSignal<FileFailure>()
  const [shown, setShown] = createSignal<Blob>()
  const withFile = async (use: (blob: Blob) => void) => {
    setFailure()
    const opened = await session.openFile(props.conversationId, props.file.id)
    if (opened.ok) use(opened.value)
    else setFailure(opened.failure)
  }
  const name = () => props.file.name
  const save = (blob: Blob) => downloadBlob(blob, savedName(name(), { ...typeOf(blob), said: props.file.type }))
  const keep = (blob: Blob) => {
    inHand.give([new File([blob], name(), { type: blob.type })])
    navigate(to('/add/document'))
  }
  const bringIn = () => ({
    conversation: props.conversationId,
    file: props.file.id,
    ...(props.requestId !== undefined && { request: props.requestId }),
  })
  const isFetching = () => props.transfer?.kind === 'fetching'
  return (
    <div class={styles.file}>
      <Switch>
        <Match when={shown()}>
          {blob => <BlobPicture blob={blob()} alt={name()} fallback={<p>{t('attachment.noPicture')}</p>} />}
        </Match>
        <Match when={props.file.hasPreview}>
          <Preview conversationId={props.conversationId} file={props.file} />
        </Match>
      </Switch>
      <span class={styles.fileName}>
        <bdi>{name()}</bdi>
        <span class={styles.soft}>{t('attachment.size', { size: megabytes(props.file.bytes) })}</span>
      </span>
      <Show when={props.transfer}>{transfer => <Progress transfer={transfer()} name={name()} />}</Show>
      <Show when={!isFetching()}>
        <div class={styles.fileActs}>
          <Show when={PICTURES.has(props.file.type) && shown() === undefined}>
            <Button
              icon={<Eye size="1.2rem" />}
              aria-label={t('messageFile.show.name', { name: name() })}
              onClick={() => void withFile(setShown)}
            >
              {t('messageFile.show')}
            </Button>
          </Show>
          <Button
            icon={<Download size="1.2rem" />}
            aria-label={t('attachment.save.name', { name: name() })}
            onClick={() => void withFile(save)}
          >
            {t('attachment.save')}
          </Button>
          <Show when={props.mayKeep && PAPERS.has(props.file.type)}>
            <Button
              icon={<FolderHeart size="1.2rem" />}
              aria-label={t('messageFile.keep.name', { name: name() })}
              onClick={() => void withFile(keep)}
            >
              {t('messageFile.keep')}
            </Button>
          </Show>
          <Show when={props.mayKeep && RECORDS.has(props.file.type)}>
            <Button
              icon={<FileInput size="1.2rem" />}
              aria-label={t('messageFile.bringIn.name', { name: name() })}
              onClick={() => navigate(to(`/import?${new URLSearchParams(bringIn())}`))}
            >
              {t('messageFile.bringIn')}
            </Button>
          </Show>
        </div>
      </Show>
      <Show when={failure()}>
        {failed => (
          <p class={styles.soft} role="alert">
            {fileFailureWords(failed(), name())}
          </p>
        )}
      </Show>
    </div>
  )
}

const typeOf = (blob: Blob) =>
  PAPERS.has(blob.type) || RECORDS.has(blob.type) || blob.type.startsWith('text/')
    ? { type: blob.type as FileType }
    : {}

function Preview(props: { readonly conversationId: string; readonly file: ShownFile }) {
  const session = useSession()
  const [small, setSmall] = createSignal<Blob>()
  onMount(async () => setSmall(await session.filePreview(props.conversationId, props.file.id)))
  return (
    <Show when={small()}>
      {blob => (
        <BlobPicture blob={blob()} alt={t('messageFile.preview', { name: props.file.name })} fallback={undefined} />
      )}
    </Show>
  )
}

/** Of one that is sent or fetched just now, or waits for it. */
function Progress(props: { readonly transfer: Transfer; readonly name: string }) {
  const session = useSession()
  const isStopped = () => props.transfer.isStopped
  const act = () =>
    void (isStopped() ? session.goOnTransfer(props.transfer.id) : session.stopTransfer(props.transfer.id))
  return (
    <>
      <Show when={!isStopped()} fallback={<p class={styles.soft}>{t('messageFile.stopped')}</p>}>
        <ProgressBar
          label={t(props.transfer.kind === 'fetching' ? 'messageFile.fetching' : 'messageFile.sending')}
          done={props.transfer.done}
        />
      </Show>
      <Show when={props.transfer.problem}>
        {problem => (
          <p class={styles.soft} role="status">
            {t(problem() === 'relay-full' ? 'messageFile.full' : 'messageFile.refused')}
          </p>
        )}
      </Show>
      <div class={styles.fileActs}>
        <Button
          tone="plain"
          aria-label={t(isStopped() ? 'messageFile.goOn.name' : 'messageFile.stop.name', { name: props.name })}
          onClick={act}
        >
          {t(isStopped() ? 'messageFile.goOn' : 'messageFile.stop')}
        </Button>
      </div>
    </>
  )
}
