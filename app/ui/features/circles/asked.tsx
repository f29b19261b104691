import { createSignal, type JSX, Show } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'

/** Where the name of a circle lies that somebody asked to come into, as its link had it: on this device alone. */
export const NAME_PLACE = 'circle/name'

/**
 * For whoever asked to come in, while they wait: where, and what happens next. Their account looks for letters often, so that it opens soon
 * after they were let in.
 */
export function Asked(props: { readonly room: Session; readonly children: (title: string) => JSX.Element }) {
  // The room is that of the row or page, and never exchanged.
  const { room } = props
  const [name, setName] = createSignal<string>()
  void room.keptDraft(NAME_PLACE).then(kept => setName(kept ?? ''))
  createMailCheck(room)
  return (
    <Show when={name() !== undefined}>
      {props.children(name() ? t('circles.asked.name', { name: name() ?? '' }) : t('circles.asked'))}
    </Show>
  )
}
