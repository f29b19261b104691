import { createEffect, createSignal, on, Show } from 'solid-js'
import type { KeptMaterial } from '#app/core/material-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import type { createMaterial } from './create-material.ts'
import styles from '../../record/messages/messages.module.css'

/** Begins with one of those that are kept, or anew; what is written and kept nowhere goes only after a question. */
export function KeptChoice(props: {
  readonly material: ReturnType<typeof createMaterial>
  /** Which of those that are kept the page was opened with. */
  readonly wanted: string | undefined
}) {
  const { material } = props
  const [asked, setAsked] = createSignal<KeptMaterial | 'anew'>()
  const chosenId = () => material.draft.draft().keptId
  /** Also while it is asked about: the list shows what was chosen in it. */
  const shownId = () => {
    const wanted = asked()
    if (wanted !== undefined) return wanted === 'anew' ? '' : wanted.id
    return material.mine().some(({ id }) => id === chosenId()) ? chosenId() : ''
  }
  const begin = (what: KeptMaterial | 'anew') => {
    setAsked()
    if (what === 'anew') material.clear()
    else void material.use(what)
  }
  const beginOrAsk = (what: KeptMaterial | 'anew' | undefined) => {
    if (what === undefined || (what !== 'anew' && what.id === chosenId())) return
    if (material.isUnkept()) setAsked(what)
    else begin(what)
  }
  createEffect(
    on(
      () => material.mine().find(({ id }) => id === props.wanted),
      (found, before) => {
        if (before === undefined) beginOrAsk(found)
      },
    ),
  )
  const choose = (id: string) => beginOrAsk(id === '' ? 'anew' : material.mine().find(one => one.id === id))
  return (
    <>
      <Show
        when={material.mine().length > 0}
        fallback={
          <Show when={material.isUnkept()}>
            <div class={styles.acts}>
              <Button tone="plain" onClick={() => beginOrAsk('anew')}>
                {t('materials.anew')}
              </Button>
            </div>
          </Show>
        }
      >
        <SelectField
          label={t('materials.begin')}
          value={shownId()}
          options={[
            { value: '', label: t('materials.new') },
            ...material.mine().map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChange={choose}
        />
      </Show>
      <ConfirmDialog
        open={asked() !== undefined}
        title={t('materials.replace')}
        act={t('materials.replace.yes')}
        onConfirm={() => begin(asked() ?? 'anew')}
        onClose={() => setAsked()}
      >
        <p>{t('materials.replace.text')}</p>
      </ConfirmDialog>
    </>
  )
}
