import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { SharedBanner } from '../../record/shared-banner.tsx'
import { useSession, useVault } from '../../session.ts'
import styles from './people.module.css'

const AT_ONCE = 100

/** The chosen sections with the recipient's own banner, and every row through the part that draws it for them. */
export function SharePreview(props: {
  readonly sections: readonly Section[]
  readonly total: number
  /** So many stay out. */
  readonly privateCount: number
  readonly until: Instant | null | undefined
}) {
  const session = useSession()
  const vault = useVault()
  const [shown, setShown] = createSignal(AT_ONCE)
  const asked = createMemo(() => ({ sections: props.sections, to: shown() }))
  const rows = createAnswer(asked, ({ sections, to }) => session.timelineRows({ sections, isPrivate: false }, 0, to))
  const name = () => {
    const state = vault()
    return state.kind === 'open' ? state.personName : ''
  }
  return (
    <div class={styles.preview}>
      <SharedBanner recordName={name()} sharedBy={name()} until={props.until ?? undefined} />
      <div class={styles.previewBody}>
        <p class={styles.soft}>{t('share.preview.total', { count: props.total })}</p>
        <Show when={props.privateCount > 0}>
          <p class={styles.soft}>{t('private.stayOut', { count: props.privateCount })}</p>
        </Show>
        <Show when={rows()} fallback={<output>{t('app.loading')}</output>}>
          {known => (
            <Show when={known().length > 0} fallback={<p>{t('share.preview.none')}</p>}>
              <EntryList label={t('share.preview.total', { count: props.total })}>
                <For each={known()}>
                  {entry => (
                    <li>
                      <EntryRow entry={entry} date="full" still />
                    </li>
                  )}
                </For>
              </EntryList>
              <Show when={known().length < props.total}>
                <div>
                  <Button onClick={() => setShown(shown() + AT_ONCE)}>{t('share.preview.more')}</Button>
                </div>
              </Show>
            </Show>
          )}
        </Show>
      </div>
    </div>
  )
}
