import fc from 'fast-check'
import { MEALS, type Schedule, type Step, WEEKDAYS } from '#schema/medicines/schedule.ts'

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const times = fc.uniqueArray(time, { minLength: 1, maxLength: 6 }).map(list => list.toSorted())
const dose = fc.integer({ min: 1, max: 40 }).map(quarters => quarters / 4)
const meal = fc.option(fc.constantFrom(...MEALS), { nil: undefined })
const someDays = fc.subarray([...WEEKDAYS], { minLength: 1, maxLength: 6 })

const rhythm = fc.oneof(
  times.map(list => ({ type: 'times' as const, times: list })),
  fc.record({ type: fc.constant('times' as const), times, weekdays: someDays }),
  fc.record({ type: fc.constant('times' as const), times, everyDays: fc.integer({ min: 2, max: 30 }) }),
  fc.record({ type: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 72 }), first: time }),
  fc.record(
    {
      type: fc.constant('as-needed' as const),
      gapHours: fc.integer({ min: 1, max: 24 }),
      mostPerDay: fc.integer({ min: 1, max: 8 }),
    },
    { requiredKeys: ['type'] },
  ),
)

const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)

/** Schedules of one to four steps, each of a week or so, the last one perhaps for good. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    unit: fc.constantFrom('tablet', 'mL', 'puff'),
    parts: fc.array(fc.record({ rhythm, dose, meal, days: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    isOpen: fc.boolean(),
  })
  .map(({ unit, parts, isOpen }) => {
    let next = 0
    const steps = parts.map((part, index): Step => {
      const from = day(next)
      next += part.days + 1
      const isLast = index === parts.length - 1
      return {
        rhythm: part.rhythm,
        dose: part.dose,
        ...(part.meal === undefined ? {} : { meal: part.meal }),
        from,
        ...(isLast && isOpen ? {} : { until: day(next - 1) }),
      }
    })
    return { unit, steps }
  })
