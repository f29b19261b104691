import FileText from 'lucide-solid/icons/file-text'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { SaveFileButton } from '../../record/save-file-button.tsx'
import { useSession } from '../../session.ts'
import styles from './entry.module.css'
import { parseResourceTree, type ResourceNode } from './resource-tree.ts'

/** Attachments are long; what is cut here is whole in the download. */
const MAX_SHOWN = 4_000

/** The imported resource as it came: every property in plain letters, and the file to take along. */
export function OriginalCard(props: { readonly entry: EntrySummary; readonly original: string }) {
  const [isOpen, setOpen] = createSignal(false)
  const tree = createMemo(() => (isOpen() ? parseResourceTree(props.original) : undefined))
  const session = useSession()
  return (
    <Card
      title={t('original.title')}
      icon={<FileText />}
      action={
        <SaveFileButton
          tone="plain"
          section={props.entry.section}
          fetch={() => session.original(props.entry.id)}
          fileName={`${props.entry.resourceType ?? 'resource'}.json`}
          unreadable={t('entry.gone.text')}
        >
          {t('original.download')}
        </SaveFileButton>
      }
    >
      <p class={styles.soft}>{t('original.text')}</p>
      <details class={styles.original} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>{t('original.show')}</summary>
        <Show when={isOpen()}>
          <Show when={tree()} fallback={<pre class={styles.raw}>{shortened(props.original)}</pre>}>
            {nodes => (
              <div lang="en" dir="ltr">
                <Nodes nodes={nodes()} />
              </div>
            )}
          </Show>
        </Show>
      </details>
    </Card>
  )
}

function Nodes(props: { readonly nodes: readonly ResourceNode[] }) {
  return (
    <dl class={styles.tree}>
      <For each={props.nodes}>
        {node => (
          <div classList={{ [styles.branch ?? '']: node.children.length > 0 }}>
            <dt>{node.label}</dt>
            <dd dir={node.text === undefined ? undefined : 'auto'}>
              <Show when={node.text} fallback={<Nodes nodes={node.children} />}>
                {text => shortened(text())}
              </Show>
            </dd>
          </div>
        )}
      </For>
    </dl>
  )
}

function shortened(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}… ${t('original.cut', { count: text.length })}`
}
