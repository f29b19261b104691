import { For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import type { Library } from '../../record/learn/library.ts'
import { useTopicPath } from '../../record/learn/topic-path.ts'
import { useSettings } from '../../session.ts'
import styles from './learn.module.css'

/** Links to pages of the library, with what this person noted of each. */
export function TopicLinks(props: { readonly pages: Library }) {
  const settings = useSettings()
  const { pathOf } = useTopicPath()
  const markOf = (id: string) => settings().reading.find(({ topic }) => topic === id)?.mark
  return (
    <ul class={styles.topics}>
      <For each={props.pages}>
        {({ id, words }) => (
          <li>
            <a href={pathOf(id)} class={styles.topic}>
              <span>{words.name}</span>
              <Show when={markOf(id) === 'later'}>
                <span class={styles.later}>{t('learn.is.later')}</span>
              </Show>
              <Show when={markOf(id) === 'read'}>
                <span class={styles.soft}>{t('learn.is.read')}</span>
              </Show>
            </a>
          </li>
        )}
      </For>
    </ul>
  )
}
