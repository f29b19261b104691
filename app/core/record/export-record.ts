import type { LogSection } from '#schema/record/sections.ts'
import { exportFhir } from '../exchange/export-fhir.ts'
import type { ExportedPerson } from '../exchange/own-entries.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock } from '../ports.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

export interface ExportDeps extends TakenDeps {
  readonly clock: Clock
  /** What is private as well. */
  readonly withPrivate: boolean
  readonly person: { readonly personName: string; readonly birthDate: string }
}

/** All that is to be seen, as a FHIR R4 Bundle. */
export async function exportRecord(deps: ExportDeps): Promise<Blob> {
  const entries = takenEntries(deps, summary => deps.withPrivate || summary.isPrivate !== true, {
    isWhole: true,
  })
  return blobOf(exportFhir(exportedPerson(deps), entries, deps.clock.now()), 'application/fhir+json')
}

/** Whom the record is about, as files name them. */
export function exportedPerson(deps: {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly person: { readonly personName: string; readonly birthDate: string }
}): ExportedPerson {
  const { personName: name, birthDate } = deps.person
  const [first = 'about-me'] = deps.sections
  const about = deps.sections.includes('about-me') ? 'about-me' : first
  return { name, ...(birthDate === '' ? {} : { birthDate }), recordId: deps.logOf(about).id }
}

/** Each piece becomes a Blob at once: the whole text never stands in memory. */
export async function blobOf(texts: AsyncIterable<string> | Iterable<string>, type: string): Promise<Blob> {
  const pieces: Blob[] = []
  for await (const text of texts) pieces.push(new Blob([text]))
  return new Blob(pieces, { type })
}
