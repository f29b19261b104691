import { Show } from 'solid-js'
import { formatNumber } from '../language/format.ts'
import { t } from '../language/language.ts'
import { VisuallyHidden } from '../parts/visually-hidden.tsx'
import styles from './new-count.module.css'

/** How much is new behind a link, beside its words; nothing where nothing is. */
export function NewCount(props: { readonly count: number }) {
  return (
    <Show when={props.count > 0}>
      <span class={styles.count} aria-hidden="true">
        {formatNumber(props.count)}
      </span>
      <VisuallyHidden>{t('news.count', { count: props.count })}</VisuallyHidden>
    </Show>
  )
}
