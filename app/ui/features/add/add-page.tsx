import FileUp from 'lucide-solid/icons/file-up'
import { For } from 'solid-js'
import { type PlainKey, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { CardLink } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { KindIcon } from '../../record/kind-icon.tsx'
import styles from './form.module.css'
import { MANUAL_KINDS, type ManualKind } from './manual-kinds.ts'

const ABOUT = {
  'blood-pressure': 'add.bloodPressure.about',
  weight: 'add.weight.about',
  medicine: 'add.medicine.about',
  condition: 'add.condition.about',
  allergy: 'add.allergy.about',
  note: 'add.note.about',
} as const satisfies Record<ManualKind, PlainKey>

/** What would you like to add? */
export function AddPage() {
  return (
    <Page title={t('add.title')} lead={t('add.choose')} narrow>
      <ul class={styles.kinds}>
        <For each={MANUAL_KINDS}>
          {kind => (
            <li>
              <CardLink href={`/add/${kind}`}>
                <span class={styles.kind}>
                  <KindIcon kind={kind} />
                  <span>
                    <strong>{t(`kind.${kind}`)}</strong>
                    <span class={styles.about}>{t(ABOUT[kind])}</span>
                  </span>
                </span>
              </CardLink>
            </li>
          )}
        </For>
      </ul>
      <div class={styles.other}>
        <p>{t('add.orImport')}</p>
        <LinkButton href="/import" icon={<FileUp />}>
          {t('add.import')}
        </LinkButton>
      </div>
    </Page>
  )
}
