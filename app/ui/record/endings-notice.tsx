import { For, Show } from 'solid-js'
import type { Ending } from '#app/core/follow-session.ts'
import type { Session } from '#app/core/session.ts'
import { type MessageKey, t } from '../language/language.ts'
import { Button, LinkButton } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { createWatch, useSession, useTrueNow } from '../session.ts'
import { sectionNames } from './share-words.ts'
import { soonWords } from './soon-words.ts'

/** What ends soon, and what has ended: of what this person shares, and of what is shared with them. */
export function EndingNotices(props: {
  readonly side?: Ending['side']
  readonly shareId?: string
  /** Left out: the one that the page asks. That of a shared record knows no ends. */
  readonly session?: Session
}) {
  const pageSession = useSession()
  // The same for as long as the page stands.
  const session = props.session ?? pageSession
  const endings = createWatch<readonly Ending[]>(listener => session.watchEndings(listener))
  const shown = () =>
    (endings() ?? []).filter(
      ({ side, shareId }) =>
        (props.side === undefined || side === props.side) && (props.shareId === undefined || shareId === props.shareId),
    )
  return <For each={shown()}>{ending => <EndingNotice ending={ending} session={session} />}</For>
}

function EndingNotice(props: { readonly ending: Ending; readonly session: Session }) {
  const now = useTrueNow()
  const putAway = () => void props.session.dismissEnding(props.ending.endingId)
  const isGivenSoon = () => props.ending.side === 'given' && !props.ending.isOver
  return (
    <Notice
      tone={props.ending.isOver ? 'info' : 'warning'}
      title={titleWords(props.ending, now())}
      actions={
        <>
          <Show when={isGivenSoon()}>
            <LinkButton tone="primary" href={`/people/${props.ending.contactId}/share/${props.ending.shareId}`}>
              {t('ending.extend')}
            </LinkButton>
          </Show>
          <Button onClick={putAway}>{t(isGivenSoon() ? 'ending.let' : 'ending.ok')}</Button>
        </>
      }
    >
      {textWords(props.ending)}
    </Notice>
  )
}

function titleWords({ side, isOver, contactName, recordName, at, endedBy }: Ending, now: number): string {
  const time = soonWords(at, now)
  if (side === 'given') {
    if (!isOver) return t('ending.given.soon', { name: contactName, time })
    return t(GIVEN_OVER[endedBy ?? 'stopped'], { name: contactName, time })
  }
  if (!isOver) return t('ending.received.soon', { name: recordName, time })
  return t('ending.received.over', { name: recordName, time })
}

/** What this person stopped is not told to them. */
const GIVEN_OVER = {
  expired: 'ending.given.over',
  stopped: 'ending.given.over',
  left: 'ending.given.left',
  declined: 'ending.given.declined',
} as const satisfies Record<NonNullable<Ending['endedBy']>, MessageKey>

function textWords({ side, isOver, endedBy, sections, contactName }: Ending): string {
  if (side === 'given') {
    if (endedBy === 'declined') return t('ending.given.declined.text', { sections: sectionNames(sections) })
    return t(isOver ? 'ending.given.over.text' : 'ending.given.soon.text', { sections: sectionNames(sections) })
  }
  return t(isOver ? 'ending.received.over.text' : 'ending.received.soon.text', { name: contactName })
}
