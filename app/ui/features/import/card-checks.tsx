import { createSignal, For, Show } from 'solid-js'
import type { IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { CardCheck } from '#schema/record/card-check.ts'
import { t } from '../../language/language.ts'
import { FileButton } from '../../parts/file-button.tsx'
import { CardNotice } from '../../record/card-notice.tsx'
import { cardSentences } from '../../record/card-words.ts'
import { type KeepIssuer, issuerFailureWords } from './issuer-words.ts'
import styles from './import.module.css'

/** What is known of the health cards in a file: one notice for all of which the same is known. */
export function CardChecks(props: { readonly cards: readonly CardCheck[]; readonly onKeepIssuer: KeepIssuer }) {
  const kinds = () => [...new Map(props.cards.map(card => [cardSentences(card).join(' '), card])).values()]
  return (
    <For each={kinds()}>
      {card => (
        <CardNotice card={card}>
          <Show when={card.signature === 'no-key'}>
            <AddKeys issuer={card.issuer} onKeepIssuer={props.onKeepIssuer} />
          </Show>
        </CardNotice>
      )}
    </For>
  )
}

/** The issuer's key file, chosen by hand. Its address is words, not a link: nothing is fetched from here. */
function AddKeys(props: { readonly issuer: string; readonly onKeepIssuer: KeepIssuer }) {
  const [failure, setFailure] = createSignal<IssuerFileFailure | SaveFailure>()
  const take = async (file: File) => {
    const answer = await props.onKeepIssuer(file, props.issuer)
    setFailure(answer.ok ? undefined : answer.failure)
  }
  return (
    <>
      <p class={styles.soft}>{t('issuer.add.text', { address: `${props.issuer}/.well-known/jwks.json` })}</p>
      <Show when={failure()}>{failed => <p role="alert">{issuerFailureWords(failed())}</p>}</Show>
      <FileButton
        label={t('issuer.add')}
        accept=".json,application/json,application/jwk-set+json"
        onFile={file => void take(file)}
      />
    </>
  )
}
