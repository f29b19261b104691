import FilePlus from 'lucide-solid/icons/file-plus'
import Files from 'lucide-solid/icons/files'
import Link from 'lucide-solid/icons/link'
import Paperclip from 'lucide-solid/icons/paperclip'
import Unlink from 'lucide-solid/icons/unlink'
import { createSignal, For, lazy, Show, Suspense } from 'solid-js'
import type { EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button, IconButton, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { titleOf } from '../../record/words.ts'
import { useRecordPath } from '../../session.ts'
import { documentOf, useDocumentActs } from './correct-document.ts'
import styles from './entry.module.css'

const PaperPictures = lazy(async () => ({ default: (await import('./paper-pictures.tsx')).PaperPictures }))
const PickEntry = lazy(async () => ({ default: (await import('./pick-entry.tsx')).PickEntry }))

/** Documents that belong to the entry, what it belongs to itself, and the way to one more. */
export function PapersCard(props: {
  readonly entry: EntryDetail
  readonly mayAdd: boolean
  readonly mayChange: boolean
}) {
  const to = useRecordPath()
  const acts = useDocumentActs(() => props.entry)
  const isDocument = () => documentOf(props.entry) !== undefined
  const add = () => t(props.entry.summary.kind === 'document' ? 'papers.addPage' : 'paper.title')
  return (
    <Card
      title={t('papers.title')}
      icon={<Files />}
      action={
        <Show when={props.mayAdd}>
          <LinkButton
            tone="plain"
            icon={<FilePlus size="1.2rem" />}
            href={to(`/add/document?about=${props.entry.summary.id}`)}
          >
            {add()}
          </LinkButton>
        </Show>
      }
    >
      <Show when={props.entry.papers} fallback={<p class={styles.soft}>{t('papers.none')}</p>}>
        {papers => (
          <>
            <Suspense>
              <PaperPictures papers={papers()} />
            </Suspense>
            <Linked
              label={t('papers.title')}
              entries={papers()}
              onDetach={props.mayChange ? paper => void acts.attach(paper, props.entry.summary, false) : undefined}
            />
          </>
        )}
      </Show>
      <Show when={props.entry.about}>
        {about => (
          <>
            <h3>{t('papers.about')}</h3>
            <Linked
              label={t('papers.about')}
              entries={about()}
              onDetach={
                props.mayChange && isDocument()
                  ? target => void acts.attach(props.entry.summary, target, false)
                  : undefined
              }
            />
          </>
        )}
      </Show>
      <Show when={props.mayChange}>
        <Attaching entry={props.entry} isDocument={isDocument()} />
      </Show>
    </Card>
  )
}

/** What is here already and belongs together: documents to this, and this document to something. */
function Attaching(props: { readonly entry: EntryDetail; readonly isDocument: boolean }) {
  const acts = useDocumentActs(() => props.entry)
  const [asked, setAsked] = createSignal<'papers' | 'about'>()
  const known = () => [...(props.entry.papers ?? []), ...(props.entry.about ?? [])].map(each => each.id)
  const isLeftOut = ({ id }: EntrySummary) => id === props.entry.summary.id || known().includes(id)
  const pick = (picked: EntrySummary) => {
    const [paper, target] = asked() === 'about' ? [props.entry.summary, picked] : [picked, props.entry.summary]
    setAsked()
    void acts.attach(paper, target, true)
  }
  return (
    <>
      <div class={styles.ways}>
        <Button tone="plain" icon={<Paperclip size="1.2rem" />} onClick={() => setAsked('papers')}>
          {t('papers.attach')}
        </Button>
        <Show when={props.isDocument}>
          <Button tone="plain" icon={<Link size="1.2rem" />} onClick={() => setAsked('about')}>
            {t('papers.attachTo')}
          </Button>
        </Show>
      </div>
      <Suspense>
        <Show when={asked()}>
          {side => (
            <PickEntry
              open
              title={t(side() === 'about' ? 'papers.attachTo.title' : 'papers.attach.title')}
              {...(side() === 'about' ? {} : { kinds: ['document'] as const })}
              isLeftOut={isLeftOut}
              onClose={() => setAsked()}
              onPick={pick}
            />
          )}
        </Show>
      </Suspense>
    </>
  )
}

function Linked(props: {
  readonly label: string
  readonly entries: readonly EntrySummary[]
  readonly onDetach: ((entry: EntrySummary) => void) | undefined
}) {
  return (
    <EntryList label={props.label}>
      <For each={props.entries}>
        {entry => (
          <li class={styles.linked}>
            <div>
              <EntryRow entry={entry} brief />
            </div>
            <Show when={props.onDetach}>
              {detach => (
                <IconButton label={t('papers.detach', { title: titleOf(entry) })} onClick={() => detach()(entry)}>
                  <Unlink size="1.2rem" />
                </IconButton>
              )}
            </Show>
          </li>
        )}
      </For>
    </EntryList>
  )
}
