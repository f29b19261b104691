import FileUp from 'lucide-solid/icons/file-up'
import { For, Show } from 'solid-js'
import { type PlainKey, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useRecordPath, useRecordRights, useRecordView } from '../../session.ts'
import { KindIcon } from '../../record/kind-icon.tsx'
import styles from './form.module.css'
import { type ManualKind, useManualKinds } from './manual-kinds.ts'

const ABOUT = {
  'blood-pressure': 'add.bloodPressure.about',
  weight: 'add.weight.about',
  measure: 'add.measure.about',
  symptom: 'add.symptom.about',
  goal: 'add.goal.about',
  medicine: 'add.medicine.about',
  condition: 'add.condition.about',
  allergy: 'add.allergy.about',
  note: 'add.note.about',
} as const satisfies Record<ManualKind, PlainKey>

/** What would you like to add? */
export function AddPage() {
  const to = useRecordPath()
  const kinds = useManualKinds()
  const { shared, kept } = useRecordView()
  const { mayAddPapers } = useRecordRights()
  const lead = () => {
    if (shared !== undefined) return t('shared.add.lead', { name: shared.recordName() })
    return kept === undefined ? t('add.choose') : t('kept.add.lead', { name: kept.name() })
  }
  return (
    <Page title={t(shared === undefined ? 'add.title' : 'shared.add')} lead={lead()} narrow>
      <Show when={kinds().length === 0 && !mayAddPapers()}>
        <Notice>{t('shared.add.nothing')}</Notice>
      </Show>
      <ul class={styles.kinds}>
        <For each={kinds()}>
          {kind => (
            <li>
              <CardLink href={to(`/add/${kind}`)}>
                <span class={styles.kind}>
                  <KindIcon kind={kind === 'measure' ? 'vital-sign' : kind} />
                  <span>
                    <strong>{t(`kind.${kind}`)}</strong>
                    <span class={styles.about}>{t(ABOUT[kind])}</span>
                  </span>
                </span>
              </CardLink>
            </li>
          )}
        </For>
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
