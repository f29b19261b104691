import { For, Show } from 'solid-js'
import type { CardFace } from '#app/core/card-session.ts'
import { t } from '../../language/language.ts'
import { QrCode } from '../../parts/qr-code.tsx'
import { cardCode, paperFaces } from './card-code.ts'
import { directionOf, moreWords } from './card-sheet.tsx'
import styles from './card.module.css'

/** On paper only: the card in the size of a bank card, words and code beside each other, to be cut out and folded. */
export function PaperCard(props: { readonly face: CardFace }) {
  const sides = () => paperFaces(props.face)
  return (
    <div class={styles.paper} lang={props.face.language} dir={directionOf(props.face)}>
      <For each={sides()}>
        {(side, index) => (
          <>
            <div class={styles.side}>
              <For each={side.head}>{line => <p class={styles.paperName}>{line}</p>}</For>
              <For each={side.parts}>
                {part => (
                  <p>
                    <strong>{part.title}:</strong> <bdi>{part.lines.join('; ')}</bdi>
                  </p>
                )}
              </For>
            </div>
            <Show when={index() === 0}>
              <div class={styles.side} data-code>
                <QrCode text={cardCode(props.face, moreWords).text} label={t('card.code')} />
                <p>{t('emergency.scan')}</p>
              </div>
            </Show>
          </>
        )}
      </For>
    </div>
  )
}
