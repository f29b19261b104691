import type { Coding } from '#schema/record/entry.ts'
import { appleHealth } from '../language/en/apple-health.ts'
import { type PlainKey, t } from '../language/language.ts'

const APPLE = 'http://developer.apple.com/documentation/healthkit'
const STATISTICS = 'http://terminology.hl7.org/CodeSystem/observation-statistics'

type KindKey = Extract<PlainKey, `apple.kind.${string}`>
const isKindKey = (key: string): key is KindKey => Object.hasOwn(appleHealth, key)

/** What a kind of HealthKit is called in the reader's language; undefined for kinds without words. */
export function appleKindWords(id: string): string | undefined {
  const key = `apple.kind.${id}`
  return isKindKey(key) ? t(key) : undefined
}

/** A kind by its identifier without the beginning that all have; what has no words stays as it is. */
export function appleExampleWords(example: string): string {
  const ids = ['HKQuantityTypeIdentifier', 'HKCategoryTypeIdentifier'].map(start => start + example)
  return ids.map(appleKindWords).find(words => words !== undefined) ?? example
}

/** The title of an entry that Wellkeep made of an Apple Health export, in the reader's language rather than the file's. */
export function appleTitle(codes: readonly Coding[]): string | undefined {
  const id = codes.find(({ system }) => system === APPLE)?.code
  const name = id === undefined ? undefined : appleKindWords(id)
  if (name === undefined) return undefined
  const isMean = codes.some(({ system, code }) => system === STATISTICS && code === 'average')
  return isMean ? t('apple.weekMean', { name }) : name
}
