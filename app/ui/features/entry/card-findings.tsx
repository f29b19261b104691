import { For } from 'solid-js'
import type { CardCheck } from '#schema/record/card-check.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { cardSentences, cardTone } from '../../record/card-words.ts'
import styles from './entry.module.css'

/** What was found of the health card an entry came in, on the day it was brought in. */
export function CardFindings(props: { readonly card: CardCheck }) {
  return (
    <Notice tone={cardTone(props.card)} title={t('card.title')}>
      <For each={cardSentences(props.card)}>{sentence => <p>{sentence}</p>}</For>
      <p class={styles.soft}>{t('card.checkedAt', { date: formatTime(props.card.checkedAt) })}</p>
    </Notice>
  )
}
