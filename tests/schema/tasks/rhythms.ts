import fc from 'fast-check'
import { WEEKDAYS } from '#schema/medicines/schedule.ts'
import { checkRhythm, type Rhythm } from '#schema/tasks/rhythm.ts'

const day = () =>
  fc
    .integer({ min: 0, max: 2000 })
    .map(days => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

/** Rhythms of every kind that are allowed. */
export function rhythms(): fc.Arbitrary<Rhythm> {
  const repeat = fc.oneof(
    fc.constant({ type: 'once' }),
    fc.record({ type: fc.constant('days'), every: fc.integer({ min: 1, max: 366 }) }),
    fc.record({ type: fc.constant('weekdays'), weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }) }),
    fc.constant({ type: 'monthly' }),
  )
  const time = fc.option(fc.constantFrom('00:00', '07:30', '23:59'), { nil: undefined })
  return fc
    .record({ from: day(), repeat, time, until: fc.option(day(), { nil: undefined }) })
    .map(made => checkRhythm(made))
    .filter(read => read.ok)
    .map(({ value }) => value)
}
