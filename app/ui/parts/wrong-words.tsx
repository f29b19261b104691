import { For } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from './button.tsx'
import styles from './wrong-words.module.css'

/** Words of a list that were mistyped, each with what it may have been. */
export function WrongWords(props: {
  readonly wrong: readonly { readonly position: number; readonly suggestions: readonly string[] }[]
  readonly onReplace: (position: number, word: string) => void
}) {
  return (
    <For each={props.wrong.filter(each => each.suggestions.length > 0)}>
      {each => (
        <div class={styles.suggestions}>
          <span>{t('recover.didYouMean', { position: each.position })}</span>
          <For each={each.suggestions}>
            {word => (
              <Button
                aria-label={t('recover.replace', { word, position: each.position })}
                onClick={() => props.onReplace(each.position, word)}
              >
                <bdi lang="en">{word}</bdi>
              </Button>
            )}
          </For>
        </div>
      )}
    </For>
  )
}
