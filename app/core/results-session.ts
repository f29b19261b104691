import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about test results (decision 34). */
export interface ResultsSession {
  /** The one with the newest result first. */
  watchTests(listener: (tests: readonly TestGroup[]) => void): Promise<Stop>
  /** All results of the test that an entry is a result of; undefined where it is none, or not here any more. */
  testHistory(id: EntryId): Promise<TestHistory | undefined>
}

/** All results of one test. */
export interface TestGroup {
  /** The same on every device and in every record: 16 hex digits, which say nothing of the test. */
  readonly key: string
  readonly latest: EntrySummary
  /** The newest number before the latest one that is in its unit, or can be converted to it for certain. */
  readonly before?: EntrySummary
  /** From `before` to `latest`; absent where that is not certain, as from `< 5` to 3. */
  readonly change?: Change
  readonly count: number
  /** Of its numbers, the newest first; as their sources wrote them. */
  readonly units: readonly string[]
  /** What lists the newest result that is listed anywhere. */
  readonly panel?: TestPanel
}

/** `to` of what changed: greater, less, or the same number. */
export type Change = 'up' | 'down' | 'same'

/** A report, or a panel among the results, by which tests stand together. */
export interface TestPanel {
  /** The same for all reports of this kind. */
  readonly key: string
  /** The newest of them. */
  readonly report: EntrySummary
}

export interface TestHistory {
  readonly key: string
  /** Newest first, undated last. */
  readonly results: readonly EntrySummary[]
}
