import { useNavigate } from '@solidjs/router'
import { createSignal, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import type { NewStep, RequestDetail, RequestFailure, RequestPlace } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useOwnSession } from '../../session.ts'
import styles from './messages.module.css'
import { pressWords, requestFailureWords } from '../../record/messages/request-words.ts'
import { isOfWords, WordsStepForm } from './words-step-form.tsx'

const RefillStepForm = lazy(async () => ({ default: (await import('./refill-step-form.tsx')).RefillStepForm }))
const ScoreStepForm = lazy(async () => ({ default: (await import('./score-step-form.tsx')).ScoreStepForm }))
const AppointmentStepForm = lazy(async () => ({
  default: (await import('./appointment-step-form.tsx')).AppointmentStepForm,
}))

/** With these nothing is said. */
const AT_ONCE: ReadonlySet<string> = new Set(['close', 'agree', 'finish'])
/** Of what can be done, what most people came for. */
const MAIN: ReadonlySet<string> = new Set([
  'take',
  'approve',
  'choose',
  'confirm',
  'agree',
  'answer',
  'accept',
  'score',
])

/** Times are offered where none is chosen, or where the chosen one is somebody else's already. */
function isMain({ state, clashes }: RequestDetail, step: string): boolean {
  const isTaken = clashes.some(({ isAgreed }) => isAgreed)
  if (step === 'propose') return state !== 'chosen' || isTaken
  return MAIN.has(step) && !(step === 'confirm' && isTaken)
}

/** A questionnaire is no form for a window. */
const isAnsweredApart = ({ kind }: RequestDetail, step: string) => kind === 'questionnaire' && step === 'answer'

/** What this person can do now: drawn from the machine, so each of these counts. */
export function RequestSteps(props: { readonly request: RequestDetail; readonly place: RequestPlace }) {
  const session = useOwnSession()
  const navigate = useNavigate()
  const [asked, setAsked] = createSignal<string>()
  const [failure, setFailure] = createSignal<RequestFailure>()
  const [isBusy, setIsBusy] = createSignal(false)
  const steps = () =>
    props.request.next.flatMap(step => {
      const words = pressWords(props.request.kind, step)
      return words === undefined ? [] : [{ step, words }]
    })
  const take = async (step: NewStep) => {
    setIsBusy(true)
    setFailure()
    const taken = await session.takeStep(props.place, step)
    setIsBusy(false)
    // What was typed stays where it can be sent once more.
    if (!taken.ok && taken.failure.kind !== 'not-now' && asked() !== undefined) {
      setFailure(taken.failure)
      return
    }
    setAsked()
    if (!taken.ok) showToast({ message: requestFailureWords(taken.failure) })
    else if (step.kind === 'take') showToast({ message: t('refill.added') })
  }
  const press = (step: string) => {
    const { conversationId, requestId } = props.place
    if (isAnsweredApart(props.request, step)) return navigate(`/messages/${conversationId}/request/${requestId}/answer`)
    if (AT_ONCE.has(step) || (props.request.kind === 'addition' && step === 'accept'))
      void take({ kind: step, data: {} })
    else {
      setFailure()
      setAsked(step)
    }
  }
  return (
    <Show when={steps().length > 0}>
      <Card title={t('request.next')}>
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

/** Each kind's own forms come when they are asked for. */
function StepForm(props: Parameters<typeof WordsStepForm>[0]) {
  return (
    <Switch>
      <Match when={isOfWords(props.request.kind, props.step)}>
        <WordsStepForm {...props} />
      </Match>
      <Match when={props.request.kind === 'refill'}>
        <RefillStepForm {...props} />
      </Match>
      <Match when={props.request.kind === 'questionnaire'}>
        <ScoreStepForm {...props} />
      </Match>
      <Match when={props.request.kind === 'appointment'}>
        <AppointmentStepForm {...props} />
      </Match>
    </Switch>
  )
}
