import Check from 'lucide-solid/icons/check'
import MessageCircleQuestionMark from 'lucide-solid/icons/message-circle-question-mark'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { createQuestions, type Questions } from '../../record/plan/questions.ts'
import { QuestionField } from '../../record/plan/quick-question.tsx'
import { useRecordPath } from '../../session.ts'
import styles from './plan.module.css'

/** What to ask at the next visit, the same list as on the pages for the doctor; and what was answered. */
export function QuestionsCard() {
  const to = useRecordPath()
  const questions = createQuestions()
  return (
    <Card title={t('doctor.questions')} icon={<MessageCircleQuestionMark />}>
      <QuestionField onAdd={question => void questions.add(question)} />
      <Show when={questions.lines().length > 0}>
        <ul class={styles.lines} aria-label={t('doctor.questions')}>
          <For each={questions.lines()}>{line => <Question line={line} questions={questions} />}</For>
        </ul>
        <p class={styles.soft}>
          {t('care.questions.about')} <a href={to('/take-out/doctor')}>{t('out.doctor')}</a>
        </p>
      </Show>
      <Answered questions={questions} />
    </Card>
  )
}

function Question(props: { readonly line: string; readonly questions: Questions }) {
  const [isOpen, setOpen] = createSignal(false)
  const [said, setSaid] = createSignal('')
  const which = () => <VisuallyHidden>: {props.line}</VisuallyHidden>
  const save = (event: Event) => {
    event.preventDefault()
    if (said().trim() !== '') void props.questions.answer(props.line, said())
  }
  return (
    <li class={styles.question}>
      <div class={styles.linked}>
        <span dir="auto">{props.line}</span>
        <span class={styles.marks}>
          <Button icon={<Check />} aria-expanded={isOpen()} onClick={() => setOpen(is => !is)}>
            {t('asking.answered')}
            {which()}
          </Button>
          <IconButton
            label={t('care.question.done', { question: props.line })}
            onClick={() => void props.questions.remove(props.line)}
          >
            <X size="1.2rem" />
          </IconButton>
        </span>
      </div>
      <Show when={isOpen()}>
        <form class={styles.answer} onSubmit={save}>
          <TextField
            label={t('asking.answer')}
            multiline
            value={said()}
            onInput={setSaid}
            ref={element => queueMicrotask(() => element.focus())}
          />
          <div>
            <Button type="submit" tone="primary">
              {t('act.save')}
            </Button>
          </div>
        </form>
      </Show>
    </li>
  )
}

/** Notes of the record: each can be read, changed and undone there. */
function Answered(props: { readonly questions: Questions }) {
  const count = () => props.questions.answered().length
  return (
    <Show when={count() > 0}>
      <details class={styles.more}>
        <summary>{t('asking.answeredCount', { count: count() })}</summary>
        <EntryList label={t('asking.answeredCount', { count: count() })}>
          <For each={props.questions.answered()}>
            {note => (
              <li>
                <EntryRow entry={note} />
              </li>
            )}
          </For>
        </EntryList>
      </details>
    </Show>
  )
}
