import Eye from 'lucide-solid/icons/eye'
import type { JSX } from 'solid-js'
import type { Instant } from '#schema/instant.ts'
import { t } from '../language/language.ts'
import { Named } from '../parts/named.tsx'
import { receivedUntilWords } from './share-words.ts'
import styles from './shared-banner.module.css'

/** Says whose record it is, who shares it and until when. What the recipient sees always, and the giver in the preview. */
export function SharedBanner(props: {
  readonly recordName: string
  readonly sharedBy: string
  readonly until: Instant | undefined
  /** At the end of the line: the way back. */
  readonly action?: JSX.Element
}) {
  return (
    <div class={styles.banner}>
      <Eye size="1.4rem" />
      <p class={styles.words}>
        <span>
          <Named words={name => t('shared.looking', { name })} name={props.recordName} />
        </span>
        <span class={styles.about}>
          {props.sharedBy === props.recordName
            ? t('shared.byThem', { until: receivedUntilWords(props.until) })
            : t('shared.by', { name: props.sharedBy, until: receivedUntilWords(props.until) })}
        </span>
      </p>
      {props.action}
    </div>
  )
}
