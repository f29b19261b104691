import Paperclip from 'lucide-solid/icons/paperclip'
import FileMinus from 'lucide-solid/icons/file-minus'
import FilePlus from 'lucide-solid/icons/file-plus'
import FileInput from 'lucide-solid/icons/file-input'
import { createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import type { AttachmentInfo, EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { megabytes, savedName } from '../../record/file-words.ts'
import { SaveFileButton } from '../../record/save-file-button.tsx'
import { titleOf } from '../../record/words.ts'
import { FoldedFile } from '../../record/folded-file.tsx'
import { useRecordPath, useRecordView, useSession } from '../../session.ts'
import { documentOf, useDocumentActs } from './correct-document.ts'
import styles from './entry.module.css'

/** What an entry carries along: pictures drawn, words to be read, records to be brought in, everything to be saved as a file. Nothing of it is ever run. */
export function AttachmentsCard(props: {
  readonly entry: EntryDetail
  readonly files: readonly AttachmentInfo[]
  readonly mayChange: boolean
}) {
  const acts = useDocumentActs(() => props.entry)
  const shown = () => props.files.filter(file => file.isOut !== true)
  const out = () => props.files.filter(file => file.isOut === true)
  const mayTakeOut = () => props.mayChange && documentOf(props.entry) !== undefined && shown().length > 1
  return (
    <Card title={t('attachment.title')} icon={<Paperclip />}>
      <ol class={styles.files}>
        <For each={shown()}>
          {(file, index) => (
            <li>
              <Attachment
                entry={props.entry.summary}
                file={file}
                number={index() + 1}
                total={shown().length}
                onTakeOut={mayTakeOut() ? () => void acts.setPage(file.index, true) : undefined}
              />
            </li>
          )}
        </For>
      </ol>
      <Show when={out().length > 0}>
        <h3>{t('attachment.out')}</h3>
        <p class={styles.soft}>{t('attachment.out.text')}</p>
        <ul class={styles.files}>
          <For each={out()}>
            {file => (
              <li class={styles.caption}>
                <bdi>{file.title ?? t('attachment.number', { number: file.index + 1 })}</bdi>
                <Show when={props.mayChange}>
                  <Button icon={<FilePlus size="1.2rem" />} onClick={() => void acts.setPage(file.index, false)}>
                    {t('attachment.putItBack')}
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  )
}

interface AttachmentProps {
  readonly entry: EntrySummary
  readonly file: AttachmentInfo
  readonly number: number
  readonly total: number
  readonly onTakeOut: (() => void) | undefined
}

function Attachment(props: AttachmentProps) {
  const session = useSession()
  const fetch = () => session.attachment(props.entry.id, props.file.index)
  const name = () => props.file.title ?? fileName(props)
  const isPicture = () => props.file.type?.startsWith('image/') === true
  return (
    <figure class={styles.file}>
      <Show when={isPicture()}>
        <Picture
          fetch={fetch}
          isHeic={props.file.type === 'image/heic'}
          alt={t('attachment.page', { number: props.number, total: props.total, name: name() })}
        />
      </Show>
      <Show when={props.file.holds === 'words'}>
        <FoldedFile file={props.file} isOpen={props.total === 1} fetch={fetch} />
      </Show>
      <Show when={props.file.holds === 'records'}>
        <Records entry={props.entry} file={props.file} />
      </Show>
      <Show when={props.file.type === undefined}>
        <p class={styles.soft}>{t('attachment.otherKind')}</p>
      </Show>
      <Show when={props.file.type === 'application/pdf'}>
        <p class={styles.soft}>{t('attachment.pdf')}</p>
      </Show>
      <figcaption class={styles.caption}>
        <span>
          <bdi>{name()}</bdi>
          <span class={styles.soft}>{t('attachment.size', { size: megabytes(props.file.bytes) })}</span>
        </span>
        <Show when={props.onTakeOut}>
          {takeOut => (
            <Button
              tone="plain"
              icon={<FileMinus size="1.2rem" />}
              aria-label={t('attachment.takeOut.name', { name: name() })}
              onClick={() => takeOut()()}
            >
              {t('attachment.takeOut')}
            </Button>
          )}
        </Show>
        <SaveFileButton
          section={props.entry.section}
          fetch={fetch}
          fileName={fileName(props)}
          unreadable={t('attachment.unreadable')}
          aria-label={t('attachment.save.name', { name: name() })}
        >
          {t('attachment.save')}
        </SaveFileButton>
      </figcaption>
    </figure>
  )
}

/** A file that is a health record itself goes the way of every file that is brought in. */
function Records(props: { readonly entry: EntrySummary; readonly file: AttachmentInfo }) {
  const to = useRecordPath()
  const { shared } = useRecordView()
  return (
    <div class={styles.caption}>
      <span>{t('attachment.records')}</span>
      <Show when={shared === undefined}>
        <LinkButton
          icon={<FileInput size="1.2rem" />}
          href={to(`/import?entry=${props.entry.id}&file=${props.file.index}`)}
        >
          {t('attachment.bringIn')}
        </LinkButton>
      </Show>
    </div>
  )
}

function Picture(props: {
  readonly fetch: () => Promise<Blob | undefined>
  readonly alt: string
  readonly isHeic: boolean
}) {
  const undrawable = () => t(props.isHeic ? 'attachment.noHeic' : 'attachment.noPicture')
  const [blob, setBlob] = createSignal<Blob | 'none'>()
  onMount(async () => setBlob((await props.fetch()) ?? 'none'))
  const picture = () => {
    const known = blob()
    return known === 'none' ? undefined : known
  }
  return (
    <Switch>
      <Match when={blob() === 'none'}>
        <p>{t('attachment.unreadable')}</p>
      </Match>
      <Match when={picture()}>
        {known => <BlobPicture blob={known()} alt={props.alt} fallback={<p>{undrawable()}</p>} />}
      </Match>
    </Switch>
  )
}

const fileName = ({ entry, file, number }: AttachmentProps) =>
  savedName(file.title ?? `${titleOf(entry)} ${number}`, file)
