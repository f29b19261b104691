import type { Statistics } from './statistics.ts'

/** How the mean of one number of a measure differs between two periods, as fine as means are said. */
export interface Difference {
  readonly now: number
  readonly other: number
  /** Never below zero; which way is told apart. */
  readonly by: number
  readonly way: 'lower' | 'higher' | 'same'
}

const TENTHS = 10
const inTenths = (value: number) => Math.round(value * TENTHS)

/** One for each number of a reading; none where either period has no reading. Reckoned from what is shown, so that the three numbers agree. */
export function differencesOf(now: Statistics, other: Statistics): readonly Difference[] {
  return now.mean.flatMap((mean, index) => {
    const against = other.mean[index]
    if (against === undefined) return []
    const [here, there] = [inTenths(mean), inTenths(against)]
    const by = Math.abs(here - there)
    return [
      {
        now: here / TENTHS,
        other: there / TENTHS,
        by: by / TENTHS,
        way: by === 0 ? 'same' : here < there ? 'lower' : 'higher',
      },
    ]
  })
}

/** The share of readings within the goal in whole percent; undefined without a goal, and where either period has no reading. */
export function sharesOf(
  now: Statistics,
  other: Statistics,
): { readonly now: number; readonly other: number } | undefined {
  const [here, there] = [shareOf(now), shareOf(other)]
  return here === undefined || there === undefined ? undefined : { now: here, other: there }
}

/** In whole percent. */
export function shareOf({ inBand, count }: Statistics): number | undefined {
  return inBand === undefined || count === 0 ? undefined : Math.round((inBand / count) * 100)
}
