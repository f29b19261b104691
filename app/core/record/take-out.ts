import type { EntrySummary } from '#schema/record/entry.ts'
import { exportFhir } from '../exchange/export-fhir.ts'
import type { Clock } from '../ports.ts'
import type { TakeOutChoice } from '../take-out-session.ts'
import { blobOf, exportedPerson } from './export-record.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

export interface TakeOutDeps extends TakenDeps {
  readonly clock: Clock
  person(): { readonly personName: string; readonly birthDate: string }
}

/** Writers are loaded when first needed: hardly anybody takes something out each day. */
export async function takeOut(deps: TakeOutDeps, choice: TakeOutChoice): Promise<Blob> {
  const entries = takenEntries(deps, isChosenBy(choice))
  const person = exportedPerson({ ...deps, person: deps.person() })
  switch (choice.file.kind) {
    case 'fhir-bundle':
      return blobOf(exportFhir(person, entries, deps.clock.now()), 'application/fhir+json')
    case 'fhir-ndjson': {
      const { writeNdjson } = await import('../exchange/ndjson/write-ndjson.ts')
      return blobOf(writeNdjson(person, entries), 'application/fhir+ndjson')
    }
  }
}

/** The one place that says what leaves: of the chosen sections, and what is private only where that is asked for. */
function isChosenBy({ sections, withPrivate }: TakeOutChoice): (summary: EntrySummary) => boolean {
  const chosen = new Set(sections)
  return summary => chosen.has(summary.section) && (withPrivate || summary.isPrivate !== true)
}
