import FileUp from 'lucide-solid/icons/file-up'
import { For, Show } from 'solid-js'
import type { EntryKind } from '#schema/record/entry.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useRecordPath, useRecordRights, useRecordView } from '../../session.ts'
import { KindIcon } from '../../record/kind-icon.tsx'
import styles from './form.module.css'
import { type FrequentKind, type ManualKind, useManualKinds } from './manual-kinds.ts'

const ABOUT = {
  'blood-pressure': 'add.bloodPressure.about',
  weight: 'add.weight.about',
  measure: 'add.measure.about',
  symptom: 'add.symptom.about',
  goal: 'add.goal.about',
  task: 'add.task.about',
  appointment: 'add.appointment.about',
  medicine: 'add.medicine.about',
  condition: 'add.condition.about',
  allergy: 'add.allergy.about',
  note: 'add.note.about',
} as const satisfies Record<FrequentKind, PlainKey>

/** What would you like to add? */
export function AddPage() {
  const to = useRecordPath()
  const kinds = useManualKinds()
  const { shared, kept } = useRecordView()
  const { mayAddPapers } = useRecordRights()
  const isNothing = () => kinds().frequent.length === 0 && kinds().described.length === 0 && !mayAddPapers()
  const lead = () => {
    if (shared !== undefined) return t('shared.add.lead', { name: shared.recordName() })
    return kept === undefined ? t('add.choose') : t('kept.add.lead', { name: kept.name() })
  }
  return (
    <Page title={t(shared === undefined ? 'add.title' : 'shared.add')} lead={lead()} narrow>
      <Show when={isNothing()}>
        <Notice>{t('shared.add.nothing')}</Notice>
      </Show>
      <ul class={styles.kinds}>
        <For each={kinds().frequent}>{kind => <Tile kind={kind} about={t(ABOUT[kind])} />}</For>
        <Show when={mayAddPapers()}>
          <li>
            <CardLink href={to('/add/document')}>
              <span class={styles.kind}>
                <KindIcon kind="document" />
                <span>
                  <strong>{t('paper.tile')}</strong>
                  <span class={styles.about}>{t('paper.tile.about')}</span>
                </span>
              </span>
            </CardLink>
          </li>
        </Show>
      </ul>
      <Show when={kinds().described.length > 0}>
        <h2>{t('add.more')}</h2>
        <ul class={styles.kinds}>
          <For each={kinds().described}>{kind => <Tile kind={kind} about={t(`add.${kind}.about`)} />}</For>
        </ul>
      </Show>
      <Show when={shared === undefined}>
        <div class={styles.other}>
          <p>{t('add.orImport')}</p>
          <LinkButton href={to('/import')} icon={<FileUp />}>
            {t('add.import')}
          </LinkButton>
        </div>
      </Show>
    </Page>
  )
}

/** What some kinds are in the record. */
function iconOf(kind: ManualKind): EntryKind {
  if (kind === 'measure') return 'vital-sign'
  return kind === 'appointment' ? 'visit' : kind
}

function Tile(props: { readonly kind: ManualKind; readonly about: string }) {
  const to = useRecordPath()
  return (
    <li>
      <CardLink href={to(`/add/${props.kind}`)}>
        <span class={styles.kind}>
          <KindIcon kind={iconOf(props.kind)} />
          <span>
            <strong>{t(`kind.${props.kind}`)}</strong>
            <span class={styles.about}>{props.about}</span>
          </span>
        </span>
      </CardLink>
    </li>
  )
}
