import { Show } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import { t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import { ExportButton } from './export-button.tsx'
import { saveFailureWords } from './words.ts'

/** Why it was not saved, where something was not; read out when it comes. On a full disk, the way to a copy elsewhere. */
export function FailureNotice(props: { readonly failure: SaveFailure | undefined }) {
  return (
    <Show when={props.failure}>
      {failure => (
        <Notice tone="danger" alert actions={isFull(failure()) && <ExportButton />}>
          {saveFailureWords(failure())}
          <Show when={isFull(failure())}>
            <p>{t('export.text')}</p>
          </Show>
        </Notice>
      )}
    </Show>
  )
}

const isFull = (failure: SaveFailure) => failure.kind === 'not-stored' && failure.why === 'quota'
