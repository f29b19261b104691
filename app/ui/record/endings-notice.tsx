import { For, Show } from 'solid-js'
import type { Ending, ShareEnding, WholeEnding } from '#app/core/follow-session.ts'
import type { Session } from '#app/core/session.ts'
import { formatTime } from '../language/format.ts'
import { type MessageKey, t } from '../language/language.ts'
import { Button, LinkButton } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { createWatch, useRecordPath, useRecordView, useSession, useTrueNow, useVault } from '../session.ts'
import { isPracticeIn } from './is-practice.ts'
import { sectionNames } from './share-words.ts'
import { soonWords } from './soon-words.ts'

/** What ends soon, and what has ended: of what others see of the record, and of what this person sees of others'. */
export function EndingNotices(props: {
  readonly side?: Ending['side'] | undefined
  readonly shareId?: string
  readonly keptId?: string
  /** Left out: the one that the page asks. That of a shared record knows no ends. */
  readonly session?: Session
}) {
  const pageSession = useSession()
  // The same for as long as the page stands.
  const session = props.session ?? pageSession
  const endings = createWatch<readonly Ending[]>(listener => session.watchEndings(listener))
  const shown = () =>
    (endings() ?? []).filter(
      ending =>
        (props.side === undefined || ending.side === props.side) &&
        (props.shareId === undefined || (ending.kind === 'share' && ending.shareId === props.shareId)) &&
        (props.keptId === undefined || (ending.kind === 'whole' && ending.keptId === props.keptId)),
    )
  return <For each={shown()}>{ending => <EndingNotice ending={ending} session={session} />}</For>
}

function EndingNotice(props: { readonly ending: Ending; readonly session: Session }) {
  const now = useTrueNow()
  const vault = useVault()
  const putAway = () => void props.session.dismissEnding(props.ending.endingId)
  const to = useRecordPath()
  const { kept } = useRecordView()
  const isGivenSoon = () => props.ending.side === 'given' && !props.ending.isOver
  const moreTime = () => {
    const { ending } = props
    if (!isGivenSoon()) return undefined
    if (ending.kind === 'share') return to(`/people/${ending.contactId}/share/${ending.shareId}`)
    // Whose record it is alone says how long somebody manages it.
    return kept === undefined && ending.purpose === 'manager' ? `/people/${ending.contactId}/manage` : undefined
  }
  return (
    <Notice
      tone={props.ending.isOver ? 'info' : 'warning'}
      title={titleWords(props.ending, now(), isPracticeIn(vault()))}
      actions={
        <>
          <Show when={moreTime()}>
            {href => (
              <LinkButton tone="primary" href={href()}>
                {t('ending.extend')}
              </LinkButton>
            )}
          </Show>
          <Button onClick={putAway}>{t(isGivenSoon() ? 'ending.let' : 'ending.ok')}</Button>
        </>
      }
    >
      {textWords(props.ending)}
    </Notice>
  )
}

function titleWords(ending: Ending, now: number, isPractice: boolean): string {
  return ending.kind === 'share' ? shareTitle(ending, now) : wholeTitle(ending, now, isPractice)
}

function shareTitle({ side, isOver, contactName, recordName, at, endedBy }: ShareEnding, now: number): string {
  const time = soonWords(at, now)
  if (side === 'given') {
    if (!isOver) return t('ending.given.soon', { name: contactName, time })
    return t(GIVEN_OVER[endedBy ?? 'stopped'], { name: contactName, time })
  }
  if (!isOver) return t('ending.received.soon', { name: recordName, time })
  return t('ending.received.over', { name: recordName, time })
}

function wholeTitle(
  { side, purpose, isOver, isDeclined, contactName, recordName, at }: WholeEnding,
  now: number,
  isPractice: boolean,
): string {
  const time = soonWords(at, now)
  if (side === 'received') return t('ending.received.soon', { name: recordName, time })
  if (isDeclined && isPractice) return t('staff.declined', { name: contactName })
  if (isDeclined)
    return t(purpose === 'manager' ? 'ending.manager.declined' : 'ending.guardian.declined', { name: contactName })
  return t(isOver ? 'ending.manager.over' : 'ending.manager.soon', { name: contactName, time })
}

/** What this person stopped is not told to them. */
const GIVEN_OVER = {
  expired: 'ending.given.over',
  stopped: 'ending.given.over',
  left: 'ending.given.left',
  declined: 'ending.given.declined',
} as const satisfies Record<NonNullable<ShareEnding['endedBy']>, MessageKey>

function textWords(ending: Ending): string {
  return ending.kind === 'share' ? shareText(ending) : wholeText(ending)
}

/** Two shares with one person are told apart by their sections, and by when they began. */
function shareText({ side, isOver, endedBy, sections, since, contactName }: ShareEnding): string {
  const about = { sections: sectionNames(sections), since: formatTime(since) }
  if (side === 'given') {
    if (endedBy === 'declined') return t('ending.given.declined.text', about)
    return t(isOver ? 'ending.given.over.text' : 'ending.given.soon.text', about)
  }
  if (!isOver) return t('ending.received.soon.text', { name: contactName })
  return t('ending.received.over.text', { name: contactName, since: about.since })
}

function wholeText({ side, isOver, isDeclined, contactName }: WholeEnding): string {
  if (side === 'received') return t('ending.received.soon.text', { name: contactName })
  if (isDeclined) return t('ending.whole.declined.text')
  return t(isOver ? 'ending.manager.over.text' : 'ending.manager.soon.text')
}
