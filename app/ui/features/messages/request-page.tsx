import { useParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import type { NewStep, RequestDetail, RequestPlace, ShownStep } from '#app/core/request-session.ts'
import { formatList, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createIsSeen } from '../../record/create-is-seen.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { createWatch, useOwnSession } from '../../session.ts'
import { nameOfAuthor } from './message-words.ts'
import styles from './messages.module.css'
import { type Asked, RefillStepForm } from './refill-step-form.tsx'
import { refillStateWords, type RefillStepKind, refillStepOf, requestFailureWords } from './request-words.ts'

/** One request: where it stands, whose turn it is, what to do, and all that happened. */
export function RequestPage() {
  const params = useParams()
  const place = createMemo(
    (): RequestPlace => ({ conversationId: params.conversationId ?? '', requestId: params.requestId ?? '' }),
  )
  return (
    <Show when={place()} keyed>
      {each => <RequestAt place={each} />}
    </Show>
  )
}

function RequestAt(props: { readonly place: RequestPlace }) {
  const session = useOwnSession()
  const { place } = props
  const told = createWatch<{ readonly request: RequestDetail | undefined }>(listener =>
    session.watchRequest(place, request => listener({ request })),
  )
  createMailCheck(session, () => false)
  const request = () => told()?.request
  const isSeen = createIsSeen()
  createEffect(() => {
    // Looked at: whoever acted hears of it.
    if (request()?.next.includes('see') && isSeen()) void session.takeStep(place, { kind: 'see', data: {} })
  })
  return (
    <Show
      when={request()}
      fallback={
        <Page title={t('requests.title')} back={{ href: '/messages', label: t('messages.title') }} narrow>
          <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
            <Notice>{t('request.gone')}</Notice>
          </Show>
        </Page>
      }
    >
      {known => (
        <Page
          title={t('refill.title', { medicine: known().title })}
          windowTitle={t('requests.title')}
          lead={<bdi>{t('request.with', { names: formatList(known().people) })}</bdi>}
          back={{ href: '/messages', label: t('messages.title') }}
          narrow
        >
          <Standing request={known()} />
          <Steps request={known()} place={place} />
          <History request={known()} />
        </Page>
      )}
    </Show>
  )
}

/** Where it stands, and for whom it waits. */
function Standing(props: { readonly request: RequestDetail }) {
  const names = () => formatList(props.request.people)
  const turn = () => {
    const { waitsFor, isFinal } = props.request
    if (isFinal || waitsFor === undefined) return t('request.nothingToDo')
    return waitsFor === 'you' ? t('request.waitsForYou') : t('request.waitsForThem', { names: names() })
  }
  const isApproved = () => ['approved', 'changed', 'ready'].includes(props.request.state)
  const contested = () => {
    if (props.request.contested.length === 0) return undefined
    return props.request.waitsFor === 'you' ? t('request.contested.you') : t('request.contested', { names: names() })
  }
  return (
    <>
      <Notice
        tone={props.request.waitsFor === 'you' ? 'warning' : 'info'}
        title={refillStateWords(props.request.state)}
      >
        <p>{turn()}</p>
        <Show when={props.request.waitsFor === 'them' && props.request.isSeen}>
          <p>{t('refill.seen')}</p>
        </Show>
        <Show when={isApproved()}>
          <p>{t('refill.notPrescription')}</p>
        </Show>
      </Notice>
      <Show when={props.request.stalledSince}>
        <Notice tone="warning" actions={<LinkButton href="/messages/new">{t('messages.write')}</LinkButton>}>
          {t('request.stalled')}
        </Notice>
      </Show>
      <Show when={contested()}>{words => <Notice tone="warning">{words()}</Notice>}</Show>
      <Show when={props.request.waitingCount > 0}>
        <Notice>{t('request.waiting')}</Notice>
      </Show>
    </>
  )
}

type Pressed = Exclude<RefillStepKind, 'request' | 'see'>

/** Looking is no press, and what opened it is past. */
function pressedIn(kind: string): readonly Pressed[] {
  const known = refillStepOf(kind)
  return known === undefined || known === 'request' || known === 'see' ? [] : [known]
}

/** What this person can do now: drawn from the machine, so each of these counts. */
function Steps(props: { readonly request: RequestDetail; readonly place: RequestPlace }) {
  const session = useOwnSession()
  const [asked, setAsked] = createSignal<Asked>()
  const [isBusy, setIsBusy] = createSignal(false)
  const steps = () => props.request.next.flatMap(kind => pressedIn(kind))
  const take = async (step: NewStep) => {
    setIsBusy(true)
    const taken = await session.takeStep(props.place, step)
    setIsBusy(false)
    setAsked()
    if (!taken.ok) showToast({ message: requestFailureWords(taken.failure) })
    else if (step.kind === 'take') showToast({ message: t('refill.added') })
  }
  const press = (kind: Pressed) => {
    if (kind === 'close') void take({ kind, data: {} })
    else setAsked(kind)
  }
  return (
    <Show when={steps().length > 0}>
      <Card title={t('request.next')}>
        <div class={styles.acts}>
          <For each={steps()}>
            {kind => (
              <Button tone={kind === 'take' || kind === 'approve' ? 'primary' : 'quiet'} onClick={() => press(kind)}>
                {t(`refill.step.${kind}`)}
              </Button>
            )}
          </For>
        </div>
        <Show when={asked()}>
          {step => (
            <RefillStepForm
              step={step()}
              request={props.request}
              busy={isBusy()}
              onTake={said => void take(said)}
              onClose={() => setAsked()}
            />
          )}
        </Show>
      </Card>
    </Show>
  )
}

function History(props: { readonly request: RequestDetail }) {
  return (
    <Card title={t('request.history')}>
      <ol class={styles.history}>
        <For each={props.request.history}>
          {step => (
            <li>
              <p>
                <strong>
                  <bdi>{nameOfAuthor(step.by)}</bdi>
                </strong>
                {' · '}
                {didWords(step)}
              </p>
              <For each={saidIn(step)}>
                {words => (
                  <p class={styles.said} dir="auto">
                    {words}
                  </p>
                )}
              </For>
              <p class={styles.soft}>
                {formatTime(step.at)}
                <Show when={step.standing !== 'counts' && step.standing}>
                  {standing => <>{` · ${t(`request.standing.${standing()}`)}`}</>}
                </Show>
              </p>
            </li>
          )}
        </For>
      </ol>
    </Card>
  )
}

function didWords({ kind }: ShownStep): string {
  const known = refillStepOf(kind)
  return known === undefined ? '' : t(`refill.did.${known}`)
}

const ROUTES = ['sent', 'phoned', 'posted', 'to-collect'] as const

/** What was said with a step, in the order in which it was asked for. */
function saidIn({ data }: ShownStep): readonly string[] {
  const route = ROUTES.find(one => one === data['route'])
  const words = ['where', 'wish', 'pharmacy', 'words', 'instead', 'reason'].flatMap(name => {
    const text = data[name]
    return typeof text === 'string' && text !== '' ? [text] : []
  })
  const { amount, unit } = data
  const fetched = typeof amount === 'number' && typeof unit === 'string' ? [`${amount} ${unit}`] : []
  return [...(route === undefined ? [] : [t(`refill.route.${route}`)]), ...fetched, ...words]
}
