import { Navigate, useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Page } from '../../parts/page.tsx'
import { EntryFormFor } from './entry-form.tsx'
import { useRecordPath } from '../../session.ts'
import { useManualKinds } from './manual-kinds.ts'

/** The form for a new entry of the kind in the address. */
export function AddKindPage() {
  const params = useParams()
  const to = useRecordPath()
  const kinds = useManualKinds()
  const kind = () => kinds().find(each => each === params.kind)
  return (
    <Show when={kind()} keyed fallback={<Navigate href={to('/add')} />}>
      {chosen => (
        <Page title={t(`add.new.${chosen}`)} back={{ href: to('/add') }} narrow>
          <EntryFormFor kind={chosen} />
        </Page>
      )}
    </Show>
  )
}
