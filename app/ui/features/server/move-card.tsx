import Truck from 'lucide-solid/icons/truck'
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { AddMirror, MoveState, StartMove, StartMoveFailure } from '#app/core/relay-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { ownRelay } from '../../own-relay.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { hostOf } from '../../record/relay-words.ts'
import { useOwnSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import { AddressForm, addFailureWords, RemoveDialog } from './second-card.tsx'

type Asked = Pick<AddMirror, 'address' | 'token'>

/** The record goes to another server, with everything. */
export function MoveCard(props: { readonly move: MoveState | undefined }) {
  const copying = () => (props.move?.kind === 'moved' ? undefined : props.move)
  const moved = () => (props.move?.kind === 'moved' ? props.move : undefined)
  return (
    <Card title={t('server.move.title')} icon={<Truck />}>
      <Switch fallback={<Begin />}>
        <Match when={copying()}>{move => <Copying move={move()} />}</Match>
        <Match when={moved()}>{move => <Moved move={move()} />}</Match>
      </Switch>
    </Card>
  )
}

/** Asks for the passphrase, and begins; where links are out, what becomes of them is asked first. */
function createMoving() {
  const session = useOwnSession()
  const [asked, setAsked] = createSignal<Omit<StartMove, 'passphrase'>>()
  const [linksOut, setLinksOut] = createSignal<{ readonly asked: Asked; readonly count: number }>()
  const begin = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const request = asked()
    if (request === undefined) return undefined
    const started = await session.startMove({ ...request, passphrase })
    setLinksOut()
    if (started.ok) return undefined
    const { failure } = started
    if (failure.kind === 'wrong-passphrase') return failure.kind
    if (failure.kind !== 'links') return { words: failureWords(failure) }
    setLinksOut({ asked: request, count: failure.count })
    return undefined
  }
  const dialog = () => (
    <FreshUnlockDialog
      open={asked() !== undefined}
      onClose={() => setAsked()}
      title={t('server.move.begin')}
      act={t('server.move.begin')}
      onUnlock={begin}
    >
      {t('server.move.asks', { host: hostOf(asked()?.address ?? '') })}
    </FreshUnlockDialog>
  )
  return { ask: setAsked, linksOut, dialog }
}

function Begin() {
  const { ask, linksOut, dialog } = createMoving()
  const [isAdding, setIsAdding] = createSignal(false)
  return (
    <>
      <p>{t('server.move.text')}</p>
      <p>{t('server.move.not')}</p>
      <Switch
        fallback={
          <div>
            <Button onClick={() => setIsAdding(true)}>{t('server.move.begin')}</Button>
          </div>
        }
      >
        <Match when={linksOut()}>
          {out => (
            <>
              <Notice tone="warning" alert>
                {t('server.move.links', { count: out().count })}
              </Notice>
              <div>
                <Button tone="danger" onClick={() => ask({ ...out().asked, links: 'end' })}>
                  {t('server.move.links.end')}
                </Button>
              </div>
              <div>
                <Button onClick={() => ask({ ...out().asked, links: 'wait' })}>{t('server.move.links.wait')}</Button>
              </div>
            </>
          )}
        </Match>
        <Match when={isAdding()}>
          <AddressForm act={t('server.move.begin')} onAsk={ask} onCancel={() => setIsAdding(false)} />
        </Match>
      </Switch>
      {dialog()}
    </>
  )
}

function failureWords(failure: Exclude<StartMoveFailure, { kind: 'links' | 'wrong-passphrase' }>): string {
  if (failure.kind === 'has-second') return t('server.move.hasSecond')
  return failure.kind === 'still-moving' ? t('server.move.stillMoving') : addFailureWords(failure)
}

function Copying(props: { readonly move: Exclude<MoveState, { kind: 'moved' }> }) {
  const session = useOwnSession()
  const [failure, setFailure] = createSignal<string>()
  const words = () => {
    const { move } = props
    const host = hostOf(move.origin)
    return move.kind === 'copying'
      ? t('server.move.copying', { host })
      : t('server.move.waiting', { host, count: move.count })
  }
  const cancel = async () => {
    const cancelled = await session.cancelMove()
    if (cancelled.ok) return setFailure()
    const { failure: why } = cancelled
    if (why.kind === 'not-stored') setFailure(t(STORE_MESSAGES[why.why]))
    else setFailure(t(why.kind === 'locked' ? 'server.code.locked' : 'server.move.tooLate'))
  }
  return (
    <>
      <p role="status">{words()}</p>
      <Show when={failure()}>
        {said => (
          <Notice tone="danger" alert>
            {said()}
          </Notice>
        )}
      </Show>
      <div>
        <Button onClick={() => void cancel()}>{t('server.move.cancel')}</Button>
      </div>
      <p>{t('server.move.cancelNote')}</p>
    </>
  )
}

function Moved(props: { readonly move: Extract<MoveState, { kind: 'moved' }> }) {
  const [isRemoving, setIsRemoving] = createSignal(false)
  const before = () => hostOf(props.move.before)
  return (
    <>
      <p role="status">
        {t('server.move.moved', { host: hostOf(props.move.origin), time: formatTime(props.move.at) })}
      </p>
      <p>{t('server.move.left', { host: before(), time: formatTime(props.move.until) })}</p>
      <Show when={ownRelay() === location.origin && location.origin !== props.move.origin}>
        <Notice tone="warning">{t('server.move.app', { before: location.host, address: props.move.origin })}</Notice>
      </Show>
      <p>{t('server.move.kit', { address: props.move.origin })}</p>
      <p>{t('server.move.not')}</p>
      <div>
        <Button onClick={() => setIsRemoving(true)}>{t('server.move.delete')}</Button>
      </div>
      <RemoveDialog
        open={isRemoving()}
        onClose={() => setIsRemoving(false)}
        host={before()}
        title={t('server.move.delete')}
      />
    </>
  )
}
