import { createSignal, Show } from 'solid-js'
import type { KeepCodeFailure } from '#app/core/backup-session.ts'
import type { WordsCheck } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { wordsIn } from '../../parts/draft-words.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useOwnSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import { KeyField } from './key-field.tsx'

/** On a device that never had the words: without them it could make no backup that anybody could open. */
export function WordsCard(props: { readonly onKept: () => void }) {
  const session = useOwnSession()
  const [words, setWords] = createSignal('')
  const [passphrase, setPassphrase] = createSignal('')
  const [check, setCheck] = createSignal<WordsCheck>()
  const [failure, setFailure] = createSignal<KeepCodeFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const checkWords = async () => {
    const known = await session.checkWords(wordsIn(words()).join(' '))
    setCheck(known)
    return known.kind === 'ok'
  }
  const keep = async () => {
    setFailure()
    if (isWorking() || !(await checkWords())) return
    setIsWorking(true)
    const kept = await session.keepBackupCode({ words: wordsIn(words()).join(' '), passphrase: passphrase() })
    setIsWorking(false)
    if (!kept.ok) return setFailure(kept.failure)
    showToast({ message: t('backup.noCode.done') })
    props.onKept()
  }
  return (
    <Card title={t('backup.noCode.title')}>
      <p>{t('backup.noCode.text')}</p>
      <Form
        onSubmit={keep}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('backup.noCode.act')}
          </Button>
        }
      >
        <KeyField
          wordsOnly
          value={words()}
          onInput={text => {
            setWords(text)
            setCheck()
          }}
          check={asKeyCheck(check())}
          onCheck={() => void checkWords()}
        />
        <PassphraseField
          label={t('fresh.field')}
          value={passphrase()}
          onInput={setPassphrase}
          error={failure()?.kind === 'wrong-passphrase' ? t('fresh.wrong') : undefined}
        />
        <Show when={wordsOf(failure())}>
          {text => (
            <Notice tone="danger" alert>
              {text()}
            </Notice>
          )}
        </Show>
      </Form>
    </Card>
  )
}

function asKeyCheck(check: WordsCheck | undefined) {
  return check?.kind === 'ok' ? ({ kind: 'ok', what: 'words' } as const) : check
}

/** Undefined for what is said beside a field. */
function wordsOf(failure: KeepCodeFailure | undefined): string | undefined {
  switch (failure?.kind) {
    case 'other-record':
      return t('backup.noCode.other')
    case 'locked':
      return t('save.locked')
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    case 'words':
    case 'wrong-passphrase':
    case undefined:
      return undefined
  }
}
