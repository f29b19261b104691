import { createSignal, Show } from 'solid-js'
import type { NewStep } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'

const ROUTES = ['sent', 'phoned', 'posted', 'to-collect'] as const

/** What a practice has to say of a refill before it is answered. */
export function RefillStepForm(props: StepFormProps) {
  const [route, setRoute] = createSignal<(typeof ROUTES)[number]>('sent')
  const [where, setWhere] = createSignal('')
  const [words, setWords] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const dataOf = (): NewStep['data'] | undefined => {
    setIsTried(true)
    switch (props.step) {
      case 'approve':
        return { route: route(), where: where(), words: words() }
      case 'change':
        return words().trim() === '' ? undefined : { route: route(), where: where(), instead: words() }
      default:
        return { where: where() }
    }
  }
  const missing = (text: string) => (isTried() && text.trim() === '' ? t('request.needed') : undefined)
  const isChange = () => props.step === 'change'
  const hasRoute = () => props.step === 'approve' || isChange()
  return (
    <StepDialog form={props} onSend={dataOf}>
      <Show when={hasRoute()}>
        <RadioGroup
          label={t('refill.route')}
          value={route()}
          options={ROUTES.map(value => ({ value, label: t(`refill.route.${value}`) }))}
          onChange={setRoute}
        />
      </Show>
      <Show when={hasRoute() || props.step === 'ready'}>
        <TextField label={t('refill.where')} optional maxLength={300} value={where()} onInput={setWhere} />
      </Show>
      <Show when={hasRoute()}>
        <TextField
          label={t(isChange() ? 'refill.instead' : 'request.words')}
          optional={!isChange()}
          multiline
          maxLength={2000}
          value={words()}
          error={isChange() ? missing(words()) : undefined}
          onInput={setWords}
        />
      </Show>
    </StepDialog>
  )
}
