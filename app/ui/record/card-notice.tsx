import { For, type JSX } from 'solid-js'
import type { CardCheck } from '#schema/record/card-check.ts'
import { t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import styles from './card-notice.module.css'
import { cardSentences, cardTone } from './card-words.ts'

/** What is known of a health card; and behind it what can be done, or when it was looked at. */
export function CardNotice(props: { readonly card: CardCheck; readonly children?: JSX.Element }) {
  return (
    <Notice tone={cardTone(props.card)} title={t('card.title')}>
      <div class={styles.sentences}>
        <For each={cardSentences(props.card)}>{sentence => <p>{sentence}</p>}</For>
        {props.children}
      </div>
    </Notice>
  )
}
