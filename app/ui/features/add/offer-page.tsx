import { useParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { ADDITION_KINDS, type AdditionKind } from '#schema/requests/addition-kinds.ts'
import { t } from '../../language/language.ts'
import { CardLink } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { KindIcon } from '../../record/kind-icon.tsx'
import { currentMedicines } from '../../record/medicines/current-medicines.ts'
import { titleOf } from '../../record/words.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import type { Shares } from '#app/core/share-session.ts'
import styles from './form.module.css'
import { OfferTo } from './offer-to.tsx'

/** What would you like to write for somebody's record? */
export function OfferPage() {
  const to = useRecordPath()
  const params = useParams()
  return (
    <OfferTo contactId={params.contactId ?? ''}>
      {contact => (
        <Page
          title={t('addition.write', { name: contact().name })}
          windowTitle={t('addition.window')}
          lead={t('addition.lead')}
          back={{ href: to('/patients'), label: t('patients.title') }}
          narrow
        >
          <ul class={styles.kinds}>
            <For each={ADDITION_KINDS}>
              {kind => (
                <Tile
                  href={to(`/patients/${contact().contactId}/write/${kind}`)}
                  kind={iconOf(kind)}
                  title={t(`kind.${kind}`)}
                />
              )}
            </For>
          </ul>
          <Medicines contactId={contact().contactId} />
        </Page>
      )}
    </OfferTo>
  )
}

const iconOf = (kind: AdditionKind): EntryKind => (kind === 'measure' ? 'vital-sign' : kind)

function Tile(props: { readonly href: string; readonly kind: EntryKind; readonly title: string }) {
  return (
    <li>
      <CardLink href={props.href}>
        <span class={styles.kind}>
          <KindIcon kind={props.kind} />
          <strong>
            <bdi>{props.title}</bdi>
          </strong>
        </span>
      </CardLink>
    </li>
  )
}

/** Their medicines, as far as they share them: one may be changed, or stopped. */
function Medicines(props: { readonly contactId: string }) {
  const to = useRecordPath()
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const shareId = () =>
    shares()?.received.find(
      share =>
        share.contactId === props.contactId && share.state === 'accepted' && share.sections.includes('medicines'),
    )?.shareId
  const found = createAnswer(shareId, async id => {
    const rows = await session.askShared(id, 'timelineRows', [{ kinds: ['medicine'] }, 0, MOST])
    return { id, medicines: currentMedicines((rows ?? []) as readonly EntrySummary[]) }
  })
  return (
    <Show when={(found()?.medicines.length ?? 0) > 0 && found()}>
      {known => (
        <>
          <h2>{t('addition.medicines')}</h2>
          <ul class={styles.kinds}>
            <For each={known().medicines}>
              {medicine => (
                <Tile
                  href={to(`/patients/${props.contactId}/change/${known().id}/${medicine.id}`)}
                  kind="medicine"
                  title={titleOf(medicine)}
                />
              )}
            </For>
          </ul>
        </>
      )}
    </Show>
  )
}

const MOST = 1000
