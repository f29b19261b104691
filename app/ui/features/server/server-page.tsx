import { createResource, Match, Show, Switch } from 'solid-js'
import type { MoveState, OwnRelay } from '#app/core/relay-session.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, useOwnSession, useStatus, useVault } from '../../session.ts'
import { shutOutWords } from '../../record/relay-words.ts'
import { MoveCard } from './move-card.tsx'
import { SecondCard } from './second-card.tsx'
import { TokenForm } from './token-form.tsx'

/** The server where the record is, and what its host asks of this person. */
export function ServerPage() {
  const vault = useVault()
  const session = useOwnSession()
  const move = createWatch<MoveState | undefined>(listener => session.watchMove(listener))
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  return (
    <Page title={t('server.title')} lead={t('sync.sheet.what')} back={{ href: '/settings' }} narrow>
      <Show when={!isSample()} fallback={<p>{t('server.sample')}</p>}>
        <TokenCard />
        <Show when={move()?.kind !== 'moved'}>
          <SecondCard />
        </Show>
        <MoveCard move={move()} />
      </Show>
    </Page>
  )
}

function TokenCard() {
  const session = useOwnSession()
  const status = useStatus()
  const relay = createWatch<OwnRelay>(listener => session.watchRelay(listener))
  const [asks] = createResource(() => session.relayAsks())
  const words = () => shutOutWords(relay()?.hasToken === true)
  const isShutOut = () => status().problems.some(({ kind }) => kind === 'not-admitted')
  /** The code may be another server's: one that takes everybody has no use for it. */
  const isUsed = () => relay()?.hasToken === true && asks.latest !== undefined && asks.latest !== 'nothing'
  const isWanted = () => isShutOut() || isUsed() || asks.latest === 'token'
  return (
    <Card title={t('server.code.title')}>
      <Show when={isShutOut()}>
        <Notice tone="warning" title={words().title}>
          {words().text}
        </Notice>
      </Show>
      <Switch>
        <Match when={isWanted()}>
          <Show when={!isShutOut() && relay()?.hasToken}>
            <p>{t('server.code.given')}</p>
          </Show>
          <TokenForm />
        </Match>
        <Match when={asks.latest === 'nothing'}>
          <p>{t('server.code.notAsked')}</p>
        </Match>
        <Match when={asks.latest === 'unreachable'}>
          <p>{t('server.code.unreachable')}</p>
        </Match>
      </Switch>
    </Card>
  )
}
