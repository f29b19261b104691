import Bookmark from 'lucide-solid/icons/bookmark'
import BookmarkX from 'lucide-solid/icons/bookmark-x'
import { Show } from 'solid-js'
import type { TopicMark } from '#app/core/home/reading-list.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { useOwnSession, useSettings } from '../../session.ts'

const NEXT = { none: 'later', later: 'read', read: 'later' } as const satisfies Record<
  TopicMark['mark'],
  TopicMark['mark']
>

/** Puts a topic on this person's reading list, notes that it was read, takes it off. Whatever record is on screen, the list is theirs. */
export function ReadingMark(props: { readonly topic: string }) {
  const own = useOwnSession()
  const settings = useSettings()
  let first: HTMLButtonElement | undefined
  const mark = () => settings().reading.find(({ topic }) => topic === props.topic)?.mark ?? 'none'
  const put = (next: TopicMark['mark']) => own.changeSettings({ reading: [{ topic: props.topic, mark: next }] })
  const takeOff = () => {
    first?.focus()
    void put('none')
  }
  return (
    <>
      <Button ref={first} icon={<Bookmark size="1.2rem" />} onClick={() => void put(NEXT[mark()])}>
        {t(`learn.mark.${mark()}`)}
      </Button>
      <Show when={mark() !== 'none'}>
        <Button tone="plain" icon={<BookmarkX size="1.2rem" />} onClick={takeOff}>
          {t('learn.mark.off')}
        </Button>
      </Show>
      <p role="status">
        <VisuallyHidden>
          <Show when={mark() === 'later'}>{t('learn.now.later')}</Show>
          <Show when={mark() === 'read'}>{t('learn.now.read')}</Show>
        </VisuallyHidden>
      </p>
    </>
  )
}
