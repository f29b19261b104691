import type { GivenChart, ThreadPlace } from '#app/core/message-session.ts'
import type { Session } from '#app/core/session.ts'
import { MAX_CHARTS } from '#schema/messages/chart.ts'

/** Where an answer in a thread is kept until it is sent. */
export const answerDraftPlace = ({ conversationId, threadId }: ThreadPlace) => `message/${conversationId}/${threadId}`

/** Where a message that was begun with a chart is. */
export const chartDraftPlace = (id: string) => `message/new/chart/${id}`

/** Where a post in a circle, or a comment to one, is, in the room of that circle's account. */
export const circleDraftPlace = (postId = 'post') => `circle/${postId}`

interface DraftWithCharts {
  readonly text: string
  readonly key: string
  readonly charts?: readonly GivenChart[]
}

/** Puts a chart into what is being written at `place`, or begins it; false: no more charts go along with it. */
export async function giveChart(session: Session, place: string, given: GivenChart): Promise<boolean> {
  const kept = await session.keptDraft(place)
  const draft: DraftWithCharts =
    kept === undefined ? { text: '', key: crypto.randomUUID() } : (JSON.parse(kept) as DraftWithCharts)
  const charts = draft.charts ?? []
  if (charts.length >= MAX_CHARTS) return false
  const mark = kept === undefined ? { isGiven: true } : {}
  return (await session.keepDraft(place, JSON.stringify({ ...draft, ...mark, charts: [...charts, given] }))).ok
}
