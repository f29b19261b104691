import type { JSX } from 'solid-js'
import styles from './form.module.css'

interface FormProps {
  readonly onSubmit: () => void
  readonly children: JSX.Element
  /** Buttons below the fields; the first one submits. */
  readonly actions: JSX.Element
}

/** Fields and what to do with them. Checks are ours (`noValidate`): the browser's bubbles cannot be read twice. */
export function Form(props: FormProps) {
  let form: HTMLFormElement | undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    props.onSubmit()
    // The first field that is refused takes the focus, so that its reason is read out.
    queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <form class={styles.form} noValidate ref={form} onSubmit={submit}>
      {props.children}
      <div class={styles.actions}>{props.actions}</div>
    </form>
  )
}
