import type { EntryId } from '#schema/record/entry.ts'
import type { TestGroup, TestHistory } from '../results-session.ts'
import type { RecordIndex } from './record-index.ts'
import { type GroupedTest, groupTests, testKeyOf } from './test-groups.ts'

export interface TestReader {
  /** The same list while the record stays as it is; the test with the newest result first. */
  tests(): readonly TestGroup[]
  history(id: EntryId): TestHistory | undefined
}

/** Reads rows alone: no document is opened, however many results there are. */
export function makeTestReader(index: RecordIndex): TestReader {
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
    history(id) {
      read()
      // It may be behind another one by now, as the same thing.
      const shown = index.groupOf(id)[0]?.[0]?.summary
      const test = shown === undefined ? undefined : grouped.get(testKeyOf(shown))
      if (test === undefined || !test.results.some(each => each.id === shown?.id)) return undefined
      return { key: test.group.key, results: test.results }
    },
  }
}
