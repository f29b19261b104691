import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { GivenShare, ShareFailure } from '#app/core/share-session.ts'
import type { Result } from '#schema/result.ts'
import { formatTime } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { showToast } from '../../parts/toast.tsx'
import { PassphraseConfirm } from '../../record/passphrase-confirm.tsx'
import { givenUntilWords, isGoing, sectionNames } from '../../record/share-words.ts'
import { useSession, useRecordPath } from '../../session.ts'
import styles from './people.module.css'
import { ShareFailed } from '../../record/share-failed.tsx'

/** By id: every letter tells all shares anew, and a question that is open on a card stays. */
export function GivenCards(props: { readonly shares: readonly GivenShare[] }) {
  return (
    <For each={props.shares.map(share => share.shareId)}>
      {id => (
        <Show when={props.shares.find(share => share.shareId === id)}>{share => <GivenCard share={share()} />}</Show>
      )}
    </For>
  )
}

/** One share with somebody: what, until when, how it stands, and what can be done about it. */
function GivenCard(props: { readonly share: GivenShare }) {
  const to = useRecordPath()
  return (
    <article class={styles.share}>
      <h3>{sectionNames(props.share.sections)}</h3>
      <p class={styles.soft}>{aboutWords(props.share)}</p>
      <p class={styles.state}>{stateWords(props.share)}</p>
      <Show when={whyWords(props.share)}>{words => <p class={styles.soft}>{words()}</p>}</Show>
      <Show when={props.share.state === 'accepted' || props.share.state === 'paused'}>
        <p class={styles.soft}>
          {props.share.lastOpenedAt === undefined
            ? t('given.neverOpened')
            : t('given.opened', { time: formatTime(props.share.lastOpenedAt) })}
        </p>
      </Show>
      <Show when={props.share.state !== 'preparing' && props.share.state !== 'offered'}>
        <p>
          <A href={to(`/who-looked?who=contact:${props.share.contactId}`)}>{t('looks.see')}</A>
        </p>
      </Show>
      <Show when={isGoing(props.share)}>
        <Acts share={props.share} />
      </Show>
    </article>
  )
}

function aboutWords(share: GivenShare): string {
  const words = [t(`share.role.${share.role}`), givenUntilWords(share.until)]
  return [...words, ...(share.withHistory ? [historyWords(share)] : [])].join(' · ')
}

/** What was given with its past and began anew since has none any more. */
function historyWords({ sections, begunAnew }: GivenShare): string {
  if (begunAnew.length === 0) return t('given.history')
  const whole = sections.filter(section => !begunAnew.includes(section))
  return whole.length === 0 ? t('given.history.over') : t('given.history.in', { sections: sectionNames(whole) })
}

function stateWords({ state, endedBy }: GivenShare): string {
  return state === 'ended' && endedBy !== undefined ? t(`given.ended.${endedBy}`) : t(`given.state.${state}`)
}

function whyWords({ state }: GivenShare): string | undefined {
  return state === 'preparing' || state === 'ending' || state === 'paused' ? t(`given.${state}.text`) : undefined
}

function Acts(props: { readonly share: GivenShare }) {
  const to = useRecordPath()
  const session = useSession()
  const [isResuming, setIsResuming] = createSignal(false)
  const [isStopping, setIsStopping] = createSignal(false)
  const [failure, setFailure] = createSignal<ShareFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const act = async (done: PlainKey, work: () => Promise<Result<void, ShareFailure>>) => {
    setIsWorking(true)
    setFailure()
    const worked = await work()
    setIsWorking(false)
    if (!worked.ok) {
      setFailure(worked.failure)
      return
    }
    setIsResuming(false)
    setIsStopping(false)
    showToast({ message: t(done) })
  }
  const pause = () => act('given.paused', () => session.changeShare(props.share.shareId, { isPaused: true }))
  const resume = (passphrase: string) =>
    act('given.resumed', () => session.changeShare(props.share.shareId, { isPaused: false, passphrase }))
  const stop = () => act('given.stopped', () => session.stopShare(props.share.shareId))
  return (
    <>
      <div class={styles.acts}>
        <Show
          when={props.share.state === 'paused'}
          fallback={
            <Button busy={isWorking()} onClick={() => void pause()}>
              {t('given.pause')}
            </Button>
          }
        >
          <Button onClick={() => setIsResuming(true)}>{t('given.resume')}</Button>
        </Show>
        <LinkButton href={to(`/people/${props.share.contactId}/share/${props.share.shareId}`)}>
          {t('given.change')}
        </LinkButton>
        <Button onClick={() => setIsStopping(true)}>{t('given.stop')}</Button>
      </div>
      <Show when={!isResuming() && !isStopping()}>
        <ShareFailed failure={failure()} />
      </Show>
      <PassphraseConfirm
        open={isResuming()}
        onClose={() => setIsResuming(false)}
        title={t('given.resume.title', { name: props.share.contactName })}
        act={t('given.resume')}
        busy={isWorking()}
        isWrong={failure()?.kind === 'wrong-passphrase'}
        failed={<ShareFailed failure={failure()} />}
        onConfirm={passphrase => void resume(passphrase)}
      >
        <p>{t('given.resume.text')}</p>
      </PassphraseConfirm>
      <ConfirmDialog
        open={isStopping()}
        onClose={() => setIsStopping(false)}
        title={t('given.stop.title', { name: props.share.contactName })}
        act={t('given.stop')}
        danger
        busy={isWorking()}
        onConfirm={() => void stop()}
      >
        <p>{t('given.stop.text')}</p>
        <ShareFailed failure={failure()} />
      </ConfirmDialog>
    </>
  )
}
