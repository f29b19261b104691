import { createMemo, createSignal, For, Show } from 'solid-js'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { SharedBanner } from '../../record/shared-banner.tsx'
import { useSession, useVault } from '../../session.ts'
import type { ShareForm } from './create-share-draft.ts'
import styles from './people.module.css'

/** Of each section: hundreds of readings must not stand before the few entries that say most. */
const AT_ONCE = 30
const MORE = 100

/** The chosen sections with the recipient's own banner, and every row through the part that draws it for them. */
export function SharePreview(props: { readonly form: ShareForm }) {
  const vault = useVault()
  const name = () => {
    const state = vault()
    return state.kind === 'open' ? state.personName : ''
  }
  const counted = createMemo(() => {
    const { sections } = props.form.draft()
    return SECTIONS.filter(one => sections.includes(one) && (props.form.counts().get(one) ?? 0) > 0)
  })
  return (
    <div class={styles.preview}>
      <SharedBanner recordName={name()} sharedBy={name()} until={props.form.until() ?? undefined} />
      <div class={styles.previewBody}>
        <p class={styles.soft}>{t('share.preview.total', { count: props.form.total() })}</p>
        <Show when={props.form.privateCount() > 0}>
          <p class={styles.soft}>{t('private.stayOut', { count: props.form.privateCount() })}</p>
        </Show>
        <For each={counted()} fallback={<p>{t('share.preview.none')}</p>}>
          {section => <PreviewSection section={section} count={props.form.counts().get(section) ?? 0} />}
        </For>
      </div>
    </div>
  )
}

function PreviewSection(props: { readonly section: Section; readonly count: number }) {
  const session = useSession()
  const [shown, setShown] = createSignal(AT_ONCE)
  const asked = createMemo(() => ({ sections: [props.section], to: shown() }))
  const rows = createAnswer(asked, ({ sections, to }) => session.timelineRows({ sections, isPrivate: false }, 0, to))
  const title = () => t('share.section', { name: t(`section.${props.section}`), count: props.count })
  return (
    <section class={styles.previewSection} aria-label={title()}>
      <h2>{title()}</h2>
      <Show when={rows()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <>
            <EntryList label={title()}>
              <For each={known()}>
                {entry => (
                  <li>
                    <EntryRow entry={entry} date="full" still />
                  </li>
                )}
              </For>
            </EntryList>
            <Show when={known().length < props.count}>
              <div>
                <Button onClick={() => setShown(shown() + MORE)}>
                  {t('share.preview.more', { count: Math.min(MORE, props.count - known().length) })}
                </Button>
              </div>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}
