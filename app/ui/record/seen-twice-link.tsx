import { Show } from 'solid-js'
import { t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { useRecordPath, useRecordRights, useSession } from '../session.ts'
import { createAnswer } from './create-answer.ts'

/** The way to what may be in the record twice; nothing where nothing is, and in a record that somebody shares. `key`: asked anew with it. */
export function SeenTwiceLink(props: { readonly key: unknown }) {
  const session = useSession()
  const to = useRecordPath()
  const { isOwn } = useRecordRights()
  const pairs = createAnswer(
    () => (isOwn ? [props.key] : undefined),
    () => session.seenTwice(),
  )
  return (
    <Show when={(pairs()?.length ?? 0) > 0}>
      <p>
        <LinkButton href={to('/seen-twice')}>{t('twice.link', { count: pairs()?.length ?? 0 })}</LinkButton>
      </p>
    </Show>
  )
}
