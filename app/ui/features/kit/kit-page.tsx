import { useNavigate } from '@solidjs/router'
import { createSignal, Match, Show, Switch } from 'solid-js'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { useSession, useVault, useRecordPath } from '../../session.ts'
import { KitConfirm } from './kit-confirm.tsx'
import { KitSheet } from './kit-sheet.tsx'

/** The recovery kit: shown until it is confirmed, and then never again. */
export function KitPage() {
  const to = useRecordPath()
  const session = useSession()
  const vault = useVault()
  const isElsewhere = () => {
    const state = vault()
    return state.kind === 'open' && !state.kitConfirmed
  }
  const navigate = useNavigate()
  const kit = createAnswer(
    () => true,
    async () => (await session.showKit()) ?? null,
  )
  const [isChecking, setIsChecking] = createSignal(false)
  const finish = () => {
    showToast({ message: t('kit.confirmed') })
    navigate(to('/'))
  }
  return (
    <Switch>
      <Match when={kit() === null}>
        <Page
          title={isElsewhere() ? t('kit.remind.title') : t('kit.gone.title')}
          lead={isElsewhere() ? t('kit.remind.elsewhere') : t('kit.gone.text')}
          narrow
        >
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
