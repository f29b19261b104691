import { Show } from 'solid-js'
import type { ShareFailure } from '#app/core/share-session.ts'
import { Notice } from '../parts/notice.tsx'
import { shareFailureWords } from './meet-failure-words.ts'

/** Why nothing was shared or changed, read out when it appears. */
export function ShareFailed(props: { readonly failure: ShareFailure | undefined }) {
  return (
    <Show when={props.failure}>
      {failure => (
        <Notice tone="danger" alert>
          {shareFailureWords(failure())}
        </Notice>
      )}
    </Show>
  )
}
