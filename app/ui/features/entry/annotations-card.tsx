import MessageSquarePlus from 'lucide-solid/icons/message-square-plus'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { For, Show } from 'solid-js'
import type { EntryDetail, EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { showToast } from '../../parts/toast.tsx'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords, whenAndBy, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights, useRecordView, useSession } from '../../session.ts'
import styles from './annotations.module.css'

/** What people wrote beside an entry, which stays as it is. */
export function AnnotationsCard(props: { readonly entry: EntryDetail; readonly mayChange: boolean }) {
  const to = useRecordPath()
  const notes = () => props.entry.annotations ?? []
  return (
    <Card
      title={t('annotation.title')}
      icon={<MessageSquareText />}
      action={
        <Show when={props.mayChange}>
          <LinkButton
            tone="plain"
            icon={<MessageSquarePlus size="1.2rem" />}
            href={to(`/entry/${props.entry.summary.id}/note`)}
          >
            {t('annotation.add')}
          </LinkButton>
        </Show>
      }
    >
      <Show when={notes().length > 0} fallback={<p class={styles.soft}>{t('annotation.none')}</p>}>
        <ul class={styles.notes} aria-label={t('annotation.title')}>
          <For each={notes()}>{note => <Annotation note={note} mayChange={props.mayChange} />}</For>
        </ul>
      </Show>
    </Card>
  )
}

const textOf = ({ value }: EntrySummary) => (value?.type === 'text' ? value.text : '')

function Annotation(props: { readonly note: EntrySummary; readonly mayChange: boolean }) {
  const to = useRecordPath()
  const { isOwn } = useRecordRights()
  const author = useAuthor()
  const remove = useRemove()
  const by = () => author(props.note)
  const isMine = () => by()?.type === 'you'
  return (
    <li class={styles.note}>
      <p class={styles.text} dir="auto">
        {textOf(props.note)}
      </p>
      <div class={styles.foot}>
        <span class={styles.soft}>{whenAndBy(whenOf(props.note, 'long'), by())}</span>
        <Show when={props.mayChange && (isMine() || isOwn)}>
          <span class={styles.acts}>
            <Show when={isMine()}>
              <LinkButton tone="plain" href={to(`/entry/${props.note.id}/edit`)} icon={<Pencil size="1.1rem" />}>
                {t('act.edit')}
              </LinkButton>
            </Show>
            <Button tone="plain" icon={<Trash size="1.1rem" />} onClick={() => void remove(props.note)}>
              {t('entry.bin')}
            </Button>
          </span>
        </Show>
      </div>
    </li>
  )
}

/** Nobody is named in a row whom the record belongs to: that is the reader, or the owner of what is shared with them. */
function useAuthor() {
  const { shared } = useRecordView()
  return ({ source }: EntrySummary) => {
    const by = source.type === 'self' ? source.by : undefined
    if (by !== undefined) return by
    return shared === undefined ? ({ type: 'you' } as const) : ({ type: 'owner', name: shared.recordName() } as const)
  }
}

function useRemove() {
  const session = useSession()
  return async ({ id }: EntrySummary) => {
    const answer = await session.binEntry(id)
    if (!answer.ok) return showToast({ message: saveFailureWords(answer.failure) })
    showToast({
      message: t('entry.binned'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }
}
