import { createMemo, createSignal } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import type { Instant } from '#schema/instant.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { type ShareDraft, untilOf } from './draft-share.ts'

const once = () => true

/** What is chosen, what there is to choose from, and what is wrong with it. */
export function createShareDraft(session: Session, initial: ShareDraft, kept?: Instant) {
  const [draft, setDraft] = createSignal(initial)
  const facets = createAnswer(once, () => session.facets())
  const counts = createMemo(
    () => new Map(facets()?.sections.flatMap(({ section, count }) => (count > 0 ? [[section, count] as const] : []))),
  )
  return {
    draft,
    counts,
    isReady: () => facets() !== undefined,
    total: () => draft().sections.reduce((sum, section) => sum + (counts().get(section) ?? 0), 0),
    /** By this device's clock as it is now; the server's decides. */
    until: () => untilOf(draft(), new Date(), kept),
    change: (part: Partial<ShareDraft>) => void setDraft(before => ({ ...before, ...part })),
  }
}

export type ShareForm = ReturnType<typeof createShareDraft>
