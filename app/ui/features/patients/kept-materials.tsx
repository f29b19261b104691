import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { KeptMaterial } from '#app/core/material-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import styles from './patients.module.css'

/** What is kept to be given to patients again. */
export function KeptMaterials() {
  const to = useRecordPath()
  const session = useSession()
  const mine = createWatch<readonly KeptMaterial[]>(listener => session.watchMaterials(listener))
  return (
    <Card title={t('materials.mine')}>
      <Show when={mine()?.length === 0}>
        <p class={styles.soft}>{t('materials.mine.none')}</p>
      </Show>
      <ul class={styles.list}>
        <For each={mine()}>{material => <MaterialRow material={material} />}</For>
      </ul>
      <div>
        <LinkButton icon={<Plus size="1.2rem" />} href={to('/patients/materials')}>
          {t('materials.mine.add')}
        </LinkButton>
      </div>
    </Card>
  )
}

function MaterialRow(props: { readonly material: KeptMaterial }) {
  const to = useRecordPath()
  const session = useSession()
  const [isRemoving, setIsRemoving] = createSignal(false)
  const [failure, setFailure] = createSignal<SaveFailure>()
  const title = () => props.material.title
  const what = () => {
    const { text, address, topic } = props.material
    if (text !== undefined) return t('materials.what.text')
    if (address !== undefined) return t('materials.what.address')
    return t(topic === undefined ? 'materials.what.file' : 'materials.what.topic')
  }
  const remove = async () => {
    const removed = await session.removeMaterial(props.material.id)
    setFailure(removed.ok ? undefined : removed.failure)
    setIsRemoving(false)
  }
  return (
    <li class={styles.template}>
      <h3 dir="auto">{title()}</h3>
      <p class={styles.soft}>{what()}</p>
      <div class={styles.acts}>
        <LinkButton href={to(`/patients/materials?from=${props.material.id}`)}>
          {t('materials.mine.use', { title: title() })}
        </LinkButton>
        <Button tone="plain" onClick={() => setIsRemoving(true)}>
          {t('answers.remove', { title: title() })}
        </Button>
      </div>
      <FailureNotice failure={failure()} />
      <ConfirmDialog
        open={isRemoving()}
        title={t('answers.remove', { title: title() })}
        act={t('answers.remove.yes')}
        onConfirm={() => void remove()}
        onClose={() => setIsRemoving(false)}
      >
        <p>{t('materials.mine.remove')}</p>
      </ConfirmDialog>
    </li>
  )
}
