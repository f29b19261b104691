import { fold } from '#app/core/record/row.ts'
import type { TestGroup, TestPanel } from '#app/core/results-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'

/** What the list of tests is made of. */
interface Wanted {
  readonly text: string
  readonly hidesNormal: boolean
  readonly isPinned: (test: TestGroup) => boolean
  /** Nobody was told yet what it is: whether it is left out would tell. */
  readonly isWaiting: (entry: EntrySummary) => boolean
  /** How an entry is called on the screen. */
  readonly titleOf: (entry: EntrySummary) => string
}

/** Tests that stand below one heading. */
export interface TestList {
  readonly kind: 'pinned' | 'panel' | 'others'
  readonly panel?: TestPanel
  readonly tests: readonly TestGroup[]
}

export interface ArrangedTests {
  /** Pinned ones, then by panel, the one with the newest result first, then what is in none. */
  readonly lists: readonly TestList[]
  /** Left out because their latest result is as it should be. */
  readonly hiddenCount: number
}

/** By its source's own word or range, and nothing is said of it that it may still change. */
const isAsItShouldBe = ({ latest: { flag, stage } }: TestGroup) =>
  (flag === 'normal' || flag === 'in-range') && stage !== 'preliminary'

/** Below their headings, each by name. A search finds names of tests and of panels, and what is pinned or waits is never left out as normal. */
export function arrangeTests(tests: readonly TestGroup[], wanted: Wanted): ArrangedTests {
  const { isPinned, titleOf } = wanted
  const words = fold(wanted.text).split(/\s+/).filter(Boolean)
  const found = tests.filter(test => {
    const { latest, panel } = test
    const names = [titleOf(latest), latest.title, ...latest.codes.map(({ display = '' }) => display)]
    const text = fold([...names, panel === undefined ? '' : titleOf(panel.report)].join('\n'))
    return words.every(word => text.includes(word))
  })
  const mayBeLeftOut = (test: TestGroup) => isAsItShouldBe(test) && !isPinned(test) && !wanted.isWaiting(test.latest)
  const shown = wanted.hidesNormal ? found.filter(test => !mayBeLeftOut(test)) : found
  const pinned = shown.filter(isPinned)
  const rest = shown.filter(test => !isPinned(test))
  const byPanel = Map.groupBy(rest, test => test.panel?.key)
  const byName = (group: readonly TestGroup[]) =>
    group.toSorted((a, b) => titleOf(a.latest).localeCompare(titleOf(b.latest)))
  const panels = [...byPanel].flatMap(([key, group]): TestList[] => {
    const panel = group[0]?.panel
    return key === undefined || panel === undefined ? [] : [{ kind: 'panel', panel, tests: byName(group) }]
  })
  const lists: readonly TestList[] = [
    { kind: 'pinned', tests: byName(pinned) },
    ...panels,
    { kind: 'others', tests: byName(byPanel.get(undefined) ?? []) },
  ]
  return { lists: lists.filter(list => list.tests.length > 0), hiddenCount: found.length - shown.length }
}
