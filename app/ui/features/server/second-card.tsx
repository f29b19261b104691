import Copy from 'lucide-solid/icons/copy'
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { AddMirror, AddMirrorFailure, MirrorState, RemoveMirrorFailure } from '#app/core/relay-session.ts'
import { formatTime } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { hostOf, relayTyped } from '../../record/relay-words.ts'
import { createWatch, useOwnSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import styles from './server.module.css'

const FAILURES = {
  locked: 'server.code.locked',
  'bad-address': 'meet.server.wrong',
  own: 'server.second.own',
  unreachable: 'server.second.away',
  'no-relay': 'server.second.noRelay',
  'needs-token': 'server.second.needsCode',
  invalid: 'code.invalid',
  'not-taken': 'server.code.notTaken',
} as const satisfies Record<Exclude<AddMirrorFailure['kind'], 'not-stored' | 'wrong-passphrase'>, PlainKey>

export function addFailureWords(failure: Exclude<AddMirrorFailure, { kind: 'wrong-passphrase' }>): string {
  return t(failure.kind === 'not-stored' ? STORE_MESSAGES[failure.why] : FAILURES[failure.kind])
}

/** A second server with a copy of everything, for the day on which the first one is lost. */
export function SecondCard() {
  const session = useOwnSession()
  const mirror = createWatch<MirrorState | undefined>(listener => session.watchMirror(listener))
  const [isAdding, setIsAdding] = createSignal(false)
  const [asked, setAsked] = createSignal<Asked>()
  const add = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const request = asked()
    if (request === undefined) return undefined
    const added = await session.addMirror({ ...request, passphrase })
    if (added.ok) {
      setIsAdding(false)
      return undefined
    }
    const { failure } = added
    if (failure.kind === 'wrong-passphrase') return 'wrong-passphrase'
    return { words: addFailureWords(failure) }
  }
  return (
    <Card title={t('server.second.title')} icon={<Copy />}>
      <p>{t('server.second.text')}</p>
      <Switch
        fallback={
          <div>
            <Button onClick={() => setIsAdding(true)}>{t('server.second.add')}</Button>
          </div>
        }
      >
        <Match when={mirror()}>{known => <Known mirror={known()} />}</Match>
        <Match when={isAdding()}>
          <AddressForm act={t('server.second.add')} onAsk={setAsked} onCancel={() => setIsAdding(false)} />
        </Match>
      </Switch>
      <p>{t('server.second.not')}</p>
      <FreshUnlockDialog
        open={asked() !== undefined}
        onClose={() => setAsked()}
        title={t('server.second.add')}
        act={t('server.second.add')}
        onUnlock={add}
      >
        {t('server.second.asks', { host: hostOf(asked()?.address ?? '') })}
      </FreshUnlockDialog>
    </Card>
  )
}

type Asked = Pick<AddMirror, 'address' | 'token'>

/** What is known before the passphrase is asked for. */
type AddressWrong = 'bad-address' | 'unreachable' | 'needs-token'

/** Which server, and the code of its host if that gave one. */
export function AddressForm(props: {
  readonly act: string
  readonly onAsk: (asked: Asked) => void
  readonly onCancel: () => void
}) {
  const [address, setAddress] = createSignal('')
  const [token, setToken] = createSignal('')
  const session = useOwnSession()
  const [wrong, setWrong] = createSignal<AddressWrong>()
  const [isAsking, setIsAsking] = createSignal(false)
  const submit = async () => {
    const relay = relayTyped(address())
    if (relay === undefined) return setWrong('bad-address')
    setIsAsking(true)
    const asks = await session.relayAsks(relay)
    setIsAsking(false)
    if (asks === 'unreachable') return setWrong('unreachable')
    const needsToken = asks === 'token' && token().trim() === ''
    setWrong(needsToken ? 'needs-token' : undefined)
    if (!needsToken) props.onAsk({ address: relay, token: token() })
  }
  const wordsOf = (...kinds: AddressWrong[]) => {
    const kind = wrong()
    return kind !== undefined && kinds.includes(kind) ? t(FAILURES[kind]) : undefined
  }
  return (
    <Form
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" tone="primary" busy={isAsking()}>
            {props.act}
          </Button>
          <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
        </>
      }
    >
      <TextField
        label={t('server.second.address')}
        placeholder="https://"
        value={address()}
        onInput={setAddress}
        error={wordsOf('bad-address', 'unreachable')}
        spellcheck={false}
      />
      <TextField
        label={t('code.label')}
        hint={t('server.second.codeHint')}
        value={token()}
        onInput={setToken}
        optional
        error={wordsOf('needs-token')}
        maxLength={400}
        spellcheck={false}
      />
    </Form>
  )
}

function Known(props: { readonly mirror: MirrorState }) {
  const session = useOwnSession()
  const [isRemoving, setIsRemoving] = createSignal(false)
  const isBrokenOff = () => props.mirror.kind === 'broken-off'
  return (
    <>
      <p>
        <strong>{hostOf(props.mirror.origin)}</strong>
      </p>
      <Show when={isWell(props.mirror)} fallback={<Notice tone="warning">{stateWords(props.mirror)}</Notice>}>
        <Show when={shareOf(props.mirror)} fallback={<p role="status">{stateWords(props.mirror)}</p>}>
          {share => <ProgressBar label={stateWords(props.mirror)} done={share()} />}
        </Show>
      </Show>
      <div class={styles.actions}>
        <Show when={props.mirror.kind === 'working' || isBrokenOff()}>
          <Button onClick={() => void session.copyToMirror(isBrokenOff())}>
            {t(isBrokenOff() ? 'server.second.goOn' : 'server.second.breakOff')}
          </Button>
        </Show>
        <Button onClick={() => setIsRemoving(true)}>{t('server.second.remove')}</Button>
      </div>
      <RemoveDialog
        open={isRemoving()}
        onClose={() => setIsRemoving(false)}
        host={hostOf(props.mirror.origin)}
        title={t('server.second.remove')}
      />
    </>
  )
}

const shareOf = (mirror: MirrorState) => ('share' in mirror ? mirror.share : undefined)

const WELL: ReadonlySet<MirrorState['kind']> = new Set(['working', 'broken-off', 'level'])
const isWell = ({ kind }: MirrorState) => WELL.has(kind)

function stateWords(mirror: MirrorState): string {
  switch (mirror.kind) {
    case 'level':
      return t('server.second.level', { time: formatTime(mirror.at) })
    case 'partly':
      return t('server.second.partly', { count: mirror.lacking })
    case 'refused':
      return t('server.second.refused', { reason: mirror.reason })
    case 'broken-off':
      return t('server.second.brokenOff')
    case 'working':
    case 'unreachable':
    case 'not-admitted':
    case 'full':
      return t(`server.second.${mirror.kind}`)
  }
}

/** With what lies there, or leaving it. */
export function RemoveDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly host: string
  readonly title: string
}) {
  const session = useOwnSession()
  const [failure, setFailure] = createSignal<RemoveMirrorFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const remove = async (deletesThere: boolean) => {
    setFailure()
    setIsWorking(true)
    const removed = await session.removeMirror(deletesThere)
    setIsWorking(false)
    if (removed.ok) props.onClose()
    else setFailure(removed.failure)
  }
  const words = () => {
    const known = failure()
    if (known === undefined) return undefined
    if (known.kind === 'not-stored') return t(STORE_MESSAGES[known.why])
    return t(known.kind === 'locked' ? 'server.code.locked' : 'server.second.notDeleted')
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <p>{t('server.second.removeText', { host: props.host })}</p>
      <Show when={words()}>
        {said => (
          <Notice tone="danger" alert>
            {said()}
          </Notice>
        )}
      </Show>
      <Button tone="danger" wide busy={isWorking()} onClick={() => void remove(true)}>
        {t('server.second.delete')}
      </Button>
      <Button wide disabled={isWorking()} onClick={() => void remove(false)}>
        {t('server.second.leave')}
      </Button>
      <Button wide disabled={isWorking()} onClick={() => props.onClose()}>
        {t('act.cancel')}
      </Button>
    </Dialog>
  )
}
