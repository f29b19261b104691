import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { readEntry } from '../../record/read-entry.ts'
import { titleOf } from '../../record/words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import styles from './annotations.module.css'

/** More would push away what the page is about; all of them are in the list of documents. */
const MOST = 3

/** The first picture of each document that belongs to an entry, such as the photo of a medicine's box. */
export function PaperPictures(props: { readonly papers: readonly EntrySummary[] }) {
  return (
    <div class={styles.pictures}>
      <For each={props.papers.slice(0, MOST)}>{paper => <FirstPicture paper={paper} />}</For>
    </div>
  )
}

function FirstPicture(props: { readonly paper: EntrySummary }) {
  const to = useRecordPath()
  const session = useSession()
  const read = async (id: EntryId) => {
    const files = (await readEntry(session, id))?.attachments ?? []
    const first = files.find(({ type, isOut }) => isOut !== true && type?.startsWith('image/') === true)
    return first && session.attachment(id, first.index)
  }
  const picture = createAnswer(() => props.paper.id, read)
  return (
    <Show when={picture()}>
      {blob => (
        <A href={to(`/entry/${props.paper.id}`)} class={styles.picture}>
          <BlobPicture blob={blob()} alt={titleOf(props.paper)} fallback={titleOf(props.paper)} />
        </A>
      )}
    </Show>
  )
}
