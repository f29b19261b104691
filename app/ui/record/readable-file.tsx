import { createMemo, createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { FileWords } from '#app/core/exchange/paper/file-words.ts'
import type { AttachmentInfo, FileType } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import { type NarrativeNode, parseNarrative, UNKNOWN_LETTER } from './narrative-tree.ts'
import styles from './narrative.module.css'
import { ToldSections } from './told-sections-view.tsx'

/** What a file says in words: a web page, rich or plain text. Drawn as narratives are; nothing of it can run, and nothing is loaded. */
export function ReadableFile(props: {
  readonly file: Pick<AttachmentInfo, 'type' | 'said'>
  readonly fetch: () => Promise<Blob | undefined>
}) {
  const [words, setWords] = createSignal<FileWords | 'none'>()
  onMount(async () => {
    const blob = await props.fetch()
    // Loaded when first read: most files are pictures.
    const { wordsOfFile } = await import('#app/core/exchange/paper/file-words.ts')
    const bytes = blob && new Uint8Array(await blob.arrayBuffer())
    const found = bytes && wordsOfFile(bytes, props.file.type, props.file.said)
    setWords(found === undefined || found.text.trim() === '' ? 'none' : found)
  })
  const known = () => {
    const found = words()
    return found === 'none' ? undefined : found
  }
  const nodes = createMemo(() => {
    const found = known()
    return found === undefined ? [] : nodesOf(found)
  })
  return (
    <Switch>
      <Match when={words() === 'none'}>
        <p>{t('fileWords.none')}</p>
      </Match>
      <Match when={known()}>
        {found => (
          <>
            <Show when={howDrawn(props.file.type)}>
              {how => <p class={styles.remark}>{t(`fileWords.${how()}`)}</p>}
            </Show>
            <Show when={found().isUnsure || nodes().some(isUnsure)}>
              <p class={styles.remark}>{t('fileWords.unsure')}</p>
            </Show>
            <ToldSections sections={[{ title: undefined, nodes: nodes(), sections: [] }]} />
            <Show when={found().isCut}>
              <p class={styles.remark}>{t('fileWords.cut')}</p>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  )
}

/** What of the file is not to be seen here; plain text is all to be seen. */
function howDrawn(type: FileType | undefined): 'page' | 'rich' | undefined {
  if (type === 'text/html') return 'page'
  return type === 'text/rtf' ? 'rich' : undefined
}

const isUnsure = (node: NarrativeNode): boolean =>
  typeof node === 'string' ? node.includes(UNKNOWN_LETTER) : node.children.some(isUnsure)

/** Plain text keeps its lines. */
function nodesOf({ form, text }: FileWords): readonly NarrativeNode[] {
  return form === 'markup' ? parseNarrative(text) : [{ tag: 'pre', children: [text] }]
}
