import { lazy, Match, Switch } from 'solid-js'
import { isOfWords, WordsStepForm } from './words-step-form.tsx'

const RefillStepForm = lazy(async () => ({ default: (await import('./refill-step-form.tsx')).RefillStepForm }))
const RefillTakeForm = lazy(async () => ({ default: (await import('./refill-take-form.tsx')).RefillTakeForm }))
const ScoreStepForm = lazy(async () => ({ default: (await import('./score-step-form.tsx')).ScoreStepForm }))
const CopyStepForm = lazy(async () => ({ default: (await import('./copy-step-form.tsx')).CopyStepForm }))
const AppointmentStepForm = lazy(async () => ({
  default: (await import('./appointment-step-form.tsx')).AppointmentStepForm,
}))

/** Each kind's own forms come when they are asked for. */
export function StepForm(props: Parameters<typeof WordsStepForm>[0]) {
  return (
    <Switch>
      <Match when={isOfWords(props.request.kind, props.step)}>
        <WordsStepForm {...props} />
      </Match>
      <Match when={props.request.kind === 'refill' && props.step === 'take'}>
        <RefillTakeForm {...props} />
      </Match>
      <Match when={props.request.kind === 'refill'}>
        <RefillStepForm {...props} />
      </Match>
      <Match when={props.request.kind === 'copy'}>
        <CopyStepForm {...props} />
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
