import type { EntrySummary } from '#schema/record/entry.ts'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import type { Instant } from '#schema/instant.ts'
import type { Stop } from './session.ts'

/** What a window asks of values over time. */
export interface TrackSession {
  /** What is followed, as of now and at each change. */
  watchTracked(listener: (tracked: Tracked) => void): Promise<Stop>
  /** The dated values of a measure, newest first; both ends included. */
  readings(measure: TrackedMeasure, fromMs: Instant, toMs: Instant): Promise<readonly EntrySummary[]>
}

export interface Tracked {
  /** Of each measure that has a dated value the newest one; the measure with the newest value first. */
  readonly measures: readonly TrackedLatest[]
  /** Goals that hold now and say of which measure they are, newest first. */
  readonly goals: readonly EntrySummary[]
  /** Of the symptoms of each name the newest occurrence; the newest first. */
  readonly symptoms: readonly { readonly latest: EntrySummary; readonly count: number }[]
  /** Another one whenever values may have changed. */
  readonly version: number
}

export interface TrackedLatest {
  readonly measure: TrackedMeasure
  readonly latest: EntrySummary
  readonly count: number
}
