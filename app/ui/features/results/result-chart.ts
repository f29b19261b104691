import type { GivenChart } from '#app/core/message-session.ts'
import { instant } from '#schema/instant.ts'
import { MAX_CHART_ROWS } from '#schema/messages/chart.ts'
import { formatUnit } from '../../record/format-value.ts'
import type { UnitSeries } from './test-series.ts'

/** What the chart shows, for whoever it is sent to; without what is private. Undefined where nothing is left. */
export function chartOf(title: string, { unit, isUcum, points, results }: UnitSeries): GivenChart | undefined {
  const open = results.flatMap((result, index) => {
    const [point, when] = [points[index], result.when?.text]
    return result.isPrivate === true || point === undefined || when === undefined
      ? []
      : [{ id: result.id, when, point }]
  })
  const given = open.slice(-MAX_CHART_ROWS)
  if (given.length === 0) return undefined
  return {
    of: given.map(({ id }) => id),
    chart: {
      title,
      unit: isUcum ? formatUnit(unit) : unit,
      lines: [title],
      rows: given.map(({ when, point: { at, value, bound, range } }) => ({
        when,
        at: instant(at),
        values: [value],
        ...(bound && { bound }),
        ...(range && { ranges: [range] }),
      })),
      ...(open.length > given.length && { rowCount: open.length }),
    },
  }
}
