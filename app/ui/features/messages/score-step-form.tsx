import { createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { answersIn } from '../../record/questionnaires/answers-in.ts'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'

/** What the answers come to, and what whoever sent the questionnaire says to that. */
export function ScoreStepForm(props: StepFormProps) {
  const [words, setWords] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const total = () => answersIn(props.request)?.total
  const isMissing = () => total() === undefined && words().trim() === ''
  const data = () => {
    setIsTried(true)
    const counted = total()
    return isMissing() ? undefined : { ...(counted !== undefined && { total: counted }), words: words() }
  }
  return (
    <StepDialog form={props} onSend={data}>
      <Show when={total() !== undefined}>
        <p>{t('questionnaire.total', { total: total() ?? 0 })}</p>
      </Show>
      <TextField
        label={t('questionnaire.shows')}
        optional={total() !== undefined}
        multiline
        maxLength={2000}
        value={words()}
        error={isTried() && isMissing() ? t('request.needed') : undefined}
        onInput={setWords}
      />
    </StepDialog>
  )
}
