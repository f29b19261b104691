import { useLocation } from '@solidjs/router'
import BookOpen from 'lucide-solid/icons/book-open'
import { createMemo, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { createLibrary, type Library } from './library.ts'
import { lookUpOf } from './look-up.ts'
import { LookUpButton } from './look-up-button.tsx'
import styles from './learn.module.css'
import { pagesAbout } from './pages-about.ts'
import { useTopicPath } from './topic-path.ts'

/** Where to read about what an entry is of: in the library, and by an explicit press at MedlinePlus. */
export function AboutEntry(props: { readonly entry: EntrySummary }) {
  const library = createLibrary()
  const find = createMemo(() => pagesAbout(library() ?? []))
  const pages = createMemo(() => find()(props.entry))
  const isKnown = () => pages().length > 0 || lookUpOf(props.entry.codes, language()) !== undefined
  return (
    <Show when={isKnown()}>
      <div class={styles.about}>
        <TopicLinks pages={pages()} />
        <LookUpButton codes={props.entry.codes} />
      </div>
    </Show>
  )
}

function TopicLinks(props: { readonly pages: Library }) {
  const location = useLocation()
  const { pathOf } = useTopicPath()
  return (
    <Show when={props.pages.length > 0}>
      <ul class={styles.links}>
        <For each={props.pages}>
          {({ id, words }) => (
            <li>
              <LinkButton href={pathOf(id, location.pathname)} icon={<BookOpen size="1.2rem" />}>
                {t('learn.about', { name: words.name })}
              </LinkButton>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
