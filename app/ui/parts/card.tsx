import { A } from '@solidjs/router'
import { children, createUniqueId, type JSX, Show } from 'solid-js'
import styles from './card.module.css'
import { focusOnMount } from './focus-on-mount.ts'

interface CardProps {
  /** Words, or words with a name set apart. */
  readonly title?: JSX.Element
  /** The title takes the focus when it comes, because what had it is gone. */
  readonly takesFocus?: boolean
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
  const title = children(() => props.title)
  const hasTitle = () => title.toArray().length > 0
  return (
    <section class={styles.card} aria-labelledby={hasTitle() ? id : undefined}>
      <Show when={hasTitle()}>
        <div class={styles.head}>
          <h2
            class={styles.title}
            id={id}
            tabindex={props.takesFocus ? '-1' : undefined}
            ref={element => props.takesFocus && focusOnMount(element)}
          >
            {props.icon}
            <span>{title()}</span>
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
