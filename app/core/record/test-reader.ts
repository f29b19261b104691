import type { EntryId } from '#schema/record/entry.ts'
import { factsOf } from '../exchange/report/entry-facts.ts'
import type { TestGroup, TestHistory } from '../results-session.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'
import { type GroupedTest, groupTests, testKeyOf } from './test-groups.ts'

export interface TestReader {
  /** The same list while the record stays as it is; the test with the newest result first. */
  tests(): readonly TestGroup[]
  history(id: EntryId): Promise<TestHistory | undefined>
}

export function makeTestReader(deps: TakenDeps): TestReader {
  const { index } = deps.keeper
  let version = -1
  let grouped: ReadonlyMap<string, GroupedTest> = new Map()
  let tests: readonly TestGroup[] = []

  function read(): void {
    if (version === index.version) return
    // In the order of their newest results already.
    grouped = groupTests(index.visible())
    tests = [...grouped.values()].map(({ group }) => group)
    version = index.version
  }

  return {
    tests() {
      read()
      return tests
    },
    async history(id) {
      read()
      // It may be behind another one by now, as the same thing.
      const [shown] = index.groupOf(id)[0] ?? []
      const key = shown === undefined ? '' : testKeyOf(shown.summary)
      const places = new Map(grouped.get(key)?.ids.map((each, place) => [each, place]))
      if (shown === undefined || !places.has(shown.summary.id)) return undefined
      const taken = await Array.fromAsync(takenEntries(deps, summary => places.has(summary.id)))
      const placeOf = (each: { readonly id: EntryId }) => places.get(each.id) ?? 0
      return { key, results: taken.sort((a, b) => placeOf(a) - placeOf(b)).map(factsOf) }
    },
  }
}
