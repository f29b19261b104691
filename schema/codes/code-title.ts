import type { Coding, EntryKind } from '../record/entry.ts'
import { SYSTEMS } from './systems.ts'
import { shortSystemName } from './system-names.ts'

/** Their kind says more than a code: who somebody is, or what is measured. */
const CALLED_BY_KIND: ReadonlySet<EntryKind> = new Set([
  'blood-pressure',
  'weight',
  'height',
  'person',
  'care-team-member',
  'family-member',
  'coverage',
  'claim',
])

/** Why there is no code. */
const SAYS_NOTHING = /NullFlavor|data-absent-reason|2\.16\.840\.1\.113883\.5\.1008/

/** Longer ones are made by programs for programs. */
const MAX_CODE = 30

/**
 * What an entry is called whose source gives it no words: the name of its LOINC code among `names`, else `E11.9 (ICD-10-CM)`. No other
 * table's words: they are licensed (NOTICES). Undefined where its kind says more.
 */
export function codeTitle(
  { kind, codes }: { readonly kind: EntryKind; readonly codes: readonly Coding[] },
  names: Readonly<Record<string, string>>,
): string | undefined {
  if (CALLED_BY_KIND.has(kind)) return undefined
  const named = codes.find(({ system, code = '' }) => system === SYSTEMS.loinc && Object.hasOwn(names, code))
  if (named !== undefined) return names[named.code ?? '']
  const usable = codes.filter(
    ({ system = '', code }) => code !== undefined && code.length <= MAX_CODE && !SAYS_NOTHING.test(system),
  )
  const [first] = [...usable.filter(({ system = '' }) => shortSystemName(system) !== undefined), ...usable]
  if (first?.code === undefined) return undefined
  const system = first.system ?? ''
  const name = shortSystemName(system) ?? hostOf(system)
  return name === undefined ? first.code : `${first.code} (${name})`
}

/** Whose system it is, where it has no name of its own. */
function hostOf(system: string): string | undefined {
  if (!/^https?:/i.test(system) || !URL.canParse(system)) return undefined
  const { host } = new URL(system)
  return /(?:^|\.)hl7\.org$/.test(host) ? 'HL7' : host
}
