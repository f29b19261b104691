import { createSignal, Match, Switch } from 'solid-js'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { useOwnSession } from '../../session.ts'
import styles from './backup.module.css'
import { CheckCard } from './check-card.tsx'
import { CodeCard } from './code-card.tsx'
import { MakeCard } from './make-card.tsx'
import { WordsCard } from './words-card.tsx'

/** Backup files: making one, checking one, and the code that opens them. */
export function BackupPage() {
  const session = useOwnSession()
  const [asked, setAsked] = createSignal(0)
  const state = createAnswer(asked, () => session.backupState())
  const ask = () => setAsked(asked() + 1)
  return (
    <Page title={t('backup.title')} lead={t('backup.lead')} back={{ href: '/settings' }} narrow>
      <Switch>
        <Match when={state()?.kind === 'not-here'}>
          <Notice>{t('backup.notHere')}</Notice>
        </Match>
        <Match when={state()?.kind === 'no-code'}>
          <WordsCard onKept={ask} />
          <CheckCard hasCode={false} />
        </Match>
        <Match when={state()}>
          {known => (
            <>
              <div class={styles.screenOnly}>
                <MakeCard state={known()} onMade={ask} />
                <CheckCard hasCode />
              </div>
              <CodeCard />
            </>
          )}
        </Match>
      </Switch>
    </Page>
  )
}
