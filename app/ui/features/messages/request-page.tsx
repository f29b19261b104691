import { useParams } from '@solidjs/router'
import { createEffect, createMemo, For, lazy, Show, Suspense } from 'solid-js'
import type { RequestDetail, RequestPlace, ShownStep, TakenTime } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createIsSeen } from '../../record/create-is-seen.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { useWayBack } from '../../record/way-out.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { RequestHistory, SaidLines } from './request-history.tsx'
import { RequestSteps, ToldSteps } from './request-steps.tsx'
import { nameWithStaff } from '../../record/messages/message-words.ts'
import { requestTitle, stateWords } from '../../record/messages/request-words.ts'
import { saidIn } from './said-with-step.ts'

const EntryCard = lazy(async () => ({ default: (await import('./entry-card.tsx')).EntryCard }))
const AppointmentCard = lazy(async () => ({ default: (await import('./appointment-card.tsx')).AppointmentCard }))
const QuestionnaireCard = lazy(async () => ({ default: (await import('./questionnaire-card.tsx')).QuestionnaireCard }))
const CopyCard = lazy(async () => ({ default: (await import('./copy-card.tsx')).CopyCard }))
const RefillCard = lazy(async () => ({ default: (await import('./refill-card.tsx')).RefillCard }))
const AdditionCard = lazy(async () => ({ default: (await import('./addition-card.tsx')).AdditionCard }))
const MaterialCard = lazy(async () => ({ default: (await import('./material-card.tsx')).MaterialCard }))
const VisitorCard = lazy(async () => ({ default: (await import('./visitor-card.tsx')).VisitorCard }))

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
  const back = useWayBack()
  const session = useSession()
  const { place } = props
  const told = createWatch<{ readonly request: RequestDetail | undefined }>(listener =>
    session.watchRequest(place, request => listener({ request })),
  )
  createMailCheck(session)
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
        <Page title={t('requests.title')} back={back('/messages')} narrow>
          <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
            <Notice>{t('request.gone')}</Notice>
          </Show>
        </Page>
      }
    >
      {known => (
        <Page
          title={requestTitle(known())}
          windowTitle={t('requests.title')}
          lead={<bdi>{t('request.with', { names: formatList(known().people) })}</bdi>}
          back={back(parentOf(known()))}
          narrow
        >
          <Standing request={known()} />
          <Show when={known().kind === 'question' || known().kind === 'correction'}>
            <Suspense>
              <EntryCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'appointment'}>
            <Suspense>
              <AppointmentCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'copy'}>
            <Suspense>
              <CopyCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'questionnaire'}>
            <Suspense>
              <QuestionnaireCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'refill' && known().role === 'patient' && known().isFinal}>
            <Suspense>
              <RefillCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'addition'}>
            <Suspense>
              <AdditionCard request={known()} />
            </Suspense>
          </Show>
          <Show when={known().kind === 'material'}>
            <Suspense>
              <MaterialCard request={known()} />
            </Suspense>
          </Show>
          <RequestSteps request={known()} place={place} />
          <Show when={known().theirNext}>
            <Suspense>
              <VisitorCard
                conversationId={place.conversationId}
                topic={{ requestId: place.requestId }}
                request={known()}
              >
                <ToldSteps request={known()} place={place} />
              </VisitorCard>
            </Suspense>
          </Show>
          <RequestHistory request={known()} />
        </Page>
      )}
    </Show>
  )
}

/** Of the pages on which it is listed, the one that is about such requests. */
const parentOf = ({ kind, role }: RequestDetail) => {
  if (kind === 'material' && role === 'patient') return '/learn'
  return role === 'provider' ? '/patients' : '/messages'
}

const isSeenByThem = ({ isSeen, history, role }: RequestDetail) =>
  isSeen && history.findLast(({ kind }) => kind === 'see')?.role !== role

/** Where it stands, and for whom it waits. */
function Standing(props: { readonly request: RequestDetail }) {
  const to = useRecordPath()
  const names = () => formatList(props.request.people)
  const turn = () => {
    const { waitsFor, isFinal } = props.request
    if (waitsFor === undefined && isApproved() && props.request.role === 'patient') return t('refill.whenFetched')
    if (hasOwnWords()) return undefined
    if (isFinal || waitsFor === undefined) return t('request.nothingToDo')
    return waitsFor === 'you' ? t('request.waitsForYou') : t('request.waitsForThem', { names: names() })
  }
  /** What can be done then is said where the entry is. */
  const hasOwnWords = () =>
    props.request.kind === 'correction' && props.request.state === 'accepted' && props.request.role === 'patient'
  const isApproved = () =>
    props.request.kind === 'refill' && ['approved', 'changed', 'ready'].includes(props.request.state)
  const contested = () => {
    if (props.request.contested.length === 0) return undefined
    return props.request.waitsFor === 'you' ? t('request.contested.you') : t('request.contested', { names: names() })
  }
  return (
    <>
      <Notice tone={props.request.waitsFor === 'you' ? 'warning' : 'info'} title={stateWords(props.request)}>
        <Show when={turn()}>{words => <p>{words()}</p>}</Show>
        <LastSaid request={props.request} />
        <Show when={props.request.waitsFor === 'them' && isSeenByThem(props.request)}>
          <p>{t('request.seen')}</p>
        </Show>
        <Show when={isApproved()}>
          <p>{t('refill.notPrescription')}</p>
        </Show>
      </Notice>
      <Show when={props.request.stalledSince}>
        <Notice tone="warning" actions={<LinkButton href={to('/messages/new')}>{t('messages.write')}</LinkButton>}>
          {t('request.stalled')}
        </Notice>
      </Show>
      <For each={props.request.clashes}>{clash => <Notice tone="warning">{clashWords(clash)}</Notice>}</For>
      <Show when={contested()}>{words => <Notice tone="warning">{words()}</Notice>}</Show>
      <Show when={props.request.waitingCount > 0}>
        <Notice>{t('request.waiting')}</Notice>
      </Show>
    </>
  )
}

/** Of what the other side says these have a card of their own. */
const SHOWN_APART: ReadonlySet<string> = new Set(['see', 'propose', 'send'])

/** What somebody came to read: the other side's newest words, which are the last of a long page otherwise. */
function LastSaid(props: { readonly request: RequestDetail }) {
  const said = () => {
    const { kind, role, history } = props.request
    const isApart = (step: ShownStep) =>
      SHOWN_APART.has(step.kind) || (kind === 'questionnaire' && step.kind === 'answer')
    const step = history.findLast(one => one.standing === 'counts' && one.role !== role && !isApart(one))
    const lines = step === undefined ? [] : saidIn(step, props.request)
    return step === undefined || lines.length === 0 ? undefined : { step, lines }
  }
  return (
    <Show when={said()}>
      {last => (
        <div>
          <p>
            <strong>
              <bdi>{nameWithStaff(last().step)}</bdi>
            </strong>
          </p>
          <SaidLines lines={last().lines} />
        </div>
      )}
    </Show>
  )
}

function clashWords({ people, isAgreed }: TakenTime): string {
  return t(isAgreed ? 'appointment.clash.agreed' : 'appointment.clash.chosen', { names: formatList(people) })
}
