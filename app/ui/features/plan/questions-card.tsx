import MessageCircleQuestionMark from 'lucide-solid/icons/message-circle-question-mark'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useRecordPath } from '../../session.ts'
import { createKeptText } from '../../record/create-kept-text.ts'
import styles from './plan.module.css'

/** What to ask at the next visit, a line each: the same list as on the pages for the doctor. */
export function QuestionsCard() {
  const to = useRecordPath()
  const questions = createKeptText('visit-questions', () => t('doctor.questions'))
  const [typed, setTyped] = createSignal('')
  const keep = (lines: readonly string[]) => {
    questions.input(lines.join('\n'))
    void questions.save()
  }
  const add = () => {
    const question = typed().replace(/\s+/g, ' ').trim()
    if (question === '') return
    keep([...questions.lines(), question])
    setTyped('')
  }
  return (
    <Card title={t('doctor.questions')} icon={<MessageCircleQuestionMark />}>
      <form
        class={styles.choice}
        onSubmit={event => {
          event.preventDefault()
          add()
        }}
      >
        <TextField label={t('care.question')} value={typed()} onInput={setTyped} />
        <Button type="submit">{t('act.add')}</Button>
      </form>
      <Show when={questions.problem()}>{words => <p role="alert">{words()}</p>}</Show>
      <ul class={styles.lines} aria-label={t('doctor.questions')}>
        <For each={questions.lines()}>
          {(line, index) => (
            <li class={styles.linked}>
              <span dir="auto">{line}</span>
              <IconButton
                label={t('care.question.done', { question: line })}
                onClick={() => keep(questions.lines().filter((_, other) => other !== index()))}
              >
                <X size="1.2rem" />
              </IconButton>
            </li>
          )}
        </For>
      </ul>
      <p class={styles.soft}>
        {t('care.questions.about')} <a href={to('/take-out/doctor')}>{t('out.doctor')}</a>
      </p>
    </Card>
  )
}
