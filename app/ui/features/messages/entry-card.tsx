import { Show } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import type { EntryReference } from '#schema/messages/entry-reference.ts'
import { type EntryId, isEntryId } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createEntryWatch } from '../../record/read-entry.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { entryHref } from './entry-href.ts'
import { EntryLine } from './entry-line.tsx'

/** The entry that is asked about, as it stood then; and once a correction of it was accepted, the way to one's own copy. */
export function EntryCard(props: { readonly request: RequestDetail }) {
  const session = useSession()
  const to = useRecordPath()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const reference = () => referenceIn(props.request.history[0]?.data ?? {})
  const isMine = () => props.request.role === 'patient'
  const isAccepted = () => isMine() && props.request.kind === 'correction' && props.request.state === 'accepted'
  const acceptedAt = () => props.request.history.findLast(({ kind }) => kind === 'accept')?.at ?? 0
  const editHref = (id: string) => {
    const { conversationId, requestId } = props.request
    return to(`/entry/${id}/edit?conversation=${conversationId}&request=${requestId}`)
  }
  return (
    <Show when={reference()}>
      {entry => (
        <Card title={t('request.aboutEntry')}>
          <EntryLine
            reference={entry()}
            href={entryHref(entry(), isMine(), props.request.contactId, { shares: shares(), to })}
          />
          <Show when={isAccepted()}>
            <CopyToCorrect id={entry().id} acceptedAt={acceptedAt()} editHref={editHref(entry().id)} />
          </Show>
        </Card>
      )}
    </Show>
  )
}

/** One's own copy of what somebody else's record says: to be changed, or changed since they accepted it. */
function CopyToCorrect(props: { readonly id: EntryId; readonly acceptedAt: number; readonly editHref: string }) {
  const told = createEntryWatch(useSession(), () => props.id)
  const changedAt = () => {
    const at = told()?.entry?.changedAt
    return at !== undefined && at > props.acceptedAt ? at : undefined
  }
  return (
    <>
      <p>
        <Show when={changedAt()} fallback={t('correction.copy.about')}>
          {at => t('correction.copy.done', { date: formatDay(at()) })}
        </Show>
      </p>
      <div>
        <LinkButton tone={changedAt() === undefined ? 'primary' : 'quiet'} href={props.editHref}>
          {t(changedAt() === undefined ? 'correction.copy' : 'correction.copy.again')}
        </LinkButton>
      </div>
    </>
  )
}

function referenceIn(data: Readonly<Record<string, unknown>>): EntryReference | undefined {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const [id, section] = [text('entryId'), SECTIONS.find(one => one === data['section'])]
  if (!isEntryId(id) || section === undefined) return undefined
  return { id, section, title: text('title'), when: text('when'), value: text('value') }
}
