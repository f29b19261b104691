import { Navigate, useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { isDescribedKind } from '#schema/record/described/kinds.ts'
import { t } from '../../language/language.ts'
import { Page } from '../../parts/page.tsx'
import { EntryFormFor } from './entry-form.tsx'
import { useWayOut } from '../../record/way-out.ts'
import { useRecordPath } from '../../session.ts'
import { type ManualKind, useManualKinds } from './manual-kinds.ts'

/** The form for a new entry of the kind in the address. */
export function AddKindPage() {
  const params = useParams()
  const to = useRecordPath()
  const way = useWayOut()
  const kinds = useManualKinds()
  const kind = () => [...kinds().frequent, ...kinds().described].find(each => each === params.kind)
  const title = (chosen: ManualKind) =>
    isDescribedKind(chosen) ? t('add.newOf', { kind: t(`kind.${chosen}`) }) : t(`add.new.${chosen}`)
  return (
    <Show when={kind()} keyed fallback={<Navigate href={to('/add')} />}>
      {chosen => (
        <Page title={title(chosen)} back={way.back(to('/add'))} narrow>
          <EntryFormFor kind={chosen} />
        </Page>
      )}
    </Show>
  )
}
