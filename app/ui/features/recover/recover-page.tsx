import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { useSession, useVault } from '../../session.ts'
import { createRecovery } from './create-recovery.ts'
import { recoverFailureWords } from './recover-failure.ts'
import { WordsField } from '../../record/words-field.tsx'

/** Opens the record from the 24 words alone: on a new device, or where the passphrase was forgotten. */
export function RecoverPage() {
  const vault = useVault()
  const recovery = createRecovery(useSession())
  const failureWords = () => {
    const failure = recovery.failure()
    return failure === undefined ? undefined : recoverFailureWords(failure)
  }
  const passphraseError = () => {
    const key = recovery.passphraseProblem()
    return key === undefined ? undefined : t(key)
  }
  return (
    <Page title={t('recover.title')} lead={t('recover.lead')} back={{ href: '/' }} narrow>
      <Show when={vault().kind === 'locked'}>
        <Notice tone="warning">{t('recover.locked')}</Notice>
      </Show>
      <Form
        onSubmit={() => recovery.recover()}
        actions={
          <Button type="submit" tone="primary" busy={recovery.isWorking()}>
            {t('recover.submit')}
          </Button>
        }
      >
        <WordsField
          value={recovery.words()}
          onInput={text => recovery.typeWords(text)}
          check={recovery.check()}
          onCheck={() => void recovery.checkNow()}
        />
        <PassphraseField
          label={t('pass.new')}
          hint={t('recover.passphrase')}
          value={recovery.passphrase()}
          onInput={recovery.setPassphrase}
          error={passphraseError()}
          isNew
        />
        <Show when={failureWords()}>
          <Notice tone="danger" alert>
            {failureWords()}
          </Notice>
        </Show>
        <Show when={recovery.isWorking()}>
          <p role="status">{t('recover.working')}</p>
        </Show>
      </Form>
      <ConfirmDialog
        open={recovery.failure()?.kind === 'already-there'}
        onClose={recovery.clearFailure}
        title={t('recover.erase.title')}
        act={t('recover.erase.act')}
        danger
        busy={recovery.isWorking()}
        onConfirm={() => void recovery.replaceAndRecover()}
      >
        <p>{t('recover.erase.text')}</p>
      </ConfirmDialog>
    </Page>
  )
}
