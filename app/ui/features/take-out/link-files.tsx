import { For, Show } from 'solid-js'
import { MAX_LINK_FILES_MB } from '#app/core/out-link-session.ts'
import type { EntryFiles } from '#app/core/take-out-session.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { FileButton } from '../../parts/file-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { megabytes } from '../../record/file-words.ts'
import { formatWhen } from '../../record/format-when.ts'
import { PaperFailed } from '../../record/paper-failed.tsx'
import { titleOf } from '../../record/words.ts'
import type { createLinkFiles, NotAdded } from './create-link-files.ts'
import styles from './take-out.module.css'

type Files = ReturnType<typeof createLinkFiles>

const ACCEPTED =
  'application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,.pdf,.jpg,.jpeg,.png,.webp,.heic,.heif'
const max = () => formatNumber(MAX_LINK_FILES_MB)

/** Documents whose files go along with a link, and one from this device. */
export function LinkFiles(props: { readonly files: Files }) {
  const count = () => props.files.chosen().length
  let details: HTMLDetailsElement | undefined
  const add = async (file: File) => {
    await props.files.add(file)
    if (details !== undefined) details.open = true
  }
  return (
    <Card title={t('outLink.files')} fields>
      <p>{t('outLink.files.text', { max: max() })}</p>
      <details
        ref={details}
        onToggle={event => {
          if (event.currentTarget.open) props.files.look()
        }}
      >
        <summary>
          {count() === 0 ? t('outLink.files.choose.none') : t('outLink.files.choose', { count: count() })}
        </summary>
        <Show when={props.files.all()} fallback={<output>{t('app.loading')}</output>}>
          {all => <Choices files={props.files} all={all()} />}
        </Show>
      </details>
      <Size files={props.files} />
      <div class={styles.papers}>
        <FileButton
          label={t('outLink.files.add')}
          accept={ACCEPTED}
          busy={props.files.isAdding()}
          onFile={file => void add(file)}
        />
        <p class={styles.soft}>{t('outLink.files.add.text')}</p>
      </div>
      <Added added={props.files.added()} />
    </Card>
  )
}

function Choices(props: { readonly files: Files; readonly all: readonly EntryFiles[] }) {
  return (
    <div class={styles.fileChoices}>
      <For each={props.all} fallback={<p>{t('outLink.files.nothing')}</p>}>
        {each => (
          <CheckField
            label={<Label files={each} />}
            checked={props.files.chosen().includes(each.entry.id)}
            onChange={isOn => props.files.choose(each.entry.id, isOn)}
          />
        )}
      </For>
    </div>
  )
}

function Label(props: { readonly files: EntryFiles }) {
  const when = () => props.files.entry.when
  return (
    <span class={styles.fileLabel}>
      <span>
        <bdi>{titleOf(props.files.entry)}</bdi>
      </span>
      <span class={styles.soft}>
        <Show when={when()}>{day => <>{formatWhen(day(), language())} · </>}</Show>
        {t('outLink.files.about', { count: props.files.count, size: megabytes(props.files.bytes) })}
      </span>
    </span>
  )
}

function Size(props: { readonly files: Files }) {
  const size = () => megabytes(props.files.bytes())
  return (
    <Show when={props.files.bytes() > 0}>
      <Show
        when={props.files.isOver()}
        fallback={<p class={styles.soft}>{t('outLink.files.total', { size: size(), max: max() })}</p>}
      >
        <Notice tone="warning" alert>
          {t('outLink.files.over', { size: size(), max: max() })}
        </Notice>
      </Show>
    </Show>
  )
}

function Added(props: { readonly added: 'added' | NotAdded | undefined }) {
  const failure = () => {
    const { added } = props
    return added === undefined || added === 'added' || added.kind === 'private' ? undefined : added
  }
  const isPrivate = () => typeof props.added === 'object' && props.added.kind === 'private'
  return (
    <>
      <output>{props.added === 'added' ? t('outLink.files.added') : ''}</output>
      <Show when={isPrivate()}>
        <Notice tone="danger" alert>
          {t('outLink.files.isPrivate')}
        </Notice>
      </Show>
      <PaperFailed failure={failure()} />
    </>
  )
}
