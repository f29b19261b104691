import { createMemo, createSignal } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import { useTrueNow } from '../../session.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { untilOf } from '../../record/until.ts'
import type { ShareDraft } from './draft-share.ts'

const once = () => true

/** What is chosen, what there is to choose from, and what is wrong with it. */
export function createShareDraft(session: Session, initial: ShareDraft, kept?: Instant) {
  const now = useTrueNow()
  const [draft, setDraft] = createSignal(initial)
  const facets = createAnswer(once, () => session.facets())
  const counts = createMemo(
    () =>
      new Map(
        facets()?.sections.flatMap(({ section, count, privateCount }) =>
          count > privateCount ? [[section, count - privateCount] as const] : [],
        ),
      ),
  )
  /** What is private of the chosen sections, or of these, stays out. */
  const privateCount = (sections = draft().sections) =>
    (facets()?.sections ?? [])
      .filter(({ section }) => sections.includes(section))
      .reduce((sum, each) => sum + each.privateCount, 0)
  /** Written down several times a day: said apart, as they would drown the other numbers. */
  const doseCount = (sections: readonly Section[]) =>
    sections.includes('medicines')
      ? (facets()?.kinds ?? [])
          .filter(({ kind }) => kind === 'dose' || kind === 'stock')
          .reduce((sum, { count }) => sum + count, 0)
      : 0
  return {
    draft,
    doseCount,
    counts,
    privateCount,
    isReady: () => facets() !== undefined,
    /** Of the chosen sections, or of these. */
    total: (sections = draft().sections) => sections.reduce((sum, section) => sum + (counts().get(section) ?? 0), 0),
    /** By the server's clock, as far as it is known; that one decides. */
    until: () => untilOf(draft(), new Date(now()), kept),
    change: (part: Partial<ShareDraft>) => void setDraft(before => ({ ...before, ...part })),
  }
}

export type ShareForm = ReturnType<typeof createShareDraft>
