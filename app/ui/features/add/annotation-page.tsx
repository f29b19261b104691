import { useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { writtenTime } from '../../record/medicines/write-dose.ts'
import { readEntry } from '../../record/read-entry.ts'
import { titleOf } from '../../record/words.ts'
import { useWayOut } from '../../record/way-out.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { AnnotationForm } from './annotation-form.tsx'

/** A note beside the entry in the address. */
export function AddAnnotationPage() {
  const params = useParams()
  const session = useSession()
  const to = useRecordPath()
  const way = useWayOut()
  const answer = createAnswer(
    () => params.id,
    async id => ({ entry: (await readEntry(session, id))?.summary }),
  )
  return (
    <Page title={t('annotation.add')} back={way.back(to(`/entry/${params.id}`))} narrow>
      <Show when={answer()}>
        {known => (
          <Show when={known().entry} keyed fallback={<Notice>{t('add.gone')}</Notice>}>
            {entry => <New entry={entry} />}
          </Show>
        )}
      </Show>
    </Page>
  )
}

function New(props: { readonly entry: EntrySummary }) {
  const { id } = props.entry
  return (
    <>
      <Notice>{t('annotation.about', { title: titleOf(props.entry) })}</Notice>
      <AnnotationForm
        fields={{ kind: 'annotation', on: id, text: '', writtenAt: writtenTime(instant(Date.now())) }}
        after={`/entry/${id}`}
      />
    </>
  )
}
