import { SYSTEMS } from '../codes/systems.ts'
import type { EntrySummary } from './entry.ts'

/** What SNOMED CT puts behind its names: of these, only the first two are always abnormal. */
const TAG =
  / \((disorder|morphologic abnormality|finding|situation|event|person|social concept|observable entity|procedure|regime\/therapy|qualifier value|occupation|environment)\)$/
const ILL = new Set(['disorder', 'morphologic abnormality'])

/**
 * Whether the source's own SNOMED CT name says that a condition is a finding, a situation, a person …: such may be quite
 * normal, where a disorder never is (decision 7). What its source keeps on a problem list is a problem whatever its name.
 */
export function isNoIllness({ source, isListed, codes, title }: EntrySummary): boolean {
  if (source.type === 'self' || isListed === true) return false
  const names = codes.flatMap(({ system, display }) =>
    system === SYSTEMS.snomed && display !== undefined ? [display] : [],
  )
  const tags = [...names, title].flatMap(name => TAG.exec(name)?.[1] ?? [])
  return tags.length > 0 && !tags.some(tag => ILL.has(tag))
}
