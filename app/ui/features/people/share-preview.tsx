import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, onMount, Show } from 'solid-js'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { useSession } from '../../session.ts'
import type { ShareForm } from './create-share-draft.ts'
import styles from './people.module.css'
import { type Preview, PreviewRecord } from './preview-record.tsx'

/** Of each section: hundreds of readings must not stand before the few entries that say most. */
const AT_ONCE = 30
const MORE = 100

/** Where somebody was in a preview as they opened an entry of it, to come back to. */
export interface PreviewPlace {
  /** How many rows of a section, where more were asked for. */
  readonly shown: Map<Section, number>
  /** The entry. */
  opened?: string | undefined
}

export const makePreviewPlace = (): PreviewPlace => ({ shown: new Map() })

interface SharePreviewProps {
  readonly preview: Preview
  readonly form: Pick<ShareForm, 'counts' | 'total' | 'privateCount' | 'doseCount'>
  readonly place: PreviewPlace
}

/** The sections with the recipient's own banner, every row through the part that draws it for them, and each leading to its page. */
export function SharePreview(props: SharePreviewProps) {
  const sections = () => props.preview.sections
  const counted = createMemo(() =>
    SECTIONS.filter(one => sections().includes(one) && (props.form.counts().get(one) ?? 0) > 0),
  )
  const privateCount = () => props.form.privateCount(sections())
  return (
    <PreviewRecord preview={props.preview}>
      <div class={styles.previewBody}>
        <p class={styles.soft}>{t('share.preview.total', { count: props.form.total(sections()) })}</p>
        <Show when={props.form.doseCount(sections()) > 0}>
          <p class={styles.soft}>{t('share.doses', { count: props.form.doseCount(sections()) })}</p>
        </Show>
        <Show when={privateCount() > 0}>
          <p class={styles.soft}>{t('private.stayOut', { count: privateCount() })}</p>
        </Show>
        <For each={counted()} fallback={<p>{t('share.preview.none')}</p>}>
          {section => (
            <PreviewSection section={section} count={props.form.counts().get(section) ?? 0} place={props.place} />
          )}
        </For>
      </div>
    </PreviewRecord>
  )
}

/** The page of one entry, as the recipient will see it. */
export function EntryPreview(props: {
  readonly preview: Preview
  readonly contactName: string
  readonly place: PreviewPlace
  readonly children: JSX.Element
}) {
  const params = useParams()
  onMount(() => {
    props.place.opened = params.id
  })
  return (
    <div class={styles.previewPage}>
      <p class={styles.soft}>{t('share.preview', { name: props.contactName })}</p>
      <PreviewRecord preview={props.preview}>{props.children}</PreviewRecord>
    </div>
  )
}

function PreviewSection(props: { readonly section: Section; readonly count: number; readonly place: PreviewPlace }) {
  const session = useSession()
  const [shown, setShown] = createSignal(props.place.shown.get(props.section) ?? AT_ONCE)
  const asked = createMemo(() => ({ sections: [props.section], to: shown() }))
  const rows = createAnswer(asked, ({ sections, to }) => session.timelineRows({ sections, isPrivate: false }, 0, to))
  const title = () => t('share.section', { name: t(`section.${props.section}`), count: props.count })
  const showMore = () => {
    setShown(before => before + MORE)
    props.place.shown.set(props.section, shown())
  }
  const comeBack = (item: HTMLLIElement, id: string) => {
    if (props.place.opened !== id) return
    props.place.opened = undefined
    queueMicrotask(() => item.querySelector('a')?.focus())
  }
  return (
    <section class={styles.previewSection} aria-label={title()}>
      <h2>{title()}</h2>
      <Show when={rows()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <>
            <EntryList label={title()}>
              <For each={known()}>
                {entry => (
                  <li ref={item => comeBack(item, entry.id)}>
                    <EntryRow entry={entry} date="full" />
                  </li>
                )}
              </For>
            </EntryList>
            <Show when={known().length < props.count}>
              <div>
                <Button onClick={showMore}>
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
