import { For, Show } from 'solid-js'
import { language, type LanguageTag, t } from '../../language/language.ts'
import { createAnswer } from '../create-answer.ts'
import { formatWhen } from '../format-when.ts'
import type { ExplainedTest, Explanations } from './explained-tests.ts'
import styles from './explain.module.css'

/** In parts of their own, that nobody loads who does not ask. */
const WORDS: Record<LanguageTag, () => Promise<Explanations>> = {
  en: async () => (await import('./words/en.ts')).explanations,
  ar: async () => (await import('./words/ar.ts')).explanations,
  es: async () => (await import('./words/es.ts')).explanations,
  'zh-Hans': async () => (await import('./words/zh-hans.ts')).explanations,
}

/** What a test measures and what it is looked at for, and where that was read: as text, for nothing here is fetched from there. */
export function Explanation(props: { readonly test: ExplainedTest }) {
  const words = createAnswer(language, tag => WORDS[tag]())
  const readOn = () => formatWhen({ text: props.test.readOn }, language())
  return (
    <Show when={words()} fallback={<output>{t('app.loading')}</output>}>
      {found => (
        <div class={styles.words}>
          <p>{found()[props.test.key]}</p>
          <p>{t('explain.ask')}</p>
          <p class={styles.soft}>{t('explain.own')}</p>
          <p class={styles.soft}>{t('explain.source', { date: readOn() })}</p>
          <For each={props.test.sources}>
            {address => (
              <p class={`${styles.soft} ${styles.address}`} dir="ltr">
                {address}
              </p>
            )}
          </For>
        </div>
      )}
    </Show>
  )
}
