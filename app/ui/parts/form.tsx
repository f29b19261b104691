import { createSignal, type JSX } from 'solid-js'
import styles from './form.module.css'

interface FormProps {
  readonly onSubmit: () => Promise<unknown> | void
  readonly children: JSX.Element
  /** Buttons below the fields; the first one submits. */
  readonly actions: JSX.Element
}

/** Whether something was typed into a form of this window that still stands there: once saved, a form goes. */
export const hasUnsavedForm = (): boolean => document.querySelector('form[data-unsaved]') !== null

/** Fields and what to do with them. Checks are ours (`noValidate`): the browser's bubbles cannot be read twice. */
export function Form(props: FormProps) {
  let form: HTMLFormElement | undefined
  const [isTouched, setIsTouched] = createSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    // A date without its month is empty to whoever asks: saved so, it would be lost unseen.
    const halves = [...(form?.querySelectorAll('input') ?? [])].filter(({ validity }) => validity.badInput)
    for (const half of halves) half.checkValidity()
    if (halves.length === 0) await props.onSubmit()
    // The first field that is refused takes the focus, so that its reason is read out.
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
  return (
    <form
      class={styles.form}
      noValidate
      ref={form}
      data-unsaved={isTouched() ? '' : undefined}
      onInput={() => setIsTouched(true)}
      onSubmit={event => void submit(event)}
    >
      {props.children}
      <div class={styles.actions}>{props.actions}</div>
    </form>
  )
}
