import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { OutLink, OutLinkFailure } from '#app/core/out-link-session.ts'
import type { Result } from '#schema/result.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { sectionNames } from '../../record/share-words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { LinkCode } from '../../record/link-code.tsx'
import { outLinkFailureWords, standingWords } from './out-link-words.ts'
import styles from './take-out.module.css'

/** Every link that was handed out: how it stands, who opened it, and its end. */
export function LinksPage() {
  const to = useRecordPath()
  const session = useSession()
  const [turn, setTurn] = createSignal(0)
  const links = createAnswer(
    () => [turn()],
    () => session.outLinks(),
  )
  return (
    <Page
      title={t('outLink.list')}
      lead={t('outLink.list.lead')}
      back={{ href: to('/take-out'), label: t('out.title') }}
      narrow
    >
      <div>
        <LinkButton href={to('/take-out/link')} tone="primary" icon={<Plus size="1.2rem" />}>
          {t('outLink.make')}
        </LinkButton>
      </div>
      <Show when={links()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <For each={known()} fallback={<p>{t('outLink.list.none')}</p>}>
            {link => <LinkCard link={link} onChanged={() => setTurn(turn() + 1)} />}
          </For>
        )}
      </Show>
    </Page>
  )
}

interface OfLink {
  readonly link: OutLink
  readonly onChanged: () => void
}

function LinkCard(props: OfLink) {
  const [isShown, setIsShown] = createSignal(false)
  const isGoing = () => ['open', 'paused', 'used-up', 'closed', 'unknown'].includes(props.link.standing)
  return (
    <Card title={<bdi>{props.link.label === '' ? t('outLink.noLabel') : props.link.label}</bdi>} fields>
      <div>
        <p class={styles.legend}>{standingWords(props.link)}</p>
        <p class={styles.soft}>{t('outLink.ends', { time: formatTime(props.link.expiresAt) })}</p>
        <p class={styles.soft}>{sectionNames(props.link.sections)}</p>
        <Show when={props.link.files.length > 0}>
          <p class={styles.soft}>{t('outLink.files.with', { count: props.link.files.length })}</p>
        </Show>
        <Level link={props.link} />
      </div>
      <Openings link={props.link} />
      <Acts {...props} isShown={isShown()} isGoing={isGoing()} onShow={() => setIsShown(!isShown())} />
      <Show when={isShown() && isGoing()}>
        <LinkCode address={props.link.address} />
      </Show>
    </Card>
  )
}

/** Whether it shows the record as it is, or as it was. */
function Level(props: { readonly link: OutLink }) {
  const isEnded = () => props.link.standing === 'over' || props.link.standing === 'gone'
  return (
    <Show
      when={props.link.refreshedAt}
      fallback={<p class={styles.soft}>{t('outLink.still', { time: formatTime(props.link.madeAt) })}</p>}
    >
      {refreshedAt => (
        <>
          <p class={styles.soft}>
            {t(isEnded() ? 'outLink.refreshed' : 'outLink.living.level', { time: formatTime(refreshedAt()) })}
          </p>
          <Show when={isEnded() ? undefined : props.link.refreshProblem}>
            {problem => (
              <div class={styles.behind}>
                <Notice tone="warning">{t(`outLink.refresh.${problem()}`)}</Notice>
              </div>
            )}
          </Show>
        </>
      )}
    </Show>
  )
}

function Openings(props: { readonly link: OutLink }) {
  const nameOf = (name: string) => (name === '' ? t('outLink.openings.noName') : name)
  return (
    <Show when={props.link.standing !== 'unknown' && props.link.standing !== 'gone'}>
      <Show when={props.link.opens > 0} fallback={<p>{t('outLink.openings.none')}</p>}>
        <details>
          <summary>{t('outLink.openings', { count: props.link.opens })}</summary>
          <p class={styles.soft}>{t('outLink.openings.unchecked')}</p>
          <ul class={styles.openings}>
            <For each={props.link.openings}>
              {({ at, recipient }) => (
                <li dir="auto">{t('outLink.openings.line', { time: formatTime(at), name: nameOf(recipient) })}</li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </Show>
  )
}

function Acts(props: OfLink & { readonly isShown: boolean; readonly isGoing: boolean; readonly onShow: () => void }) {
  const session = useSession()
  const [asking, setAsking] = createSignal<'arm' | 'destroy'>()
  const [isWorking, setIsWorking] = createSignal(false)
  const [failure, setFailure] = createSignal<OutLinkFailure>()
  const act = async (work: Promise<Result<void, OutLinkFailure>>) => {
    setIsWorking(true)
    setFailure()
    const done = await work
    setIsWorking(false)
    if (!done.ok) return done.failure
    setAsking()
    props.onChanged()
    return undefined
  }
  const end = async (how: 'pause' | 'destroy') => setFailure(await act(session.endOutLink(props.link.linkId, how)))
  const arm = async (passphrase: string) => {
    const why = await act(session.armOutLink(props.link.linkId, passphrase))
    if (why === undefined) return undefined
    return why.kind === 'wrong-passphrase' ? why.kind : { words: outLinkFailureWords(why) }
  }
  const canArm = () => ['paused', 'used-up', 'closed'].includes(props.link.standing)
  return (
    <>
      <div class={styles.actions}>
        <Show when={props.isGoing}>
          <Button onClick={() => props.onShow()}>{props.isShown ? t('outLink.hide') : t('outLink.show')}</Button>
        </Show>
        <Show when={props.link.standing === 'open'}>
          <Button busy={isWorking()} onClick={() => void end('pause')}>
            {t('outLink.pause')}
          </Button>
        </Show>
        <Show when={canArm()}>
          <Button onClick={() => setAsking('arm')}>{t('outLink.arm')}</Button>
        </Show>
        <Button onClick={() => setAsking('destroy')}>{t('outLink.destroy')}</Button>
      </div>
      <Show when={asking() === undefined}>
        <Failed failure={failure()} />
      </Show>
      <FreshUnlockDialog
        open={asking() === 'arm'}
        onClose={() => setAsking()}
        title={t('outLink.arm')}
        act={t('outLink.arm')}
        onUnlock={arm}
      >
        {t('outLink.arm.text')}
      </FreshUnlockDialog>
      <ConfirmDialog
        open={asking() === 'destroy'}
        onClose={() => setAsking()}
        title={t('outLink.destroy.title')}
        act={t('outLink.destroy')}
        danger
        busy={isWorking()}
        onConfirm={() => void end('destroy')}
      >
        <p>{t('outLink.destroy.text')}</p>
        <Failed failure={failure()} />
      </ConfirmDialog>
    </>
  )
}

function Failed(props: { readonly failure: OutLinkFailure | undefined }) {
  return (
    <Show when={props.failure}>
      {failure => (
        <Notice tone="danger" alert>
          {outLinkFailureWords(failure())}
        </Notice>
      )}
    </Show>
  )
}
