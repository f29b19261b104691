import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding, EntrySummary } from '#schema/record/entry.ts'
import type { ConditionQuery } from '../patient-session.ts'
import type { KnownGrant } from './received-document.ts'
import type { ReceivedRecords } from './received-records.ts'

/** Of one patient's. */
const MOST_CONDITIONS = 1000
const ICD_10: ReadonlySet<string> = new Set([SYSTEMS.icd10, SYSTEMS.icd10Cm])

export const isEmpty = ({ text, snomed, icd10 }: ConditionQuery): boolean =>
  text.trim() === '' && snomed.length + icd10.length === 0

/** Those that the record says somebody has or had, the newest first; undefined for a record that was never opened here. */
export async function conditionsIn(
  records: Pick<ReceivedRecords, 'find'>,
  grant: KnownGrant,
  condition: ConditionQuery,
): Promise<readonly EntrySummary[] | undefined> {
  const all = await records.find(grant, { kinds: ['condition'] }, MOST_CONDITIONS)
  if (all === undefined) return undefined
  const { text } = condition
  const asked = { kinds: ['condition'], text } as const
  const called = text.trim() === '' ? undefined : await records.find(grant, asked, MOST_CONDITIONS)
  const isCalled = new Set(called?.entries.map(({ id }) => id))
  return all.entries.filter(
    ({ id, codes, isNegated, status }) =>
      isNegated !== true && status !== 'mistaken' && (isCalled.has(id) || codes.some(code => isOf(code, condition))),
  )
}

function isOf({ system = '', code = '' }: Coding, { snomed, icd10 }: ConditionQuery): boolean {
  if (system === SYSTEMS.snomed || system.startsWith(`${SYSTEMS.snomed}/`)) return snomed.includes(code)
  return ICD_10.has(system) && icd10.some(start => code.startsWith(start))
}
