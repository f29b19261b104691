import KeySquare from 'lucide-solid/icons/key-square'
import Printer from 'lucide-solid/icons/printer'
import { createSignal, onCleanup, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CodeGroups } from '../../parts/code-groups.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { useOwnSession } from '../../session.ts'
import styles from './backup.module.css'

/** The code that the kit's sheet has, once more; gone from the screen with the page. */
export function CodeCard() {
  const session = useOwnSession()
  const [isAsking, setIsAsking] = createSignal(false)
  const [code, setCode] = createSignal<string>()
  onCleanup(() => setCode())
  const show = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const shown = await session.showBackupCode(passphrase)
    if (shown.ok) setCode(shown.value)
    else if (shown.failure.kind === 'wrong-passphrase') return 'wrong-passphrase'
    else return { words: shown.failure.kind === 'no-code' ? t('backup.code.none') : t('save.locked') }
    return undefined
  }
  return (
    <Card title={t('backup.code.title')} icon={<KeySquare />}>
      <p>{t('backup.code.text')}</p>
      <Show
        when={code()}
        fallback={
          <div class={styles.actions}>
            <Button onClick={() => setIsAsking(true)}>{t('backup.code.show')}</Button>
          </div>
        }
      >
        {known => (
          <>
            <CodeGroups code={known()} label={t('backup.code.label')} />
            <p>{t('backup.sheet.how')}</p>
            <div class={styles.actions}>
              <Button icon={<Printer size="1.25rem" />} onClick={() => print()}>
                {t('backup.code.print')}
              </Button>
              <Button tone="plain" onClick={() => setCode()}>
                {t('backup.code.hide')}
              </Button>
            </div>
          </>
        )}
      </Show>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('backup.code.title')}
        act={t('backup.code.show')}
        onUnlock={show}
      >
        {t('backup.code.ask')}
      </FreshUnlockDialog>
    </Card>
  )
}
