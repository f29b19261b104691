import type { GivenChart } from '#app/core/message-session.ts'
import { instant } from '#schema/instant.ts'
import { MAX_CHART_ROWS } from '#schema/messages/chart.ts'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { formatUnit } from '../../record/format-value.ts'
import { bandWords, trackedName } from '../../record/measure-words.ts'
import type { ReaderUnits } from '../../record/units.ts'
import type { Track } from './create-track.ts'
import { numberNames } from './number-names.ts'
import { isIn } from './period.ts'
import { bandOf, seriesOf } from './readings.ts'
import { dayOf } from './statistics.ts'

/** What the chart shows, for whoever it is sent to; without what is private. Undefined where nothing is left. Reactive. */
export function chartOf(measure: TrackedMeasure, track: Track, reader: ReaderUnits): GivenChart | undefined {
  const period = track.period()
  const entries = (track.entries() ?? []).filter(({ when, isPrivate }) => {
    const day = when && dayOf(when)
    return isPrivate !== true && day !== undefined && isIn(period, day)
  })
  const given = entries.slice(0, MAX_CHART_ROWS)
  const series = seriesOf(given, reader)
  if (series.readings.length === 0) return undefined
  const goal = track.goals()[0]
  const shown = goal?.isPrivate === true ? undefined : goal
  const band = bandOf(shown?.target, series, reader)
  const title = trackedName(measure, track.latest()?.title)
  return {
    of: [...given.map(({ id }) => id), ...(band && shown ? [shown.id] : [])],
    chart: {
      title,
      unit: series.isUcum ? formatUnit(series.unit) : series.unit,
      lines: numberNames(measure, title),
      ...period,
      ...(band && shown?.target && { goal: bandWords(shown.target, reader) }),
      rows: series.readings.map(({ at, text, values }) => ({
        when: text,
        at: instant(at),
        values,
        ...(band && { ranges: band }),
      })),
      ...(entries.length > given.length && { rowCount: entries.length }),
    },
  }
}
