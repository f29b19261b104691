import { A } from '@solidjs/router'
import FileText from 'lucide-solid/icons/file-text'
import { Show } from 'solid-js'
import type { EntryReference } from '#schema/messages/entry-reference.ts'
import { Dotted } from '../../parts/dotted.tsx'
import styles from '../../record/messages/messages.module.css'

/** What an entry said when it was sent; a link to it for whoever has it. */
export function EntryLine(props: { readonly reference: EntryReference; readonly href?: string | undefined }) {
  const words = () => (
    <Dotted>
      <Show when={props.reference.value}>{value => <span dir="auto">{value()}</span>}</Show>
      <Show when={props.reference.when}>{when => <span dir="auto">{when()}</span>}</Show>
    </Dotted>
  )
  return (
    <span class={styles.entry}>
      <FileText size="1.25rem" />
      <span class={styles.entryWords}>
        <Show when={props.href} fallback={<strong dir="auto">{props.reference.title}</strong>}>
          {href => (
            <A href={href()} dir="auto">
              {props.reference.title}
            </A>
          )}
        </Show>
        <span>{words()}</span>
      </span>
    </span>
  )
}
