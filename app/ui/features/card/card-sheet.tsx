import { createMemo, For, Show } from 'solid-js'
import type { CardFace } from '#app/core/card-session.ts'
import { LANGUAGES, t } from '../../language/language.ts'
import { QrCode } from '../../parts/qr-code.tsx'
import { cardCode } from './card-code.ts'
import styles from './card.module.css'

export const directionOf = (face: CardFace) => LANGUAGES.find(({ tag }) => tag === face.language)?.dir ?? 'ltr'

/** How many lines more there are, in the language of the card, without words: every reader has these signs. */
export const moreWords = (count: number) => `… +${count}`

/** All of them stand on the card beside it. */
const MOST_LEFT_OUT = 20

/** The card as it is read on a screen, and its code. */
export function CardSheet(props: { readonly face: CardFace }) {
  const code = createMemo(() => cardCode(props.face, moreWords))
  return (
    <div class={styles.both}>
      <article class={styles.sheet} lang={props.face.language} dir={directionOf(props.face)}>
        <For each={props.face.head}>
          {(line, index) => (
            <p class={index() === 0 ? styles.name : undefined}>
              <bdi>{line}</bdi>
            </p>
          )}
        </For>
        <For each={props.face.parts}>
          {part => (
            <section class={styles.part}>
              <h2>{part.title}</h2>
              <ul>
                <For each={part.lines}>
                  {line => (
                    <li>
                      <bdi>{line}</bdi>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
      </article>
      <div class={styles.code}>
        <figure>
          <QrCode text={code().text} label={t('card.code')} />
          <figcaption>{t('card.code')}</figcaption>
        </figure>
        <Show when={code().leftOut.length > 0}>
          <p>{t('emergency.notInCode')}</p>
          <ul class={styles.leftOut} lang={props.face.language}>
            <For each={code().leftOut.slice(0, MOST_LEFT_OUT)}>
              {line => (
                <li>
                  <bdi>{line}</bdi>
                </li>
              )}
            </For>
            <Show when={code().leftOut.length > MOST_LEFT_OUT}>
              <li>{moreWords(code().leftOut.length - MOST_LEFT_OUT)}</li>
            </Show>
          </ul>
        </Show>
        <details>
          <summary>{t('emergency.inCode')}</summary>
          <pre class={styles.words} lang={props.face.language} dir={directionOf(props.face)}>
            {code().text}
          </pre>
        </details>
      </div>
    </div>
  )
}
