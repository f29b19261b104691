import { expect, test } from 'vitest'
import { percentileOf, valueAt } from '#schema/growth/lms.ts'
import { placeOf } from '#schema/growth/reference.ts'
import { hasPublishedGrowth, publishedGrowth } from '#tests/support/published-growth.ts'

/** The tables are held within 0.004; the rest is rounding of what stands in them. */
const OFF_Z = 0.005
const PLACES = [-3, -1.88, -1, 0, 1, 1.88, 3] as const

test.skipIf(!hasPublishedGrowth())(
  'percentiles and z-scores are those of the published WHO and CDC tables, row by row',
  () => {
    let rows = 0
    for (const { standard, measure, sex, rows: table } of publishedGrowth()) {
      for (const row of table.filter(
        ({ days }) => measure === 'head-circumference' || standard === 'who' || days >= 730.5,
      )) {
        rows++
        for (const z of PLACES) {
          const value = valueAt(row, z)
          // Far above the median a curve of a strong skew has no such place.
          if (Number.isNaN(value)) continue
          const place = placeOf(standard, measure, sex, row.days, value)
          expect(Math.abs((place?.z ?? Infinity) - z), `${standard} ${measure} ${sex} ${row.days} ${z}`).toBeLessThan(
            OFF_Z,
          )
          // Two tenths of a percentile at most, in the middle.
          expect(Math.abs((place?.percentile ?? Infinity) - percentileOf(z))).toBeLessThan(0.2)
        }
      }
    }
    expect(rows).toBeGreaterThan(11_000)
  },
)
