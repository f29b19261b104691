import type { Coding } from '../record/entry.ts'
import { SYSTEMS } from './systems.ts'

/** By its address in FHIR, and by its OID as older programs write it. */
const CVX: ReadonlySet<string | undefined> = new Set([SYSTEMS.cvx, 'urn:oid:2.16.840.1.113883.12.292'])

/** The CVX code among `codes`, in two digits at least, as the CDC writes it. */
export function cvxCodeOf(codes: readonly Coding[]): string | undefined {
  return codes.find(({ system }) => CVX.has(system))?.code?.padStart(2, '0')
}
