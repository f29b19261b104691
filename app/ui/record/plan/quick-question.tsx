import MessageCircleQuestionMark from 'lucide-solid/icons/message-circle-question-mark'
import { createSignal, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { askLater } from './questions.ts'
import styles from './tasks.module.css'

/** One line that goes on the list of the next visit; behind a press, so that it is in nobody's way. */
export function QuickQuestion(props: {
  readonly label: string
  /** What it begins with: what is asked about. */
  readonly about?: string
}) {
  const session = useSession()
  const [isOpen, setOpen] = createSignal(false)
  let button: HTMLElement | undefined
  const add = async (question: string) => {
    if (!(await askLater(session, question))) return
    button?.focus()
    setOpen(false)
    showToast({ message: t('asking.kept') })
  }
  return (
    <>
      <div>
        <Button
          icon={<MessageCircleQuestionMark />}
          aria-expanded={isOpen()}
          onClick={() => setOpen(is => !is)}
          ref={element => {
            button = element
          }}
        >
          {props.label}
        </Button>
      </div>
      <Show when={isOpen()}>
        <QuestionField initial={props.about ?? ''} onAdd={question => void add(question)} isFirst />
      </Show>
    </>
  )
}

/** Where a question is typed. */
export function QuestionField(props: {
  readonly initial?: string
  readonly onAdd: (question: string) => void
  /** It takes the focus: somebody asked for it. */
  readonly isFirst?: boolean
}) {
  const [typed, setTyped] = createSignal(props.initial ?? '')
  const submit = (event: Event) => {
    event.preventDefault()
    const question = typed().trim()
    if (question === '') return
    props.onAdd(question)
    setTyped('')
  }
  return (
    <form class={styles.question} onSubmit={submit}>
      <TextField
        label={t('care.question')}
        value={typed()}
        onInput={setTyped}
        ref={element => props.isFirst === true && queueMicrotask(() => element.focus())}
      />
      <Button type="submit">{t('act.add')}</Button>
    </form>
  )
}
