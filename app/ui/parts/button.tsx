import { A } from '@solidjs/router'
import { type JSX, Show, splitProps } from 'solid-js'
import styles from './button.module.css'
import { Spinner } from './spinner.tsx'

/** `primary` is the one thing to do here; `quiet` stands beside it; `plain` reads like a link; `danger` cannot be undone. */
export type ButtonTone = 'primary' | 'quiet' | 'plain' | 'danger'

interface Look {
  readonly tone?: ButtonTone
  /** As wide as what holds it. */
  readonly wide?: boolean
  /** A lucide icon, drawn before the words. */
  readonly icon?: JSX.Element
}

type ButtonProps = Look &
  JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
    /** Working: shows it, and presses do nothing meanwhile. The focus stays. */
    readonly busy?: boolean
  }

const classesOf = (look: Look) => ({
  [styles.button ?? '']: true,
  [styles[look.tone ?? 'quiet'] ?? '']: true,
  [styles.wide ?? '']: look.wide === true,
})

/** A button; `type="button"` unless told to submit. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['tone', 'wide', 'icon', 'busy', 'children', 'onClick', 'type'])
  const press: JSX.EventHandler<HTMLButtonElement, MouseEvent> = event => {
    if (own.busy) event.preventDefault()
    else if (typeof own.onClick === 'function') own.onClick(event)
  }
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      classList={classesOf(own)}
      aria-busy={own.busy || undefined}
      aria-disabled={own.busy || undefined}
      onClick={press}
    >
      <Show when={own.busy} fallback={own.icon}>
        <Spinner />
      </Show>
      {own.children}
    </button>
  )
}

/** A link to a page of ours that looks like a button. */
export function LinkButton(props: Look & { readonly href: string; readonly children: JSX.Element }) {
  return (
    <A href={props.href} classList={classesOf(props)}>
      {props.icon}
      {props.children}
    </A>
  )
}

/** A link to a page of somebody else's that looks like a button: in a window of its own, which learns nothing of this one. */
export function OutsideLinkButton(props: Look & { readonly href: string; readonly children: JSX.Element }) {
  return (
    <a href={props.href} target="_blank" rel="noopener noreferrer" classList={classesOf(props)}>
      {props.icon}
      {props.children}
    </a>
  )
}

type IconButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  /** What it does, for those who cannot see the icon; also its tooltip. */
  readonly label: string
}

/** A button that shows an icon alone. */
export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'children', 'type'])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      classList={{ [styles.button ?? '']: true, [styles.icon ?? '']: true }}
      aria-label={own.label}
      title={own.label}
    >
      {own.children}
    </button>
  )
}
