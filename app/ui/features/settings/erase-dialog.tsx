import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { EraseFailure } from '#app/core/private-session.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { type FreshUnlockAnswer, FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { useSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import styles from './settings.module.css'

/** Which sections forget their past, what that means, and the passphrase. */
export function EraseDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const session = useSession()
  const [chosen, setChosen] = createSignal<readonly Section[]>([])
  const counts = createAnswer(
    () => props.open || undefined,
    async () => {
      const [facets, bin] = [await session.facets(), await session.bin()]
      const found = new Map(facets.sections.map(({ section, count }) => [section, count]))
      for (const { summary } of bin) if (!found.has(summary.section)) found.set(summary.section, 0)
      return found
    },
  )
  createEffect(
    on(
      () => props.open,
      () => setChosen([]),
    ),
  )
  const sections = () => SECTIONS.filter(section => counts()?.has(section))
  const erase = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const erased = await session.eraseHistory(chosen(), passphrase)
    if (!erased.ok) return answerOf(erased.failure)
    showToast({ message: t('erase.done') })
    props.onClose()
    return undefined
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('erase.title')}>
      <Show when={counts()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <fieldset class={styles.choices}>
            <legend>{t('erase.what')}</legend>
            <For each={sections()}>
              {section => (
                <CheckField
                  label={t('erase.section', { name: t(`section.${section}`), count: known().get(section) ?? 0 })}
                  checked={chosen().includes(section)}
                  onChange={isOn =>
                    setChosen(before => SECTIONS.filter(each => (each === section ? isOn : before.includes(each))))
                  }
                />
              )}
            </For>
          </fieldset>
        )}
      </Show>
      <Notice tone="danger" title={t('erase.warning')}>
        {t('erase.warning.text')}
      </Notice>
      <p>{t('erase.when')}</p>
      <FreshUnlockForm act={t('erase.act')} onUnlock={erase} onCancel={props.onClose} resetOn={props.open} />
    </Dialog>
  )
}

function answerOf(failure: EraseFailure): FreshUnlockAnswer {
  switch (failure.kind) {
    case 'wrong-passphrase':
      return failure.kind
    case 'nothing-chosen':
      return { words: t('erase.nothingChosen') }
    case 'conflicts':
      return { words: t('erase.conflicts', { count: failure.count }) }
    case 'not-stored':
      return { words: t(STORE_MESSAGES[failure.why]) }
    case 'not-here':
      return { words: t('share.failed.not-here') }
    case 'locked':
      return { words: t('save.locked') }
  }
}
