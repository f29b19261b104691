/** One row of a growth table: how a measure is spread at one age (T. J. Cole 1990: skewness L, median M, coefficient of variation S). */
export interface Lms {
  readonly l: number
  readonly m: number
  readonly s: number
}

/** Nearer to zero than this L is zero: the power becomes a logarithm. */
const FLAT = 1e-7

/** What stands at `z` of the spread; NaN where the curve has no such place. */
export function valueAt({ l, m, s }: Lms, z: number): number {
  return Math.abs(l) < FLAT ? m * Math.exp(s * z) : m * (1 + l * s * z) ** (1 / l)
}

/** How many standard deviations from the median; NaN for what is not above zero. */
export function zScoreOf({ l, m, s }: Lms, value: number): number {
  if (!(value > 0)) return Number.NaN
  return Math.abs(l) < FLAT ? Math.log(value / m) / s : ((value / m) ** l - 1) / (l * s)
}

/**
 * As WHO reckons weight and BMI: beyond three standard deviations on, in steps as wide as that from the second to the third (WHO Child
 * Growth Standards, Methods and development, 2006, chapter 7).
 */
export function restrictedZScoreOf(lms: Lms, value: number): number {
  const z = zScoreOf(lms, value)
  if (!(Math.abs(z) > 3)) return z
  const side = Math.sign(z)
  const [second, third] = [valueAt(lms, 2 * side), valueAt(lms, 3 * side)]
  return side * (3 + Math.abs(value - third) / Math.abs(third - second))
}

/** How many in a hundred lie below `z`; within 0.00001 (Abramowitz and Stegun 26.2.17). */
export function percentileOf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const above = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
  return 100 * (z < 0 ? above : 1 - above)
}
