import type { Slot } from '#app/core/home/free-slots.ts'
import { parseTaken } from '../../record/fhir-date.ts'
import { minutesOf } from './draft-slots.ts'

export interface FreeTimesDraft {
  readonly date: string
  readonly from: string
  readonly until: string
  readonly each: string
}

const MOST = 100
const MINUTE_MS = 60_000

export type FreeTimesError = 'needed' | 'minutes' | 'until' | 'too-many'

/** One time after another, from a beginning as long as each ends before the end. */
export function freeTimesOf(
  draft: FreeTimesDraft,
):
  | { readonly slots: readonly Slot[] }
  | { readonly errors: Readonly<Partial<Record<keyof FreeTimesDraft, FreeTimesError>>> } {
  const { date, from, until, each } = draft
  const [begin, end] = [parseTaken({ date, time: from }), parseTaken({ date, time: until })]
  const minutes = minutesOf(each)?.minutes
  if (begin === undefined || end === undefined || minutes === undefined) {
    return {
      errors: {
        ...(date === '' && { date: 'needed' }),
        ...(from === '' && { from: 'needed' }),
        ...(until === '' && { until: 'needed' }),
        ...(minutes === undefined && { each: 'minutes' }),
      },
    }
  }
  const count = Math.floor((Date.parse(end) - Date.parse(begin)) / (minutes * MINUTE_MS))
  if (count < 1) return { errors: { until: 'until' } }
  if (count > MOST) return { errors: { until: 'too-many' } }
  const [hours, first] = from.split(':').map(Number)
  const slots = Array.from({ length: count }, (_, index) => {
    const minute = Number(hours) * 60 + Number(first) + index * minutes
    const time = [Math.floor(minute / 60), minute % 60].map(part => String(part).padStart(2, '0')).join(':')
    return parseTaken({ date, time })
  })
  return { slots: slots.flatMap(startsAt => (startsAt === undefined ? [] : [{ startsAt, minutes }])) }
}
