import { Show } from 'solid-js'
import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import type { LetterRequest, SealedAnswer } from '#app/core/visitors/visitor-letter.ts'
import { instant } from '#schema/instant.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { RequestHistory } from './request-history.tsx'
import { StepButtons, withoutFile } from './request-steps.tsx'
import { requestTitle, stateWords } from '../../record/messages/request-words.ts'

type Step = NonNullable<SealedAnswer['step']>

/** A request as its patient sees it, with what the other side can do. */
export function LetterRequestView(props: {
  readonly request: LetterRequest
  readonly from: string
  readonly name: string
  /** Why it was not sent, in words. */
  readonly onStep: (step: Step) => Promise<string | undefined>
}) {
  const detail = () => detailOf(props.request, props)
  // To have looked is nothing to press.
  const next = () => withoutFile(props.request.kind, props.request.next).filter(kind => kind !== 'see')
  return (
    <>
      <h2>{requestTitle(detail())}</h2>
      <Notice title={stateWords(detail())}>
        <Show when={next().length === 0}>{t('answer.nothing')}</Show>
      </Notice>
      <StepButtons
        title={t('answer.next')}
        request={detail()}
        next={next()}
        onTake={async ({ kind, data }) => {
          const words = await props.onStep({ kind, data })
          return words === undefined ? undefined : { words, staysOpen: true }
        }}
      />
      <RequestHistory request={detail()} />
    </>
  )
}

function detailOf(
  { kind, title, state, history, next, main, time }: LetterRequest,
  { from, name }: { readonly from: string; readonly name: string },
): RequestDetail {
  const steps = history.map(
    ({ role, kind: step, at, data }, index): ShownStep => ({
      id: String(index),
      by: { type: 'member', id: role, name: role === 'patient' ? from : name },
      role,
      kind: step,
      at,
      data,
      standing: 'counts',
    }),
  )
  return {
    conversationId: '',
    requestId: '',
    kind,
    title,
    state,
    isFinal: next.length === 0,
    role: 'provider',
    people: [from],
    lastAt: history.at(-1)?.at ?? instant(0),
    history: steps,
    next,
    main,
    isSeen: true,
    contested: [],
    clashes: [],
    waitingCount: 0,
    ...(time === undefined ? {} : { time }),
  }
}
