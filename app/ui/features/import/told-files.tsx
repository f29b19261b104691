import { For, Show } from 'solid-js'
import type { ImportFailure, ToldFile } from '#app/core/import-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dotted } from '../../parts/dotted.tsx'
import { Notice } from '../../parts/notice.tsx'
import { isPaper } from './chosen-files.ts'
import { importFailureWords } from './failure-words.ts'
import styles from './import.module.css'
import { TableRead } from './table-read.tsx'

/** Each of several files: what it is, or why nothing of it comes in. */
export function ToldFiles(props: { readonly files: readonly ToldFile[] }) {
  const shown = () => props.files.filter(file => !('failure' in file && isPaper(file.failure)))
  return (
    <Show when={shown().length > 0}>
      <ul class={styles.past} aria-label={t('several.title')}>
        <For each={shown()}>
          {file => (
            <li>
              <div>
                <bdi>{file.name}</bdi>
                <Told file={file} />
              </div>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Told(props: { readonly file: ToldFile }) {
  const failure = () => ('failure' in props.file ? props.file.failure : undefined)
  const read = () => ('failure' in props.file ? undefined : props.file)
  return (
    <>
      <Show when={failure()}>{why => <p class={styles.refused}>{refusedWords(why())}</p>}</Show>
      <Show when={read()}>
        {file => (
          <p class={styles.soft}>
            <Dotted>
              <span>{t(`format.${file().format}`)}</span>
              <span>{t('timeline.total', { count: file().count })}</span>
            </Dotted>
          </p>
        )}
      </Show>
      <Show when={read()?.table}>{table => <TableRead table={table()} onChange={undefined} />}</Show>
    </>
  )
}

/** What a file wants to be asked, or leads to, before it is read. */
const ASKS: ReadonlySet<ImportFailure['kind']> = new Set([
  'needs-columns',
  'needs-codes',
  'health-link',
  'issuer-file',
  'issuer-directory',
])

const refusedWords = (failure: ImportFailure) =>
  ASKS.has(failure.kind) ? t('several.alone') : importFailureWords(failure)

/** Files of which nothing is read; `onKeep`: left out while the others are still to be brought in. */
export function KeepAsDocuments(props: {
  readonly files: readonly File[]
  readonly onKeep?: (() => void) | undefined
}) {
  return (
    <Show when={props.files.length > 0}>
      <Notice
        title={t('several.papers', { count: props.files.length })}
        actions={
          <Show when={props.onKeep}>
            {keep => <Button onClick={() => keep()()}>{t('several.papers.keep')}</Button>}
          </Show>
        }
      >
        <ul class={styles.reasons}>
          <For each={props.files}>
            {file => (
              <li>
                <bdi>{file.name}</bdi>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.onKeep === undefined}>
          <p>{t('several.papers.after')}</p>
        </Show>
      </Notice>
    </Show>
  )
}
