import ExternalLink from 'lucide-solid/icons/external-link'
import Globe from 'lucide-solid/icons/globe'
import { createMemo, createSignal, createUniqueId, Show } from 'solid-js'
import type { Coding } from '#schema/record/entry.ts'
import { language, t } from '../../language/language.ts'
import { Button, OutsideLinkButton } from '../../parts/button.tsx'
import { lookUpOf } from './look-up.ts'
import styles from './learn.module.css'

/** The first press says what leaves the device and to whom; only the link that comes with it leads there. Nothing is asked before. */
export function LookUpButton(props: { readonly codes: readonly Coding[] }) {
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  const lookUp = createMemo(() => lookUpOf(props.codes, language()))
  return (
    <Show when={lookUp()}>
      {found => (
        <div class={styles.lookUp}>
          <div>
            <Button
              icon={<Globe size="1.2rem" />}
              aria-expanded={isOpen()}
              aria-controls={id}
              onClick={() => setOpen(is => !is)}
            >
              {t('lookUp.begin')}
            </Button>
          </div>
          <div id={id} class={styles.leaves} hidden={!isOpen()}>
            <Show when={isOpen()}>
              <p>
                {t('lookUp.says', {
                  code: found().code,
                  system: found().system,
                  language: t(`lookUp.in.${found().language}`),
                })}
              </p>
              <div>
                <OutsideLinkButton href={found().address} icon={<ExternalLink size="1.2rem" />}>
                  {t('lookUp.open')}
                </OutsideLinkButton>
              </div>
            </Show>
          </div>
        </div>
      )}
    </Show>
  )
}
