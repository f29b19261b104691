import { useNavigate } from '@solidjs/router'
import { createSignal, Show, Suspense } from 'solid-js'
import type { NewStep, RequestDetail, RequestPlace } from '#app/core/request-session.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useRecordPath, useSession } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'
import { pressWords, requestFailureWords } from '../../record/messages/request-words.ts'
import { StepForm } from './step-form.tsx'

/** With these nothing is said. */
const AT_ONCE: ReadonlySet<string> = new Set(['close', 'agree', 'finish', 'understand'])

/** Other times are offered where the one that was chosen is somebody else's already. */
function isMain({ main, clashes, next }: RequestDetail, step: string): boolean {
  // One of the times that were asked for is what they hope for.
  if (next.includes('grant')) return step === 'grant'
  const isTaken = clashes.some(({ isAgreed }) => isAgreed)
  return isTaken && main.includes('confirm') ? step === 'propose' : main.includes(step)
}

/** A questionnaire is no form for a window. */
const isAnsweredApart = ({ kind }: RequestDetail, step: string) => kind === 'questionnaire' && step === 'answer'

/** Of who has no Wellkeep: a copy comes with their answer by the link, and is nothing that one is told. */
export function withoutFile(kind: RequestKind, next: readonly string[]): readonly string[] {
  return kind === 'copy' ? next.filter(step => step !== 'answer') : next
}

/** Why a step was not taken, in words; `staysOpen`: what was typed for it may be sent once more. */
interface NotTaken {
  readonly words: string
  readonly staysOpen: boolean
}

interface Steps {
  readonly title: string
  readonly request: RequestDetail
  /** What can be done now: drawn from the machine, so each of these counts. */
  readonly next: readonly string[]
  /** By this person, of somebody who told them. */
  readonly isTold?: boolean
  readonly onTake: (step: NewStep) => Promise<NotTaken | undefined>
  /** Whether it has a page of its own, which is opened then. */
  readonly onApart?: (step: string) => boolean
}

/** What this person can do now. */
export function RequestSteps(props: { readonly request: RequestDetail; readonly place: RequestPlace }) {
  const to = useRecordPath()
  const navigate = useNavigate()
  const take = createTakeStep(() => props.place)
  const openApart = (step: string) => {
    const { conversationId, requestId } = props.place
    const isApart = isAnsweredApart(props.request, step)
    if (isApart) navigate(to(`/messages/${conversationId}/request/${requestId}/answer`))
    return isApart
  }
  return (
    <StepButtons
      title={t('request.next')}
      request={props.request}
      next={props.request.next}
      onTake={take}
      onApart={openApart}
    />
  )
}

/** What somebody who has no Wellkeep did, as this person was told. */
export function ToldSteps(props: { readonly request: RequestDetail; readonly place: RequestPlace }) {
  const take = createTakeStep(() => props.place)
  return (
    <StepButtons
      title={t('visitor.told')}
      request={props.request}
      next={withoutFile(props.request.kind, props.request.theirNext ?? [])}
      isTold
      onTake={step => take({ ...step, isTheirs: true })}
    />
  )
}

function createTakeStep(place: () => RequestPlace): Steps['onTake'] {
  const session = useSession()
  return async step => {
    const taken = await session.takeStep(place(), step)
    if (taken.ok && step.kind === 'take') showToast({ message: t('refill.added') })
    if (taken.ok) return undefined
    return { words: requestFailureWords(taken.failure), staysOpen: taken.failure.kind !== 'not-now' }
  }
}

/** A button for each step, and the form of what it has to say. */
export function StepButtons(props: Steps) {
  const [asked, setAsked] = createSignal<string>()
  const [failure, setFailure] = createSignal<string>()
  const [isBusy, setIsBusy] = createSignal(false)
  const steps = () =>
    props.next
      .flatMap(step => {
        const words = pressWords(props.request, step)
        return words === undefined ? [] : [{ step, words }]
      })
      // What most people come for stands first.
      .toSorted((a, b) => Number(isMain(props.request, b.step)) - Number(isMain(props.request, a.step)))
  const take = async (step: NewStep) => {
    setIsBusy(true)
    setFailure()
    const notTaken = await props.onTake(step)
    setIsBusy(false)
    if (notTaken?.staysOpen && asked() !== undefined) {
      setFailure(notTaken.words)
      return
    }
    setAsked()
    if (notTaken !== undefined) showToast({ message: notTaken.words })
  }
  const press = (step: string) => {
    if (props.onApart?.(step)) return
    if (AT_ONCE.has(step) || (props.request.kind === 'addition' && step === 'accept'))
      void take({ kind: step, data: {} })
    else {
      setFailure()
      setAsked(step)
    }
  }
  return (
    <Show when={steps().length > 0}>
      <Card title={props.title}>
        <div class={styles.acts}>
          <KeyedFor each={steps()} keyOf={({ step }) => step}>
            {one => (
              <Button tone={isMain(props.request, one().step) ? 'primary' : 'quiet'} onClick={() => press(one().step)}>
                {one().words}
              </Button>
            )}
          </KeyedFor>
        </div>
        <Show when={asked()}>
          {step => (
            <Suspense>
              <StepForm
                step={step()}
                request={props.request}
                isTold={props.isTold === true}
                busy={isBusy()}
                failure={failure()}
                onTake={said => void take(said)}
                onClose={() => setAsked()}
              />
            </Suspense>
          )}
        </Show>
      </Card>
    </Show>
  )
}
