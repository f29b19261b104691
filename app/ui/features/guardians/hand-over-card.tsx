import { createSignal, For, Show } from 'solid-js'
import type { GuardianFailure, HandOver } from '#app/core/kept-session.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { keepsWords } from '../../record/guardian-words.ts'
import { PassphraseConfirm } from '../../record/passphrase-confirm.tsx'
import { useSession } from '../../session.ts'
import styles from './guardians.module.css'

/** The plan as it is, a way to hand over before its day, and what nobody can enforce. */
export function HandOverCard(props: {
  readonly handOver: HandOver | undefined
  readonly name: string
  readonly planHref: string
}) {
  const session = useSession()
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const plan = () => props.handOver?.plan
  const cancel = async () => {
    const cancelled = await session.cancelHandOver()
    setFailure(cancelled.ok ? undefined : cancelled.failure)
  }
  return (
    <Card title={t('handOver.title')}>
      <Show when={plan()} fallback={<p>{t('handOver.none', { name: props.name })}</p>}>
        {known => (
          <>
            <p>{t(`handOver.state.${known().state}`, { name: known().name, date: formatDay(known().at) })}</p>
            <For each={known().terms}>{term => <p>{keepsWords(term, known().name)}</p>}</For>
          </>
        )}
      </Show>
      <p>{t('handOver.limits')}</p>
      <GuardianFailed failure={failure()} />
      <Show when={plan()?.state !== 'taking'}>
        <div class={styles.acts}>
          <LinkButton href={props.planHref}>{t(plan() === undefined ? 'handOver.plan' : 'handOver.change')}</LinkButton>
          <Show when={plan()?.state === 'planned' || plan()?.state === 'declined'}>
            <Early plan={plan()!} />
          </Show>
          <Show when={plan()}>
            <Button tone="plain" onClick={() => void cancel()}>
              {t('handOver.cancel')}
            </Button>
          </Show>
        </div>
      </Show>
    </Card>
  )
}

function Early(props: { readonly plan: NonNullable<HandOver['plan']> }) {
  const session = useSession()
  const [isAsking, setIsAsking] = createSignal(false)
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const handOver = async (passphrase: string) => {
    setIsWorking(true)
    setFailure()
    const done = await session.handOverNow(passphrase)
    setIsWorking(false)
    if (done.ok) setIsAsking(false)
    else setFailure(done.failure)
  }
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t('handOver.now')}</Button>
      <PassphraseConfirm
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('handOver.now')}
        act={t('handOver.now.act')}
        danger
        busy={isWorking()}
        isWrong={failure()?.kind === 'wrong-passphrase'}
        failed={<GuardianFailed failure={failure()} />}
        onConfirm={passphrase => void handOver(passphrase)}
      >
        <p>{t('handOver.now.text', { name: props.plan.name })}</p>
        <p>{t('handOver.seesAll', { name: props.plan.name })}</p>
        <For each={props.plan.terms}>{term => <p>{keepsWords(term, props.plan.name)}</p>}</For>
        <p>{t('handOver.restOut')}</p>
      </PassphraseConfirm>
    </>
  )
}
