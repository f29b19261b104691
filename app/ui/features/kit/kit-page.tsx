import { useNavigate } from '@solidjs/router'
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { RecoveryKit } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { type FreshUnlockAnswer, FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { isPracticeIn } from '../../record/is-practice.ts'
import { useRecordPath, useRecordView, useSession, useVault } from '../../session.ts'
import { KitConfirm } from './kit-confirm.tsx'
import { KitSheet, kitTitle } from './kit-sheet.tsx'

/** The recovery kit: shown until it is confirmed, and then never again. */
export function KitPage() {
  const to = useRecordPath()
  const session = useSession()
  const vault = useVault()
  const isElsewhere = () => {
    const state = vault()
    return state.kind === 'open' && !state.kitConfirmed
  }
  const { kept } = useRecordView()
  const lacking = () => {
    if (isPracticeIn(vault()))
      return { title: kitTitle(kept), text: t(isElsewhere() ? 'kit.practice.elsewhere' : 'kit.practice.gone') }
    if (isElsewhere()) return { title: t('kit.remind.title'), text: t('kit.remind.elsewhere') }
    return { title: t('kit.gone.title'), text: t('kit.gone.text') }
  }
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal<RecoveryKit>()
  const asked = createAnswer(
    () => true,
    () => session.showKit(),
  )
  const kit = () => {
    const answer = asked()
    return typed() ?? (answer?.ok ? answer.value : undefined)
  }
  const failure = () => {
    const answer = asked()
    return answer === undefined || answer.ok ? undefined : answer.failure.kind
  }
  const unlock = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const shown = await session.showKit(passphrase)
    if (shown.ok) setTyped(shown.value)
    else if (shown.failure.kind !== 'wrong-passphrase') return { words: t('save.locked') }
    return shown.ok ? undefined : 'wrong-passphrase'
  }
  const [isChecking, setIsChecking] = createSignal(false)
  const finish = () => {
    const message = kept === undefined ? t('kit.confirmed') : t('kept.sheet.confirmed', { name: kept.name() })
    showToast({ message })
    navigate(to('/'))
  }
  return (
    <Switch>
      <Match when={failure() === 'wrong-passphrase' && kit() === undefined}>
        <Page title={kitTitle(kept)} windowTitle={t('kit.title')} lead={t('fresh.kit.text')} narrow>
          <FreshUnlockForm act={t('fresh.kit.act')} onUnlock={unlock} />
        </Page>
      </Match>
      <Match when={failure() !== undefined && kit() === undefined}>
        <Page title={lacking().title} lead={lacking().text} narrow>
          <div>
            <LinkButton href={to('/')}>{t('nav.notFound.home')}</LinkButton>
          </div>
        </Page>
      </Match>
      <Match when={kit()}>
        {known => (
          <Show
            when={isChecking()}
            fallback={
              <KitSheet kit={known()} onWritten={() => setIsChecking(true)} onLater={() => navigate(to('/'))} />
            }
          >
            <KitConfirm onBack={() => setIsChecking(false)} onConfirmed={finish} />
          </Show>
        )}
      </Match>
    </Switch>
  )
}
