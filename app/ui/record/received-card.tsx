import { useNavigate } from '@solidjs/router'
import BookOpen from 'lucide-solid/icons/book-open'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { ReceivedShare, ShareFailure, Shares } from '#app/core/share-session.ts'
import { t } from '../language/language.ts'
import { Button, LinkButton } from '../parts/button.tsx'
import { CheckField } from '../parts/check-field.tsx'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { showToast } from '../parts/toast.tsx'
import { PutShareAway } from './put-share-away.tsx'
import { isOver, lateWords, receivedEndWords, receivedUntilWords, sectionNames } from './share-words.ts'
import { createWatch, useRecordPath, useRecordView, useSession, useSettings } from '../session.ts'
import styles from './received-card.module.css'
import { ShareFailed } from './share-failed.tsx'

/** By id: every letter tells all shares anew, and what is ticked or open on a card stays. */
export function ReceivedCards(props: { readonly shares: readonly ReceivedShare[] }) {
  return (
    <For each={props.shares.map(share => share.shareId)}>
      {id => (
        <Show when={props.shares.find(share => share.shareId === id)}>{share => <ReceivedCard share={share()} />}</Show>
      )}
    </For>
  )
}

/** What somebody wants to share and waits for an answer; nothing where nobody does. */
export function OfferedShares() {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const offered = () => (shares()?.received ?? []).filter(share => share.state === 'offered')
  return (
    <Show when={offered().length > 0}>
      <section class={styles.group} aria-label={t('received.offered')}>
        <h2>{t('received.offered')}</h2>
        <ReceivedCards shares={offered()} />
      </section>
    </Show>
  )
}

/** A record that somebody shares, or wants to. */
function ReceivedCard(props: { readonly share: ReceivedShare }) {
  return (
    <article classList={{ [styles.share ?? '']: true, [styles.other ?? '']: !isOver(props.share) }}>
      <h3>
        {props.share.state === 'offered'
          ? t('received.offer', { name: props.share.contactName })
          : t('received.about', { name: props.share.recordName })}
      </h3>
      <Switch>
        <Match when={props.share.state === 'offered'}>
          <About share={props.share} />
          <p class={styles.soft}>{t('received.told', { name: props.share.contactName })}</p>
          <Answer share={props.share} />
        </Match>
        <Match when={props.share.state === 'accepted'}>
          <About share={props.share} />
          <Show when={props.share.isPaused}>
            <p>{t('received.paused', { name: props.share.contactName })}</p>
          </Show>
          <Accepted share={props.share} />
        </Match>
        <Match when={props.share.state === 'ended'}>
          <p class={styles.soft}>{receivedEndWords(props.share)}</p>
          <For each={lateWords(props.share)}>{words => <p>{words}</p>}</For>
          <Show when={isOver(props.share)}>
            <p class={styles.soft}>{t('received.remains')}</p>
            <div>
              <PutShareAway shareId={props.share.shareId} name={props.share.recordName} />
            </div>
          </Show>
        </Match>
      </Switch>
    </article>
  )
}

function About(props: { readonly share: ReceivedShare }) {
  return (
    <>
      <p>{sectionNames(props.share.sections)}</p>
      <p class={styles.soft}>
        {t(`share.role.${props.share.role}`)} · {receivedUntilWords(props.share.until)}
      </p>
    </>
  )
}

function createAnswering(share: () => ReceivedShare) {
  const session = useSession()
  const [failure, setFailure] = createSignal<ShareFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const answer = async (given: 'accept' | 'decline'): Promise<boolean> => {
    setIsWorking(true)
    setFailure()
    const answered = await session.answerShare(share().shareId, given)
    setIsWorking(false)
    if (!answered.ok) setFailure(answered.failure)
    return answered.ok
  }
  return { failure, isWorking, answer }
}

function Answer(props: { readonly share: ReceivedShare }) {
  const to = useRecordPath()
  const navigate = useNavigate()
  const { failure, isWorking, answer } = createAnswering(() => props.share)
  const settings = useSettings()
  const session = useSession()
  const { kept } = useRecordView()
  const [isProvider, setIsProvider] = createSignal(false)
  const accept = async () => {
    const { shareId } = props.share
    if (isProvider()) await session.changeSettings({ looksAfterPatients: true })
    if (await answer('accept')) navigate(to(`/shared/${shareId}`))
  }
  const decline = async () => {
    if (await answer('decline')) showToast({ message: t('received.declined') })
  }
  return (
    <>
      {/* A setting of this person's own: a practice has its list, and a child no patients. */}
      <Show when={kept === undefined && !settings().looksAfterPatients}>
        <CheckField label={t('received.patients')} checked={isProvider()} onChange={setIsProvider} />
      </Show>
      <div class={styles.acts}>
        <Button tone="primary" busy={isWorking()} onClick={() => void accept()}>
          {t('received.accept')}
        </Button>
        <Button busy={isWorking()} onClick={() => void decline()}>
          {t('received.decline')}
        </Button>
      </div>
      <ShareFailed failure={failure()} />
    </>
  )
}

function Accepted(props: { readonly share: ReceivedShare }) {
  const to = useRecordPath()
  const [isLeaving, setIsLeaving] = createSignal(false)
  const { failure, isWorking, answer } = createAnswering(() => props.share)
  const leave = async () => {
    if (!(await answer('decline'))) return
    setIsLeaving(false)
    showToast({ message: t('received.left') })
  }
  return (
    <>
      <div class={styles.acts}>
        <LinkButton tone="primary" href={to(`/shared/${props.share.shareId}`)} icon={<BookOpen size="1.2rem" />}>
          {t('received.open')}
        </LinkButton>
        <Button tone="plain" onClick={() => setIsLeaving(true)}>
          {t('received.leave')}
        </Button>
      </div>
      <ConfirmDialog
        open={isLeaving()}
        onClose={() => setIsLeaving(false)}
        title={t('received.leave.title')}
        act={t('received.leave')}
        danger
        busy={isWorking()}
        onConfirm={() => void leave()}
      >
        <p>{t('received.leave.text', { name: props.share.contactName })}</p>
        <ShareFailed failure={failure()} />
      </ConfirmDialog>
    </>
  )
}
