import { A } from '@solidjs/router'
import { createUniqueId, type JSX, Show } from 'solid-js'
import styles from './card.module.css'

interface CardProps {
  readonly title?: string
  /** A lucide icon before the title. */
  readonly icon?: JSX.Element
  /** At the end of the title's line: a link or a small button. */
  readonly action?: JSX.Element
  /** Holds fields, which want more air between them than sentences. */
  readonly fields?: boolean
  readonly children: JSX.Element
}

/** A framed group of things that belong together; with a title it is a section of the page. */
export function Card(props: CardProps) {
  const id = createUniqueId()
  return (
    <section class={styles.card} aria-labelledby={props.title === undefined ? undefined : id}>
      <Show when={props.title}>
        <div class={styles.head}>
          <h2 class={styles.title} id={id}>
            {props.icon}
            {props.title}
          </h2>
          {props.action}
        </div>
      </Show>
      <Show when={props.fields} fallback={props.children}>
        <div class={styles.fields}>{props.children}</div>
      </Show>
    </section>
  )
}

/** A card that is a link as a whole. */
export function CardLink(props: { readonly href: string; readonly children: JSX.Element }) {
  return (
    <A href={props.href} classList={{ [styles.card ?? '']: true, [styles.link ?? '']: true }}>
      {props.children}
    </A>
  )
}
