import { createSignal, Show } from 'solid-js'
import type { CardFaces, LockedCard, LockedCardFailure } from '#app/core/card-session.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { createWatch, useOwnSession, useVault } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

function failureWords(failure: LockedCardFailure): string {
  if (failure.kind === 'not-stored') return t(STORE_MESSAGES[failure.why])
  if (failure.kind === 'too-long') return t('emergency.locked.tooLong')
  return t(failure.kind === 'locked' ? 'save.locked' : 'fresh.wrong')
}

/** Whether this device shows the card while the record is locked; off until its owner says so, with the passphrase. */
export function LockedSetting(props: { readonly faces: CardFaces }) {
  const session = useOwnSession()
  const vault = useVault()
  const shown = createWatch<LockedCard | undefined>(listener => session.watchLockedCard(listener))
  const [isAsking, setIsAsking] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const allow = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const allowed = await session.allowLockedCard(props.faces, passphrase)
    if (allowed.ok) void session.changeCard({ kind: 'used' })
    else if (allowed.failure.kind === 'wrong-passphrase') return 'wrong-passphrase'
    return allowed.ok ? undefined : { words: failureWords(allowed.failure) }
  }
  const choose = async (isOn: boolean) => {
    setProblem()
    if (isOn && !isSample()) return setIsAsking(true)
    const done = await (isOn ? session.allowLockedCard(props.faces, '') : session.forbidLockedCard())
    if (!done.ok) setProblem(failureWords(done.failure))
  }
  return (
    <Card title={t('emergency.locked')}>
      <p>{t('emergency.locked.text')}</p>
      <CheckField
        label={t('emergency.locked.on')}
        checked={shown() !== undefined || isAsking()}
        onChange={isOn => void choose(isOn)}
      />
      <Show when={shown()}>
        <p role="status">{t('emergency.locked.isOn')}</p>
      </Show>
      <Show when={problem()}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('emergency.locked')}
        act={t('emergency.locked.act')}
        onUnlock={allow}
      >
        {t('emergency.locked.text')}
      </FreshUnlockDialog>
    </Card>
  )
}
