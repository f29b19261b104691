import { Show } from 'solid-js'
import type { PaperFailure } from '#app/core/paper-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { Notice } from '../parts/notice.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { isPaperFailure, paperFailureWords } from './paper-words.ts'

/** Why files did not become a document: what is the matter with one of them, or what any act may meet. Nothing while they did. */
export function PaperFailed(props: { readonly failure: PaperFailure | SaveFailure | undefined }) {
  const words = () => {
    const { failure } = props
    return failure !== undefined && isPaperFailure(failure) ? paperFailureWords(failure) : undefined
  }
  const save = () => {
    const { failure } = props
    return failure === undefined || isPaperFailure(failure) ? undefined : failure
  }
  return (
    <>
      <Show when={words()}>
        {said => (
          <Notice tone="danger" alert>
            {said()}
          </Notice>
        )}
      </Show>
      <FailureNotice failure={save()} />
    </>
  )
}
