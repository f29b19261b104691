import { Show } from 'solid-js'
import type { GuardianFailure } from '#app/core/kept-session.ts'
import type { RecoverFailure } from '#app/core/session.ts'
import { Notice } from '../parts/notice.tsx'
import { guardianFailureWords } from './guardian-words.ts'

/** Why something with a kept record did not go; nothing while it did. */
export function GuardianFailed(props: { readonly failure: GuardianFailure | RecoverFailure | false | undefined }) {
  return (
    <Show when={props.failure}>
      {failed => (
        <Notice tone="danger" alert>
          {guardianFailureWords(failed())}
        </Notice>
      )}
    </Show>
  )
}
