import { A } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import { createEffect, type JSX, onMount, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { keepFocus } from './keep-focus.ts'
import styles from './page.module.css'

interface PageProps {
  /** The page's one `h1`, and the title of the window unless that has its own. */
  readonly title: string
  /** For titles that say something of the person: browsers write those of windows to their history. */
  readonly windowTitle?: string
  /** A sentence below the title. */
  readonly lead?: JSX.Element
  /** Where "Back" leads; left out on the main pages. */
  readonly back?: {
    readonly href: string
    readonly label?: string
    /** The page it leads to finds its own place; else it begins at its top. */
    readonly scrollsItself?: boolean
  }
  /** Buttons beside the title. */
  readonly actions?: JSX.Element
  /** The width of a column of text rather than of the screen: forms and settings. */
  readonly narrow?: boolean
  readonly children: JSX.Element
}

/** One page: its header, then its content. Takes the focus when it comes, so a screen reader starts at its title. */
export function Page(props: PageProps) {
  let heading: HTMLHeadingElement | undefined
  createEffect(() => {
    document.title = `${props.windowTitle ?? props.title} – ${t('app.name')}`
  })
  let page!: HTMLDivElement
  onMount(() => {
    keepFocus(page, () => heading)
    const active = document.activeElement
    if (active === null || active === document.body) heading?.focus({ preventScroll: true })
  })
  return (
    <div ref={page} classList={{ [styles.page ?? '']: true, [styles.narrow ?? '']: props.narrow === true }}>
      <header class={styles.header}>
        <Show when={props.back}>
          {back => (
            <A href={back().href} class={styles.back} noScroll={back().scrollsItself === true}>
              <ChevronLeft />
              {back().label ?? t('act.back')}
            </A>
          )}
        </Show>
        <div class={styles.line}>
          <h1 ref={heading} tabindex="-1">
            {props.title}
          </h1>
          {props.actions}
        </div>
        <Show when={props.lead}>
          <p class={styles.lead}>{props.lead}</p>
        </Show>
      </header>
      {props.children}
    </div>
  )
}
