import { Navigate, useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Page } from '../../parts/page.tsx'
import { EntryFormFor } from './entry-form.tsx'
import { MANUAL_KINDS } from './manual-kinds.ts'

/** The form for a new entry of the kind in the address. */
export function AddKindPage() {
  const params = useParams()
  const kind = () => MANUAL_KINDS.find(each => each === params.kind)
  return (
    <Show when={kind()} keyed fallback={<Navigate href="/add" />}>
      {chosen => (
        <Page title={t(`add.new.${chosen}`)} back={{ href: '/add' }} narrow>
          <EntryFormFor kind={chosen} />
        </Page>
      )}
    </Show>
  )
}
