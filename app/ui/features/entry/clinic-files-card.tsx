import CloudDownload from 'lucide-solid/icons/cloud-download'
import FileCheck from 'lucide-solid/icons/file-check'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ClinicFailure, ClinicFile } from '#app/core/clinic-session.ts'
import type { PaperFailure } from '#app/core/paper-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { isPaperFailure, paperFailureWords } from '../../record/paper-words.ts'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords } from '../../record/words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import styles from './entry.module.css'

/** Files that the entry names by an address: who has them, and a button for each that says whom it asks. */
export function ClinicFilesCard(props: { readonly id: EntryId }) {
  const session = useSession()
  // Not anew with each change of the entry, as a file that was fetched is: what stands beside each file would go.
  const entryId = createMemo(() => props.id)
  const files = createAnswer(entryId, id => session.clinicFiles(id))
  return (
    <Show when={files()?.length ? files() : undefined}>
      {known => (
        <Card title={t('clinicFile.title')} icon={<CloudDownload />}>
          <p class={styles.soft}>{t('clinicFile.text')}</p>
          <ul class={styles.files}>
            <For each={known()}>
              {file => (
                <li>
                  <FileElsewhere id={props.id} file={file} />
                </li>
              )}
            </For>
          </ul>
        </Card>
      )}
    </Show>
  )
}

function FileElsewhere(props: { readonly id: EntryId; readonly file: ClinicFile }) {
  const session = useSession()
  const [isFetching, setFetching] = createSignal(false)
  const [failure, setFailure] = createSignal<ClinicFailure | PaperFailure | SaveFailure>()
  const [kept, setKept] = createSignal<EntryId>()
  const to = useRecordPath()
  const name = () => props.file.title ?? t('attachment.number', { number: props.file.index + 1 })
  const fetch = async () => {
    setFetching(true)
    setFailure()
    const fetched = await session.fetchClinicFile(props.id, props.file.index)
    setFetching(false)
    if (!fetched.ok) return setFailure(fetched.failure)
    setKept(fetched.value.id)
    if (!fetched.value.isNew) return showToast({ message: t('paper.already') })
    showToast({ message: t('add.saved'), action: { label: t('act.undo'), run: () => void undoLastAct(session) } })
  }
  return (
    <div class={styles.file}>
      <div class={styles.caption}>
        <span>
          <bdi>{name()}</bdi>
        </span>
        <Show when={kept() ?? props.file.here}>
          {entry => (
            <LinkButton icon={<FileCheck size="1.2rem" />} href={to(`/entry/${entry()}`)}>
              {t('clinicFile.open')}
            </LinkButton>
          )}
        </Show>
        <Show when={props.file.clinicId} fallback={<p>{outOfReachWords(props.file)}</p>}>
          <Button busy={isFetching()} icon={<CloudDownload size="1.2rem" />} onClick={() => void fetch()}>
            {t('clinicFile.fetch', { host: props.file.host ?? '' })}
          </Button>
          <Show when={isFetching()}>
            <Button onClick={() => void session.cancelClinic()}>{t('act.cancel')}</Button>
          </Show>
        </Show>
      </div>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {failureWords(failed())}
          </Notice>
        )}
      </Show>
    </div>
  )
}

/** Why nobody is asked for it; empty for what came along. */
function outOfReachWords({ host = '', why, here }: ClinicFile): string {
  if (here !== undefined) return ''
  if (why === 'nowhere') return t('clinicFile.nowhere')
  return t(why === undefined ? 'clinicFile.notConnected' : 'clinicFile.insecure', { host })
}

function failureWords(failure: ClinicFailure | PaperFailure | SaveFailure): string {
  if (failure.kind === 'paper-too-large') return t('clinicFile.tooLarge', { max: failure.maxMb })
  if (failure.kind === 'clinic') return t(`clinic.why.${failure.why}`)
  return isPaperFailure(failure) ? paperFailureWords(failure) : saveFailureWords(failure)
}
