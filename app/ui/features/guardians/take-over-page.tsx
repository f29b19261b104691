import { useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'
import type { GuardianFailure } from '#app/core/kept-session.ts'
import type { RecoverFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { useSession } from '../../session.ts'

/** A record that somebody kept for this person becomes their own by its 24 words: nobody has to agree. */
export function TakeOverPage() {
  const session = useSession()
  const navigate = useNavigate()
  const [words, setWords] = createSignal('')
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure | RecoverFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const submit = async () => {
    if (isWorking()) return
    setIsWorking(true)
    setFailure()
    const taken = await session.takeOverKept({ words: words(), passphrase: passphrase() })
    setIsWorking(false)
    if (!taken.ok) return setFailure(taken.failure)
    showToast({ message: t('takeOver.begun') })
    navigate('/people')
  }
  const isWrong = () => failure()?.kind === 'wrong-passphrase'
  const isWordsWrong = () => failure()?.kind === 'words' || failure()?.kind === 'not-found'
  return (
    <Page title={t('takeOver.title')} lead={t('takeOver.lead')} back={{ href: '/people' }} narrow>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('takeOver.accept')}
          </Button>
        }
      >
        <TextField
          label={t('takeOver.words')}
          value={words()}
          onInput={setWords}
          error={isWordsWrong() ? t('guardian.failed.words') : undefined}
          spellcheck={false}
          multiline
        />
        <Notice tone="warning">{t('takeOver.what')}</Notice>
        <PassphraseField
          label={t('share.passphrase')}
          value={passphrase()}
          onInput={setPassphrase}
          error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
        />
        <GuardianFailed failure={!isWrong() && !isWordsWrong() && failure()} />
      </Form>
    </Page>
  )
}
